"""The cast of the demo, registered as an office would do it: bodies, members, places, accounts with their roles."""

import datetime as dt
from dataclasses import dataclass, field

from ..people import commands as people
from ..people.actors import CLOCK
from ..people.models import Account, Committee, ContactLink, Member, Station, Unit
from ..people.roles import Role
from ..people.tenancy import within
from ..regions.models import Region
from ..rules import commands as rules
from ..shared import clock
from ..studios.commands import seed_checklists
from ..venues import commands as venues
from ..venues.models import Venue
from . import bodies, names

CODE = "RC"
COUNTIES = ("500153", "511083")
NAME = "中国人民政治协商会议重庆市荣昌区委员会"
PHONE = "023-00000000"
TERM, TERM_FROM = 17, dt.date(2022, 1, 5)
FOUNDED = dt.date(2022, 1, 10)


@dataclass
class Cast:
    """Who and what the threads need, found by name."""

    committee: Committee
    places: dict[str, Region]
    towns: list[Region]
    guard: Account
    accounts: dict[str, Account] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    offices: list = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    serving: dict[int, list[Member]] = field(default_factory=dict)

    def liaison(self, region) -> Account:
        """The liaison of the place's town; the committee's office beyond the district."""
        return self._of_town("liaison", region) or self.accounts["office"]

    def approver(self, region) -> Account:
        """The Party committee's desk of the place's town; the district's beyond it."""
        return self._of_town("party", region) or self.accounts["party"]

    def _of_town(self, post, region):
        inside = region.code.startswith(self.committee.region.code)
        return self.accounts.get(f"{post}{region.code[6:9]}") if inside else None

    def clerk(self, unit) -> Account:
        """Who works for the unit."""
        return self.accounts[f"unit{unit.pk}"]

    def room(self, region) -> Venue:
        """The consultation room of the place's town."""
        town = next(town for town in self.towns if region.code.startswith(town.code))
        return self.venues[f"{town.name}协商议事室"]


def establish() -> Cast:
    """The committee with rules, calendar and first security administrator; its regions are loaded already."""
    district = Region.objects.get(code=COUNTIES[0])
    rules.seed_calendar(by=CLOCK)
    committee = people.establish_committee(
        by=CLOCK, code=CODE, name=NAME, short_name="荣昌区政协", region=district, phone=PHONE
    )
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        seed_checklists(by=CLOCK, committee=committee)
    guard = people.open_account(by=CLOCK, committee=committee, username="security", name="演示·安全管理员")
    people.grant_role(by=CLOCK, account=guard, role=Role.SECURITY_ADMIN)
    known = Region.objects.filter(code__startswith=COUNTIES[0]) | Region.objects.filter(code__startswith=COUNTIES[1])
    places = {region.full_name: region for region in known}
    towns = [region for region in known if region.code.startswith(COUNTIES[0]) and len(region.code) == 9]
    cast = Cast(committee, places, sorted(towns, key=lambda town: town.code), guard)
    cast.accounts["security"] = guard
    return cast


def fill(cast: Cast, told=lambda: None) -> None:
    """Register everybody and everything; ``told()`` is called as parts are done."""
    _open(cast, "office", "演示·政协办公室", Role.COMMITTEE_OFFICE)
    for part in (_bodies, _members, _places, _links, _accounts):
        part(cast)
        told()


def _bodies(cast):
    office, committee = cast.accounts["office"], cast.committee
    cast.offices = [people.add_office(by=office, committee=committee, name=name) for name in bodies.OFFICES]
    for name, kind, region in bodies.units(cast.towns):
        cast.units[name] = people.add_unit(by=office, committee=committee, name=name, kind=kind, region=region)


def _members(cast):
    rows = [
        {"name": name, "sector": sector, "term": TERM, "term_from": TERM_FROM, "demo": True}
        for name, sector in names.members()
    ]
    cast.members = people.add_members(by=cast.accounts["office"], committee=cast.committee, rows=rows)


def _places(cast):
    kinds = Venue.Kind
    rows = [("重庆市荣昌区", kinds.HALL, "区政协协商议政厅", None)]
    rows += [(town.full_name, kinds.ROOM, f"{town.name}协商议事室", None) for town in cast.towns]
    rows += [(place, kinds.POINT, name, None) for place, name in bodies.POINTS]
    rows += [(place, kinds.STUDIO, name, None) for place, name in bodies.STUDIOS]
    rows += [("安富街道", kinds.JOINT_ROOM, bodies.JOINT_ROOM, None)]
    rows += [(place, kinds.COURTYARD, name, size) for place, name, size in bodies.ARTICLE_YARDS]
    rows += _more_yards(cast)
    counted = dict.fromkeys(kinds.values, 0)
    for place, kind, name, households in rows:
        counted[kind] += 1
        region = cast.places.get(place) or cast.committee.region
        _open_place(cast, kind, f"{bodies.PREFIX[kind]}{counted[kind]:03}", name, region, households)


