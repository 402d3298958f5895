"""The front page."""

import datetime as dt

from django.core.cache import cache
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..cases import thread
from ..cases.models import Case
from ..figures.counting import value
from ..figures.definitions import BY_KEY
from ..files.models import Attachment
from ..journal.models import Head
from ..journal.queries import public_timeline
from ..partnerships.queries import asked_by_neighbour
from ..shared import clock
from . import errors
from .forms import CodeForm

#: How long the numbers may stand though something was entered; the page says of what time they are.
FRESH = dt.timedelta(minutes=1)
SHOWN = 4
#: The figures of the front page, in their order.
SHOWN_FIGURES = (
    "voices", "consultations", "attendances", "persons", "agreements", "solved", "silent", "published",
)  # fmt: skip
SETTLED = (Case.Stage.RATING, Case.Stage.ENDED)


@require_safe
def home(request):
    """What this is, the way to report, the way to look something up, and what came of it so far."""
    if request.committee is None:
        return errors.not_set_up(request)
    head = Head.objects.values_list("digest", flat=True).first()
    context = {
        **_window(request.committee, head),
        "numbers": _numbers(request.committee, head), "figures": [BY_KEY[key] for key in SHOWN_FIGURES],
        "code_form": CodeForm(auto_id="home_%s"),
        "lit": thread.lit,
    }
    return render(request, "portal/home.html", context)


#: What came of it so far, kept in this process by committee and language with the journal's head of its reading.
_kept: dict[tuple, tuple] = {}


def _window(committee, head) -> dict:
    """The cases settled last, read anew when anything has been entered in the journal since."""
    key = (committee.pk, get_language())
    known, window = _kept.get(key, (None, None))
    if window is None or known != head:
        settled = _settled()
        shown = settled[0] if settled else None
        window = {
            "shown": shown,
            "steps": _lamps(shown) if shown else [],
            "settled": settled[1:],
            "pictures": _pictures(settled),
        }
        _kept[key] = (head, window)
    return window


def _settled() -> list[Case]:
    """The cases settled last, newest first; one query per stage, because each then follows its index."""
    rows = Case.objects.published().select_related("region", "venue__region").order_by("-updated_at")
    found = [case for stage in SETTLED for case in rows.filter(stage=stage)[:SHOWN]]
    return sorted(found, key=lambda case: case.updated_at, reverse=True)[:SHOWN]


def _pictures(cases) -> dict:
    """The public picture of each of these cases, of the result where there is one, by case number."""
    rows = Attachment.objects.filter(
        case_no__in=[case.no for case in cases], is_public=True, media_type="image/jpeg"
    )
    found: dict = {}
    for picture in rows.order_by("pk"):
        if picture.case_no not in found or picture.role == Attachment.Role.AFTER:
            found[picture.case_no] = picture
    return found


def _numbers(committee, head) -> dict:
    """What was received, talked over and solved, counted from the records at most a minute before the last entry."""
    key = f"home:{committee.pk}"
    known, numbers = cache.get(key, (None, None))
    if numbers is None or (known != head and clock.now() - numbers["at"] > FRESH):
        numbers = count()
        cache.set(key, (head, numbers), None)
    return numbers


def count() -> dict:
    """Count anew, one query for each figure."""
    return {key: value(BY_KEY[key]) for key in SHOWN_FIGURES} | {"at": clock.now()}


def _lamps(case) -> list[dict]:
    """The lane of a case; only one that nobody rated is looked up as a neighbour's."""
    lines = public_timeline(case.no)
    lamps = thread.steps(case.stage, lines)
    return thread.steps(case.stage, lines, asked_by_neighbour(case.no)) if lamps[-1]["note"] else lamps
