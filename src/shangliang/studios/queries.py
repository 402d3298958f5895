"""Reading studios: their standards, when somebody is there next, what they did in a stretch of days."""

import datetime as dt
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models import Value as V
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from ..consultations.models import Consultation
from ..files.models import Attachment
from ..rules.queries import exceptions_between
from ..shared.calendar import DAY
from ..venues.models import Venue
from ..voices.models import Voice
from .models import (
    Activity,
    Checklist,
    ChecklistItem,
    DutyHour,
    LogEntry,
    Participant,
    Promise,
    Reception,
    Seat,
    Studio,
)  # fmt: skip

#: So many days ahead the next duty is looked for: longer than any stretch of holidays.
AHEAD = 15


def public_places():
    """The places that everybody may know of: that of a studio only once the studio has opened its door."""
    return Venue.objects.exclude(pk__in=Studio.objects.filter(opened_on=None).values("venue"))


# --- standards --------------------------------------------------------------------------------


def asked_items(committee_id) -> list[ChecklistItem]:
    """The lines of the standards that are asked today, list by list; one query."""
    rows = ChecklistItem.objects.filter(
        committee=committee_id, retired_on=None, checklist__retired_on=None,
        checklist__kind=Checklist.Kind.STANDARD,
    )  # fmt: skip
    return list(rows.select_related("checklist").order_by("checklist_id", "order", "pk"))


def checklists(committee_id) -> list[Checklist]:
    """Every list in use with ``lines``, its present lines; two queries."""
    lines = Prefetch("items", ChecklistItem.objects.filter(retired_on=None), to_attr="lines")
    return list(Checklist.objects.filter(committee=committee_id, retired_on=None).prefetch_related(lines))


@dataclass
class Standard:
    """One list as the latest check found it: what the studio has and what is missing, in words."""

    name: str
    met: list = field(default_factory=list)
    lacking: list = field(default_factory=list)


@dataclass
class Check:
    """The latest check of a studio."""

    on: dt.date
    note: str
    standards: list
    met: set

    @property
    def lacking(self) -> list:
        """What is missing, over all lists, in words."""
        return [text for standard in self.standards for text in standard.lacking]


def latest_check(studio) -> Check | None:
    """The check of the latest day, list by list; one query."""
    last = studio.checks.order_by("-checked_on").values("checked_on")[:1]
    rows = studio.checks.filter(checked_on=Subquery(last)).select_related("item__checklist")
    rows = list(rows.order_by("item__checklist_id", "item__order", "item_id"))
    if not rows:
        return None
    found: dict[int, Standard] = {}
    for row in rows:
        standard = found.setdefault(row.item.checklist_id, Standard(row.item.checklist.name))
        (standard.met if row.met else standard.lacking).append(row.item.text)
    note = next((row.note for row in rows if row.note), "")
    return Check(rows[0].checked_on, note, list(found.values()), {row.item_id for row in rows if row.met})


# --- duty hours -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Duty:
    """When somebody is there: a day with its hours, and whether that is this very moment or later today."""

    on: dt.date
    begins: dt.time
    ends: dt.time
    is_now: bool
    is_today: bool


def holidays(today) -> frozenset:
    """The days of the coming weeks on which nobody is there because of a public holiday; one query."""
    exceptions, _names = exceptions_between(today, today + AHEAD * DAY)
    return frozenset(day for day, works in exceptions.items() if not works)


def next_duty(hours, now, closed=frozenset()) -> Duty | None:
    """The running duty, or the next one that does not fall on a closed day; None without hours."""
    local = timezone.localtime(now)
    for ahead in range(AHEAD):
        day = local.date() + ahead * DAY
        if day in closed:
            continue
        for hour in sorted((h for h in hours if h.weekday == day.weekday()), key=lambda h: h.begins):
            if ahead or hour.ends > local.time():
                running = not ahead and hour.begins <= local.time()
                return Duty(day, hour.begins, hour.ends, running, not ahead)
    return None


# --- lists ------------------------------------------------------------------------------------


def with_lead(studios):
    """The studios with ``lead_name``, whosever it is."""
    seats = Seat.objects.filter(studio=OuterRef("pk"), role=Seat.Role.LEAD, until=None)
    name = seats.values(found=Coalesce(NullIf(F("name"), V("")), F("member__name")))[:1]
    return studios.annotate(lead_name=Coalesce(Subquery(name), V("")))


def for_ledger(studios, today):
    """The studios as ledger 10 counts them, for the year of today: people, activities by kind, receptions, log."""
    year = {"on__range": (dt.date(today.year, 1, 1), today)}
    kinds = Activity.Kind
    return with_lead(studios).annotate(
        team=_number(Seat.objects.filter(until=None).exclude(role=Seat.Role.SERVING)),
        done=_number(Activity.objects.filter(**year)),
        collecting=_number(Activity.objects.filter(kind=kinds.COLLECTING, **year)),
        consulting=_number(Activity.objects.filter(kind=kinds.CONSULTING, **year)),
        learning=_number(Activity.objects.filter(kind=kinds.LEARNING, **year)),
        received=_number(Reception.objects.filter(**year)),
        logged=_number(LogEntry.objects.filter(**year)),
    )


def _number(rows):
    """How many of the rows belong to the studio of the outer query."""
    counted = rows.filter(studio=OuterRef("pk")).order_by().values("studio").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_to_public(studios):
    """The studios with their leads and hours, as the public list shows them; three queries."""
    leads = Seat.objects.filter(until=None, role=Seat.Role.LEAD).select_related("member")
    return studios.select_related("venue__region").prefetch_related(
        Prefetch("seats", leads, to_attr="leads"), Prefetch("hours", DutyHour.objects.all(), to_attr="duties")
    )


