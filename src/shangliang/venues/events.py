"""What can happen to places and to the codes on their walls."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("venues.opened", says=_("登记协商场所：%(name)s"))
class VenueOpened:
    """A place of consultation is registered."""

    name: str
    kind: str
    place: str


@event("venues.closed", says=_("停用协商场所：%(name)s，自%(on)s起"))
class VenueClosed:
    """A place of consultation is no longer used."""

    name: str
    on: str


@event("venues.code_issued", says=_("%(venue)s：发出墙上二维码"))
class WallCodeIssued:
    """A code is made for a wall; the journal knows its number, not its signature."""

    venue: str
    serial: str


@event("venues.code_revoked", says=_("%(venue)s：作废墙上二维码"))
class WallCodeRevoked:
    """A code on a wall no longer opens anything."""

    venue: str
    serial: str
