"""The list of published cases: what the address asks for, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..cases.models import Case
from ..consultations.models import Consultation
from ..outcomes.models import Rating
from ..regions.queries import towns_of
from ..shared import clock
from ..voices.models import Voice

SIZE = 20
#: Above this a count may be FRESH seconds old; the page then says of what time it is.
LARGE = 1000
FRESH = 60
GOOD = (Rating.Value.SATISFIED, Rating.Value.MOSTLY)
FIRST_YEAR = 2015

HAS = {
    "consultation": _("开过协商会的"),
    "solved": _("群众评价满意或基本满意的"),
    "silent": _("到期没有评价的"),
}


@dataclass
class Listing:
    """One page of the list with what was asked for and the choices to ask otherwise."""

    rows: list
    total: int
    at: dt.datetime
    number: int
    asked: dict
    towns: list
    stages: list
    years: list
    has: dict

    @property
    def is_large(self) -> bool:
        """Whether the total may be a minute old."""
        return self.total > LARGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // SIZE))


def listing(request) -> Listing:
    """The page that the address asks for; what it asks that makes no sense is left out."""
    towns = [(town.code, town.name) for town in towns_of(request.committee.region)]
    years = list(range(clock.today().year, FIRST_YEAR, -1))
    asked = _asked(request.GET, towns, years)
    rows = narrowed(asked)
    total, at = _count(request.committee, asked, rows)
    number = min(max(1, _whole(request.GET.get("page"))), max(1, -(-total // SIZE)))
    # The keys first: a far page then walks an index, not the rows before it.
    keys = list(
        rows.order_by("-updated_at", "-pk").values_list("pk", flat=True)[(number - 1) * SIZE : number * SIZE]
    )
    shown = Case.objects.select_related("region", "venue__region").in_bulk(keys)
    return Listing(
        rows=[shown[key] for key in keys], total=total, at=at, number=number, asked=asked,
        towns=towns, stages=Case.Stage.choices, years=years, has=HAS,
    )


def _count(committee, asked, rows) -> tuple:
    """How many there are, and since when that is known; a large number may be a minute old."""
    key = f"cases:{committee.pk}:{urlencode(asked)}"
    known = cache.get(key)
    if known:
        return known
    known = rows.count(), clock.now()
    if known[0] > LARGE:
        cache.set(key, known, FRESH)
    return known


def _asked(query, towns, years) -> dict:
    stage, town, has = (query.get(name, "") for name in ("stage", "town", "has"))
    year = _whole(query.get("year"))
    words = query.get("q", "").replace("\x00", "").strip()[:60]
    return {
        "stage": stage if stage in Case.Stage.values else "",
        "town": town if town in dict(towns) else "",
        "year": year if year in years else "",
        "has": has if has in HAS else "",
        "q": words,
    }


def _whole(text) -> int:
    """The whole number of a text of at most six digits, else 0."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 6 else 0


def narrowed(asked: dict):
    """The published cases that meet what was asked."""
    rows = Case.objects.published()
    if asked.get("stage"):
        rows = rows.filter(stage=asked["stage"])
    if asked.get("town"):
        rows = rows.filter(region__code__startswith=asked["town"])
    if asked.get("year"):
        year = asked["year"]
        rows = rows.filter(opened_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if asked.get("has"):
        rows = rows.filter(Exists(_having(asked["has"])))
    if asked.get("q"):
        words = asked["q"]
        rows = rows.filter(Q(title__icontains=words) | Q(summary__icontains=words) | Q(no__icontains=words))
    return rows


def _having(what: str):
    """The records whose existence makes a case one of this kind."""
    case = OuterRef("pk")
    if what == "consultation":
        return Consultation.objects.filter(case=case, state__in=Consultation.HELD)
    if what == "solved":
        return Rating.objects.filter(case=case, value__in=GOOD)
    return Voice.objects.filter(case=case, state=Voice.State.CLOSED, ratings=None)
