"""Reading outcomes: the satisfaction rate without silence, and silence beside it."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from ..proposals.models import Proposal
from ..voices.models import Voice
from .models import Evaluation, Rating


@dataclass(frozen=True)
class Satisfaction:
    """How many said what; ``silent`` are those who did not answer, left out of the rate (Chongqing rule art. 29)."""

    satisfied: int
    mostly: int
    not_satisfied: int
    silent: int

    @property
    def rated(self) -> int:
        """Those who answered."""
        return self.satisfied + self.mostly + self.not_satisfied

    @property
    def rate(self) -> Fraction | None:
        """满意 and 基本满意 among those who answered; None when nobody did."""
        return Fraction(self.satisfied + self.mostly, self.rated) if self.rated else None


def satisfaction(voices) -> Satisfaction:
    """The satisfaction over a queryset of voices, each by its last round; two queries."""
    latest: dict = {}
    rows = Rating.objects.filter(voice__in=voices).order_by("round").values_list("voice", "value")
    for voice, value in rows:
        latest[voice] = value
    said = list(latest.values())
    silent = voices.filter(state=Voice.State.CLOSED, ratings=None).aggregate(n=Count("pk"))["n"]
    return Satisfaction(
        said.count(Rating.Value.SATISFIED), said.count(Rating.Value.MOSTLY),
        said.count(Rating.Value.NOT), silent,
    )


def ratings_of(case) -> list[Rating]:
    """The ratings of a case, oldest first; one query."""
    return list(
        Rating.objects.filter(case=case).select_related("attendance").order_by("rated_at", "pk")
    )


def proposal_satisfaction(proposals) -> Satisfaction:
    """The satisfaction over a queryset of proposals, each by its last evaluation; silence beside it. Two queries."""
    latest: dict = {}
    rows = Evaluation.objects.filter(proposal__in=proposals.order_by().values("pk")).order_by("round")
    for proposal, value in rows.values_list("proposal", "value"):
        latest[proposal] = value
    said = list(latest.values())
    unrated = proposals.filter(state=Proposal.State.CLOSED).exclude(pk__in=Evaluation.objects.values("proposal"))
    return Satisfaction(
        said.count(Rating.Value.SATISFIED), said.count(Rating.Value.MOSTLY), said.count(Rating.Value.NOT),
        unrated.count(),
    )


def evaluations_of(case) -> list[Evaluation]:
    """What proposers said of the proposals of a case, oldest first; one query."""
    return list(Evaluation.objects.filter(case=case).order_by("proposal", "round"))
