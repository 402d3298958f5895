"""The satisfaction rate: silence is left out of it and shown beside it."""

from fractions import Fraction

import pytest

from shangliang.outcomes import commands as outcomes
from shangliang.outcomes.queries import ratings_of, satisfaction
from shangliang.people.actors import CLOCK, ReceiptHolder
from shangliang.shared import clock
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from ..journeys import walk
from .conftest import dt


@pytest.fixture
def answered(committee, courtyard, liaison):
    """Make a voice that was answered and, unless silent, rated."""

    def make(key, value=None):
        voice, _code = walk.report(committee, courtyard, key=key, text=key)
        voices.answer(by=liaison, voice=voice, words="修好了。")
        voice = Voice.objects.get(pk=voice.pk)
        if value:
            outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value=value)
        else:
            with clock.at(clock.now() + dt.timedelta(days=20)):
                voices.close_unrated(by=CLOCK, voice=voice)
        return voice

    return make


def test_silence_is_excluded_from_the_rate_and_shown(answered):
    for key, value in [("a", "satisfied"), ("b", "mostly"), ("c", "not"), ("d", None), ("e", None)]:
        answered(key, value)
    found = satisfaction(Voice.objects.all())
    assert (found.satisfied, found.mostly, found.not_satisfied, found.silent) == (1, 1, 1, 2)
    assert found.rate == Fraction(2, 3) and found.rated == 3


def test_where_nobody_answered_there_is_no_rate(answered):
    answered("a")
    assert satisfaction(Voice.objects.all()).rate is None
    assert satisfaction(Voice.objects.all()).silent == 1


def test_a_person_counts_once_by_the_last_word(answered, liaison):
    voice = answered("a", "not")
    voices.reopen(by=ReceiptHolder(voice.pk), voice=Voice.objects.get(), why="还是黑")
    voices.answer(by=liaison, voice=Voice.objects.get(), words="又修了。")
    outcomes.rate(by=ReceiptHolder(voice.pk), voice=Voice.objects.get(), value="satisfied")
    found = satisfaction(Voice.objects.all())
    assert (found.rated, found.satisfied, found.not_satisfied) == (1, 1, 0)
    assert [r.value for r in ratings_of(voice.case)] == ["not", "satisfied"]
