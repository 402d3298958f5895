"""A voice and the topic made of it."""

import pytest

from shangliang.topics import commands as topics
from shangliang.topics.models import Topic

from .. import moves
from ..journeys import walk


@pytest.fixture
def voice(committee, courtyard):
    """A voice under screening."""
    made, _code = walk.report(committee, courtyard, phone="13812345678")
    return made


@pytest.fixture
def topic(voice, liaison):
    """A proposed topic with that voice as its source."""
    return topics.propose(
        by=liaison, title="安装路灯", summary="夜间出行不便。", category=Topic.Category.SERVICE, voices=[voice]
    )


@pytest.fixture
def reviewing(topic, liaison):
    """The topic under review."""
    topics.start_review(by=liaison, topic=topic)
    return topic


@pytest.fixture
def pooled(reviewing, liaison):
    """The topic in the pool."""
    topics.pool(by=liaison, topic=reviewing)
    return reviewing


@pytest.fixture
def strangers(county, committee, other_committee):
    """People who have nothing to do with the topic."""
    return moves.strangers(county, committee, other_committee)
