"""Agreed items of the lamp consultation, before and after the minutes were issued."""

import pytest

from shangliang.agreements.models import Agreement
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
def held(topic, liaison, courtyard, unit, members):
    """A consultation that was held; the test lives on its day."""
    consultation = walk.convened(liaison, topic, courtyard, unit, members)
    with clock.at(consultation.starts_at):
        walk.held(liaison, consultation)
        yield consultation


@pytest.fixture
def draft(held, liaison, unit):
    """An item of the unit, still a draft."""
    return walk.item(liaison, held, unit=unit)


@pytest.fixture
def self_help(held, liaison, unit):
    """An item that costs the villagers money, waiting for the village's decision."""
    item = walk.item(
        liaison, held, unit=unit, kind=Agreement.Kind.SELF_HELP, party=Agreement.Party.VILLAGERS,
        text="每户投工两个、出资三百元，硬化院坝。", villagers_yuan=5400, villagers_days=36,
    )
    walk.issued(liaison, held)
    return Agreement.objects.get(pk=item.pk)


@pytest.fixture
def strangers(county, committee, other_committee):
    """People who have nothing to do with the item."""
    return moves.strangers(county, committee, other_committee)
