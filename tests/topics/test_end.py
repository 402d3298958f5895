"""A topic that is declined, withdrawn or merged: its voices go back or along, and every proposer is told."""

import pytest

from shangliang.journal.outbox import relay
from shangliang.notifications.models import Notice
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import moves
from ..journeys import walk

FIELDS = {"title": "另一个议题", "summary": "", "category": "service"}


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_the_voices_go_back_to_be_answered_and_their_clock_starts_anew(verb, reviewing, voice, liaison):
    getattr(topics, verb)(by=liaison, topic=reviewing, why="属于移动公司的事")
    back = Voice.objects.get(pk=voice.pk)
    assert (back.state, back.outcome_words) == (Voice.State.SCREENING, "属于移动公司的事")
    assert back.deadline.key == "voice.screen" and back.deadline.ended_on is None
    relay()
    assert Notice.objects.get(voice=voice).sentence.endswith("：属于移动公司的事")


def test_a_voice_of_another_town_goes_back_too(reviewing, liaison, office_staff, committee, other_village):
    far, _code = voices.receive(
        by=office_staff, committee=committee, key="far", channel="web", text="这边也黑", region=other_village
    )
    topics.add_voice(by=office_staff, topic=reviewing, voice=far)
    topics.decline(by=liaison, topic=reviewing, why="条件不成熟")
    assert Voice.objects.get(pk=far.pk).state == Voice.State.SCREENING


def test_a_merged_topic_brings_its_sources_along(reviewing, voice, committee, courtyard, liaison):
    second, _code = walk.report(committee, courtyard, key="second", text="也黑", phone="13900000000")
    into = topics.propose(by=liaison, voices=[second], **FIELDS)
    topics.merge(by=liaison, topic=reviewing, into=into, why="同一件事")
    assert set(into.sources.values_list("voice", flat=True)) == {voice.pk, second.pk}
    assert Topic.objects.get(pk=reviewing.pk).merged_into == into
    topics.start_review(by=liaison, topic=into)
    topics.decline(by=liaison, topic=into, why="条件不成熟")
    assert set(Voice.objects.values_list("state", flat=True)) == {Voice.State.SCREENING}
    relay()
    assert set(Notice.objects.values_list("voice", flat=True)) == {voice.pk, second.pk}


def test_nothing_merges_into_what_is_past_joining(reviewing, committee, courtyard, liaison):
    second, _code = walk.report(committee, courtyard, key="second", text="也黑")
    into = topics.propose(by=liaison, voices=[second], **FIELDS)
    for state in sorted(set(Topic.State.values) - Topic.JOINABLE):
        with pytest.raises(Refused, match="不能再归并进去"):
            topics.merge(by=liaison, topic=reviewing, into=moves.put(into, state), why="同一件事")


def test_a_topic_merges_neither_into_itself_nor_without_a_reason(reviewing, committee, courtyard, liaison):
    with pytest.raises(Refused, match="不能归并到自己"):
        topics.merge(by=liaison, topic=reviewing, into=reviewing, why="同一件事")
    second, _code = walk.report(committee, courtyard, key="second", text="也黑")
    into = topics.propose(by=liaison, voices=[second], **FIELDS)
    with pytest.raises(Refused, match="为什么是同一件事"):
        topics.merge(by=liaison, topic=reviewing, into=into, why="")
    assert Topic.objects.get(pk=reviewing.pk).state == Topic.State.REVIEWING
