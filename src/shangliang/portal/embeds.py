"""Small pages for frames on other sites: a figure, a case, a place; and the page that tells webmasters how."""

from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from ..cases import thread
from ..cases.masking import mask
from ..cases.models import Case
from ..figures import counting
from ..figures.definitions import BY_KEY
from ..people.tenancy import within
from ..regions.queries import towns_of
from ..shared import clock
from ..studios.queries import public_places
from ..venues.queries import place as place_of_venue
from .cases import place_of, published
from .figures import CARRIERS, ScopeForm, address
from .places import known, next_sitting

#: How many matters a place's board names.
LINES = 3
#: How long a cache may keep an embedded page, in seconds.
FRESH = 300


def framed(view):
    """Decorator: this page, and a friendly 404 in its place, may stand in frames of ourselves and the named sites.

    ``frame-ancestors`` is what browsers obey; X-Frame-Options knows no list of sites and is left out here alone.
    """

    @wraps(view)
    def run(request, *args, **kwargs):
        ours = csp_replace({"frame-ancestors": [SELF, *settings.FRAME_ORIGINS]})(xframe_options_exempt(_answer))
        return ours(request, *args, **kwargs)

    @conditional_page
    def _answer(request, *args, **kwargs):
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            answer = render(request, "embed/gone.html", status=404)
        answer["Cache-Control"] = f"public, max-age={FRESH}"
        return answer

    return run


@framed
@require_safe
def figure(request, key):
    """One figure, of the part that the address asks for; too few people are not told, here as elsewhere."""
    if request.committee is None or key not in BY_KEY:
        raise Http404
    found = BY_KEY[key]
    form = ScopeForm(request.GET, figure=found, committee=request.committee)
    good = form.is_valid()
    context = {
        "figure": found, "form": form, "scope": form.scope, "at": clock.now(),
        "value": counting.value(found, form.scope) if good else None, "href": address(found, form.scope),
    }  # fmt: skip
    return render(request, "embed/figure.html", context, status=200 if good else 422)


@framed
@published(prefix="/embed/case/")
def case(request, page):
    """How far one published case has come."""
    context = {"page": page, "case": page.case, "mask": mask, "place": place_of(page.case), "at": clock.now()}
    return render(request, "embed/case.html", context)


@framed
@require_safe
def place(request, code):
    """The board of one place: the next sitting and the matters that came of it last."""
    venue = known(request, code)
    with within(request.committee):
        board = place_of_venue(venue, clock.today())
        context = {
            "venue": venue, "next": next_sitting(venue), "cases": board.cases[:LINES], "total": board.cases_total,
            "lit": thread.lit, "mask": mask, "at": clock.now(),
        }  # fmt: skip
        return render(request, "embed/place.html", context)


@require_safe
def embeds(request):
    """For webmasters: what can be embedded, the words to copy, how it looks, and what is promised."""
    if request.committee is None:
        raise Http404
    found = _case(request.GET.get("case", ""))
    context = {
        "figure": BY_KEY.get(request.GET.get("figure", ""), BY_KEY["consultations"]), "figures": BY_KEY.values(),
        "case": found, "venue": _venue(request.GET.get("place", "")) or (found and found.venue),
        "origins": settings.FRAME_ORIGINS, "site": f"{request.scheme}://{request.get_host()}", "mask": mask,
        "towns": list(towns_of(request.committee.region)), "carriers": CARRIERS.items(),
    }  # fmt: skip
    return render(request, "portal/embeds.html", context)


def _case(no):
    """The published case asked for, else the latest."""
    rows = Case.objects.published().select_related("venue").order_by("-updated_at", "-pk")
    return rows.filter(no=no.replace("\x00", "")).first() or rows.first()


def _venue(code):
    """The place asked for; None where there is none."""
    return public_places().filter(code=code.replace("\x00", "")).first()
