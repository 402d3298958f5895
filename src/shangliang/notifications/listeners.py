"""What is told to whom after the commit, and what is forgotten; a listener that tells may run twice and tells once."""

from ..people.actors import CLOCK
from ..people.tenancy import everywhere, within
from ..voices.models import Voice
from . import commands


def tell_reporter(*, entry):
    """The person whose voice the entry is about."""
    voice = Voice.everywhere.select_related("committee", "case").get(pk=entry.subject_id)
    with within(voice.committee):
        commands.notify(by=CLOCK, voice=voice, entry=entry)


def forget(*, event, entry, about):
    """An erased person's notices no longer hold what was erased."""
    commands.forget(by=CLOCK, voice=about)


def tell_sources(*, entry):
    """Everybody whose voice belongs to the thread of the entry."""
    with everywhere():
        found = Voice.objects.filter(case__no=entry.case_no) | Voice.objects.filter(
            topic_sources__topic__case__no=entry.case_no
        )
        voices = list(found.select_related("committee", "case").distinct())
    for voice in voices:
        with within(voice.committee):
            commands.notify(by=CLOCK, voice=voice, entry=entry)
