"""What can happen to outcomes."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event(
    "outcomes.rated", says=_("%(who)s评价：%(value)s"), personal=("comment",), public=True,
    stage="rating", tone="done",
)
class OutcomeRated:
    """Somebody concerned said whether the result is good."""

    who: str
    value: str
    code: str
    said: str
    comment: str
