"""Counting a figure straight from the tables; :mod:`columns` answers the same questions for very many records."""

import datetime as dt

from django.db.models import Count, DateTimeField, Max, Min, Q
from django.db.models.functions import Substr
from django.utils import timezone

from ..regions.models import Region

#: Digits of a town's code.
TOWN = 9


class Rows:
    """The records of one figure within the committee in scope, counted by the database."""

    def __init__(self, figure):
        self.figure = figure

    def within(self, scope):
        """The records in this part."""
        figure, rows = self.figure, self.figure.rows()
        if figure.when and (scope.since or scope.until):
            rows = rows.filter(**self._between(scope.since, scope.until))
        if scope.region and figure.region:
            rows = rows.filter(**{f"{figure.region}__in": Region.objects.within(scope.region.code).values("pk")})
        if scope.carrier and figure.carrier:
            rows = rows.filter(**{figure.carrier: scope.carrier})
        return rows

    def total(self, scope) -> int:
        """How many."""
        return self.within(scope).aggregate(n=self._counted())["n"]

    def first_day(self, scope) -> dt.date | None:
        """The day of the earliest."""
        path = self.figure.when
        first = self.within(scope).order_by(path).values_list(path, flat=True).exclude(**{path: None}).first()
        return _day(first)

    def by_bucket(self, scope, buckets) -> list[int]:
        """How many in each (first day, last day); one query with a condition for each, since truncating dates in the
        database costs SQLite a call of Python for each row."""
        asked = {
            f"b{n}": self._counted(Q(**self._between(since, until))) for n, (since, until) in enumerate(buckets)
        }
        found = self.within(scope).aggregate(**asked)
        return [found[f"b{n}"] for n in range(len(buckets))]

    def by_town(self, scope) -> dict[str, int]:
        """{code of the town: how many}."""
        rows = self.within(scope).annotate(town=Substr(f"{self.figure.region}__code", 1, TOWN)).values_list("town")
        return dict(rows.annotate(n=self._counted()).order_by("town"))

    def regions(self, scope) -> set[str]:
        """The codes of the regions with a record."""
        rows = self.within(scope).order_by().exclude(**{self.figure.region: None})
        return set(rows.values_list(f"{self.figure.region}__code", flat=True).distinct())

    def by_carrier(self, scope) -> dict[str, int]:
        """{carrier: how many}."""
        path = self.figure.carrier
        return dict(self.within(scope).values_list(path).annotate(n=self._counted()).order_by(path))

    def first_days(self, scope) -> dict[str, dt.date]:
        """{carrier: the day of its earliest}."""
        rows = self.within(scope).values_list(self.figure.carrier).annotate(first=Min(self.figure.when)).order_by()
        return {name: _day(first) for name, first in rows if first is not None}

    def listed(self, scope, first, most) -> list:
        """``most`` records from ``first`` on, the latest first; of each person the latest alone."""
        rows, path = self.within(scope), self.figure.distinct
        if path:
            last = rows.order_by().values(path).annotate(last=Max("pk")).values("last")
            rows = self.figure.rows().filter(pk__in=last)
        return ordered(self.figure, rows, first, most)

    def _counted(self, part=None):
        distinct = self.figure.distinct
        return Count(distinct or "pk", distinct=bool(distinct), filter=part)

    def _between(self, since, until) -> dict:
        """Look-ups for days from and to, both included; moments are those of the installation's time zone."""
        path, bounds = self.figure.when, {}
        turn = _midnight if isinstance(field_of(self.figure), DateTimeField) else (lambda day: day)
        if since:
            bounds[f"{path}__gte"] = turn(since)
        if until:
            bounds[f"{path}__lt"] = turn(until + dt.timedelta(days=1))
        return bounds


def ordered(figure, rows, first: int, most: int) -> list:
    """``most`` of these records from ``first`` on, the latest first, with what their lines show."""
    order = [f"-{figure.when}"] if figure.when else []
    return list(rows.select_related(*figure.related).order_by(*order, "-pk")[first : first + most])


def _day(when) -> dt.date | None:
    return timezone.localdate(when) if isinstance(when, dt.datetime) else when


def _midnight(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def field_of(figure):
    """The field by which a period chooses its records."""
    model, field = figure.rows().model, None
    for part in figure.when.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model
    return field
