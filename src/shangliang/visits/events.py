"""What can happen to a visit."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("visits.planned", says=_("安排走访：%(place)s，%(on)s"))
class VisitPlanned:
    """Members intend to visit a place on a day."""

    place: str
    on: str
    members: int


@event("visits.made", says=_("走访%(place)s：%(kinds)s，带回民声 %(voices)s 件，作出承诺 %(promises)s 项"), tone="info")
class VisitMade:
    """Members visited a place; the voices they brought back are records of their own."""

    place: str
    on: str
    kinds: str
    members: int
    households: int | None
    voices: int
    promises: int


@event("visits.cancelled", says=_("取消走访"), tone="stopped")
class VisitCancelled:
    """A planned visit will not take place."""


@event("visits.promised", says=_("走访承诺：%(words)s（%(due_on)s前）"), personal=("words",), tone="waiting")
class VisitPromised:
    """Members promised something at a visit, by a day."""

    words: str
    due_on: str


@event("visits.promise_kept", says=_("走访承诺已兑现：%(words)s"), personal=("words",), tone="done")
class VisitPromiseKept:
    """A promise of a visit was kept; it is told how."""

    words: str
    kept_on: str
