"""Reading places: what stands on a place's own page, on its poster, and in the desk's list."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ..people.queries import Chain, chain
from . import codes
from .models import Steward, Venue, WallCode

#: How many cases a place's own page shows; the rest is behind a link to the list of cases.
SHOWN = 20


@dataclass(frozen=True)
class Place:
    """What a place's page tells: itself, who serves and who looks after it, what became of matters raised there."""

    venue: Venue
    chain: Chain
    stewards: list
    cases: list
    cases_total: int


@dataclass(frozen=True)
class Poster:
    """What is printed for the wall: the place, the code as a drawing and as an address to type."""

    venue: Venue
    committee: object
    address: str
    qr: str
    expires_on: object


def place(venue, today) -> Place:
    """The page of a place in seven queries: the serving chain (4), stewards, published cases, their number."""
    published = venue.cases.published()
    total = published.count()
    cases = list(published.select_related("region").order_by("-updated_at", "-pk")[:SHOWN])
    return Place(venue, chain(venue, today), stewards_of(venue, today), cases, total)


def stewards_of(venue, today) -> list[Steward]:
    """Who looks after a place on this day, the head first; one query."""
    return list(Steward.objects.filter(venue=venue).serving(today).select_related("account"))


def stewardship_of(account, today) -> Steward | None:
    """The courtyard that this account looks after today, or None; one query."""
    rows = Steward.objects.filter(account=account).serving(today)
    return rows.select_related("venue__region", "venue__committee").first()


def poster(wall_code) -> Poster:
    """The data of the paper for the wall."""
    return Poster(
        wall_code.venue, wall_code.committee, codes.address(wall_code), codes.qr_svg(wall_code),
        wall_code.expires_on,
    )


def venues_for(account, *, town="", kind="", words=""):
    """The places within the account's area, with ``good_codes``, narrowed by town code, kind and words."""
    good = Count("wall_codes", filter=Q(wall_codes__revoked_on=None))
    rows = Venue.objects.visible_to(account).select_related("region__parent")
    if town:
        rows = rows.filter(region__code__startswith=town)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words))
    return rows.annotate(good_codes=good).order_by("region__code", "kind", "name", "pk")


def venue_for(account, pk) -> Venue:
    """One place within the account's area; raises Venue.DoesNotExist otherwise."""
    return Venue.objects.visible_to(account).select_related("region", "committee").get(pk=pk)


def wall_codes_of(venue) -> list[WallCode]:
    """The codes of a place, those still good first."""
    rows = WallCode.objects.filter(venue=venue).select_related("venue", "committee")
    return sorted(rows, key=lambda code: (code.revoked_on is not None, -code.pk))

