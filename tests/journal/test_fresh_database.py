"""An empty database made at once is the database that the migrations make step by step."""

import re
from functools import cache

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
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


@pytest.fixture
def quick_states(monkeypatch):
    """Less rendering of models between the steps, most of the time they take; the statements they run are the same."""

    def append_option(self, app_label, model_name, option_name, added):
        """Django renders every model near this one anew for a constraint or an index, which changes no field."""
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], added]
        if "apps" in self.__dict__:
            self._reload({(app_label, model_name)})

    monkeypatch.setattr(ProjectState, "_append_option", append_option)
    # Asked for each foreign key of each rendering; the running apps do not change.
    monkeypatch.setattr(apps, "get_swappable_settings_name", cache(apps.get_swappable_settings_name))


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
def test_made_at_once_and_made_step_by_step_are_the_same(stepwise, quick_states):
    executor = MigrationExecutor(stepwise)
    executor.migrate(executor.loader.graph.leaf_nodes())
    at_once, by_steps = schema(connection), schema(stepwise)
    assert len(at_once) > 90
    assert at_once == by_steps
    assert checks(connection) == checks(stepwise) != set()
    assert set(MigrationRecorder(connection).applied_migrations()) == set(
        MigrationRecorder(stepwise).applied_migrations()
    )
