"""What the public page of a case tells, read in a fixed number of queries and masked once more."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..agreements.models import Agreement
from ..cases import thread
from ..cases.masking import mask
from ..cases.models import Case
from ..consultations.models import Attendance, Consultation
from ..files.models import Attachment
from ..files.queries import for_case
from ..journal.queries import Line, public_timeline
from ..opinions.models import Round
from ..outcomes.models import Rating
from ..outcomes.queries import evaluations_of, ratings_of
from ..partnerships.queries import asked_by_neighbour, places_of_sittings
from ..proposals.models import Proposal
from ..rules.queries import explain_all, tone
from ..tasks.models import Task
from ..voices.models import Voice

#: Events whose stated reason is written for the public.
REASON_IS_PUBLIC = frozenset(
    {
        "agreements.adopted_part", "agreements.not_adopted", "agreements.superseded",
        "consultations.cancelled", "consultations.postponed", "tasks.extension_granted",
        "tasks.objection_upheld", "tasks.objection_denied", "tasks.suspended", "tasks.resumed",
    }
)
PICTURE_TAGS = {
    Attachment.Role.REPORT: _("办前"), Attachment.Role.BEFORE: _("办前"), Attachment.Role.AFTER: _("办后"),
    Attachment.Role.MEETING: _("协商"),
}
#: The columns of an item, its unit and its decision that the public reads.
ITEM_FIELDS = (
    "number", "state", "kind", "text", "party", "due_on", "funding_source", "funding_yuan", "villagers_yuan",
    "villagers_days", "outcome_words", "unit__name", "decision__held_on", "decision__entitled",
    "decision__present", "decision__in_favour",
)


@dataclass
class Duty:
    """A task as the public sees it."""

    task: Task
    tone: str
    rows: list
    extensions: list = field(default_factory=list)


@dataclass
class Item:
    """An agreed item with its helpers, the village's decision and its tasks."""

    agreement: Agreement
    helpers: list
    decision: object
    duties: list


@dataclass
class Counsel:
    """A proposal as the public sees it: its title and number, who works on it, and what its proposer says now."""

    proposal: Proposal
    duties: list
    said: list


@dataclass
class CasePage:
    """Everything the page, its JSON twin and the card for the wall are made of."""

    case: Case
    voices: int
    silent: int
    lines: list
    steps: list
    consultations: list
    items: list
    pictures: list
    papers: list
    ratings: list
    proposals: list = field(default_factory=list)
    #: Rounds of opinion whose result was published.
    rounds: list = field(default_factory=list)
    #: The neighbouring side that asked, with its number of the matter; "" when people told it to us.
    asked_by: str = ""

    @property
    def joint(self) -> bool:
        """Whether it is handled together with a neighbouring region."""
        return any(meeting.joint for meeting in self.consultations)

    @property
    def said(self) -> list:
        """(words, number) of what those who reported it say now: each by the last round."""
        last = {rating.voice_id: rating.value for rating in self.ratings if rating.voice_id}
        values = list(last.values())
        return [(value.label, values.count(value)) for value in Rating.Value if value in values]

    @property
    def said_at_table(self) -> list:
        """(words, number) of what those who sat at the table say."""
        values = [rating.value for rating in self.ratings if rating.attendance_id]
        return [(value.label, values.count(value)) for value in Rating.Value if value in values]

    @property
    def said_before(self) -> list:
        """The words of earlier rounds, after which the matter was worked on again."""
        last = {rating.voice_id: rating.pk for rating in self.ratings if rating.voice_id}
        earlier = [r for r in self.ratings if r.voice_id and last[r.voice_id] != r.pk]
        return [rating.get_value_display() for rating in earlier]

    @property
    def results(self) -> list[str]:
        """The result in plain words, one sentence per finished task."""
        duties = [duty for each in (*self.items, *self.proposals) for duty in each.duties]
        return [mask(duty.task.result_words) for duty in duties if duty.task.result_words]

    @property
    def entered_late(self) -> bool:
        """Whether the whole page was entered afterwards, so that it is said once and not on every line."""
        return bool(self.lines) and all(line.entered_late for line in self.lines)

    @property
    def digest(self) -> str:
        """The digest of the last public entry."""
        return self.lines[-1].digest if self.lines else ""


#: Pages kept in this process by case, journal, day and language.
_kept: dict[tuple, CasePage] = {}
MOST_KEPT = 100


def current(case: Case, today) -> CasePage:
    """The page as :func:`read` gives it, kept while nothing is entered in the journal.

    Every change of a record is an entry, so the journal's last digest (``case.head``, read with the case) tells
    exactly whether the page still is what it was; a link that goes round a village costs one reading.
    """
    key = (case.pk, case.head, today, get_language())
    page = _kept.get(key)
    if page is None:
        page = read(case, today)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = page
    return page


