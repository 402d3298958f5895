"""What many tests begin with is lived through the commands once; later tests of the same worker get the same rows put back.

A maker marked ``@remembered`` is looked up by everything that was made before it in the same test, its arguments and the
hour on the clock. Nothing is remembered once anything else has written or taken back a change, nor in the body of a test:
there every step is real.
"""

import datetime as dt
import inspect
import pickle
import re
from collections.abc import Callable
from contextlib import contextmanager
from enum import Enum
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models

from shangliang.files.models import Attachment
from shangliang.shared import clock

_READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|EXPLAIN|PRAGMA)\b", re.IGNORECASE)
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')


class Unknown(Exception):
    """An argument that no key can be made of."""


class Known(NamedTuple):
    """What a maker did: per table the rows that went and came, the files behind them, the pickled result."""

    rows: dict[str, tuple[list, list]]
    files: list[Path]
    result: bytes


class Memory:
    """What this process has made so far, and how far the present test has come in it."""

    def __init__(self):
        self.keys: dict[tuple, int] = {}
        self.known: dict[int, Known] = {}
        self.history: int | None = None
        self.before: dict[str, list] | None = None  # tables as they stood, while something is made for the first time
        self.quiet = False

    def forget(self):
        """Lose everything: rows may be numbered anew from here on."""
        self.known.clear()
        self.history = None

    @contextmanager
    def of_a_test(self):
        """From an empty database, inside the transaction of a test."""
        self.history = 0
        with connection.execute_wrapper(self._watch):
            yield
        self.history = None

    def _watch(self, execute, sql, params, many, context):
        if not self.quiet and self.history is not None and not _READS.match(sql):
            self._saw_write(sql)
        return execute(sql, params, many, context)

    def _saw_write(self, sql):
        """Keep the table as it was when this is a maker at work; else the state is no longer known."""
        written = _WRITES.match(sql)
        if self.before is None or not written:
            self.history = None
        elif written[1] not in self.before:
            self.before[written[1]] = self.rows(written[1])

    def rows(self, table) -> list:
        """All rows of a table, as the database gives them."""
        with self._unwatched() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            return cursor.fetchall()

    @contextmanager
    def _unwatched(self):
        self.quiet = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            self.quiet = False

    def made(self, key, given, make):
        """What ``make`` gives in this state of the database: put back if known, else made and kept."""
        found = self.known.get(key)
        if found and all(path.exists() for path in found.files):
            self._put_back(found.rows)
            self.history = key
            return _given_back(found.result, given)
        fields, self.before = [_fields(one) for one in given], {}
        try:
            result = make()
        finally:
            before, self.before = self.before, None
        if self.history is not None and before:
            self.history = self._keep(key, before, given, fields, result)
        return result

    def _keep(self, key, before, given, fields, result) -> int | None:
        """Remember what was made; gives the new history, None when the result cannot be kept."""
        changed = {n: one for n, one in enumerate(given) if _fields(one) != fields[n]}
        same = next((n for n, one in enumerate(given) if one is result), None)
        try:
            kept = pickle.dumps((None if same is not None else result, same, changed))
        except (pickle.PicklingError, AttributeError, TypeError):
            return None
        change = {table: self._change(table, rows) for table, rows in before.items()}
        self.known[key] = Known(change, _files(before), kept)
        return key

    def _change(self, table, before) -> tuple[list, list]:
        """(keys of the rows that went or changed, rows that came or changed)."""
        after = self.rows(table)
        old, new = set(before), set(after)
        place = _columns(table).index(_keys()[table])
        return [row[place] for row in before if row not in new], [row for row in after if row not in old]

    def _put_back(self, change):
        with self._unwatched() as cursor:
            for table, (gone, came) in change.items():
                if gone:
                    cursor.executemany(f'DELETE FROM "{table}" WHERE "{_keys()[table]}" = %s', [(key,) for key in gone])
                if came:
                    columns = ", ".join(f'"{name}"' for name in _columns(table))
                    marks = ", ".join(["%s"] * len(came[0]))
                    cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', came)


@cache
def _keys() -> dict[str, str]:
    """The column of the primary key of each table."""
    return {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}


@cache
def _columns(table) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        return [column[0] for column in cursor.description]


def _fields(record) -> dict:
    return {field.attname: record.__dict__.get(field.attname) for field in record._meta.concrete_fields}


def _given_back(kept: bytes, given: list):
    """The result; the arguments that the maker changed are changed likewise."""
    result, same, changed = pickle.loads(kept)
    for number, record in changed.items():
        given[number].__dict__.update(record.__dict__)
    return result if same is None else given[same]


def _files(written) -> list:
    """The files that must lie where the rows say; a test may have thrown them away."""
    if Attachment._meta.db_table not in written:
        return []
    rows = Attachment.everywhere.all()
    return [path for row in rows for path in ([row.path, row.thumbnail_path] if row.is_picture else [row.path])]


def _records(values) -> list:
    """The records among the arguments, in order."""
    if isinstance(values, models.Model):
        return [values]
    if isinstance(values, dict):
        values = list(values.values())
    return [one for value in values for one in _records(value)] if isinstance(values, list | tuple) else []


def _name(value) -> Any:
    """An argument as part of a key."""
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if isinstance(value, list | tuple):
        return tuple(map(_name, value))
    if isinstance(value, dict):
        return tuple(sorted((name, _name(each)) for name, each in value.items()))
    if value is None or isinstance(value, str | int | dt.date | Enum):
        return type(value).__name__, value
    raise Unknown


memory = Memory()


def remembered(function: Callable) -> Callable:
    """Let a maker of records be done once per state of the database while a test is set up."""
    shape = inspect.signature(function)
    where = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def make(*args, **kwargs):
        if memory.history is None or memory.before is not None:
            return function(*args, **kwargs)
        given = shape.bind(*args, **kwargs)
        try:
            said = (memory.history, where, clock._set_to.get(), _name(given.arguments))
        except Unknown:
            return function(*args, **kwargs)
        key = memory.keys.setdefault(said, len(memory.keys) + 1)
        return memory.made(key, _records(given.arguments), lambda: function(*args, **kwargs))

    return make
