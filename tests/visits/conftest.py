"""A member who serves a courtyard, and what a visit needs."""

import datetime as dt

import pytest

from shangliang.people import commands as register
from shangliang.shared import clock
from shangliang.visits import commands as visits
from shangliang.visits.models import Visit
from tests import factories

#: The day on which these tests live.
TODAY = dt.date(2025, 6, 18)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def member(member_account):
    """The member of the account."""
    return member_account.member


@pytest.fixture
def served(committee, courtyard, member, office_staff):
    """The courtyard, served by the member."""
    register.link(
        by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO, member=member,
        venue=courtyard,
    )
    return courtyard


@pytest.fixture
def wish(committee, courtyard, member_account, member):
    """What a good visit is written with; a function that takes what is to be different."""

    def make(**changes):
        return {
            "by": member_account, "committee": committee, "venue": courtyard, "on": TODAY - dt.timedelta(days=2),
            "members": [member], "kinds": ["listening"], "key": "visit-key-of-these-tests-1", **changes,
        }

    return make


@pytest.fixture
def visit(wish):
    """A visit that was made, with a promise and a voice."""
    promised = {"text": "把污水的事问清楚", "due_on": TODAY + dt.timedelta(days=10)}
    heard = {"key": "voice-key-of-these-tests-1", "text": "沟里的水发臭。", "name": "宪某", "phone": "13812345678"}
    made, _codes = visits.write_visit(**wish(promises=[promised], voices=[heard], households=6))
    return Visit.objects.get(pk=made.pk)


@pytest.fixture
def planned(wish):
    """A visit that is intended for today."""
    fields = wish(on=TODAY)
    made = visits.plan_visit(**{name: fields[name] for name in ("by", "committee", "venue", "on", "members")})
    return Visit.objects.select_related("venue__region", "committee").get(pk=made.pk)
