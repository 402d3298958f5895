"""A member with a year behind: a visit with a promise kept, a brief, a consultation."""

import datetime as dt

import pytest

from shangliang.briefs import commands as briefs
from shangliang.people import commands as people
from shangliang.shared import clock
from shangliang.visits import commands as visits
from tests import factories
from tests.briefs.conftest import WORDS

MAY_16, MAY_20 = dt.date(2023, 5, 16), dt.date(2023, 5, 20)


@pytest.fixture
def busy(committee, courtyard, member_account, office_staff):
    """The account of a member who visited, kept a promise and wrote, in May 2023."""
    people.link(
        by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO,
        member=member_account.member, venue=courtyard,
    )
    with clock.at(MAY_16):
        written = visits.write_visit(
            by=member_account, committee=committee, key="k" * 24, venue=courtyard, on=MAY_16,
            members=[member_account.member], kinds=["listening"], promises=[("带电工来看", MAY_20)],
        )
    with clock.at(MAY_20):
        visits.keep_promise(
            by=member_account, visit=written.visit, kept=written.visit.promises.get(), report="来看过了。"
        )
        brief = briefs.draft(by=member_account, committee=committee, **WORDS)
        briefs.submit(by=member_account, brief=brief)
    return member_account
