"""What people hears from the log-in library: a second factor came or went."""

from . import commands


def authenticator_added(*, user, authenticator, **kwargs):
    """Tell the journal that this person's second factor is stronger now."""
    kind = authenticator.get_type_display()
    commands.note_authenticator(by=user, account=user, kind=str(kind), added=True)


def authenticator_removed(*, user, authenticator, **kwargs):
    """Tell the journal that this person gave a second factor up."""
    kind = authenticator.get_type_display()
    commands.note_authenticator(by=user, account=user, kind=str(kind), added=False)
