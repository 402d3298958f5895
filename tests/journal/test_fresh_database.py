"""An empty database made at once is the database that the migrations make step by step."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler


@pytest.fixture
def stepwise(tmp_path):
    """A connection to a second, empty database of the same kind."""
    described = {**settings.DATABASES["default"], "CONN_MAX_AGE": 0}
    if connection.vendor == "sqlite":
        yield from _connected({**described, "NAME": str(tmp_path / "stepwise.sqlite3")})
        return
    name = connection.settings_dict["NAME"] + "_stepwise"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield from _connected({**described, "NAME": name})
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def _connected(described):
    other = ConnectionHandler({"default": described})["default"]
    yield other
    other.close()


def schema(on) -> dict:
    """Each table with its columns, constraints and indexes, whatever their order."""
    found = {}
    with on.cursor() as cursor:
        for table in on.introspection.table_names(cursor):
            columns = on.introspection.get_table_description(cursor, table)
            rules = on.introspection.get_constraints(cursor, table)
            found[table] = (
                sorted((c.name, str(c.type_code), c.display_size, c.null_ok, c.default) for c in columns),
                sorted(_shape(name, rule) for name, rule in rules.items()),
            )
    return found


def _shape(name, rule) -> str:
    """A constraint by what it demands; SQLite numbers those without a name by the order of the columns."""
    named = "" if name.startswith(("fk_", "__unnamed")) else name
    return f"{named} " + " ".join(
        str(rule.get(key)) for key in ("columns", "unique", "foreign_key", "check", "index", "primary_key")
    )


def checks(on) -> set:
    """The texts of the named check constraints, which introspection does not give."""
    with on.cursor() as cursor:
        if on.vendor != "sqlite":
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE contype = 'c'"
            )
            return set(cursor.fetchall())
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {
            (table, part.rstrip(" ,)")) for table, sql in cursor.fetchall()
            for part in re.split("CONSTRAINT ", sql)[1:] if " CHECK " in part
        }


@pytest.mark.django_db
def test_made_at_once_and_made_step_by_step_are_the_same(stepwise):
    executor = MigrationExecutor(stepwise)
    executor.migrate(executor.loader.graph.leaf_nodes())
    at_once, by_steps = schema(connection), schema(stepwise)
    assert len(at_once) > 90
    assert at_once == by_steps
    assert checks(connection) == checks(stepwise) != set()
    assert set(MigrationRecorder(connection).applied_migrations()) == set(
        MigrationRecorder(stepwise).applied_migrations()
    )
