"""The towns of the county with a number each, for a picture: a map where lines are approved, else a scheme.

Towns stand in the order of their codes; a circle's area is the number, and every circle has the same colour.
"""

import math
from dataclasses import dataclass

from ..figures import counting
from ..figures.definitions import BY_KEY
from ..regions.queries import towns_of
from ..studios.queries import public_places
from ..venues.models import Venue
from .figures import address

#: The radius of the largest circle, in units of the scheme's tiles (100 wide).
WIDEST, NARROWEST = 38, 3
#: The most places that are drawn as points.
MOST_POINTS = 500


@dataclass(frozen=True)
class Town:
    """A town: its number (None where too few people stand behind it), its open places, its part, its circle."""

    code: str
    name: str
    number: int | None
    places: int
    href: str
    radius: float


def towns(figure, scope, committee, today) -> list[Town]:
    """Every town that exists today or has a record, with nought where there is none; five queries."""
    names = dict(towns_of(committee.region, today).values_list("code", "name"))
    told = {code: (name, number) for code, name, number in counting.by_town(figure, scope)}
    here = {code: name for code, (name, _n) in told.items() if code.startswith(committee.region.code)}
    names |= {code: name for code, name in here.items() if len(code) == counting.TOWN}
    if scope.region:
        names = {scope.region.code: scope.region.name}
    places = {code: n for code, _name, n in counting.by_town(BY_KEY["places"], counting.Scope(region=scope.region))}
    most = max((told[code][1] or 0 for code in names if code in told), default=0)
    found = []
    for code, name in sorted(names.items()):
        number = told.get(code, ("", 0))[1]
        href = address(figure, scope, town=code)
        found.append(Town(code, name, number, places.get(code) or 0, href, _radius(number, most)))
    return found


def points() -> list[dict]:
    """Open places with a point (WGS-84) that are not somebody's home: a courtyard is told by its town alone."""
    rows = public_places().filter(closed_on=None, latitude__isnull=False).exclude(kind=Venue.Kind.COURTYARD)
    return [
        {"name": venue.name, "kind": venue.get_kind_display(), "href": f"/places/{venue.code}/",
         "at": [float(venue.latitude), float(venue.longitude)]}
        for venue in rows.order_by("region__code", "pk")[:MOST_POINTS]
    ]  # fmt: skip


def _radius(number, most) -> float:
    """The circle's area grows with the number; nought and what is not told have no circle."""
    return round(max(NARROWEST, WIDEST * math.sqrt(number / most)), 1) if number else 0
