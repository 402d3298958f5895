"""Those who look after the demo's courtyards, their signs, and a member who leaves with every link handed over."""

import datetime as dt
from decimal import Decimal

from ..files import commands as files
from ..people import commands as people
from ..people.models import ContactLink
from ..people.queries import open_links_of
from ..venues import commands as venues
from ..venues.models import Steward, Venue
from . import bodies, names, pictures

#: (name, latitude, longitude, group): plausible points near the county's centre, made up like everything here.
POINTS = {
    bodies.MAO: ("29.371200", "105.447600", "5 组"), bodies.SHAO: ("29.523400", "105.385100", "2 组"),
    bodies.HE: ("29.462300", "105.402900", "1 组"),
}  # fmt: skip
#: Courtyards registered lately, so that nobody serves them yet.
NEW_YARDS = (
    ("昌元街道玉屏社区", "玉屏新院子", 16), ("河包镇核桃村", "核桃树下小院", 12),
    ("万灵镇大荣寨社区", "老城门小院", 21),
)  # fmt: skip
#: Every so many courtyards beyond the article's has a head already.
EVERY = 3


def threads(cast, today) -> list:
    """The generators of this module."""
    return [stewards(cast), signs(cast), new_yards(cast, today), hand_over(cast)]


def stewards(cast):
    """The article's courtyards have a head and two stewards, of the others one in three a head."""
    yield dt.date(2023, 3, 6)
    office, people_here = cast.accounts["office"], iter(names.VILLAGERS)
    for n, yard in enumerate((bodies.MAO, bodies.SHAO, bodies.HE)):
        venue = cast.venues[yard]
        for k, post in enumerate((Steward.Post.HEAD, Steward.Post.STEWARD, Steward.Post.STEWARD)):
            account = cast.accounts["steward"] if (n, k) == (0, 1) else None
            venues.appoint_steward(
                by=office, venue=venue, name=f"演示·{next(people_here)}", post=post, shown=k != 2, account=account,
                phone=f"138000001{n}{k}",
            )  # fmt: skip
        latitude, longitude, group = POINTS[yard]
        venues.update_venue(
            by=office, venue=venue, address=venue.address, group_no=group, households=venue.households,
            phone=venue.phone, latitude=Decimal(latitude), longitude=Decimal(longitude),
            why="补登记小组和位置",
        )  # fmt: skip
    yield dt.date(2023, 4, 11)
    others = Venue.objects.open_courtyards().exclude(name__in=POINTS).select_related("region", "committee")
    for n, venue in enumerate(others.order_by("pk")[::EVERY]):
        name = f"演示·{names.SURNAMES[n * 5 % len(names.SURNAMES)]}{names.GIVEN[n * 3 % len(names.GIVEN)]}"
        venues.appoint_steward(by=cast.liaison(venue.region), venue=venue, name=name, post="head", shown=n % 2 == 0)


def signs(cast):
    """Photographs of three signs; the reviewer opens two of them."""
    yield dt.date(2023, 3, 9)
    for n, yard in enumerate((bodies.MAO, bodies.SHAO, bodies.HE)):
        venue = cast.venues[yard]
        photo = pictures.photo("sign", after=n == 0)
        kept = files.add_sign(by=cast.liaison(venue.region), venue=venue, uploads=[photo])
        if n < 2:
            files.publish_attachment(by=cast.accounts["reviewer"], attachment=kept[0])


def new_yards(cast, today):
    """Three courtyards registered this month; nobody serves them yet, which the coverage page says."""
    yield max(today - dt.timedelta(days=12), dt.date(2023, 5, 4))
    for n, (place, name, households) in enumerate(NEW_YARDS):
        region = cast.places.get(place) or cast.towns[n]
        yard = venues.open_venue(
            by=cast.liaison(region), committee=cast.committee, code=f"XY9{n + 1:02}", kind=Venue.Kind.COURTYARD,
            name=name, region=region, households=households,
        )  # fmt: skip
        venues.issue_wall_code(by=cast.liaison(region), venue=yard)


def hand_over(cast):
    """A member moves away for work: another member of the same courtyard's town takes the link over."""
    yield dt.date(2024, 6, 28)
    leaving = cast.members[201]
    links = open_links_of(leaving, dt.date(2024, 6, 30))
    serving = {link.pk: _beside(link) for link in links}
    people.leave(
        by=cast.accounts["office"], committee=cast.committee, member=leaving, on=dt.date(2024, 6, 30),
        successors=serving, why="工作调离本区",
    )  # fmt: skip
    for link in links:
        here = cast.serving[link.venue_id]
        here[here.index(leaving)] = serving[link.pk]


def _beside(link):
    """A member who serves another courtyard of the same town."""
    others = ContactLink.objects.filter(kind=link.kind, until=None, venue__region__parent=link.venue.region.parent)
    here = ContactLink.objects.filter(venue=link.venue, until=None).values("member")
    return others.exclude(member__in=here).select_related("member").order_by("pk").first().member
