"""The case follows its thread: its stage is the last stage that an event of the thread declared."""

from ..shared import clock
from .models import Case


def follow(*, event, entry, about):
    """Set stage and time of change of the entry's case; a projection of the journal, written at this one place."""
    if not entry.case_no:
        return
    changes = {"updated_at": clock.now()}
    if event.stage:
        changes["stage"] = event.stage
    Case.everywhere.filter(no=entry.case_no).update(**changes)
