"""A place's own page, and what a scanned wall code opens."""

import re
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..cases import thread
from ..consultations.models import Consultation
from ..files.queries import signs_of
from ..opinions.models import Round
from ..people.tenancy import within
from ..shared import clock, gcj02
from ..studios.models import Studio
from ..studios.queries import public_places
from ..venues import codes
from ..venues.models import Venue
from ..venues.queries import place as place_page
from ..visits.models import Visit


@require_safe
def wall(request, token):
    """The page of the place whose code was scanned, with the way to report from here."""
    try:
        wall_code = codes.resolve(token)
    except codes.BadCode as bad:
        return bad_code(request, bad)
    request.committee = wall_code.committee
    with within(wall_code.committee):
        return _page(request, wall_code.venue, token)


@require_safe
def place(request, code):
    """The page of a place by the committee's own number for it."""
    return _page(request, known(request, code))


def known(request, code) -> Venue:
    """The committee's public place of this number; Http404 where there is none."""
    if request.committee is None or not re.fullmatch(r"[\w-]{1,12}", code):
        raise Http404
    return get_object_or_404(public_places().select_related("region"), code=code)


def next_sitting(venue) -> Consultation | None:
    """The next consultation that was called for this place; one query."""
    rows = Consultation.objects.filter(venue=venue, state=Consultation.State.CONVENED, starts_at__gte=clock.now())
    return rows.select_related("case").order_by("starts_at").first()


def asked_here(venue, today) -> list[Round]:
    """The rounds of opinion that run for this place: only who scanned its code is led to them; one query."""
    places = {venue.region.code[:n] for n in (6, 9, 12)}
    rows = Round.objects.running(today).exclude(door=Round.Door.INVITED)
    return list(rows.filter(region__code__in=places).order_by("ends_on"))


def bad_code(request, bad):
    """A code that opens nothing says why, and still leads to the form and the telephone."""
    committee = bad.wall_code.committee if bad.wall_code else request.committee
    request.committee = committee
    status = 404 if bad.cause == "unknown" else 410
    title = {
        "unknown": _("没有认出这个二维码"), "revoked": _("这个二维码已经停用"), "expired": _("这个二维码已经过期"),
    }[bad.cause]
    context = {"title": title, "sentence": bad.sentence}
    return render(request, "portal/bad_code.html", context, status=status)


def map_links(venue) -> dict:
    """Addresses that open the place in a map app: RFC 5870 in WGS-84, and 高德's in GCJ-02; none for a home."""
    if venue.latitude is None or venue.kind == Venue.Kind.COURTYARD:
        return {}
    east, north = gcj02.from_wgs84(float(venue.longitude), float(venue.latitude))
    asked = {"position": f"{east:.6f},{north:.6f}", "name": venue.full_name, "coordinate": "gaode", "callnative": "1"}
    return {
        "geo": f"geo:{venue.latitude},{venue.longitude}", "amap": f"https://uri.amap.com/marker?{urlencode(asked)}",
    }  # fmt: skip


def _page(request, venue, token=""):
    today = clock.today()
    context = {
        "place": place_page(venue, today), "venue": venue, "token": token, "lit": thread.lit,
        "next": next_sitting(venue), "rounds": asked_here(venue, today) if token else [],
        "phone": venue.phone or request.committee.phone, "signs": signs_of(venue, public_only=True)[:1],
        "visited": _visited(venue, today), "maps": map_links(venue),
        "studio": Studio.objects.known().filter(venue=venue).first() if venue.kind == Venue.Kind.STUDIO else None,
    }  # fmt: skip
    return render(request, "portal/place.html", context)


def _visited(venue, today) -> dict:
    """The day of the last visit and the days of this year's, the latest first; one query, no names."""
    days = list(Visit.objects.made().filter(venue=venue, on__lte=today).order_by("-on").values_list("on", flat=True))
    return {"last": days[0] if days else None, "days": [day for day in days if day.year == today.year]}
