"""The people and places of the county, made by the commands as in real life."""

import datetime as dt
from dataclasses import dataclass

from shangliang.people import commands as people
from shangliang.people.models import Account, Committee, Member, Unit
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.regions.models import Region
from shangliang.setup import establish
from shangliang.shared import clock
from shangliang.venues import commands as venues
from shangliang.venues.models import Venue

CODE, COUNTY = "BN", "500153"
OFFICE = "bench-office"


@dataclass
class Register:
    """What cases refer to."""

    committee: Committee
    office: Account
    villages: list
    venues: dict
    units: list
    members: list


def keep(first_day: dt.date) -> Register:
    """Establish the committee in an empty database, with one unit for each town and one hall in each village."""
    with clock.at(first_day):
        establish(CODE, "基准测试区政协", "基准政协", COUNTY, "023-46780000", "bench-security")
        committee = Committee.objects.select_related("region").get(code=CODE)
        with within(committee):
            return fill_in(committee)


def fill_in(committee) -> Register:
    """Register office, units, members and venues of a committee that stands."""
    today = clock.today()
    guard = committee.accounts.filter(grants__role=Role.SECURITY_ADMIN).first()
    office = people.open_account(by=guard, committee=committee, username=OFFICE, name="办公室")
    people.grant_role(by=guard, account=office, role=Role.COMMITTEE_OFFICE)
    places = Region.objects.within(committee.region.code)
    for town in places.filter(level=Region.Level.TOWN):
        people.add_unit(
            by=office, committee=committee, name=f"{town.name}办事处", kind=Unit.Kind.TOWN, region=town
        )
    for number in range(20):
        people.add_member(
            by=office, committee=committee, name=f"委员{number + 1}", sector="农业界", term=15,
            term_from=today, demo=True,
        )  # fmt: skip
    villages = list(places.filter(level=Region.Level.VILLAGE).order_by("code"))
    for number, village in enumerate(villages):
        venues.open_venue(
            by=office, committee=committee, code=f"B{number:04}", kind=Venue.Kind.ROOM, name="协商议事室",
            region=village, opened_on=today,
        )  # fmt: skip
    return Register(
        committee, office, villages, {venue.region_id: venue for venue in Venue.objects.all()},
        list(Unit.objects.all()), list(Member.objects.all()),
    )  # fmt: skip
