"""What can happen to a claim."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("claims.entered", says=_("登记一个说法：%(words)s（%(number)s），出自%(source)s"))
class ClaimEntered:
    """A number that somebody published was put on record as a claim; it counts in no figure."""

    figure: str
    number: int
    words: str
    source: str


@event("claims.withdrawn", says=_("撤下一个说法：%(number)s"), tone="stopped")
class ClaimWithdrawn:
    """A claim is no longer shown, for a reason; it stays on record."""

    number: int
