"""A county whose lamp was raised, settled and rated in 2023, and a report on that year."""

import datetime as dt

import pytest

from shangliang.people.roles import Role
from shangliang.reports import commands
from shangliang.shared import clock
from tests.portal.conftest import browser, lamp, members, rated, voice  # noqa: F401

TEXT = """一、总体情况
{{period}}收到反映{{voices}}件{{voices.compared}}，到会{{attendances}}人次、{{persons}}人。
（一）覆盖
各镇街：{{consultations.towns}}；小院{{consultations.courtyard}}场，沙龙{{consultations.salon}}场。
现有协商的地方{{places}}处。
二、下一步
多走几个小院。
"""


@pytest.fixture
def office(account, committee):
    return account(Role.COMMITTEE_OFFICE)


@pytest.fixture
def draft(office, committee, rated):  # noqa: F811
    """A report on 2023, begun the year after, with a text of its own."""
    with clock.at(dt.date(2024, 1, 5)):
        made = commands.begin(by=office, committee=committee, year=2023)
        commands.write(by=office, workreport=made, draft=TEXT)
    return made


@pytest.fixture
def settled(office, draft):
    with clock.at(dt.date(2024, 1, 6)):
        commands.settle(by=office, workreport=draft)
    return draft


@pytest.fixture
def published(office, settled):
    with clock.at(dt.date(2024, 1, 7)):
        commands.publish(by=office, workreport=settled)
    return settled
