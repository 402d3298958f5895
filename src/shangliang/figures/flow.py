"""The flow of matters from the first word to 办好了: how many came how far, and what waits at which step since when."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Case as Choose
from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..cases.models import Case
from ..consultations.models import Consultation
from ..outcomes.models import Rating
from ..proposals.models import Proposal
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices.models import Voice
from .counting import Scope
from .definitions import BY_KEY, GOOD
from .rows import Rows

#: The steps in their order, with the words for what waits at them and for what ended there.
STEPS = (
    ("voices", _("反映"), _("在审看、答复或转办"), _("直接办结、归并或引导")),
    ("topics", _("议题"), _("在等协商"), _("议题了结，没有协商")),
    ("consultations", _("协商"), _("在等约定"), _("商过，没有形成约定")),
    ("agreements", _("约定"), _("在等交办"), _("约定了结，没有交办")),
    ("tasks", _("交办"), _("在办、在等评价"), _("办结，没有人评价满意")),
)
#: Proposed, and neither in the pool nor given up.
EARLY = (Topic.State.PROPOSED, Topic.State.REVIEWING, Topic.State.RETURNED)
#: What still waits for somebody, by figure, in the order in which records go through it; what was handed on (voices to
#: a topic, items to a task) waits as the next kind.
WAITING = {
    "voices": [
        state for state in Voice.State if state not in {*Voice.DONE, Voice.State.MERGED, Voice.State.TOPIC}
    ],
    "topics": [
        *EARLY, Topic.State.POOLED, Topic.State.SUBMITTED, Topic.State.APPROVED, Topic.State.STUDYING,
        Topic.State.SCHEDULED, Topic.State.RECONSULT, Topic.State.DEFERRED,
    ],
    "consultations": [
        state for state in Consultation.State
        if state not in {Consultation.State.REPORTED, Consultation.State.ARCHIVED, Consultation.State.CANCELLED}
    ],
    "agreements": [
        state for state in Agreement.State if state not in {*Agreement.ENDED, Agreement.State.ASSIGNED}
    ],
    "tasks": [state for state in Task.State if state not in {Task.State.CLOSED, Task.State.REASSIGNED}],
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step: how many matters came to it, went on, were solved from here, still wait here, and ended here."""

    key: str
    name: object
    reached: int
    onward: int
    solved: int
    waiting: int
    ended: int
    waits: object
    ends: object


@dataclass(frozen=True)
class Waits:
    """A state in which something waits: how many, and how many days the oldest (None: its day is to come)."""

    state: str
    words: object
    number: int
    days: int | None


@dataclass(frozen=True)
class Stuck:
    """Records of one kind that wait for somebody, by state in the order of the work."""

    key: str
    name: object
    states: list

    @property
    def number(self) -> int:
        """All of them."""
        return sum(one.number for one in self.states)


def steps(scope: Scope) -> list[Step]:
    """How far the matters opened in this part came, each counted once, at the furthest step it reached; four queries.

    Matters that began as a proposal (提案) go another way and are left out. ``reached`` is always the sum of
    ``onward``, ``solved``, ``waiting`` and ``ended``.
    """
    rows = [_first(scope), *_later(scope)]
    found, after = [], 0
    for (key, name, waits, ends), (solved, waiting, ended) in reversed(list(zip(STEPS, rows, strict=True))):
        reached = after + solved + waiting + ended
        found.append(Step(key, name, reached, after, solved, waiting, ended, waits, ends))
        after = reached
    return found[::-1]


def _cases(scope):
    """The matters of this part, without proposals."""
    every = replace(BY_KEY["solved"], rows=Case.objects.all)
    return Rows(every).within(scope).exclude(pk__in=Proposal.objects.values("case"))


def _first(scope) -> tuple[int, int, int]:
    """(solved, waiting, ended) of the matters that never became a topic; three queries."""
    rows = _cases(scope).exclude(pk__in=BY_KEY["topics"].rows().values("case"))
    good = Rating.objects.filter(value__in=GOOD).values("case")
    open_voices = Voice.objects.filter(state__in=[*WAITING["voices"], Voice.State.TOPIC]).values("case")
    early = Topic.objects.filter(state__in=EARLY).values("case")
    every, solved = rows.count(), rows.filter(pk__in=good).count()
    waiting = rows.filter(Q(pk__in=open_voices) | Q(pk__in=early)).exclude(pk__in=good).count()
    return solved, waiting, every - solved - waiting


def _later(scope) -> list[tuple[int, int, int]]:
    """(solved, waiting, ended) of the matters that became a topic, by the furthest step they reached; one query."""
    rows = _cases(scope).filter(pk__in=BY_KEY["topics"].rows().values("case"))
    here = OuterRef("pk")
    held = Consultation.objects.filter(case=here, state__in=Consultation.HELD)
    agreed = BY_KEY["agreements"].rows().filter(case=here)
    handed = BY_KEY["tasks"].rows().filter(case=here)
    furthest = Choose(
        When(Exists(handed), then=4), When(Exists(agreed), then=3), When(Exists(held), then=2),
        default=Value(1), output_field=IntegerField(),
    )  # fmt: skip
    solved = Exists(Rating.objects.filter(case=here, value__in=GOOD))
    rows = rows.annotate(furthest=furthest, solved=solved)
    counted = rows.values_list("furthest", "solved", "stage").annotate(n=Count("pk")).order_by()
    sums = {number: [0, 0, 0] for number in range(1, len(STEPS))}
    for number, is_solved, stage, n in counted:
        sums[number][0 if is_solved else 2 if stage == Case.Stage.ENDED else 1] += n
    return [tuple(sums[number]) for number in sums]


def stuck(scope: Scope, today: dt.date) -> list[Stuck]:
    """What waits in this part, by kind and state; one query for each kind. Days count from the figure's day."""
    found = []
    for key, states in WAITING.items():
        figure = BY_KEY[key]
        waiting = replace(figure, rows=figure.rows().model.objects.all)
        rows = Rows(waiting).within(scope).filter(state__in=states).values_list("state")
        told = rows.annotate(n=Count("pk"), since=Min(figure.when)).order_by()
        counts = {state: (n, _days(since, today)) for state, n, since in told}
        waits = [Waits(state.value, state.label, *counts[state.value]) for state in states if state.value in counts]
        if waits:
            found.append(Stuck(key, figure.name, waits))
    return found


def _days(since, today) -> int | None:
    day = timezone.localdate(since) if isinstance(since, dt.datetime) else since
    return (today - day).days if day <= today else None
