"""A figure in columns: read from the tables, and asked as :mod:`rows` is."""

import datetime as dt
from itertools import islice

import numpy as np
from django.db.models import DateTimeField, TextField
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from ..regions.models import Region
from .rows import TOWN, Rows, field_of, ordered

CHUNK = 20_000
#: So many numbers at once: asked for more, SQLite reads a whole table rather than look each up.
SOME = 200
#: Of more records on one day than this the database finds the page.
LISTED = 10_000
NO_DAY = -1
PERSON = "S64"
QUARTER = 15  # minutes; every time zone begins its days at a quarter of an hour of UTC
MINUTE = len("2023-05-01 16:00")
TYPES = {"row": np.int64, "case": np.int64, "day": np.int32, "region": np.int64, "carrier": np.int16,
         "person": np.int32}  # fmt: skip


def read(figure, rows) -> dict[str, np.ndarray]:
    """The columns of these records; who came is a number in the order of ``persons``."""
    paths = {"row": "pk", "case": figure.case, "day": figure.when, "region": figure.region, "carrier": figure.carrier,
             "person": figure.distinct}  # fmt: skip
    paths = {column: path for column, path in paths.items() if path}
    if "day" in paths and isinstance(field_of(figure), DateTimeField):
        # To the minute and as text: turning a million moments into Python's takes longer than all the rest.
        rows = rows.annotate(minute_text=Substr(Cast(figure.when, TextField()), 1, MINUTE))
        paths["day"] = "minute_text"
    numbers = {name: n for n, name in enumerate(figure.labels)}
    people: dict[str, int] = {}
    turn = {
        "day": _days, "carrier": lambda values: [numbers.get(value, -1) for value in values],
        "person": lambda values: [people.setdefault(value, len(people)) for value in values],
    }  # fmt: skip
    parts: dict[str, list] = {column: [np.empty(0, TYPES[column])] for column in paths}
    found = rows.order_by().values_list(*paths.values()).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        for column, values in zip(paths, zip(*chunk, strict=True), strict=True):
            parts[column].append(np.array(turn.get(column, list)(values), TYPES[column]))
    read = {column: np.concatenate(values) for column, values in parts.items()}
    if "person" in read:
        names = np.array(list(people), PERSON)
        order = np.argsort(names)
        read["persons"], read["person"] = names[order], np.argsort(order)[read["person"]].astype(TYPES["person"])
    return read


