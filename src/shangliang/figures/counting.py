"""Counting: one way for pages, exports, the API and reports; always from the records, never from a counter."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, Q
from django.db.models.functions import Substr
from django.utils import timezone

from ..regions.models import Region
from . import past
from .definitions import Figure

TOWN = 9
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


def within(figure: Figure, scope: Scope):
    """The records of a figure in this part."""
    rows = figure.rows()
    if figure.when and (scope.since or scope.until):
        rows = rows.filter(**_between(figure, scope.since, scope.until))
    if scope.region and figure.region:
        rows = rows.filter(**{f"{figure.region}__in": Region.objects.within(scope.region.code).values("pk")})
    if scope.carrier and figure.carrier:
        rows = rows.filter(**{figure.carrier: scope.carrier})
    return rows


def value(figure: Figure, scope: Scope = Scope()) -> int | None:
    """The number, with the past that was brought in; None where too few people stand behind the part asked for."""
    number = within(figure, scope).aggregate(n=_counted(figure))["n"] + past.value(figure, scope)
    return shown(figure, number, scope)


def shown(figure: Figure, number: int, scope: Scope) -> int | None:
    """A number as it may be shown: parts with fewer people than ``figure.least`` are not; nought is."""
    return None if not scope.whole and 0 < number < figure.least else number


def trend(figure: Figure, scope: Scope, today: dt.date) -> list[tuple[dt.date, dt.date, int | None]]:
    """(first day, last day, number) month by month for up to two years, else year by year; two queries."""
    if not figure.when:
        return []
    rows = within(figure, scope)
    first, last = scope.since or past.earlier(first_day(figure, rows), figure, scope), min(scope.until or today, today)
    if first is None or first > last:
        return []
    buckets = list(_buckets(first, last))
    asked = {
        f"b{number}": _counted(figure, Q(**_between(figure, since, until)))
        for number, (since, until) in enumerate(buckets)
    }
    found = past.add_trend(figure, scope, buckets, rows.aggregate(**asked))
    part = Scope(since=first)
    return [(*bucket, shown(figure, found[f"b{n}"], part)) for n, bucket in enumerate(buckets)]


def by_town(figure: Figure, scope: Scope) -> list[tuple[str, str, int | None]]:
    """(code, name, number) of every town with a record; the whole county's own stand under its own code."""
    if not figure.region:
        return []
    rows = within(figure, scope).annotate(town=Substr(f"{figure.region}__code", 1, TOWN)).values_list("town")
    counts = past.add_towns(figure, scope, dict(rows.annotate(n=_counted(figure)).order_by("town")))
    names = dict(Region.objects.filter(code__in=counts).values_list("code", "name"))
    part = Scope(carrier="part")
    return [(code, names.get(code, code), shown(figure, n, part)) for code, n in counts.items()]


def by_carrier(figure: Figure, scope: Scope) -> list[tuple[str, int | None]]:
    """(carrier, number) of every carrier with a record."""
    if not figure.carrier:
        return []
    rows = within(figure, scope).values_list(figure.carrier).annotate(n=_counted(figure)).order_by(figure.carrier)
    counts = past.add_carriers(figure, scope, dict(rows))
    return [(carrier, shown(figure, n, Scope(carrier=carrier))) for carrier, n in counts.items()]


def records(figure: Figure, scope: Scope, first: int, most: int) -> list:
    """The records behind the number, the latest first, ``most`` of them from ``first`` on; each person's once."""
    rows = within(figure, scope).select_related(*figure.related)
    order = [f"-{figure.when}"] if figure.when else []
    return list(rows.order_by(*order, "-pk")[first : first + most])


def _counted(figure, part=None):
    return Count(figure.distinct or "pk", distinct=bool(figure.distinct), filter=part)


def _between(figure, since, until) -> dict:
    """Look-ups for days from and to, both included; moments are those of the installation's time zone."""
    by_day = not isinstance(_field(figure), DateTimeField)
    bounds = {}
    if since:
        bounds[f"{figure.when}__gte"] = since if by_day else _midnight(since)
    if until:
        bounds[f"{figure.when}__lt"] = (until if by_day else _midnight(until)) + dt.timedelta(days=1)
    return bounds


def _midnight(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _field(figure):
    model, field = figure.rows().model, None
    for part in figure.when.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model
    return field


def first_day(figure: Figure, rows=None) -> dt.date | None:
    """The day of its earliest record; None where it has no days or no records."""
    if not figure.when:
        return None
    rows = figure.rows() if rows is None else rows
    first = rows.order_by(figure.when).values_list(figure.when, flat=True).exclude(**{figure.when: None}).first()
    return timezone.localdate(first) if isinstance(first, dt.datetime) else first


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
        after = dt.date(start.year + (start.month == 12), start.month % 12 + 1, 1)
        yield max(first, start), min(last, after - dt.timedelta(days=1))
