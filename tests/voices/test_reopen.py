"""Reopening: once by right, later by the office alone, and the person's own words can be erased with the rest."""

import pytest

from shangliang.journal.models import Entry, PersonalValue
from shangliang.people.actors import ReceiptHolder
from shangliang.rules import commands as rules
from shangliang.rules.models import Rule
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice


def again(voice, liaison, by=None, why="三组一处也没有"):
    voice = Voice.objects.get(pk=voice.pk)
    voices.answer(by=liaison, voice=voice, words="已有六处。")
    voices.reopen(by=by or ReceiptHolder(voice.pk), voice=voice, why=why)
    return Voice.objects.get(pk=voice.pk)


def test_the_person_may_ask_once_and_the_clock_of_screening_starts_anew(voice, liaison):
    reopened = again(voice, liaison)
    assert (reopened.state, reopened.reopened) == (Voice.State.REOPENED, 1)
    assert reopened.deadline.key == "voice.screen" and reopened.deadline.ended_on is None
    assert reopened.text.endswith("要求再办理：三组一处也没有")


def test_the_second_time_only_the_office_may(voice, liaison, office_staff):
    again(voice, liaison)
    for who in (ReceiptHolder(voice.pk), liaison):
        with pytest.raises(Refused, match="已经再办理过一次"):
            again(voice, liaison, by=who)
        voice = Voice.objects.get(pk=voice.pk)
        type(voice).objects.filter(pk=voice.pk).update(state=Voice.State.REOPENED)
    assert again(voice, liaison, by=office_staff).reopened == 2


def test_a_committee_that_allows_two_times_is_obeyed(voice, liaison, office_staff):
    rule = Rule.objects.get(key="voice.reopen")
    rules.set_rule(by=office_staff, rule=rule, value=2, why="多给一次")
    again(voice, liaison)
    assert again(voice, liaison).reopened == 2
    with pytest.raises(Refused):
        again(voice, liaison)


def test_reopening_needs_a_reason(voice, liaison):
    with pytest.raises(Refused, match="为什么需要再办理"):
        again(voice, liaison, why=" ")


def test_the_persons_reason_is_only_committed_to_and_can_be_erased(voice, liaison):
    again(voice, liaison)
    entry = Entry.objects.get(event="voices.reopened")
    assert entry.why == "" and "三组" not in entry.data
    assert PersonalValue.objects.get(entry=entry).value == "三组一处也没有"