def _days(values) -> np.ndarray:
    """Days as numbers (proleptic Gregorian ordinal); moments, as text in UTC, are told by the installation's zone."""
    if not any(isinstance(value, str) for value in values):
        return np.array([NO_DAY if value is None else value.toordinal() for value in values])
    minutes = np.array(["NaT" if value is None else value for value in values], "datetime64[m]")
    unlike, where = np.unique(minutes.astype(np.int64) // QUARTER, return_inverse=True)
    days = [NO_DAY if quarter < 0 else _local(quarter * QUARTER * 60) for quarter in unlike.tolist()]
    return np.array(days)[where]


def _local(seconds) -> int:
    return timezone.localdate(dt.datetime.fromtimestamp(seconds, dt.UTC)).toordinal()


def some(values: list) -> list[list]:
    """These values in parts of ``SOME``."""
    return [values[first : first + SOME] for first in range(0, len(values) or 1, SOME)]


def _anew(figure, changed: list[int]) -> dict[str, np.ndarray]:
    """The columns of the records of these cases as the tables have them; who came is told by name."""
    parts = []
    for cases in some(changed):
        part = read(figure, figure.rows().filter(**{f"{figure.case}__in": cases}))
        if figure.distinct:
            part["name"] = part.pop("persons")[part.pop("person")]
        parts.append(part)
    return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


class View:
    """A figure's columns without what changed since, and beside them what changed as the tables have them."""

    def __init__(self, figure, stored, kept=None, fresh=None):
        self.figure, self.stored = figure, stored
        self.kept = np.ones(len(stored["row"]), bool) if kept is None else kept
        self.fresh = _anew(figure, []) if fresh is None else fresh
        if figure.distinct:
            persons, number = np.unique(self.fresh["name"], return_inverse=True)
            self.fresh["person"] = self._numbered(persons)[number]

    def with_anew(self, changed: list[int]) -> "View":
        """The same with the records of these cases as the tables have them now."""
        new = _anew(self.figure, changed)
        old = ~np.isin(self.fresh["case"], changed)
        fresh = {column: np.concatenate([self.fresh[column][old], new[column]]) for column in new}
        return View(self.figure, self.stored, self.kept & ~np.isin(self.stored["case"], changed), fresh)

    def _numbered(self, persons):
        """The numbers that the stored columns give these people; who is new gets the numbers after them."""
        known = self.stored["persons"]
        at = np.searchsorted(known, persons)
        old = known[np.minimum(at, len(known) - 1)] == persons if len(known) else np.zeros(len(persons), bool)
        return np.where(old, at, len(known) + np.cumsum(~old) - 1)

    def _chosen(self, scope, *columns) -> list[np.ndarray]:
        """These columns of the rows in this part."""
        regions = None
        if scope.region and self.figure.region:
            regions = np.fromiter(Region.objects.within(scope.region.code).values_list("pk", flat=True), np.int64)
        masks = [self._mask(part, scope, regions) for part in (self.stored, self.fresh)]
        masks[0] &= self.kept
        parts = zip((self.stored, self.fresh), masks, strict=True)
        found = [[part[column][mask] for column in columns] for part, mask in parts]
        return [np.concatenate(both) for both in zip(*found, strict=True)]

    def _mask(self, part, scope, regions):
        mask = np.ones(len(part["row"]), bool)
        if self.figure.when and (scope.since or scope.until):
            mask &= part["day"] >= (scope.since.toordinal() if scope.since else NO_DAY + 1)
            if scope.until:
                mask &= part["day"] <= scope.until.toordinal()
        if regions is not None:
            mask &= np.isin(part["region"], regions)
        if scope.carrier and self.figure.carrier:
            mask &= part["carrier"] == self._number(scope.carrier)
        return mask

    def _number(self, label) -> int:
        return self.figure.labels.index(label) if label in self.figure.labels else len(self.figure.labels)

    def _counted(self, labels, persons, size) -> list[int]:
        """How many rows, or how many people, bear each label from nought to ``size``."""
        if persons is None:
            return np.bincount(labels, minlength=size).tolist()
        labels = labels.astype(np.int16)  # sorted by radix; there are fewer towns and months than that
        order = np.argsort(labels, kind="stable")
        size = max(size, int(labels.max(initial=-1)) + 1)
        bounds = np.searchsorted(labels[order], np.arange(size + 1))
        persons, seen, counts = persons[order], np.zeros(int(persons.max(initial=0)) + 1, bool), []
        for part in np.split(persons, bounds[1:-1])[:size]:
            seen[part] = True
            counts.append(int(np.count_nonzero(seen)))
            seen[part] = False
        return counts

    def _grouped(self, scope, column, label, size) -> list[int]:
        """Counts by a label of the column's values; rows with the label −1 are left out."""
        values, *persons = self._chosen(scope, column, *(["person"] if self.figure.distinct else []))
        labels = label(values)
        kept = labels >= 0
        return self._counted(labels[kept], persons[0][kept] if persons else None, size)

    def total(self, scope) -> int:
        """How many."""
        return self._grouped(scope, "row", np.zeros_like, 1)[0]

    def first_day(self, scope) -> dt.date | None:
        """The day of the earliest."""
        (days,) = self._chosen(scope, "day")
        days = days[days > NO_DAY]
        return dt.date.fromordinal(int(days.min())) if len(days) else None

    def by_bucket(self, scope, buckets) -> list[int]:
        """How many in each (first day, last day); the buckets follow one another."""
        starts = np.array([since.toordinal() for since, _until in buckets])
        last = buckets[-1][1].toordinal()

        def label(days):
            return np.where(days <= last, np.searchsorted(starts, days, side="right") - 1, -1)

        return self._grouped(scope, "day", label, len(buckets))

    def regions(self, scope) -> set[str]:
        """The codes of the regions with a record."""
        (regions,) = self._chosen(scope, "region")
        return set(_codes(np.unique(regions)).values())

    def by_town(self, scope) -> dict[str, int]:
        """{code of the town: how many}."""
        towns: dict[str, int] = {}

        def label(regions):
            unlike, where = np.unique(regions, return_inverse=True)
            of = _codes(unlike)
            numbers = [towns.setdefault(of[pk][:TOWN], len(towns)) for pk in unlike.tolist()]
            return np.array(numbers, np.int64)[where]

        counts = self._grouped(scope, "region", label, 0)
        return dict(sorted(zip(towns, counts, strict=True)))

    def by_carrier(self, scope) -> dict[str, int]:
        """{carrier: how many}."""
        labels = self.figure.labels
        counts = self._grouped(scope, "carrier", lambda values: values, len(labels))
        return {name: n for name, n in sorted(zip(labels, counts, strict=True)) if n}

    def first_days(self, scope) -> dict[str, dt.date]:
        """{carrier: the day of its earliest}."""
        carriers, days = self._chosen(scope, "carrier", "day")
        first = np.full(len(self.figure.labels), np.iinfo(np.int32).max, np.int32)
        np.minimum.at(first, carriers[days > NO_DAY], days[days > NO_DAY])
        found = zip(self.figure.labels, first.tolist(), strict=True)
        return {name: dt.date.fromordinal(day) for name, day in found if day < np.iinfo(np.int32).max}

    def listed(self, scope, first, most) -> list:
        """``most`` records from ``first`` on, the latest first; of each person the latest alone."""
        rows, days, *persons = self._chosen(scope, "row", "day", *(["person"] if self.figure.distinct else []))
        if persons:
            last = np.zeros(int(persons[0].max(initial=0)) + 1, rows.dtype)
            np.maximum.at(last, persons[0], rows)
            rows, days = (column[rows == last[persons[0]]] for column in (rows, days))
        before, shown = _days_shown(days, first, most)
        if np.count_nonzero(shown) > LISTED:
            return Rows(self.figure).listed(scope, first, most)
        return ordered(self.figure, self.figure.rows().filter(pk__in=rows[shown].tolist()), first - before, most)


def _codes(regions: np.ndarray) -> dict[int, str]:
    return dict(Region.objects.filter(pk__in=regions.tolist()).values_list("pk", "code"))


def _days_shown(days: np.ndarray, first: int, most: int) -> tuple[int, np.ndarray]:
    """(how many are of later days, whether each is of a day that may stand among ``most`` from ``first`` on)."""
    ago = int(days.max(initial=NO_DAY)) - days
    upto = np.cumsum(np.bincount(ago))
    begin, end = np.searchsorted(upto, [first, first + most - 1], side="right")
    return int(upto[begin - 1]) if begin else 0, (ago >= begin) & (ago <= end)
