"""What pages need to know of joint records, and what has been said about them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate

from ..consultations.models import Consultation
from ..journal.record import as_stored
from ..tasks.models import Task
from .agreeing import STANCES
from .joint import Statement
from .models import Activity, Conference, Matter, Partnership, PlanItem, Sitting, Tracking
from .saying import told


def statements(about) -> list[Statement]:
    """Everything that was said about a record, in the order in which it reached us."""
    return list(Statement.objects.filter(joint=about.joint).order_by("pk"))


def has_said(about, side: str, step: str) -> bool:
    """Whether the side took the step."""
    return Statement.objects.filter(joint=about.joint, side=side, step=step).exists()


def stance(matter, side: str) -> str:
    """What the side last thought of taking part: one of agreeing.STANCES, or ""."""
    rows = Statement.objects.filter(joint=matter.joint, side=side, step__in=STANCES)
    return rows.order_by("-nth").values_list("step", flat=True).first() or ""


def approval_of(topic) -> dict | None:
    """The Party committee's approval of our topic, as it is told to the other sides."""
    approval = getattr(topic, "approval", None)
    if approval is None:
        return None
    return {"body": approval.body, "decided_on": str(approval.decided_on), "paper_no": approval.paper_no}


def next_host(partnership) -> str:
    """The code of the side whose turn it is to host: the one after the host of the last conference."""
    codes = list(partnership.side_names)
    rows = partnership.conferences.exclude(state=Conference.State.CANCELLED)
    last = rows.order_by("-starts_at").values_list("lead", flat=True).first()
    return codes[(codes.index(last) + 1) % len(codes)] if last in codes else codes[0]


def tracking_words(kind: str) -> str:
    """民主监督, 调研视察 or 民主评议, in the installation's language; "" for anything else."""
    return as_stored(Tracking.Kind(kind).label) if kind in Tracking.Kind.values else ""


def own_tasks(matter) -> tuple[int, int]:
    """How many tasks of our items are finished, and how many are not."""
    rows = Task.objects.filter(agreement__joint_item__matter=matter)
    done = rows.filter(state__in=Task.FINISHED).count()
    return done, rows.count() - done


def numbers(matter) -> dict[str, str]:
    """Each side's own number of the matter, by the side's code."""
    rows = Statement.objects.filter(joint=matter.joint, step__in=["raise", "take_up"])
    return {row.side: told(row).get("case_no", "") for row in rows}


def asked_by_neighbour(case_no: str) -> str:
    """The side that raised the joint matter of our case, with its own number; "" where it was ourselves, or none."""
    rows = Matter.objects.filter(topic__case__no=case_no).select_related("committee__region", "partnership")
    matter = rows.first()
    if matter is None or matter.raised_by == matter.ours:
        return ""
    name, no = matter.side_names.get(matter.raised_by, matter.raised_by), numbers(matter).get(matter.raised_by)
    return f"{name}（{no}）" if no else name


def places_of_sittings(sittings: list[str]) -> dict[str, str]:
    """Where these joint sittings took place, as their hosts told it; no query for none."""
    return dict(Sitting.objects.filter(sitting__in=sittings).values_list("sitting", "place")) if sittings else {}


def approvals(matter) -> dict[str, dict]:
    """Each side's approval by its own Party committee, by the side's code."""
    rows = Statement.objects.filter(joint=matter.joint, step="approve")
    return {row.side: told(row) for row in rows}


@dataclass(frozen=True)
class Meeting:
    """One joint sitting with each side's record of it; it is one session, whoever adds."""

    sitting: str
    starts_at: object
    place: str
    sides: tuple

    @property
    def held(self) -> bool:
        """Whether some side has entered that it took place."""
        return any(row.present is not None for row in self.sides)

    @property
    def present(self) -> int:
        """Attendances of all sides together: each person is in one register only."""
        return sum(row.present or 0 for row in self.sides)


