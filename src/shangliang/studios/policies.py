"""Who may do what with a studio: its lead, the people who sit in it, the committee's office, the reviewer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.actors import CLOCK
from ..people.roles import OFFICE, Role
from ..shared.refusals import YES, Verdict, allow

DESK = (Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF)
ONLY_OFFICE = _("这一步由政协办公室或委室办理。")
ONLY_LEAD = _("这一步由本工作室的领衔委员或政协办公室办理。")
ONLY_SEATED = _("只有本工作室的成员或政协办公室可以记这件事。")
ONLY_REVIEWER = _("公开须由公开审核员或政协办公室审核。")


def readable(studios, account):
    """The studios of the queryset that the account may read: all for the office, otherwise one's own or one's area."""
    if account.has(*OFFICE, Role.REVIEWER):
        return studios
    mine = Q(pk=None)
    if account.has(Role.MEMBER, Role.STUDIO_LEAD) and account.member_id:
        mine |= Q(pk__in=_seated(account))
    for grant in account.current_grants:
        by_area = grant.role == Role.LIAISON or (grant.role == Role.STUDIO_LEAD and not account.member_id)
        if by_area and grant.region_id:
            mine |= Q(venue__region__code__startswith=grant.region.code)
    return studios.filter(mine)


def _seated(account):
    from .models import Seat

    return Seat.objects.filter(member=account.member_id, until=None).values("studio")


def leads(by, studio) -> bool:
    """Whether the account acts as this studio's lead: by its member's seat, else by an area that covers the place."""
    if not by.has(Role.STUDIO_LEAD, committee_id=studio.committee_id):
        return False
    if by.member_id:
        return studio.lead is not None and studio.lead.member_id == by.member_id
    grants = [g for g in by.current_grants if g.role == Role.STUDIO_LEAD and g.region_id]
    return any(studio.region.code.startswith(grant.region.code) for grant in grants)


def sits(by, studio) -> bool:
    """Whether the account's member sits in the studio today."""
    if not by.has(Role.MEMBER, Role.STUDIO_LEAD, committee_id=studio.committee_id) or not by.member_id:
        return False
    return any(seat.member_id == by.member_id for seat in studio.open_seats)


def may_establish(by, committee, region=None) -> Verdict:
    """The committee's office and its special offices."""
    return allow(by.has(*DESK, committee_id=committee.pk), _("工作室由政协办公室或委室登记。"))


def may_keep(by, studio) -> Verdict:
    """The committee's office and its special offices: who sits there, what is checked."""
    return allow(by.has(*DESK, committee_id=studio.committee_id), ONLY_OFFICE)


may_seat = may_unseat = may_check = may_review = may_keep


def may_decide(by, studio) -> Verdict:
    """The committee's office alone: what the sign says and whether the door is open to the public."""
    allowed = by.has(Role.COMMITTEE_OFFICE, committee_id=studio.committee_id)
    return allow(allowed, _("启用、撤销和修改登记由政协办公室办理。"))


may_open = may_close = may_reopen = may_revise = may_decide


def may_lead(by, studio) -> Verdict:
    """The lead, or the office."""
    return allow(leads(by, studio) or may_keep(by, studio), ONLY_LEAD)


may_set_hours = may_hang_sign = may_promise = may_keep_promise = may_lead


def may_contribute(by, studio) -> Verdict:
    """Whoever sits there, the lead, or the office."""
    return allow(sits(by, studio) or may_lead(by, studio), ONLY_SEATED)


may_receive_visitor = may_add_activity = may_write_log = may_contribute


def may_publish_activity(by, studio) -> Verdict:
    """The reviewer or the committee's office; never who wrote it alone."""
    allowed = by.has(Role.REVIEWER, Role.COMMITTEE_OFFICE, committee_id=studio.committee_id)
    return allow(allowed, ONLY_REVIEWER)


may_withdraw_activity = may_publish_promise = may_withdraw_promise = may_publish_sign = may_publish_activity


def may_edit_checklists(by, committee) -> Verdict:
    """The committee's office: the lists are its own."""
    return allow(by.has(Role.COMMITTEE_OFFICE, committee_id=committee.pk), _("检查标准由政协办公室制定。"))


def may_seed_checklists(by, committee) -> Verdict:
    """The command line when a committee is set up, or whoever registers its first studio."""
    return YES if by == CLOCK else may_establish(by, committee)
