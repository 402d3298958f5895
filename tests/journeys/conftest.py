"""Threads at several stages, for the journeys and for the pages that show them."""

import datetime as dt

import pytest

from shangliang.shared import clock

from .. import factories
from . import walk


@pytest.fixture
def members(committee):
    """Two members, as a consultation asks for."""
    return [factories.member(committee), factories.member(committee)]


@pytest.fixture
def lamp_agreement(committee, courtyard, liaison, party_approver, unit, members):
    """The lamp thread up to the reported item, with the article's dates: (voice, agreement)."""
    with clock.at(dt.date(2023, 5, 12)):
        voice, _code = walk.report(committee, courtyard)
        agreement = walk.agreed(liaison, party_approver, unit, members, courtyard, voice)
    return voice, agreement


@pytest.fixture
def lamp(lamp_agreement, office_staff, unit):
    """The lamp thread up to the assigned task: (voice, task)."""
    voice, agreement = lamp_agreement
    with clock.at(dt.date(2023, 6, 12)):
        task = walk.assigned(office_staff, agreement, unit)
    return voice, task
