"""Who may look after places: the office everywhere, a liaison officer within the own town or village."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS, Role
from ..shared.refusals import Verdict, allow

READERS = (*HANDLERS, Role.LEADER, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD)


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
