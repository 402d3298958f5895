"""The lamp thread up to the answer that those concerned rate."""

import datetime as dt

import pytest

from shangliang.shared import clock
from shangliang.tasks.models import Task
from shangliang.voices.models import Voice

from ..journeys import walk
from ..journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]

DAY = dt.date(2023, 6, 20)


@pytest.fixture
def told(lamp, unit_clerk, office_staff):
    """The lamp thread when the person has been told the result: (voice, task)."""
    voice, task = lamp
    with clock.at(DAY):
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
        yield Voice.objects.get(pk=voice.pk), Task.objects.get(pk=task.pk)
