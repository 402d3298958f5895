"""A member who serves 毛万二小院, and what a visit is made of."""

import datetime as dt

import pytest

from shangliang.people import commands as people
from shangliang.shared import clock
from shangliang.visits import commands as visits
from shangliang.visits.models import Visit
from tests import factories

DAY = dt.date(2023, 5, 16)


@pytest.fixture
def serving(committee, courtyard, member_account, office_staff):
    """The member's account, linked to the courtyard."""
    people.link(
        by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO,
        member=member_account.member, venue=courtyard,
    )
    return member_account


@pytest.fixture
def write(committee, courtyard, serving):
    """Write a visit of 16 May 2023 down; any field may be given otherwise."""

    def run(by=None, **fields):
        whole = {
            "key": "visit-key-0123456789-abcd", "venue": courtyard, "on": DAY, "members": [serving.member],
            "kinds": ["listening"], **fields,
        }
        with clock.at(DAY):
            return visits.write_visit(by=by or serving, committee=committee, **whole)

    return run


@pytest.fixture
def planned(committee, courtyard, serving):
    """A visit planned for 16 May 2023."""
    with clock.at(dt.date(2023, 5, 10)):
        return visits.plan_visit(
            by=serving, committee=committee, venue=courtyard, on=DAY, members=[serving.member]
        )


@pytest.fixture
def voice_of():
    """What a person said, with a key as the phone makes it."""

    def make(text, key):
        return {"text": text, "key": f"voice-key-{key}".ljust(24, "0")}

    return make


__all__ = ["DAY", "Visit"]
