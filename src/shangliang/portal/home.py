"""The front page."""

from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..cases import thread
from ..cases.models import Case
from ..consultations.models import Consultation
from ..consultations.queries import people_counts
from ..files.models import Attachment
from ..journal.queries import public_timeline
from ..shared import clock
from ..voices.models import Voice
from . import errors
from .casefile import HELD
from .caselist import narrowed
from .forms import CodeForm

#: Seconds for which the numbers may stand; the page says of what time they are.
FRESH = 60
SHOWN = 4
SETTLED = (Case.Stage.RATING, Case.Stage.ENDED)


@require_safe
def home(request):
    """What this is, the way to report, the way to look something up, and what came of it so far."""
    if request.committee is None:
        return errors.not_set_up(request)
    settled = _settled()
    shown = settled[0] if settled else None
    context = {
        "numbers": _numbers(request.committee),
        "shown": shown,
        "steps": thread.steps(shown.stage, public_timeline(shown.no)) if shown else [],
        "settled": settled[1:],
        "pictures": _pictures(settled),
        "code_form": CodeForm(auto_id="home_%s"),
        "lit": thread.lit,
    }
    return render(request, "portal/home.html", context)


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


def _numbers(committee) -> dict:
    """What was received, talked over and solved, counted from the records at most a minute ago."""
    key = f"home:{committee.pk}"
    numbers = cache.get(key)
    if numbers is None:
        numbers = count()
        cache.set(key, numbers, FRESH)
    return numbers


def count() -> dict:
    """Count anew; six queries."""
    held = Consultation.objects.filter(state__in=HELD)
    attendances, persons = people_counts(held)
    return {
        "voices": Voice.objects.count(),
        "published": narrowed({}).count(),
        "consultations": held.count(),
        "attendances": attendances,
        "persons": persons,
        "solved": narrowed({"has": "solved"}).count(),
        "silent": narrowed({"has": "silent"}).count(),
        "at": clock.now(),
    }
