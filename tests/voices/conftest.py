"""A voice under screening, and those who have nothing to do with it."""

import pytest

from .. import moves
from ..journeys import walk
from ..journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]


@pytest.fixture
def voice(committee, courtyard):
    """A voice from the wall code of 毛万二小院, at the desk of its liaison."""
    made, made.code = walk.report(committee, courtyard, name="宪某", phone="13812345678")
    return made


@pytest.fixture
def second(committee, courtyard):
    """Another voice about the same matter."""
    made, _code = walk.report(committee, courtyard, text="我们院坝晚上也黑。", key="second-form", phone="13900000000")
    return made


@pytest.fixture
def strangers(county, committee, other_committee, voice):
    """People who have nothing to do with the voice."""
    return moves.strangers(county, committee, other_committee, voice)
