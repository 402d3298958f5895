"""The case follows its thread: its stage is the last stage that an event of the thread declared."""

from ..shared import clock
from .models import Case


def follow(*, event, entry, about):
    """Set stage and time of change of the entry's case; a projection of the journal, written at this one place.

    A rating that comes after the end (somebody who was at the table takes a week) does not open the case again.
    """
    if not entry.case_no:
        return
    rows, changes = Case.everywhere.filter(no=entry.case_no), {"updated_at": clock.now()}
    if event.stage == Case.Stage.RATING:
        rows.update(**changes)
        rows = rows.exclude(stage=Case.Stage.ENDED)
    if event.stage:
        changes["stage"] = event.stage
    rows.update(**changes)
