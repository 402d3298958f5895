"""The list of places of consultation: courtyards, rooms, studios, found by town, kind and name."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..people.queries import contacts
from ..regions.queries import towns_of
from ..shared import clock
from ..studios.queries import public_places
from ..venues.models import Venue

SIZE = 30
#: The order in which the kinds are offered: what is nearest to people first.
KINDS = (
    Venue.Kind.COURTYARD, Venue.Kind.POINT, Venue.Kind.ROOM, Venue.Kind.STUDIO, Venue.Kind.JOINT_ROOM, Venue.Kind.HALL,
)  # fmt: skip
WORDS = {
    Venue.Kind.COURTYARD: _("小院"), Venue.Kind.POINT: _("协商议事点"), Venue.Kind.ROOM: _("协商议事室"),
    Venue.Kind.STUDIO: _("委员工作室"), Venue.Kind.JOINT_ROOM: _("毗邻协商议事室"), Venue.Kind.HALL: _("协商议政厅"),
}


@require_safe
def places(request):
    """The open places, narrowed by what the address says; four queries whatever is asked."""
    if request.committee is None:
        raise Http404
    towns = [(town.code, town.name) for town in towns_of(request.committee.region)]
    asked = _asked(request.GET, dict(towns))
    page = Paginator(_rows(asked), SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "towns": towns, "kinds": [(kind.value, WORDS[kind]) for kind in KINDS]}
    return render(request, "portal/places.html", context)


def _asked(query, towns) -> dict:
    town, kind = query.get("town", ""), query.get("kind", "")
    return {
        "town": town if town in towns else "",
        "kind": kind if kind in Venue.Kind.values else "",
        "served": "yes" if query.get("served") == "yes" else "",
        "q": query.get("q", "").replace("\x00", "").strip()[:40],
    }


def _rows(asked):
    rows = public_places().filter(closed_on=None).select_related("region")
    if asked["town"]:
        rows = rows.filter(region__code__startswith=asked["town"])
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["served"]:
        rows = rows.filter(pk__in=contacts(clock.today()).values("venue"))
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(region__full_name__icontains=asked["q"]))
    published = Count("cases", filter=Q(cases__state="published"))
    return rows.annotate(published=published).order_by("region__code", "kind", "name", "pk")
