"""Which courtyards have nobody, whom each member serves, and how the load is spread: three queries and plain Python."""

import statistics
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from ..people.models import ContactLink, Member
from ..people.queries import open_on
from .models import Venue

#: So many members are suggested for a courtyard that has none.
SUGGESTED = 3
#: The digits of a town's code; a village's begins with them.
TOWN = 9


@dataclass(slots=True)
class Yard:
    """A courtyard in use, with the keys of the members who serve it."""

    pk: int
    code: str
    name: str
    households: int
    town: str
    town_name: str
    place: str
    members: tuple = ()

    @property
    def full_name(self) -> str:
        """The name with town and village before it."""
        return f"{self.place}{self.name}"


@dataclass(slots=True)
class Serving:
    """A member in office: whom of these courtyards the member serves, and how many altogether."""

    pk: int
    name: str
    sector: str
    load: int = 0
    yards: list = field(default_factory=list)

    @property
    def households(self) -> int:
        """The households of these courtyards."""
        return sum(yard.households for yard in self.yards)


@dataclass(frozen=True)
class Coverage:
    """Courtyards in the order of their places, members by sector and name; each knows the other."""

    yards: list
    members: dict

    def without_anybody(self) -> list:
        """The courtyards that nobody serves."""
        return [yard for yard in self.yards if not yard.members]

    def spread(self) -> list[tuple[int, int]]:
        """(number of courtyards, how many members serve so many), from none upwards without gaps."""
        counted = Counter(member.load for member in self.members.values())
        return [(load, counted[load]) for load in range(max(counted, default=-1) + 1)]

    def median(self) -> float:
        """The load in the middle."""
        return statistics.median([member.load for member in self.members.values()] or [0])

    def suggestions(self) -> list[tuple]:
        """(courtyard without anybody, members who serve the same town, those with the fewest courtyards first)."""
        near: dict[str, set] = {}
        for yard in self.yards:
            near.setdefault(yard.town, set()).update(yard.members)
        empty = self.without_anybody()
        beside = {
            town: sorted((self.members[pk] for pk in near[town]), key=lambda one: (one.load, one.name))[:SUGGESTED]
            for town in {yard.town for yard in empty}
        }
        return [(yard, beside[yard.town]) for yard in empty]


def coverage(venues, today) -> Coverage:
    """The coverage of these courtyards on a day, in three queries whatever their number.

    ``venues`` narrows the courtyards shown; a member's ``load`` counts all that the member serves.
    """
    yards = {row[0]: _yard(*row) for row in _yards(venues, today)}
    members = {row[0]: Serving(*row) for row in _members(today)}
    for venue, member in _links(today):
        one, yard = members.get(member), yards.get(venue)
        if one:
            one.load += 1
            if yard:
                one.yards.append(yard)
                yard.members += (member,)
    return Coverage(list(yards.values()), members)


def _yards(venues, today) -> list:
    """Rows of courtyards in the order of their places; sorted here, which is cheaper than in the database."""
    rows = venues.filter(kind=Venue.Kind.COURTYARD, closed_on=None, opened_on__lte=today).order_by()
    names = ("pk", "code", "name", "households", "region__code", "region__full_name", "region__name")
    return sorted(rows.values_list(*names), key=lambda row: (row[4], row[2], row[0]))


def _yard(pk, code, name, households, region, place, own) -> Yard:
    town = place.removesuffix(own) if len(region) > TOWN else own
    return Yard(pk, code, name, households or 0, region[:TOWN], town or own, "" if name.startswith(place) else place)


def _members(today):
    rows = Member.objects.filter(Q(term_to=None) | Q(term_to__gte=today), term_from__lte=today)
    return rows.order_by("sector", "name", "pk").values_list("pk", "name", "sector")


def _links(today):
    """(courtyard, member) of every link that holds; of few places that are closed the keys are left out."""
    rows = open_on(ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD), today)
    closed = Venue.objects.exclude(closed_on=None).values("pk")
    return rows.exclude(venue__in=closed).order_by("pk").values_list("venue_id", "member_id")