def meetings(*matters) -> list[Meeting]:
    """The joint sittings of these matters, each once."""
    found: dict[str, list[Sitting]] = {}
    for row in Sitting.objects.filter(matter__in=[matter.pk for matter in matters]):
        found.setdefault(row.sitting, []).append(row)
    return [Meeting(key, rows[0].starts_at, rows[0].place, tuple(rows)) for key, rows in found.items()]


@dataclass(frozen=True)
class Count:
    """Joint sessions counted: in each side's own figures, and once in the sum."""

    by_side: dict
    together: int


def sessions(matters) -> Count:
    """How many joint sessions took place: each side counts its own; in the sum the same sitting is one session."""
    held = [meeting for meeting in meetings(*matters) if meeting.held]
    by_side: dict[str, int] = {}
    for meeting in held:
        for row in meeting.sides:
            if row.present is not None:
                by_side[row.side] = by_side.get(row.side, 0) + 1
    return Count(by_side, len(held))


def field_studies(matter) -> list[dict]:
    """Joint field studies: side, day, place and findings."""
    rows = Statement.objects.filter(joint=matter.joint, step="study")
    return [{"side": row.side, **told(row)} for row in rows]


@dataclass(frozen=True)
class Day:
    """One line of the joint calendar."""

    on: object
    words: str
    place: str
    side: str
    href: str
    state: str


def calendar(partnerships, since, until) -> list[Day]:
    """What the sides have before them together, by day: conferences, sittings, activities and lines of the plan."""
    mine = Q(partnership__in=list(partnerships))
    days: list[Day] = []
    sides = "partnership__sides"
    for row in Conference.objects.filter(mine, starts_at__date__range=(since, until)).prefetch_related(sides):
        days.append(_day(localdate(row.starts_at), str(row), row.place, row, "conferences"))
    for row in Activity.objects.filter(mine, on__range=(since, until)).prefetch_related(sides):
        days.append(_day(row.on, row.title, row.place, row, "activities"))
    for row in PlanItem.objects.filter(mine, due_on__range=(since, until)).prefetch_related(sides):
        days.append(_day(row.due_on, row.title, "", row, "planitems"))
    matters = {row.pk: row for row in Matter.objects.filter(mine).prefetch_related("partnership__sides")}
    for meeting in meetings(*matters.values()):
        on, matter = localdate(meeting.starts_at), matters[meeting.sides[0].matter_id]
        if since <= on <= until:
            days.append(_day(on, matter.title, meeting.place, matter, "matters"))
    return sorted(days, key=lambda day: (day.on, day.words))


def years(partnerships) -> list[int]:
    """The years in which something stands in the joint calendar, the latest first."""
    mine = Q(partnership__in=list(partnerships))
    found = set(Conference.objects.filter(mine).values_list("starts_at__year", flat=True))
    found |= set(Activity.objects.filter(mine).values_list("on__year", flat=True))
    found |= set(PlanItem.objects.filter(mine).values_list("due_on__year", flat=True))
    return sorted(found, reverse=True)


def _day(on, words, place, row, plural):
    return Day(on, words, place, row.lead_name, f"/desk/{plural}/{row.pk}/", str(row.get_state_display()))


def public() -> list[Partnership]:
    """Partnerships whose page is open, the youngest first."""
    rows = Partnership.objects.filter(published_on__isnull=False).prefetch_related("sides")
    return list(rows.order_by("-since", "-pk"))


def untaken(matter):
    """Our items of the joint opinion that are no agreed items of ours yet."""
    return matter.items.filter(owner=matter.ours, agreement=None)


def open_sittings(matter):
    """Joint sittings that the host told us of and that we have not put down as our own consultation."""
    ours = Consultation.objects.exclude(joint="").values("joint")
    told_of = matter.sittings.filter(side=matter.lead) if matter.topic_id else matter.sittings.none()
    return told_of.exclude(sitting__in=ours)


def may_finish_now(matter) -> bool:
    """Whether our side has reported and not yet said that it is done."""
    ours = matter.ours
    return has_said(matter, ours, "report") and not has_said(matter, ours, "finish")
