"""Proposing a topic: from voices or another source, never from nothing; its voices follow it."""

import pytest

from shangliang.journal.models import Entry
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic, TopicSource
from shangliang.voices.models import Voice

from .. import factories, moves
from ..journeys import walk

FIELDS = {"title": "安装路灯", "summary": "夜里黑。", "category": "service"}


def test_a_topic_continues_the_case_of_its_first_voice(voice, topic):
    assert topic.case == voice.case
    assert topic.deadline.key == "topic.review"
    assert Voice.objects.get(pk=voice.pk).state == Voice.State.TOPIC
    assert list(voice.topic_sources.values_list("topic", flat=True)) == [topic.pk]


def test_the_same_voice_named_twice_is_one_source(voice, liaison):
    topic = topics.propose(by=liaison, voices=[voice, voice], **FIELDS)
    assert topic.sources.count() == 1


def test_a_topic_needs_a_source_a_name_and_a_place(voice, liaison, village):
    with pytest.raises(Refused, match="至少要有一个来源"):
        topics.propose(by=liaison, region=village, **FIELDS)
    with pytest.raises(Refused, match="请写议题名称"):
        topics.propose(by=liaison, voices=[voice], **FIELDS | {"title": " "})
    with pytest.raises(Refused, match="请选择地点"):
        topics.propose(by=liaison, source=(TopicSource.Kind.PARTY, None), **FIELDS)
    assert not Topic.objects.exists() and Voice.objects.get().state == Voice.State.SCREENING


def test_a_member_a_unit_and_the_party_can_be_the_source(liaison, village, committee, unit):
    sources = [("member", factories.member(committee)), ("unit", unit), ("party", None)]
    for source in sources:
        topic = topics.propose(by=liaison, region=village, source=source, **FIELDS)
        assert topic.sources.get().kind == source[0]
    assert len(set(Topic.objects.values_list("case", flat=True))) == 3


def test_only_handlers_of_the_place_propose(strangers, voice, member_account, unit_clerk, party_approver):
    people = strangers | {"member": member_account, "unit": unit_clerk, "Party": party_approver}
    del people["office of another committee"]  # it proposes at home; the voice is the next test's
    assert moves.refused_to(people, voice, lambda by, v: topics.propose(by=by, voices=[v], **FIELDS)) == []


def test_another_committees_office_cannot_take_our_voice(strangers, voice):
    with pytest.raises(Refused):
        topics.propose(by=strangers["office of another committee"], voices=[voice], **FIELDS)
    assert not Topic.objects.exists()


def test_a_voice_that_waits_for_nobody_cannot_become_a_topic(voice, topic, liaison):
    with pytest.raises(Refused, match="已转议题"):
        topics.propose(by=liaison, voices=[Voice.objects.get(pk=voice.pk)], **FIELDS)
    assert Topic.objects.count() == 1


def test_another_voice_joins_until_the_consultation_is_prepared(topic, liaison, committee, courtyard):
    for state in Topic.State.values:
        again, _code = walk.report(committee, courtyard, key=state, text=state)
        thing = moves.put(topic, state, review_on=topic.proposed_on)
        if state in Topic.JOINABLE:
            topics.add_voice(by=liaison, topic=thing, voice=again)
            assert Voice.objects.get(pk=again.pk).state == Voice.State.TOPIC
        else:
            with pytest.raises(Refused, match="议题已进入协商"):
                topics.add_voice(by=liaison, topic=thing, voice=again)
    assert topic.sources.count() == 1 + len(Topic.JOINABLE)
    assert Entry.objects.filter(event="topics.voice_added").count() == len(Topic.JOINABLE)


def test_a_voice_that_came_back_joins_its_topic_again_as_the_same_source(voice, topic, liaison):
    again = moves.put(voice, Voice.State.REOPENED)
    topics.add_voice(by=liaison, topic=topic, voice=again)
    assert topic.sources.count() == 1
    with pytest.raises(Refused):
        topics.add_voice(by=liaison, topic=topic, voice=Voice.objects.get(pk=voice.pk))
