"""The seven stages of a thread as the lane of lamps shows them."""

from .models import Case

ORDER = [
    Case.Stage.VOICE, Case.Stage.TOPIC, Case.Stage.CONSULTATION, Case.Stage.AGREEMENT,
    Case.Stage.TASK, Case.Stage.RESULT, Case.Stage.RATING,
]


def steps(case, dates=None) -> list[dict]:
    """The stages with their status and the day each was reached.

    ``dates`` maps a stage to the day on which it was reached; a case that ended keeps dark the lamps it never lit.
    """
    dates = dates or {}
    ended = case.stage == Case.Stage.ENDED
    here = len(ORDER) if ended else ORDER.index(Case.Stage(case.stage))
    found = []
    for place, stage in enumerate(ORDER):
        status = "done" if place < here else "current" if place == here else "todo"
        if ended and dates and stage not in dates:
            status = "todo"
        found.append({"label": str(stage.label), "status": status, "date": dates.get(stage, "")})
    return found


def stage_days(lines) -> dict:
    """The first day on which each stage was reached, from timeline lines that know their event's stage."""
    days: dict = {}
    for line in lines:
        if line.stage and line.stage not in days:
            days[Case.Stage(line.stage)] = line.when.date()
    return days

