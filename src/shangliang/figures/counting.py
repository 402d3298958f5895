"""Counting: one way for pages, exports, the API and reports; always from the records, never from a counter."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from ..regions.models import Region
from ..shared import clock
from . import columns, past
from .definitions import Figure
from .rows import TOWN, Rows

__all__ = ["TOWN", "Bar", "Scope", "by_carrier", "by_town", "first_day", "records", "shown", "source", "trend", "value"]

#: The most buckets of a trend.
MOST = 24


@dataclass(frozen=True)
class Scope:
    """The part asked for: days from and to, both included, a region and a carrier; None and "" for no bound."""

    since: dt.date | None = None
    until: dt.date | None = None
    region: Region | None = None
    carrier: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.since or self.until or self.region or self.carrier)


@dataclass(frozen=True)
class Bar:
    """One part of a figure: its words, its number (None where too few people stand behind it), and its address."""

    words: str
    number: int | None
    href: str = ""


def source(figure: Figure):
    """Who counts: the columns where there are some, else the database; both give the same."""
    return columns.latest(figure) or Rows(figure)


def value(figure: Figure, scope: Scope = Scope()) -> int | None:
    """The number, with the past that was brought in; None where too few people stand behind the part asked for."""
    if figure.least and not _whole_months(scope):
        return None
    return shown(figure, source(figure).total(scope) + past.value(figure, scope), scope)


def _whole_months(scope: Scope) -> bool:
    """People are told by whole months alone: two periods that differ by a day would tell who came that day."""
    begins = scope.since is None or scope.since.day == 1
    return begins and (scope.until is None or scope.until >= clock.today() or scope.until == month_end(scope.until))


def shown(figure: Figure, number: int, scope: Scope) -> int | None:
    """A number as it may be shown: parts with fewer people than ``figure.least`` are not; nought is."""
    return None if not scope.whole and 0 < number < figure.least else number


def trend(figure: Figure, scope: Scope, today: dt.date) -> list[tuple[dt.date, dt.date, int | None]]:
    """(first day, last day, number) month by month for up to two years, else year by year; two queries."""
    if not figure.when:
        return []
    counts = source(figure)
    first = scope.since or past.earlier(counts.first_day(scope), figure, scope)
    last = min(scope.until or today, today)
    if first is None or first > last:
        return []
    if figure.least:  # people are told by whole months alone
        first, last = first.replace(day=1), month_end(last)
    buckets = list(_buckets(first, last))
    found = past.add_trend(figure, scope, buckets, counts.by_bucket(scope, buckets))
    return [(*bucket, number) for bucket, number in zip(buckets, _parts(figure, found), strict=True)]


def by_town(figure: Figure, scope: Scope) -> list[tuple[str, str, int | None]]:
    """(code, name, number) of every town with a record; the whole county's own stand under its own code."""
    if not figure.region:
        return []
    counts = past.add_towns(figure, scope, source(figure).by_town(scope))
    names = dict(Region.objects.filter(code__in=counts).values_list("code", "name"))
    parts = zip(counts, _parts(figure, list(counts.values())), strict=True)
    return [(code, names.get(code, code), number) for code, number in parts]


def by_carrier(figure: Figure, scope: Scope) -> list[tuple[str, int | None]]:
    """(carrier, number) of every carrier with a record."""
    if not figure.carrier:
        return []
    counts = past.add_carriers(figure, scope, source(figure).by_carrier(scope))
    return list(zip(counts, _parts(figure, list(counts.values())), strict=True))


def _parts(figure: Figure, numbers: list[int]) -> list[int | None]:
    """The parts of a whole as they may be shown: where one alone is withheld, the smallest other goes with it, because
    the whole and the rest would tell it."""
    told: list[int | None] = [None if 0 < number < figure.least else number for number in numbers]
    others = [place for place, number in enumerate(told) if number]
    if told.count(None) == 1 and others:
        told[min(others, key=lambda place: numbers[place])] = None
    return told


def records(figure: Figure, scope: Scope, first: int, most: int) -> list:
    """The records behind the number, the latest first, ``most`` from ``first`` on; of each person the latest alone."""
    return source(figure).listed(scope, first, most)


def first_day(figure: Figure) -> dt.date | None:
    """The day of its earliest record; None where it has no days or no records."""
    return source(figure).first_day(Scope()) if figure.when else None


def _buckets(first: dt.date, last: dt.date):
    """Months for up to two years, else years."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MOST:
        for year in range(first.year, last.year + 1):
            yield max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31))
        return
    for number in range(months):
        year, month = divmod(first.month - 1 + number, 12)
        start = dt.date(first.year + year, month + 1, 1)
        yield max(first, start), min(last, month_end(start))


def month_end(day: dt.date) -> dt.date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
