"""Who may do what with a round of opinion."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import NOT_YOURS, YES, allow
from ..topics.models import Topic

#: While a topic is in one of these, people can be asked.
ASKABLE = frozenset(set(Topic.ACCEPTED) - {Topic.State.CLOSED})


def readable(rounds, account):
    """The committee's own desks read all; a liaison those of its place; a member all that have begun."""
    if account.has(*OFFICE, Role.REVIEWER, Role.AUDITOR):
        return rounds
    mine = Q(pk=None)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON:
            mine |= Q(region__code__startswith=grant.region.code) if grant.region_id else Q()
        if grant.role in (Role.MEMBER, Role.STUDIO_LEAD, Role.STEWARD):
            mine |= ~Q(state="draft")
    return rounds.filter(mine)


def may_begin(by, topic):
    """The liaison of the place or the office, while the topic is not ended."""
    allowed = by.has(*HANDLERS, committee_id=topic.committee_id, region=topic.region.code)
    return allow(allowed, _("征询由本镇街联络员或政协办公室组织。"))


def may_begin_some(by, committee):
    """Whoever may begin one somewhere."""
    return allow(by.has(*HANDLERS, committee_id=committee.pk), _("征询由本镇街联络员或政协办公室组织。"))


def may_handle(by, round):
    """The liaison of the place or the office."""
    allowed = by.has(*HANDLERS, committee_id=round.committee_id, region=round.region.code)
    return allow(allowed, NOT_YOURS.why)


may_open = may_admit = may_turn_down = may_print_slips = may_handle
may_withdraw_statement = may_extend = may_cancel = may_handle


def may_add_statements(by, round):
    """Those who run it, and members."""
    if by.has(Role.MEMBER, Role.STUDIO_LEAD, committee_id=round.committee_id):
        return YES
    return may_handle(by, round)


def may_enter_sheet(by, round):
    """Those who run it, and the stewards and members who sit with people in the courtyard."""
    if by.has(Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD, committee_id=round.committee_id):
        return YES
    return may_handle(by, round)


def may_close(by, round):
    """Those who run it, and the clock after its last day."""
    return YES if by.reference == "system" else may_handle(by, round)


def may_publish(by, round):
    """A publication reviewer or the committee's office."""
    return allow(
        by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=round.committee_id),
        _("公布须由公开审核员或政协办公室审核。"),
    )


may_take_back = may_publish


def may_export(by, round):
    """The committee's office: votes without names can still point at somebody in a small village."""
    return allow(
        by.has(Role.COMMITTEE_OFFICE, committee_id=round.committee_id), _("导出表态记录由政协办公室办理。")
    )


def may_vote(by, round):
    """Anybody whom its door lets in; the command checks the door."""
    return YES


may_say = may_vote


def may_draw(by, round):
    """Only the system, from all votes."""
    return allow(by.reference == "system", NOT_YOURS.why)


may_forget_sources = may_place = may_draw