def _more_yards(cast):
    """Two more courtyards in each town, in villages that have none yet."""
    named = {place for place, _name, _size in bodies.ARTICLE_YARDS}
    for n, town in enumerate(cast.towns):
        villages = [place for place in cast.places if place.startswith(town.name) and place.endswith("村")]
        for k, place in enumerate([place for place in villages if place not in named][:2]):
            name = bodies.YARD_NAMES[(2 * n + k) % len(bodies.YARD_NAMES)]
            yield place, Venue.Kind.COURTYARD, name, 10 + (7 * n + 5 * k) % 21


def _open_place(cast, kind, code, name, region, households):
    office = cast.accounts["office"]
    venue = venues.open_venue(
        by=office, committee=cast.committee, code=code, kind=kind, name=name, region=region, households=households
    )
    venues.issue_wall_code(by=office, venue=venue)
    cast.venues.setdefault(name, venue)
    cast.serving[venue.pk] = []


def _links(cast):
    """班子成员–委室, 委室–所站, 委员–小院: the chain of the article, all 295 members sent out."""
    office, committee, kinds = cast.accounts["office"], cast.committee, ContactLink.Kind
    since = {"by": office, "committee": committee, "since": clock.today()}
    for n, post in enumerate(bodies.LEADERS):
        leader = people.appoint_leader(by=office, member=cast.members[n], post=post, since=clock.today())
        people.link(kind=kinds.LEADER_OFFICE, leader=leader, office=cast.offices[n], **since)
    for n, town in enumerate(cast.towns):
        station = people.add_station(
            by=office, committee=committee, name=f"{town.name}委员联络站", kind=Station.Kind.LIAISON, region=town
        )
        people.link(kind=kinds.OFFICE_STATION, office=cast.offices[n % len(cast.offices)], station=station, **since)
    yards = list(Venue.objects.filter(kind=Venue.Kind.COURTYARD).order_by("pk"))
    for n, member in enumerate(cast.members):
        yard = yards[n % len(yards)]
        people.link(kind=kinds.MEMBER_COURTYARD, member=member, venue=yard, **since)
        cast.serving[yard.pk].append(member)


def _open(cast, username, name, *roles, member=None, **scope):
    account = people.open_account(
        by=cast.guard, committee=cast.committee, username=username, name=name, member=member
    )
    for role in roles:
        people.grant_role(by=cast.guard, account=account, role=role, **scope)
    cast.accounts[username] = account
    return account


def _accounts(cast):
    """Everybody who signs in; the three administrators are three people."""
    putuo, anfu = cast.places["安富街道普陀村"], cast.places["安富街道"]
    _open(cast, "steward", "演示·小院管家", Role.STEWARD, region=putuo)
    member = cast.serving[cast.venues[bodies.MAO].pk][0]
    _open(cast, "member", member.name, Role.MEMBER, member=member)
    _open(cast, "studio", "演示·工作室负责人", Role.STUDIO_LEAD, region=anfu)
    _open(cast, "staff", "演示·委室干部", Role.OFFICE_STAFF, office=cast.offices[2])
    _open(cast, "leader", "演示·政协领导", Role.LEADER)
    _open(cast, "party", "演示·区委审定岗", Role.PARTY_APPROVER)
    _open(cast, "neighbour", "演示·毗邻方联络员", Role.NEIGHBOUR, region=cast.places["石燕桥镇"])
    _open(cast, "reviewer", "演示·公开审核员", Role.REVIEWER)
    _open(cast, "system", "演示·系统管理员", Role.SYSTEM_ADMIN)
    _open(cast, "auditor", "演示·审计员", Role.AUDITOR)
    for town in cast.towns:
        _open(cast, f"liaison{town.code[6:9]}", f"演示·{town.name}联络员", Role.LIAISON, region=town)
        party = f"演示·{bodies.party_of(town.name)}审定岗"
        _open(cast, f"party{town.code[6:9]}", party, Role.PARTY_APPROVER, region=town)
    for unit in cast.units.values():
        _open(cast, f"unit{unit.pk}", f"演示·{unit.name}经办人", Role.UNIT_CLERK, unit=unit)
