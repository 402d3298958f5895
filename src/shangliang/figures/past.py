"""The past that was brought in from paper (补录): its share of each figure, always told apart by what proves it."""

import datetime as dt

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from ..backfill.models import Kind, PastRecord, Proof
from ..cases.masking import mask
from .lines import Line
from .rows import TOWN

#: Figure → kind of past record, and the field that holds its number ("" where each record is one). Persons are never
#: brought in: paper tells how many came, not who came again.
SOURCES = {
    "consultations": (Kind.CONSULTATION, ""), "attendances": (Kind.CONSULTATION, "present"),
    "agreements": (Kind.CONSULTATION, "agreed"), "visits": (Kind.VISIT, ""), "voices": (Kind.VOICE, ""),
    "solved": (Kind.SOLVED, ""),
}  # fmt: skip


def within(figure, scope):
    """The past records that add to this part of a figure."""
    kind, field = SOURCES[figure.key]
    rows = PastRecord.objects.counted().filter(kind=kind)
    if field:
        rows = rows.filter(**{f"{field}__gt": 0})
    if scope.since:
        rows = rows.filter(on__gte=scope.since)
    if scope.until:
        rows = rows.filter(on__lte=scope.until)
    if scope.region:
        rows = rows.filter(region__code__startswith=scope.region.code)
    return rows.filter(carrier=scope.carrier) if scope.carrier and figure.carrier else rows


def value(figure, scope) -> int:
    """How much of this part is past; no query for a figure that has none."""
    if figure.key not in SOURCES:
        return 0
    return within(figure, scope).aggregate(n=_counted(figure))["n"] or 0


def by_grade(figure, scope) -> list[tuple[str, int]]:
    """(words of the proof, number) of this part, the strongest first; a rough number is a statement."""
    if figure.key not in SOURCES:
        return []
    shown = F("grade")
    if SOURCES[figure.key][1] == "present":
        shown = Case(When(rough=True, then=Value(Proof.STATEMENT.value)), default=shown)
    rows = within(figure, scope).annotate(shown=shown).values_list("shown").annotate(n=_counted(figure))
    found = dict(rows.order_by("shown"))
    return [(str(proof.label), found[proof]) for proof in Proof if proof in found]


def regions(figure, scope) -> set[str]:
    """The codes of the places that the past of this part lies in."""
    if figure.key not in SOURCES:
        return set()
    return set(within(figure, scope).order_by().values_list("region__code", flat=True).distinct())


def add_trend(figure, scope, buckets, found: list[int]) -> list[int]:
    """The numbers of the buckets with the past added; one query."""
    if figure.key not in SOURCES or not buckets:
        return found
    asked = {f"b{n}": _counted(figure, Q(on__gte=since, on__lte=until)) for n, (since, until) in enumerate(buckets)}
    past = within(figure, scope).aggregate(**asked)
    return [number + (past[f"b{n}"] or 0) for n, number in enumerate(found)]


def add_towns(figure, scope, counts: dict) -> dict:
    """{town: number} with the past added, in the order of the codes."""
    return _added(figure, scope, counts, Substr("region__code", 1, TOWN))


def add_carriers(figure, scope, counts: dict) -> dict:
    """{carrier: number} with the past added; what has no carrier stands in none."""
    told = _added(figure, scope, counts, F("carrier"))
    told.pop("", None)
    return told


def _added(figure, scope, counts, part) -> dict:
    counts = dict(counts)
    if figure.key in SOURCES:
        rows = within(figure, scope).annotate(part=part).values_list("part").annotate(n=_counted(figure))
        for name, number in rows.order_by("part"):
            counts[name] = counts.get(name, 0) + number
    return dict(sorted(counts.items()))


def earlier(first, figure, scope) -> dt.date | None:
    """The first day, where the past begins before it."""
    if figure.key not in SOURCES:
        return first
    day = within(figure, scope).order_by("on").values_list("on", flat=True).first()
    return min(filter(None, (first, day)), default=None)


def _counted(figure, part=None):
    field = SOURCES[figure.key][1]
    return Sum(field, filter=part) if field else Count("pk", filter=part)


def lines(figure, scope, first: int, most: int) -> list[tuple[Line, int, str]]:
    """(line, number, words of its proof) of the past records, the latest first; one query.

    A day and a village can point at one family: places are told by town; what people said is not told at all.
    """
    if figure.key not in SOURCES:
        return []
    field = SOURCES[figure.key][1]
    rows = within(figure, scope).select_related("region__parent").order_by("-on", "-pk")[first : first + most]
    return [(_line(row), getattr(row, field) if field else 1, _proof(row, field)) for row in rows]


def _line(row) -> Line:
    town = row.region.parent if row.region.level == "village" and row.region.parent else row.region
    said = row.kind == Kind.CONSULTATION and row.topic
    return Line(row.on, town.full_name, mask(row.topic) if said else str(row.get_kind_display()), _("补录"))


def _proof(row, field) -> str:
    return str(Proof.STATEMENT.label if row.rough and field == "present" else row.get_grade_display())
