"""What can happen to a visit."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("visits.planned", says=_("拟于 %(on)s 走访%(place)s"))
class VisitPlanned:
    """Members mean to visit a place on a day."""

    on: str
    place: str


@event(
    "visits.made", says=_("%(on)s 走访%(place)s，%(members)s 名委员，听到 %(voices)s 件事，答应 %(promises)s 件"),
    personal=("noted",), tone="info",
)
class VisitMade:
    """Members visited a place; what they noted there is personal, because it is about people."""

    on: str
    place: str
    members: int
    voices: int
    promises: int
    kinds: str
    noted: str


@event("visits.promised", says=_("当面答应：%(text)s，%(due_on)s前办到"), personal=("text",))
class VisitPromised:
    """Something was promised to the people of the place."""

    text: str
    due_on: str


@event("visits.promise_kept", says=_("承诺办到了：%(text)s。%(report)s"), personal=("text", "report"), tone="done")
class VisitPromiseKept:
    """A promise of the visit was kept, in words."""

    text: str
    report: str


@event("visits.cancelled", says=_("没有去走访"), tone="stopped")
class VisitCancelled:
    """The planned visit does not take place."""
