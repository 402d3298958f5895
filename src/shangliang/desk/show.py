"""How the case file is shown: tones, titles of clocks, the lane of lamps, the timeline's signs."""

from functools import partial

from django.utils.translation import gettext as _

from ..cases.thread import steps
from ..consultations.queries import attendee_name
from ..partnerships.queries import asked_by_neighbour
from ..rules.queries import soon_until, titles_of, tone
from ..shared import clock
from ..shared.formats import day, moment

#: How a deadline and a journal line are coloured by the components.
CLOCK_TONES = {"ok": "neutral", "paused": "neutral", "soon": "soon", "late": "late", "done": "done"}
LINE_TONES = {"info": "active"}
ICONS = {
    "voices": "voice", "topics": "topic", "consultations": "consult", "agreements": "agreement",
    "tasks": "task", "outcomes": "rating", "rules": "calendar", "cases": "dossier", "files": "camera",
    "notifications": "phone", "visits": "courtyard", "studios": "home", "salons": "speaker", "research": "dossier",
    "conversions": "outcome", "briefs": "edit", "proposals": "topic",
    "reports": "figures", "opinions": "speaker",
}
_STOPPED = frozenset({"not_accepted", "declined", "cancelled", "withdrawn", "not_adopted", "superseded"})
_DONE = frozenset({"closed", "confirmed", "archived", "reported", "verified", "answered", "guided"})


def case_context(file) -> dict:
    """What the template of the case file needs besides the file."""
    today = clock.today()
    soon = soon_until(file.case.committee_id, today)
    return {
        "file": file,
        "today": today,
        "steps": steps(file.case.stage, file.timeline, asked_by_neighbour(file.case.no)),
        "clock_title": partial(_clock_title, titles=titles_of(file.case.committee_id)),
        "clock_tone": partial(_clock_tone, today=today, soon=soon),
        "shade": partial(_shade, today=today),
        "attendee_name": attendee_name,
        "timeline": [sign(line) for line in file.timeline],
    }


def _clock_tone(deadline, *, today, soon) -> str:
    return CLOCK_TONES[tone(deadline, today, soon)]


def _shade(part, *, today) -> str:
    """The tone of a record's state: late when its clock ran out, stopped, done, or at work."""
    if any(deadline.is_overdue(today) for deadline, _rows in part.clocks):
        return "late"
    state = str(part.record.state)
    if state in _STOPPED:
        return "stopped"
    return "done" if state in _DONE else "active"


def sign(line) -> dict:
    """A journal line as the component ``timeline`` takes it."""
    late = f"（{day(line.entered)} 录入）" if line.entered_late else ""
    return {
        "when": moment(line.when) + late,
        "title": line.says,
        "body": line.why,
        "who": line.who,
        "tone": LINE_TONES.get(line.tone, line.tone),
        "icon": ICONS.get(line.event.split(".")[0], "circle"),
    }


def tone_of_state(record) -> str:
    """The tone of a record's state where it stands alone."""
    state = str(record.state)
    return "stopped" if state in _STOPPED else "done" if state in _DONE else "active"


def _clock_title(deadline, *, titles) -> str:
    return titles.get(deadline.key) or _("约定的期限")
