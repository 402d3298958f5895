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


@event(
    "outcomes.proposal_evaluated", says=_("提案人评价办理结果：%(value)s"), personal=("comment",), public=True,
    stage="rating", tone="done",
)
class ProposalRated:
    """The proposer said whether the answer to the proposal is good, and how it came about."""

    value: str
    code: str
    said: str
    visited: bool | None
    attitude: str
    heard_by: str
    leader_replied: bool | None
    comment: str
