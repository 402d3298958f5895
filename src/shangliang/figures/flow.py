"""The flow of matters from the first word to 办好了: how many came how far, and what waits at which step since when."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..cases.models import Case
from ..consultations.models import Consultation
from ..outcomes.models import Rating
from ..proposals.models import Proposal
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices.models import Voice
from .counting import Scope, source
from .definitions import BY_KEY, GOOD, Figure

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
#: How a matter stands at its furthest step.
SOLVED, WAITS, ENDED = range(3)
WAYS = 3
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


def _matters():
    """Every matter that did not begin as a proposal, with ``way``: three times the furthest step, and how it stands."""
    here = OuterRef("pk")
    of_voices = Voice.objects.filter(case=here, state__in=[*WAITING["voices"], Voice.State.TOPIC])
    in_pool = Exists(BY_KEY["topics"].rows().filter(case=here))
    furthest = Choose(
        When(~in_pool, then=0), When(Exists(BY_KEY["tasks"].rows().filter(case=here)), then=4),
        When(Exists(BY_KEY["agreements"].rows().filter(case=here)), then=3),
        When(Exists(BY_KEY["consultations"].rows().filter(case=here)), then=2),
        default=1, output_field=IntegerField(),
    )  # fmt: skip
    early = Q(Exists(of_voices)) | Q(Exists(Topic.objects.filter(case=here, state__in=EARLY)))
    stands = Choose(
        When(Exists(Rating.objects.filter(case=here, value__in=GOOD)), then=SOLVED),
        When(Q(in_pool) & ~Q(stage=Case.Stage.ENDED) | ~Q(in_pool) & early, then=WAITS),
        default=ENDED, output_field=IntegerField(),
    )  # fmt: skip
    rows = Case.objects.exclude(pk__in=Proposal.objects.values("case"))
    return rows.annotate(way=furthest * WAYS + stands)


#: Matters by how far they came; counted as a figure is, but shown only as a flow.
MATTERS = replace(
    BY_KEY["solved"], key="matters", rows=_matters, carrier="way", labels=tuple(range(WAYS * len(STEPS))),
)  # fmt: skip


def _waiting(key, states) -> Figure:
    def rows():
        return BY_KEY[key].rows().model.objects.filter(state__in=states)

    return replace(BY_KEY[key], key=f"waiting_{key}", rows=rows, carrier="state", labels=tuple(states), distinct="")


STANDING = {key: _waiting(key, states) for key, states in WAITING.items()}
#: What the clock keeps columns of besides the figures.
COUNTED = (MATTERS, *STANDING.values())


def labels(step: str, way: str) -> list[int] | None:
    """The labels of :data:`MATTERS` behind one number of a step; None for a step or a way that there is not."""
    keys, ways = [row[0] for row in STEPS], {"solved": SOLVED, "waiting": WAITS, "ended": ENDED}
    if step not in keys or way not in {"reached", "onward", *ways}:
        return None
    first = WAYS * keys.index(step)
    if way in ways:
        return [first + ways[way]]
    return [label for label in MATTERS.labels if label >= first + (WAYS if way == "onward" else 0)]


def steps(scope: Scope) -> list[Step]:
    """How far the matters opened in this part came, each counted once, at the furthest step it reached; one query.

    Matters that began as a proposal (提案) go another way and are left out. ``reached`` is always the sum of
    ``onward``, ``solved``, ``waiting`` and ``ended``.
    """
    counts = source(MATTERS).by_carrier(scope)
    found, after = [], 0
    for number, (key, name, waits, ends) in reversed(list(enumerate(STEPS))):
        solved, waiting, ended = (counts.get(WAYS * number + way, 0) for way in (SOLVED, WAITS, ENDED))
        reached = after + solved + waiting + ended
        found.append(Step(key, name, reached, after, solved, waiting, ended, waits, ends))
        after = reached
    return found[::-1]


def stuck(scope: Scope, today: dt.date) -> list[Stuck]:
    """What waits in this part, by kind and state; two queries for each kind. Days count from the figure's day."""
    found = []
    for key, states in WAITING.items():
        counts = source(STANDING[key])
        numbers, first = counts.by_carrier(scope), counts.first_days(scope)
        waits = [
            Waits(state.value, state.label, numbers[state.value], _days(first[state.value], today))
            for state in states if state.value in numbers
        ]  # fmt: skip
        if waits:
            found.append(Stuck(key, BY_KEY[key].name, waits))
    return found


def _days(since, today) -> int | None:
    return (today - since).days if since <= today else None
