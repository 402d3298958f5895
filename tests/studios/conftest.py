"""A studio at 普陀村 with its lead, a team member, somebody of another committee, and the accounts around it."""

import datetime as dt

import pytest

from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.studios import commands as studios
from shangliang.studios.models import Studio
from shangliang.venues.models import Venue

from .. import factories, moves

#: A Wednesday of the second quarter.
DAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _in_may():
    with clock.at(DAY):
        yield


@pytest.fixture
def place(committee, village):
    """The place of the studio, in the register already."""
    return factories.courtyard(
        village, committee=committee, name="普陀小院委员工作室", kind=Venue.Kind.STUDIO, households=None, code="GZ001"
    )


@pytest.fixture
def preparing(committee, office_staff, place):
    """The studio, registered and not yet open."""
    return studios.establish(
        by=office_staff, committee=committee, venue=place, name="", kind=Studio.Kind.COURTYARD,
        purpose="听院坝里的话，办院坝里的事。",
    )


@pytest.fixture
def members(committee):
    """The lead, one of the team, and a member who sits nowhere."""
    return [factories.member(committee, name=name) for name in ("领衔甲", "团队乙", "来客丙")]


@pytest.fixture
def studio(preparing, office_staff, members):
    """The studio, open since March, with a lead and a team of three levels."""
    with clock.at(dt.date(2026, 3, 2)):
        studios.seat(by=office_staff, studio=preparing, role="lead", member=members[0])
        studios.seat(by=office_staff, studio=preparing, role="team", member=members[1])
        studios.seat(
            by=office_staff, studio=preparing, role="team", name="外单位丁", level="province", body="政协四川省委员会"
        )
        studios.open(by=office_staff, studio=preparing)
    return preparing


@pytest.fixture
def lead(account, members):
    """The account of the lead."""
    return account(Role.STUDIO_LEAD, member=members[0], name="领衔甲")


@pytest.fixture
def team(account, members):
    """The account of a member of the team."""
    return account(Role.MEMBER, member=members[1], name="团队乙")


@pytest.fixture
def strangers(county, committee, other_committee, account, members):
    """People who have nothing to do with the studio."""
    people = moves.strangers(county, committee, other_committee)
    del people["reviewer"]  # publishes, and is tried apart
    return people | {
        "a member who sits elsewhere": account(Role.MEMBER, member=members[2]),
        "a lead of another place": account(Role.STUDIO_LEAD, region=county.at["500153112"]),
        "a lead without seat or place": account(Role.STUDIO_LEAD),
        "a leader": account(Role.LEADER),
    }
