"""Fairness: who sat at the table, who proposed what was agreed, and which places nothing was heard from.

Shares are of records, never of estimates: what nobody was asked (sex, age) cannot be told, and is said to be unknown.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Attendance
from ..regions.census import Census, residents
from ..regions.models import Region
from ..regions.queries import towns_of, villages_of
from ..topics.models import TopicSource
from . import past
from .counting import TOWN, Scope, value
from .definitions import BY_KEY
from .rows import Rows

#: What counts as something having come from a place, in the order of the page.
HEARD = ("voices", "consultations", "visits")


@dataclass(frozen=True)
class Share:
    """One part of a whole: its words, its number and its percent (None of nothing)."""

    key: str
    words: str
    number: int
    percent: float | None


@dataclass(frozen=True)
class Covered:
    """From which villages and towns something came, by name."""

    key: str
    name: object
    villages: list
    towns: list


@dataclass(frozen=True)
class Coverage:
    """Coverage of the part: each kind and all kinds together, all places that there are, and the villages left out."""

    kinds: list
    villages: list
    towns: list
    silent: list


@dataclass(frozen=True)
class Rate:
    """A number for each ten thousand residents, one decimal; None where the number may not be shown."""

    key: str
    name: object
    unit: object
    number: int | None
    per: float | None


def roles(scope: Scope) -> list[Share]:
    """Attendances by role, in the order of the roles; one query.

    Every role is told, also one that few had: which sides sat at each table is published, meeting by meeting, in the
    list behind the figure and in the open data, so that hiding a sum of it would protect nobody. Sex and age are no
    roles: they are asked of nobody and stand in no list (docs/decisions/0021).
    """
    rows = Rows(BY_KEY["attendances"]).within(scope).values_list("role")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    whole = sum(counts.values())
    return [
        Share(role.value, str(role.label), counts[role.value], _percent(counts[role.value], whole))
        for role in Attendance.Role if role.value in counts
    ]  # fmt: skip


def proposers(scope: Scope) -> tuple[int, list[Share]]:
    """(topics whose agreement was reached, by who proposed them); a topic from two sides counts for both; two queries.

    These are numbers of matters, not of people: nobody is told apart by them.
    """
    agreed = BY_KEY["agreements"].rows().filter(consultation__topic=OuterRef("pk"))
    topics = Rows(BY_KEY["topics"]).within(scope).filter(Exists(agreed))
    rows = TopicSource.objects.filter(topic__in=topics.values("pk")).values_list("kind")
    counts = dict(rows.annotate(n=Count("topic", distinct=True)).order_by())
    whole = topics.count()
    shares = [
        Share(kind.value, str(kind.label), counts.get(kind.value, 0), _percent(counts.get(kind.value, 0), whole))
        for kind in TopicSource.Kind
    ]
    return whole, shares


def coverage(scope: Scope, county: Region, today) -> Coverage:
    """Villages and towns from which a voice, a consultation or a visit came; five queries.

    Places within the county that exist today are counted; what is entered for a town as a whole is no village's.
    """
    below = scope.region or county
    villages = dict(villages_of(below, today).values_list("code", "full_name"))
    towns = dict(towns_of(below, today).values_list("code", "name"))
    kinds, heard = [], set()
    for key in HEARD:
        figure = BY_KEY[key]
        found = set(Rows(figure).within(scope).order_by().values_list(f"{figure.region}__code", flat=True).distinct())
        found |= past.regions(figure, scope)
        kinds.append(Covered(key, figure.name, _named(villages, found), _named(towns, _towns(found))))
        heard |= found
    kinds.append(Covered("any", _("有其中任何一样"), _named(villages, heard), _named(towns, _towns(heard))))
    silent = [name for code, name in villages.items() if code not in heard]
    return Coverage(kinds, list(villages.values()), list(towns.values()), silent)


def _named(places: dict, codes) -> list:
    return [name for code, name in places.items() if code in codes]


def per_ten_thousand(scope: Scope, county: Region) -> tuple[Census | None, list[Rate]]:
    """(the census used, numbers for each ten thousand residents); without a census figure of the place, no numbers.

    Three queries. The residents are those of the census's year, whatever days are asked for.
    """
    census = residents().get((scope.region or county).code)
    if census is None:
        return None, []
    rates = []
    for key in ("voices", "consultations", "attendances"):
        figure = BY_KEY[key]
        number = value(figure, scope)
        per = None if number is None else round(number * 10_000 / census.residents, 1)
        rates.append(Rate(key, figure.name, figure.unit, number, per))
    return census, rates


def _towns(codes) -> set:
    return {code[:TOWN] for code in codes if code}


def _percent(part, whole) -> float | None:
    return None if not whole else round(part * 100 / whole, 1)
