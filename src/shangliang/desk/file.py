"""The case file as the desk shows it: the whole thread with its clocks, pictures, buttons and timeline."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404

from ..agreements.models import Agreement
from ..briefs.queries import of_case
from ..cases import policies as case_policies
from ..cases.models import Case
from ..consultations.models import Consultation
from ..consultations.queries import roll
from ..files.queries import for_case
from ..journal.queries import full_timeline, public_timeline
from ..outcomes.queries import evaluations_of, ratings_of
from ..proposals.models import Proposal
from ..rules.queries import explain_all
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices.models import Voice
from .verbs import verbs_for


@dataclass
class Part:
    """One record of the thread with what the page needs beside it."""

    kind: str
    record: object
    verbs: list
    clocks: list = field(default_factory=list)
    photos: list = field(default_factory=list)
    extra: object = None


@dataclass
class CaseFile:
    """The thread in its order."""

    case: Case
    voices: list
    topics: list
    consultations: list
    agreements: list
    tasks: list
    briefs: list
    ratings: list
    proposals: list
    evaluations: list
    timeline: list
    verbs: list

    @property
    def parts(self) -> list:
        """All parts in the order of the thread."""
        return [*self.voices, *self.topics, *self.consultations, *self.agreements, *self.tasks]


def visible_case(account, no: str) -> Case:
    """The case if this account may read any part of it; Http404 otherwise, as for a number that does not exist."""
    found = Case.objects.select_related("region", "venue", "committee", "joined_to").filter(no=no)
    case = found.first()
    if case is None or not may_see(account, case):
        raise Http404
    return case


def may_see(account, case) -> bool:
    """Whether this account may read any part of the case."""
    return bool(case_policies.may_read(account, case)) or _has_part(account, case)


def _has_part(account, case) -> bool:
    """Units, members and whoever entered a voice read the cases in which they have a part."""
    parts = (Voice, Topic, Consultation, Agreement, Task, Proposal)
    return any(part.objects.visible_to(account).filter(case=case).exists() for part in parts)


def case_file(account, case) -> CaseFile:
    """The thread of a case in a fixed number of queries for each kind of record.

    Who may not read the whole file (a unit, a member) sees its own parts and the public timeline.
    """
    photos: dict = {}
    for attachment in for_case(case.no, public_only=False):
        photos.setdefault((attachment.subject, attachment.subject_id), []).append(attachment)
    parts = {
        "voice": _voices(account, case),
        "topic": list(
            Topic.objects.visible_to(account).filter(case=case)
            .select_related("case", "region", "deadline", "approval", "matter")
            .prefetch_related("sources__voice__case", "sources__member", "exclusions", "rounds").order_by("pk")
        ),
        "consultation": list(
            Consultation.objects.visible_to(account).filter(case=case).select_related(
                "case", "topic__region", "venue__region", "deadline", "host"
            ).prefetch_related("agenda", "minutes__confirmations", "minutes__cited", "attendances").order_by("pk")
        ),
        "agreement": list(
            Agreement.objects.visible_to(account).filter(case=case).select_related(
                "case", "consultation__venue__region", "consultation__topic", "unit", "decision"
            ).prefetch_related("co_units").order_by("consultation", "number")
        ),
        "task": list(
            Task.objects.visible_to(account).filter(case=case).select_related(
                "case", "agreement", "proposal", "unit", "deadline", "step_deadline", "contact_deadline"
            ).prefetch_related(
                "helpers__unit", "objections", "extensions", "replies", "promises", "reminders"
            ).order_by("pk")
        ),
    }  # fmt: skip
    clocks = _clocks(parts)
    made = {
        kind: [_part(account, kind, record, clocks, photos) for record in records]
        for kind, records in parts.items()
    }
    return CaseFile(
        case, made["voice"], made["topic"], made["consultation"], made["agreement"], made["task"],
        of_case(account, case), ratings_of(case), _proposals(account, case), evaluations_of(case),
        _timeline(account, case), verbs_for(account, "case", case),
    )


def _proposals(account, case) -> list:
    """The proposal whose case this is; its buttons stand on its own page."""
    return list(Proposal.objects.visible_to(account).filter(case=case).select_related("proposer").order_by("pk"))


def _timeline(account, case) -> list:
    if case_policies.may_read(account, case):
        return full_timeline(case.no)
    return public_timeline(case.no)


def _voices(account, case) -> list:
    """The voices of the case and of the cases joined to it; units see none of the people's own words."""
    rows = Voice.objects.visible_to(account).filter(Q(case=case) | Q(case__joined_to=case))
    return list(
        rows.select_related("case", "region", "venue", "deadline", "contact", "merged_into__case")
        .order_by("reported_at")
    )


#: The fields in which a record keeps its clocks.
_CLOCKS = ("deadline", "step_deadline", "contact_deadline")


def _clocks(parts) -> dict:
    deadlines = [
        clock
        for records in parts.values()
        for record in records
        for clock in (getattr(record, name, None) for name in _CLOCKS)
        if clock is not None and clock.ended_on is None
    ]
    return {clock.pk: (clock, rows) for clock, rows in _explained(deadlines)}


def _explained(deadlines):
    rows = explain_all(deadlines) if deadlines else {}
    return [(clock, rows.get(clock.pk, [])) for clock in deadlines]


def _part(account, kind, record, clocks, photos) -> Part:
    running = [
        clocks[pk]
        for pk in (getattr(record, f"{name}_id", None) for name in _CLOCKS)
        if pk in clocks
    ]
    part = Part(
        kind, record, verbs_for(account, kind, record), running,
        photos.get((record._meta.label_lower, record.pk), []),
    )
    if kind == "consultation":
        part.extra = roll(record)
    return part


def words_of_topic(case) -> dict:
    """The title and text of the topic or the proposal, from which the public words of the case start."""
    topic = Topic.objects.filter(case=case).order_by("pk").first()
    if topic:
        return {"title": topic.title, "summary": topic.summary}
    proposal = Proposal.objects.filter(case=case).first()
    return {"title": proposal.title, "summary": proposal.reason[:1000]} if proposal else {}


def seen_before_publishing(case) -> dict:
    """What a reviewer has to look at: the pictures that are not public yet, by number, and the people's own words."""
    private = [p for p in for_case(case.no, public_only=False) if p.is_picture and not p.is_public]
    return {"pictures": private, "voices": Voice.objects.filter(case=case).order_by("pk")}
