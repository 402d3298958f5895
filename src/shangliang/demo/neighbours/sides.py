"""The small cast of each side: enough people for every step of the story, each with an account of their own."""

from dataclasses import dataclass

from ...people import commands as people
from ...people.actors import CLOCK
from ...people.models import Committee, Member, Unit
from ...people.roles import Role
from ...people.tenancy import within
from ...regions.commands import load
from ...regions.models import Region
from ...rules import commands as rules
from ...studios import commands as studios
from ...venues import commands as venues
from ...venues.models import Venue
from .. import bodies, names
from ..register import COUNTIES, TERM, TERM_FROM, Cast

VILLAGE = "石燕桥镇三合村"


@dataclass(frozen=True)
class Side:
    """What differs between the two: names, bodies, and how the committee is called."""

    key: str
    code: str
    region: str
    level: str
    name: str
    short: str
    party: str
    town: str
    units: tuple
    studio: str
    first_name: int


RONGCHANG = Side(
    "rongchang", "RC", "500153", Committee.Level.COUNTY, "中国人民政治协商会议重庆市荣昌区委员会", "荣昌区政协",
    "中共荣昌区委", "安富街道", ("区水利局", "区农业农村委", "区生态环境局"), "“双昌”合作示范园委员工作室", 0,
)  # fmt: skip
NEIJIANG = Side(
    "neijiang", "NJ", "5110", Committee.Level.CITY, "中国人民政治协商会议四川省内江市委员会", "内江市政协",
    "中共内江市委", "石燕桥镇", ("市水利局", "石燕桥镇人民政府", "市生态环境局"), "", 120,
)  # fmt: skip
SIDES = {side.key: side for side in (RONGCHANG, NEIJIANG)}


def establish(side: Side) -> Cast:
    """Register everything of one side; the moment is the caller's."""
    load(by=CLOCK, codes=COUNTIES)
    rules.seed_calendar(by=CLOCK)
    committee = people.establish_committee(
        by=CLOCK, code=side.code, name=side.name, short_name=side.short, phone="000-00000000",
        region=Region.objects.get(code=side.region), level=side.level,
    )  # fmt: skip
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        studios.seed_checklists(by=CLOCK, committee=committee)
        guard = people.open_account(by=CLOCK, committee=committee, username="security", name="演示·安全管理员")
        people.grant_role(by=CLOCK, account=guard, role=Role.SECURITY_ADMIN)
        places = {region.full_name: region for region in Region.objects.all()}
        cast = Cast(committee, places, [places[side.town]], guard)
        _accounts(cast, side)
        _bodies(cast, side)
        _places(cast, side)
    return cast


def _open(cast, username, name, role, **scope):
    member = scope.pop("member", None)
    account = people.open_account(
        by=cast.guard, committee=cast.committee, username=username, name=f"演示·{name}", member=member
    )
    people.grant_role(by=cast.guard, account=account, role=role, **scope)
    cast.accounts[username] = account


def _accounts(cast, side):
    town = cast.places[side.town]
    for username, name, role in (
        ("office", "政协办公室", Role.COMMITTEE_OFFICE), ("leader", "政协领导", Role.LEADER),
        ("party", "党委审定岗", Role.PARTY_APPROVER), ("reviewer", "公开审核员", Role.REVIEWER),
        ("system", "系统管理员", Role.SYSTEM_ADMIN), ("auditor", "审计员", Role.AUDITOR),
    ):  # fmt: skip
        _open(cast, username, name, role)
    _open(cast, f"liaison{town.code[6:9]}", f"{side.town}联络员", Role.LIAISON, region=town)


def _bodies(cast, side):
    office, committee = cast.accounts["office"], cast.committee
    people.add_office(by=office, committee=committee, name="委员联络活动办公室")
    for name in side.units:
        kind = Unit.Kind.TOWN if "镇" in name else Unit.Kind.DEPARTMENT
        region = cast.places[side.town] if kind == Unit.Kind.TOWN else None
        unit = people.add_unit(by=office, committee=committee, name=name, kind=kind, region=region)
        cast.units[name] = unit
        _open(cast, f"unit{unit.pk}", f"{name}经办人", Role.UNIT_CLERK, unit=unit)
    made_up = list(names.members())[side.first_name : side.first_name + 12]
    levels = ["province", "city", *["county"] * 10]
    rows = [
        {"name": name, "sector": sector, "term": TERM, "term_from": TERM_FROM, "demo": True, "level": level}
        for (name, sector), level in zip(made_up, levels, strict=True)
    ]
    cast.members = people.add_members(by=office, committee=committee, rows=rows)
    member: Member = cast.members[0]
    _open(cast, "member", member.name, Role.MEMBER, member=member)


def _places(cast, side):
    office, kinds = cast.accounts["office"], Venue.Kind
    rows = [(kinds.JOINT_ROOM, "PL001", bodies.JOINT_ROOM, cast.places[side.town])]
    if side is NEIJIANG:
        rows.append((kinds.COURTYARD, "XY001", "三合大院子", cast.places[VILLAGE]))
    for kind, code, name, region in rows:
        venue = venues.open_venue(
            by=office, committee=cast.committee, code=code, kind=kind, name=name, region=region,
            households=22 if kind == kinds.COURTYARD else None,
        )  # fmt: skip
        venues.issue_wall_code(by=office, venue=venue)
        cast.venues[name] = venue
        cast.serving[venue.pk] = cast.members[:3]
