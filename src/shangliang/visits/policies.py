"""Who may write, plan and read visits."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import ContactLink
from ..people.roles import HANDLERS, OFFICE, Role
from ..shared.refusals import Verdict, allow

#: Who writes a visit down: who went, or who does it for them.
WRITERS = (*HANDLERS, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD)
ONLY_THOSE = _("走访由去走访的委员填写，也可由联络员、小院管家或政协办公室代填。")


def readable(visits, account):
    """The office all; a liaison those of the place; a member the own ones and those of the courtyards served."""
    if account.has(*OFFICE, Role.REVIEWER):
        return visits
    mine = Q(entered_by=account)
    if account.member_id:
        served = ContactLink.objects.filter(member=account.member_id).values("venue")
        mine |= Q(seats__member=account.member_id) | Q(venue__in=served)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(venue__region__code__startswith=grant.region.code)
    return visits.filter(mine).distinct()


def may_write_visit(by, committee=None) -> Verdict:
    """Members, stewards, liaisons, studio leads and the committee's office."""
    scope = {"committee_id": committee.pk} if committee else {}
    return allow(by.has(*WRITERS, **scope), ONLY_THOSE)


may_plan_visit = may_write_visit


def may_write_at(by, venue, members) -> Verdict:
    """This visit: a member who goes along; for others those who work for the place, or the office."""
    where = {"committee_id": venue.committee_id, "region": venue.region.code}
    goes_along = by.has(Role.MEMBER, committee_id=venue.committee_id) and by.member_id in {m.pk for m in members}
    return allow(goes_along or by.has(*HANDLERS, Role.STEWARD, Role.STUDIO_LEAD, **where), ONLY_THOSE)


def may_make(by, visit) -> Verdict:
    """Whoever went, whoever entered the plan, the liaison of the place, the office."""
    of_place = by.has(*HANDLERS, committee_id=visit.committee_id, region=visit.venue.region.code)
    own = visit.entered_by_id == getattr(by, "pk", None) and may_write_visit(by)
    took_part = getattr(by, "member_id", None) and visit.seats.filter(member=by.member_id).exists()
    return allow(of_place or own or took_part, ONLY_THOSE)


may_promise = may_keep_promise = may_cancel = may_make