def read(case: Case, today) -> CasePage:
    """The page of a published case; at most twelve queries, whatever the number of its records."""
    lines = public_timeline(case.no)
    voices, silent = _voices(case)
    duties = _duties(case, lines, today)
    attachments = for_case(case.no, public_only=True)
    asked_by = "" if voices else asked_by_neighbour(case.no)
    return CasePage(
        case=case,
        voices=voices,
        silent=silent,
        lines=lines,
        steps=thread.steps(case.stage, lines, rated_by=asked_by),
        consultations=_consultations(case),
        items=_items(case, duties),
        pictures=[each for each in attachments if each.is_picture],
        papers=[each for each in attachments if not each.is_picture],
        ratings=ratings_of(case),
        # The case of a proposal holds no voices.
        proposals=[] if voices else _proposals(case, duties),
        asked_by=asked_by,
        rounds=list(Round.objects.published().filter(case=case).order_by("closed_at", "pk")),
    )


def _proposals(case, duties) -> list[Counsel]:
    """The proposals of the case; two queries where there is one."""
    found = list(Proposal.objects.filter(case=case).order_by("pk"))
    said = evaluations_of(case) if found else []
    return [
        Counsel(
            each, duties.get(("proposal", each.pk), []),
            [str(e.get_value_display()) for e in said if e.proposal_id == each.pk],
        )
        for each in found
    ]  # fmt: skip


def _voices(case) -> tuple[int, int]:
    """How many raised the matter, those whose case was joined to it too, and how many of them ended unrated."""
    # The keys first: with an OR in one query the planner reads every case there is.
    joined = Case.objects.filter(joined_to=case).values_list("pk", flat=True)
    found = Voice.objects.filter(case__in=[case.pk, *joined]).values_list("pk", "state", "ratings")
    silent = {pk for pk, state, rating in found if state == Voice.State.CLOSED and rating is None}
    return len({pk for pk, _state, _rating in found}), len(silent)


def _consultations(case) -> list:
    """The consultations with the number present, oldest first."""
    present = Count("attendances", filter=Q(attendances__status=Attendance.Status.PRESENT))
    rows = Consultation.objects.filter(case=case, state__in=(*Consultation.HELD, "convened"))
    shown = rows.select_related("venue__region").only(
        "state", "carrier", "starts_at", "joint", "venue__name", "venue__region__full_name"
    )
    meetings = list(shown.annotate(present=present).order_by("starts_at"))
    places = places_of_sittings([meeting.joint for meeting in meetings if meeting.joint])
    for meeting in meetings:
        meeting.place = places.get(meeting.joint) or meeting.venue.full_name
    return meetings


def _items(case, duties) -> list[Item]:
    shown = Agreement.objects.filter(case=case).exclude(state=Agreement.State.DRAFT)
    rows = shown.select_related("unit", "decision").only(*ITEM_FIELDS)
    helpers = _helpers(case)
    return [
        Item(row, helpers.get(row.pk, []), getattr(row, "decision", None), duties.get(("agreement", row.pk), []))
        for row in rows.order_by("consultation_id", "number")
    ]


def _helpers(case) -> dict[int, list[str]]:
    """The names of the helping units of each item."""
    # The join table has no committee of its own; the case stands for it.
    joined = Agreement.co_units.through._base_manager.filter(agreement__case=case)
    names: dict[int, list[str]] = {}
    for item, name in joined.order_by("unit_id").values_list("agreement_id", "unit__name"):
        names.setdefault(item, []).append(name)
    return names


def _duties(case, lines, today) -> dict[tuple, list[Duty]]:
    """The tasks of the case by what they come from."""
    rows = Task.objects.filter(case=case).exclude(state=Task.State.REASSIGNED)
    shown = rows.select_related("unit", "deadline").defer("note", "assigned_by", "step_deadline")
    tasks = list(shown.order_by("pk"))
    explained = explain_all([task.deadline for task in tasks])
    duties: dict[tuple, list[Duty]] = {}
    for task in tasks:
        duty = Duty(
            task, tone(task.deadline, today, soon=today), explained[task.deadline_id],
            [line for line in lines if _extends(line, task)],
        )
        origin = ("agreement", task.agreement_id) if task.agreement_id else ("proposal", task.proposal_id)
        duties.setdefault(origin, []).append(duty)
    return duties


def _extends(line: Line, task: Task) -> bool:
    of_task = line.subject == task._meta.label_lower and line.subject_id == task.pk
    return of_task and line.event == "tasks.extension_granted"


def reason_of(line: Line) -> str:
    """The reason stated with an entry, where it was written for the public."""
    return mask(line.why) if line.event in REASON_IS_PUBLIC else ""


def yuan(amount) -> str:
    """An amount of money as people write it: 26,000 or 1,234.50."""
    return f"{amount:,.2f}".removesuffix(".00")
