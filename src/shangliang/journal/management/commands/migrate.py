"""``migrate`` as Django does it, but an empty database gets all its tables at once instead of step by step.

Replaying every migration on nothing costs half a minute of a county office's machine: each step renders all models
anew. The tables made at once are the same, column by column and constraint by constraint; a test compares them.
"""

from django.core.management.commands import migrate
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    """Django's command, with a short way for an empty database."""

    def handle(self, *args, **options):
        """Make all tables at once where there are none; whatever else is asked is Django's to do."""
        connection = connections[options["database"]]
        only_a_part = any(options[name] for name in ("app_label", "fake", "plan", "check_unapplied", "prune"))
        if not only_a_part and not connection.introspection.table_names():
            create_at_once(connection)
        super().handle(*args, **options)


def create_at_once(connection) -> None:
    """Every table as the last migration leaves it, with all migrations entered as applied.

    The models are those of the migrations, not of the running apps: the two differ in the keys of link tables.
    """
    loader = MigrationLoader(connection)
    with connection.schema_editor() as editor:
        for model in loader.project_state().apps.get_models():
            if model._meta.can_migrate(connection) and router.allow_migrate_model(connection.alias, model):
                editor.create_model(model)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app_label, name in loader.disk_migrations:
            recorder.record_applied(app_label, name)
