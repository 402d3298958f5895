"""Makers of records for tests: everything goes through the commands, as it does in real life."""

import datetime as dt
import itertools

from shangliang.people import commands as people
from shangliang.people.actors import CLOCK
from shangliang.people.models import Unit
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.regions.models import Region
from shangliang.shared import clock
from shangliang.venues import commands as venues
from shangliang.venues.models import Venue

from .remembered import remembered

#: The registers of a test begin here, so that a test may live on any later day.
LONG_AGO = dt.date(2020, 1, 2)

_numbers = itertools.count(1)

DIVISIONS = [
    ("50", "province", "重庆市", "重庆市", None),
    ("500153", "county", "荣昌区", "荣昌区", "50"),
    ("500153005", "town", "安富街道", "安富街道", "500153"),
    ("500153005200", "village", "普陀村村民委员会", "普陀村", "500153005"),
    ("500153005202", "village", "垭口村村民委员会", "垭口村", "500153005"),
    ("500153112", "town", "清流镇", "清流镇", "500153"),
    ("500153112201", "village", "马草村村民委员会", "马草村", "500153112"),
    ("51", "province", "四川省", "四川省", None),
    ("511083", "county", "隆昌市", "隆昌市", "51"),
    ("511083104", "town", "石燕桥镇", "石燕桥镇", "511083"),
    ("511083104200", "village", "三合村村民委员会", "三合村", "511083104"),
]


@remembered
def divisions() -> dict:
    """A small register of divisions by code; reference data, hence made without a command."""
    made: dict[str, Region] = {}
    for code, level, official, name, above in DIVISIONS:
        parent = made.get(above)
        # From the town down, because a district's people do not say the district's name.
        before = parent.full_name if parent and parent.level in ("town", "village") else ""
        made[code] = Region.objects.create(
            code=code, level=level, official_name=official, name=name,
            full_name=before + name, parent=parent,
        )
    return made


@remembered
def committee(region, *, code="RC", name="", short_name=""):
    """A committee with its first security administrator, established long ago."""
    name = name or f"中国人民政治协商会议重庆市{region.name}委员会"
    with clock.at(LONG_AGO):
        made = people.establish_committee(
            by=CLOCK, code=code, name=name, short_name=short_name or f"{region.name}政协",
            region=region, phone="023-46780000",
        )
        guard = people.open_account(
            by=CLOCK, committee=made, username=f"{code.lower()}-anquan", name="安全管理员"
        )
        people.grant_role(by=CLOCK, account=guard, role=Role.SECURITY_ADMIN)
    return made


def security_admin(committee):
    """The first security administrator of a committee."""
    return committee.accounts.get(username=f"{committee.code.lower()}-anquan")


@remembered
def account(role, *, committee, region=None, unit=None, office=None, name="", member=None):
    """An account with one role, opened long ago by the security administrator (``role`` None gives no role)."""
    number = next(_numbers)
    guard = security_admin(committee)
    with clock.at(LONG_AGO):
        made = people.open_account(
            by=guard, committee=committee, username=f"user{number}",
            name=name or f"测试员{number}", member=member,
        )
        if role is not None:
            people.grant_role(
                by=guard, account=made, role=role, region=region, unit=unit, office=office
            )
    return made


def clerk_of_register(committee):
    """An account of the committee's office: it keeps the register of people and places."""
    found = committee.accounts.filter(grants__role=Role.COMMITTEE_OFFICE).first()
    return found or account(Role.COMMITTEE_OFFICE, committee=committee, name="政协办公室")


@remembered
def unit(committee, name="安富街道办事处", kind=Unit.Kind.TOWN, region=None):
    """A body that can take on tasks."""
    with within(committee):
        return people.add_unit(
            by=clerk_of_register(committee), committee=committee, name=name, kind=kind, region=region
        )


@remembered
def member(committee, name="", sector="农业界", **fields):
    """A member of the present term."""
    fields = {"term": 15, "term_from": LONG_AGO, **fields}
    with within(committee):
        return people.add_member(
            by=clerk_of_register(committee), committee=committee,
            name=name or f"委员{next(_numbers)}", sector=sector, **fields,
        )


@remembered
def courtyard(region, *, committee, name="毛万二小院", **fields):
    """A courtyard in a village, open since long ago."""
    fields = {"kind": Venue.Kind.COURTYARD, "households": 18, "opened_on": LONG_AGO, **fields}
    fields.setdefault("code", f"XY{next(_numbers):04}")
    with within(committee):
        return venues.open_venue(
            by=clerk_of_register(committee), committee=committee, name=name, region=region, **fields
        )
