"""Start-up of the journal: every app's events are registered before the first entry is read."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JournalConfig(AppConfig):
    """Loads the ``events`` module of every app of the house."""

    name = "shangliang.journal"
    verbose_name = "记录链"

    def ready(self):
        for config in apps.get_app_configs():
            if config.name.startswith("shangliang.") and find_spec(f"{config.name}.events"):
                import_module(f"{config.name}.events")
