"""The lamp task at several stages, in the summer of 2023."""

import datetime as dt

import pytest

from shangliang.shared import clock
from shangliang.tasks import commands as tasks

from .. import moves
from ..journeys import walk
from ..journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]

#: A Monday; 端午 (22 and 23 June) is a holiday and Sunday the 25th a working day.
MONDAY = dt.date(2023, 6, 12)


@pytest.fixture
def task(lamp):
    """The assigned task, on the day it was assigned."""
    _voice, made = lamp
    with clock.at(MONDAY):
        yield made


@pytest.fixture
def at_work(task, unit_clerk):
    """The task when the unit has acknowledged it."""
    tasks.acknowledge(by=unit_clerk, task=task)
    return task


@pytest.fixture
def under_review(at_work, unit_clerk, office_staff):
    """The task when an A answer is being looked at."""
    walk.answered(unit_clerk, at_work)
    tasks.take_review(by=office_staff, task=at_work)
    return at_work


@pytest.fixture
def strangers(county, committee, other_committee):
    """People who have nothing to do with the task."""
    return moves.strangers(county, committee, other_committee)
