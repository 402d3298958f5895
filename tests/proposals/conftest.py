"""Proposals at several stages, in the spring of 2024."""

import datetime as dt
from types import SimpleNamespace

import pytest

from shangliang.people.roles import Role
from shangliang.proposals import commands as proposals
from shangliang.proposals.models import Proposal
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task

from .. import factories, moves
from ..journeys import walk
from ..journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]

#: A Monday.
MONDAY = dt.date(2024, 3, 4)
WORDS = {
    "title": "关于完善老旧小区雨污分流的建议",
    "reason": "昌元街道有十二个老旧小区雨污合流，一下大雨就内涝。",
    "advice": "一、列入年度改造计划；二、先改最低洼的三个小区。",
    "category": Proposal.Category.URBAN,
}


def fresh(record):
    """The row as it stands now."""
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def monday(committee):
    """The day on which the tests begin."""
    with clock.at(MONDAY):
        yield MONDAY


@pytest.fixture
def second(account, committee):
    """Another member with an account."""
    member = factories.member(committee, name="委员乙")
    return account(Role.MEMBER, member=member, name=member.name)


@pytest.fixture
def drafted(monday, committee, member_account):
    """A draft of 委员甲."""
    return proposals.draft(by=member_account, committee=committee, **WORDS)


@pytest.fixture
def reviewed(drafted, member_account, office_staff):
    """Handed in and taken up."""
    proposals.submit(by=member_account, proposal=drafted)
    proposals.take_review(by=office_staff, proposal=drafted)
    return drafted


@pytest.fixture
def filed(reviewed, office_staff):
    """Filed as the first of the year."""
    proposals.file(by=office_staff, proposal=reviewed)
    return reviewed


@pytest.fixture
def at_work(filed, office_staff, unit, unit_clerk):
    """Given to one unit, which has acknowledged it."""
    task = tasks.assign_proposal(by=office_staff, proposal=filed, unit=unit, size="proposal")
    tasks.acknowledge(by=unit_clerk, task=task)
    return SimpleNamespace(proposal=fresh(filed), task=task, office=office_staff, clerk=unit_clerk)


def answer(things, grade="A", words="三个小区已经改完。"):
    """The unit answers and the office accepts it."""
    task = Task.objects.get(pk=things.task.pk)
    extra = {"B": {"promise": "年底前改完", "promise_due": clock.today() + dt.timedelta(days=200)},
             "C": {"would_change": "争取到上级资金"}}.get(grade, {})  # fmt: skip
    walk.answered(things.clerk, task, grade, text="已办理。", **{"photos": [], **extra} if grade != "A" else {})
    walk.accepted(things.office, task, words)
    return Proposal.objects.get(pk=things.proposal.pk)


@pytest.fixture
def replied(at_work):
    """Answered with A, waiting for the proposer."""
    at_work.proposal = answer(at_work)
    return at_work


@pytest.fixture
def strangers(county, committee, other_committee):
    """People who have nothing to do with the proposal."""
    return moves.strangers(county, committee, other_committee)
