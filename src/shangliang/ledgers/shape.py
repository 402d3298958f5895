"""What a ledger is: its number, words and sheets, each sheet with its columns and the query behind them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, Field, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..journal.record import stamp
from ..regions.models import Region
from .columns import Column


@dataclass(frozen=True)
class Asked:
    """Which part of a ledger is asked for: days from and to, both included, a town, a state, words."""

    since: dt.date | None = None
    until: dt.date | None = None
    town: Region | None = None
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a ledger.

    ``rows(account, today)`` gives the records that the account may read; ``when`` is the path to the day or moment by
    which a period chooses them, ``town`` the path to the region, ``state`` the field by whose choices they are told
    apart, ``text`` the fields in which words are sought ("" and () for none). ``complete(records, asked)`` gives a list
    of records what the columns show besides, in a fixed number of queries. ``stands(record)`` is the record on whose
    page of the desk it stands. ``dated`` says that a period means something though it chooses no records.
    """

    key: str
    name: object
    columns: tuple
    rows: Callable
    when: str = ""
    town: str = ""
    state: str = ""
    text: tuple = ()
    order: tuple = ()
    related: tuple = ()
    prefetch: tuple = ()
    complete: Callable | None = None
    stands: Callable = lambda record: record
    dated: bool = False

    def chosen(self, account, asked: Asked, today: dt.date):
        """The records of this sheet that the account may read and that fit what is asked, in the ledger's order."""
        rows = self.rows(account, today)
        if self.when:
            rows = rows.filter(**_between(_field(rows.model, self.when), self.when, asked))
        if self.town and asked.town:
            rows = rows.filter(**{f"{self.town}__in": Region.objects.within(asked.town.code).values("pk")})
        if self.state and asked.state:
            rows = rows.filter(**{self.state: asked.state})
        if self.text and asked.text:
            found = Q()
            for name in self.text:
                found |= Q(**{f"{name}__icontains": asked.text})
            rows = rows.filter(found)
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.prefetch_related(*self.prefetch).order_by(*self.order, "pk")

    def completed(self, records: list, asked: Asked) -> list:
        """The same records with what the columns need besides."""
        if self.complete and records:
            self.complete(records, asked)
        return records

    def states(self, model) -> list:
        """The choices by which its records are told apart."""
        return list(_field(model, self.state).choices or ()) if self.state else []


@dataclass(frozen=True)
class Ledger:
    """One of the seventeen ledgers: what it is for, who finds it, and its sheets; a row's sight is its app's policy."""

    number: int
    name: object
    words: object
    sheets: tuple[Sheet, ...]
    seen_by: tuple

    def sheet(self, key: str) -> Sheet | None:
        """The sheet of this key; the first one where none is named."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None) if key else self.sheets[0]


def serial() -> Column:
    """The column 序号."""
    return Column(_("序号"), None, 6, False, "serial")


def count_of(records: list, name: str, rows, path: str) -> None:
    """Give each record under ``name`` how many of ``rows`` point to it by ``path``; one query."""
    found = rows.filter(**{f"{path}__in": [record.pk for record in records]}).order_by().values_list(path)
    numbers = dict(found.annotate(n=Count("pk")))
    for record in records:
        setattr(record, name, numbers.get(record.pk, 0))


def _field(model, path: str) -> Field:
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def _between(field, path: str, asked: Asked) -> dict:
    """Look-ups for the days asked for: of a day, of a moment, or of the journal's stamps, which are texts."""
    bounds: dict = {}
    if asked.since:
        bounds[f"{path}__gte"] = _bound(field, asked.since)
    if asked.until:
        bounds[f"{path}__lt"] = _bound(field, asked.until + dt.timedelta(days=1))
    return bounds


def _bound(field, day: dt.date):
    kind = field.get_internal_type()
    if kind == "DateField":
        return day
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return midnight if isinstance(field, DateTimeField) else stamp(midnight)
