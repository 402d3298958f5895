"""Merging: both proposers stay on notice, the case leads on, and nothing merges into itself or into nothing."""

import pytest

from shangliang.journal.models import Entry
from shangliang.journal.outbox import relay
from shangliang.notifications.models import Notice
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from .. import moves
from ..journeys import walk


def merge(liaison, voice, into, why="同一盏灯"):
    voices.merge(by=liaison, voice=voice, into=into, why=why)
    return Voice.objects.get(pk=voice.pk)


def test_a_merged_voice_follows_its_parent_and_its_case_leads_there(voice, second, liaison):
    merged = merge(liaison, second, voice)
    assert (merged.state, merged.merged_into) == (Voice.State.MERGED, voice)
    assert merged.case.joined_to == voice.case
    assert merged.deadline.ended_on is not None


def test_every_merged_proposer_is_told_what_the_parent_is_told(voice, second, liaison):
    merge(liaison, second, voice)
    relay()
    voices.refer(by=liaison, voice=voice, to="区供电公司", words="已转供电公司。")
    voices.give_result(by=liaison, voice=voice, words="灯装好了。")
    relay()
    result = Entry.objects.get(event="voices.result_given")
    told = Notice.objects.filter(entry=result.seq)
    assert {notice.voice_id for notice in told} == {voice.pk, second.pk}
    assert all(notice.by_phone and notice.sentence == "结果：灯装好了。" for notice in told)
    assert {notice.case_no for notice in told} == {voice.case_no}


def test_a_chain_of_mergers_ends_at_one_parent(committee, courtyard, voice, second, liaison):
    third, _code = walk.report(committee, courtyard, key="third", text="第三个人也说")
    merge(liaison, third, second)
    merge(liaison, second, voice)
    assert Voice.objects.get(pk=third.pk).merged_into == voice
    fourth, _code = walk.report(committee, courtyard, key="fourth", text="第四个人也说")
    assert merge(liaison, fourth, Voice.objects.get(pk=third.pk)).merged_into == voice


def test_nothing_merges_into_itself(voice, second, liaison):
    with pytest.raises(Refused, match="不能归并到自己"):
        merge(liaison, voice, voice)
    merged = merge(liaison, second, voice)
    with pytest.raises(Refused, match="不能归并到自己"):
        merge(liaison, voice, merged)


def test_a_merger_needs_a_reason(voice, second, liaison):
    with pytest.raises(Refused, match="为什么是同一件事"):
        merge(liaison, second, voice, why="")


def test_nothing_merges_into_what_has_ended(voice, second, liaison):
    for state in sorted(Voice.DONE):
        ended = moves.put(second, state)
        with pytest.raises(Refused, match="已经办结"):
            merge(liaison, voice, ended)


def test_nothing_merges_into_another_committees_voice(voice, second, other_committee, liaison):
    elsewhere = moves.put(second, "screening", committee=other_committee)
    with pytest.raises(Refused, match="请选择还在办理的一件"):
        merge(liaison, voice, elsewhere)
