"""What voices do when something happens elsewhere."""

from ..people.actors import CLOCK
from . import commands


def begin_screening(*, event, entry, about):
    """A received voice goes to the desk of its place."""
    commands.begin_screening(by=CLOCK, voice=about)
