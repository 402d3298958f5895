"""A consultation on the lamps at several stages, on the day of its sitting."""

import pytest

from shangliang.shared import clock

from .. import factories, moves
from ..journeys import walk


@pytest.fixture
def members(committee):
    """Two members, as a consultation asks for."""
    return [factories.member(committee), factories.member(committee)]


@pytest.fixture
def topic(committee, courtyard, liaison, party_approver):
    """An approved topic."""
    voice, _code = walk.report(committee, courtyard)
    return walk.topic_of(liaison, party_approver, voice)


@pytest.fixture
def convened(topic, liaison, courtyard, unit, members):
    """A consultation that everybody was told of; the test lives on its day."""
    consultation = walk.convened(liaison, topic, courtyard, unit, members)
    with clock.at(consultation.starts_at):
        yield consultation


@pytest.fixture
def held(convened, liaison):
    """Everybody came."""
    walk.held(liaison, convened)
    return convened


@pytest.fixture
def strangers(county, committee, other_committee):
    """People who have nothing to do with the consultation."""
    return moves.strangers(county, committee, other_committee)
