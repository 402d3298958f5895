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


@event("venues.updated", says=_("更正%(venue)s的登记信息：%(changed)s"))
class VenueUpdated:
    """What is registered of a place changed; the entry names the fields, not what stood there."""

    venue: str
    changed: str


@event("venues.steward_appointed", says=_("%(venue)s：登记%(post)s%(person)s，自%(since)s起"), personal=("person",))
class StewardAppointed:
    """A resident begins to look after a courtyard, as its head or as a steward."""

    venue: str
    post: str
    person: str
    since: str


@event("venues.steward_updated", says=_("%(venue)s：更正%(post)s%(person)s的登记信息"), personal=("person",))
class StewardUpdated:
    """The telephone, the consent or the account of one who looks after a courtyard changed."""

    venue: str
    post: str
    person: str


@event("venues.steward_ended", says=_("%(venue)s：%(post)s%(person)s离任，至%(until)s"), personal=("person",))
class StewardEnded:
    """A resident no longer looks after a courtyard."""

    venue: str
    post: str
    person: str
    until: str


@event("venues.steward_phone_read", says=_("%(venue)s：查看了%(post)s的电话"))
class StewardPhoneRead:
    """Somebody read the sealed telephone of one who looks after a courtyard, for a reason."""

    venue: str
    post: str


@event("venues.steward_erased", says=_("%(venue)s：应本人要求删除了一位%(post)s的个人信息"), tone="warning")
class StewardErased:
    """Name, telephone and account of one who looked after a courtyard are gone, from the journal too."""

    venue: str
    post: str
    values: int
