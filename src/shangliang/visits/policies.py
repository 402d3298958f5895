"""Who may read, plan, enter and follow up visits."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import ContactLink
from ..people.roles import HANDLERS, OFFICE, Role
from ..shared import clock
from ..shared.refusals import Verdict, allow
from .models import VisitMember

#: Those who enter a visit for the members who went, each within the own area.
FOR_OTHERS = (*HANDLERS, Role.STEWARD, Role.STUDIO_LEAD)
#: Everybody who may enter one at all.
ENTERING = (*FOR_OTHERS, Role.MEMBER)
#: Who finds the list of visits.
READERS = (*OFFICE, *ENTERING)

NOT_THERE = _("委员只能填写自己参加的走访；代为填写的，要是这个地方的联络员、管家、工作室负责人或政协办公室。")


def readable(visits, account):
    """The office all, a liaison those of the area, a member the own ones and those at the courtyards served."""
    if account.has(*OFFICE):
        return visits
    mine = Q(entered_by=account)
    for grant in account.current_grants:
        if grant.role == Role.LIAISON and grant.region_id:
            mine |= Q(venue__region__code__startswith=grant.region.code)
    if account.member_id and account.has(Role.MEMBER):
        mine |= Q(pk__in=VisitMember.objects.filter(member=account.member_id).values("visit"))
        mine |= Q(venue__in=links_of(account.member_id, clock.today()).values("venue"))
    return visits.filter(mine)


def links_of(member_id, today):
    """The links of a member to courtyards on a day."""
    links = ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD, member=member_id, since__lte=today)
    return links.exclude(until__lt=today)


def may_begin(by, committee) -> Verdict:
    """Members, and those who enter for them."""
    return allow(by.has(*ENTERING, committee_id=committee.pk), _("走访记录由委员、联络员、管家或政协办公室填写。"))


def may_write(by, venue, members) -> Verdict:
    """A member who goes along; for others the liaison, steward or studio lead of the place, or the office."""
    return _may(by, venue, {member.pk for member in members})


may_plan_visit = may_write


def may_make(by, visit) -> Verdict:
    """Who could have entered it."""
    return _may(by, visit.venue, {going.member_id for going in visit.members.all()})


may_cancel = may_promise = may_keep_promise = may_make


def _may(by, venue, members) -> Verdict:
    where = {"committee_id": venue.committee_id, "region": venue.region.code}
    goes_along = by.has(Role.MEMBER, committee_id=venue.committee_id) and by.member_id in members
    return allow(goes_along or by.has(*FOR_OTHERS, **where), NOT_THERE)