# --- what was done ----------------------------------------------------------------------------


def activities_of(studio, first, last, *, public=False) -> list[Activity]:
    """The activities of these days, latest first, each with ``took_part`` and ``pictures``; three queries."""
    rows = Activity.objects.filter(studio=studio, on__range=(first, last))
    return _told(rows.exclude(published_on=None) if public else rows, public)


def published_of(studio, most) -> list[Activity]:
    """The latest public activities, each with ``took_part`` and its public ``pictures``; three queries."""
    return _told(Activity.objects.filter(studio=studio).exclude(published_on=None), True, most)


def _told(rows, public, most=None):
    people = Participant.objects.select_related("member", "seat").order_by("pk")
    rows = rows.select_related("consultation__case").prefetch_related(
        Prefetch("participants", people, to_attr="took_part")
    )
    rows = list(rows.order_by("-on", "-pk")[:most])
    pictures: dict[int, list] = {}
    found = Attachment.objects.filter(subject="studios.activity", subject_id__in=[row.pk for row in rows])
    if public:
        found = found.filter(is_public=True)
    for picture in found.order_by("pk"):
        pictures.setdefault(picture.subject_id, []).append(picture)
    for row in rows:
        row.pictures = pictures.get(row.pk, [])
    return rows


def quarter_of(day) -> tuple[dt.date, dt.date]:
    """The first and last day of the quarter in which the day lies."""
    first = dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = dt.date(day.year, first.month + 3, 1) if first.month < 10 else dt.date(day.year + 1, 1, 1)
    return first, after - DAY


@dataclass
class Year:
    """A year of a studio: every number is counted from its records."""

    year: int
    kinds: list
    activities: list
    receptions: dict
    logged: int
    consultations: list
    voices: list
    promises: list
    #: What is counted and has no line of its own in public: (first day of the month, kind in words, people).
    untold: list

    @property
    def total(self) -> int:
        """All activities."""
        return sum(number for _label, number, _people in self.kinds)


def year_of(studio, year, *, public=False) -> Year:
    """What a studio did in a year, in a fixed number of queries; ``public`` leaves out what is not published."""
    days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    counted = Activity.objects.filter(studio=studio, on__range=days).values("kind").order_by()
    counted = {row["kind"]: row for row in counted.annotate(n=Count("pk"), people_sum=Sum("people"))}
    kinds = [
        (label, counted[kind]["n"], counted[kind]["people_sum"] or 0)
        for kind, label in Activity.Kind.choices if kind in counted
    ]  # fmt: skip
    receptions = Reception.objects.filter(studio=studio, on__range=days).aggregate(
        times=Count("pk"), visitors=Coalesce(Sum("visitors"), 0), spot=Count("pk", filter=Q(answered_on_spot=True)),
        voices=Count("voice"),
    )  # fmt: skip
    promises = Promise.objects.filter(studio=studio, due_on__range=days).order_by("due_on", "pk")
    if public:
        promises = promises.exclude(published_on=None)
    return Year(
        year=year, kinds=kinds, activities=activities_of(studio, *days, public=public), receptions=receptions,
        logged=LogEntry.objects.filter(studio=studio, on__range=days).count(),
        consultations=consultations_at(studio, *days, public=public), voices=voices_at(studio, *days),
        promises=list(promises), untold=_untold(studio, days) if public else [],
    )


def _untold(studio, days) -> list[tuple]:
    """Activities that are not published and receptions: month, kind and people; a day could point at who came."""
    kinds = dict(Activity.Kind.choices)
    held = Activity.objects.filter(studio=studio, on__range=days, published_on=None).values_list("on", "kind", "people")
    came = Reception.objects.filter(studio=studio, on__range=days).values_list("on", "visitors")
    rows = [(on.replace(day=1), kinds[kind], people or 0) for on, kind, people in held]
    return sorted([*rows, *((on.replace(day=1), _("接待登记"), people or 0) for on, people in came)], key=itemgetter(0))


def consultations_at(studio, first, last, *, public=False) -> list[Consultation]:
    """The consultations held in the studio's place in these days, with topic and case; one query."""
    rows = Consultation.objects.filter(venue=studio.venue_id, state__in=Consultation.HELD)
    rows = rows.filter(starts_at__range=_moments(first, last))
    if public:
        rows = rows.filter(case__state="published")
    return list(rows.select_related("topic", "case").order_by("-starts_at"))


def voices_at(studio, first, last) -> list[tuple]:
    """(state in words, number) of the voices raised at the studio in these days; what became of them; one query."""
    rows = Voice.objects.filter(venue=studio.venue_id, reported_at__range=_moments(first, last))
    counted = dict(rows.values_list("state").order_by().annotate(n=Count("pk")))
    return [(label, counted[state]) for state, label in Voice.State.choices if state in counted]


def years_of(studio, today) -> list[int]:
    """The years of which there is a page, latest first."""
    if not studio.opened_on:
        return []
    last = studio.closed_on or today
    return list(range(last.year, studio.opened_on.year - 1, -1))


def _moments(first, last):
    """The first moment of the first day and the last of the last."""
    zone = timezone.get_current_timezone()
    begins = dt.datetime.combine(first, dt.time.min, zone)
    return begins, dt.datetime.combine(last, dt.time.max, zone)
