"""Who may look after places: the office everywhere, a liaison officer within the own town or village."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, Role
from ..shared.refusals import Verdict, allow

READERS = (*HANDLERS, Role.LEADER, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD)


def readable(venues, account):
    """The places that an account may see: those of each of its grants' regions; no grant, no places."""
    area = Q(pk__in=[])
    for grant in account.current_grants:
        if grant.role in READERS:
            area |= Q(region__code__startswith=grant.region.code) if grant.region else Q(pk__gt=0)
    return venues.filter(area)


def may_open_venue(by, committee, region) -> Verdict:
    """Office and liaison officers, for places within their own area."""
    return allow(
        by.has(*HANDLERS, committee_id=committee.pk, region=region.code),
        _("这个地方不在您负责的范围内。"),
    )


def may_close_venue(by, venue) -> Verdict:
    """Whoever may open a place there."""
    return may_open_venue(by, venue.committee, venue.region)


def may_issue_wall_code(by, venue) -> Verdict:
    """Whoever may open a place there."""
    return may_open_venue(by, venue.committee, venue.region)


def may_revoke_wall_code(by, wall_code) -> Verdict:
    """Whoever may open a place there."""
    return may_issue_wall_code(by, wall_code.venue)


def may_update_venue(by, venue) -> Verdict:
    """Whoever may open a place there."""
    return may_open_venue(by, venue.committee, venue.region)


may_appoint_steward = may_update_steward = may_end_steward = may_update_venue


def may_reveal_steward(by, venue) -> Verdict:
    """Those who look after places there; every reading is entered."""
    return may_update_venue(by, venue)


def may_erase_steward(by, venue) -> Verdict:
    """The committee's office carries out what the person asks for (PIPL art. 47)."""
    return allow(
        by.has(Role.COMMITTEE_OFFICE, committee_id=venue.committee_id),
        _("删除个人信息由政协办公室办理。"),
    )
