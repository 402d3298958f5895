"""Start-up of people: what the log-in library does to a second factor is told to the journal."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Committees, their people and their accounts."""

    name = "shangliang.people"
    verbose_name = "机构与人员"

    def ready(self):
        # Signals are the library's only way to say so; our own apps never use them.
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from . import listeners

        authenticator_added.connect(listeners.authenticator_added)
        authenticator_removed.connect(listeners.authenticator_removed)
