"""The lane of lamps: how far a matter has come, read from the public lines of its journal."""

from django.utils.translation import gettext as _

from ..journal.events import EVENTS
from ..shared.formats import day
from .models import Case

STAGES = [stage for stage in Case.Stage if stage != Case.Stage.ENDED]


#: Stages told by their last day: the day of the meeting, not of its notice; the round that stood.
LATEST = frozenset({Case.Stage.CONSULTATION, Case.Stage.RESULT, Case.Stage.RATING})


def dates_of(lines) -> dict:
    """The day on which each stage was reached, by its value: the first, or for :data:`LATEST` the last."""
    reached: dict = {}
    for line in lines:
        kind = EVENTS.get(line.event)
        if kind and kind.stage in LATEST:
            reached[kind.stage] = line.when
        elif kind and kind.stage:
            reached.setdefault(kind.stage, line.when)
    return reached


#: The lane of a proposal, which needs no meeting.
OF_PROPOSALS = [Case.Stage.TOPIC, Case.Stage.TASK, Case.Stage.RESULT, Case.Stage.RATING]


def steps(stage: str, lines, rated_by="") -> list[dict]:
    """The lamps for ``ui.steps``; stages that the matter did not need are left out once they are behind it.

    ``rated_by`` names the neighbouring side whose people rate the result, if they are not ours.

    A proposal has a lane of its own, known from its events.
    """
    if any(line.event.startswith("proposals.") for line in lines):
        return _lamps_of_proposal(Case.Stage.TOPIC if stage == Case.Stage.VOICE else stage, lines)
    lamps = _lamps(stage, lines, STAGES)
    if rated_by and lamps[-1]["note"]:
        lamps[-1]["note"] = _("由%(side)s请反映人评价") % {"side": rated_by}
    return lamps


def _lamps_of_proposal(stage, lines) -> list[dict]:
    """The first lamp is the proposal itself; one that ended without an answer (merged, withdrawn) has no rating."""
    lamps = _lamps(stage, lines, OF_PROPOSALS)
    for lamp in lamps:
        if lamp["label"] == Case.Stage.TOPIC.label:
            lamp["label"] = _("提案")
    return lamps if stage != Case.Stage.ENDED or Case.Stage.TASK in dates_of(lines) else lamps[:-1]


def _lamps(stage, lines, stages) -> list[dict]:
    reached = dates_of(lines)
    ended = stage in (Case.Stage.RATING, Case.Stage.ENDED)
    # A result that was told waits for its rating: the lamp of the result is lit already.
    here = Case.Stage.RATING if ended or stage == Case.Stage.RESULT else stage
    position = stages.index(here)
    lamps = []
    for number, each in enumerate(stages):
        lamp = {"label": each.label, "date": "", "note": "", "status": "todo"}
        if number < position:
            if each not in reached:
                continue
            lamp |= {"status": "done", "date": day(reached[each])}
        elif number == position:
            lamp |= _last(each, reached, ended)
        lamps.append(lamp)
    return lamps


def _last(stage, reached, ended) -> dict:
    """The lamp at which the matter stands; silence never lights the lamp of the rating."""
    if not ended:
        return {"status": "current"}
    if stage in reached:
        return {"status": "done", "date": day(reached[stage])}
    return {"status": "todo", "note": _("到期没有评价")}


def lit(stage: str) -> int:
    """How many of the seven lamps a case at this stage has come to, for the small lane of a list."""
    return len(STAGES) if stage == Case.Stage.ENDED else STAGES.index(stage) + 1
