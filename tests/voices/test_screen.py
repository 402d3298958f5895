"""Screening: each outcome with its reason and words, the questions to the person, and the clock."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.people.actors import ReceiptHolder
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice
from shangliang.voices.reasons import CHANNELS, GROUNDS

from .. import moves
from ..journeys import walk

LONG = "长" * 401


REFUSED = [
    ("answer", {"words": ""}, "看得懂的说明"),
    ("answer", {"words": "  "}, "看得懂的说明"),
    ("answer", {"words": LONG}, "400 字以内"),
    ("refer", {"to": "", "words": "转了"}, "请写明转给谁"),
    ("refer", {"to": "12345", "words": ""}, "看得懂的说明"),
    ("turn_to_info", {"words": ""}, "看得懂的说明"),
    ("guide", {"channel": "nonsense"}, "请选择一条法定渠道"),
    ("not_accept", {"ground": "nonsense"}, "请选择一条理由"),
    ("not_accept", {"ground": "spam", "words": LONG}, "400 字以内"),
    ("ask_info", {"question": " "}, "需要补充什么"),
    ("reveal_contact", {"why": ""}, "为什么需要查看"),
]


def test_an_outcome_without_its_words_is_refused_and_nothing_moves(voice, liaison):
    before = Entry.objects.count()
    for verb, fields, says in REFUSED:
        with pytest.raises(Refused, match=says):
            getattr(voices, verb)(by=liaison, voice=Voice.objects.get(), **fields)
    assert Voice.objects.get().state == Voice.State.SCREENING
    assert Voice.objects.get().deadline.ended_on is None
    assert Entry.objects.count() == before


def test_a_guided_person_reads_the_lawful_channel(voice, liaison):
    for channel, reason in CHANNELS.items():
        with moves.taken_back():
            voices.guide(by=liaison, voice=Voice.objects.get(), channel=channel, words="街道司法所可以帮忙。")
            kept = Voice.objects.get()
            assert (kept.state, kept.outcome_code) == (Voice.State.GUIDED, channel)
            assert kept.outcome_words == f"{reason.words}街道司法所可以帮忙。"
            assert kept.deadline.ended_on == clock.today()


def test_a_declined_person_reads_the_ground(voice, liaison):
    for ground, reason in GROUNDS.items():
        with moves.taken_back():
            voices.not_accept(by=liaison, voice=Voice.objects.get(), ground=ground)
            kept = Voice.objects.get()
            assert (kept.state, kept.outcome_code) == (Voice.State.NOT_ACCEPTED, ground)
            assert kept.outcome_words == reason.words
            assert Entry.objects.get(event="voices.screened").fields["outcome"] == reason.title


def test_a_referred_voice_stays_ours_until_its_result(voice, liaison):
    voices.refer(by=liaison, voice=voice, to="12345", words="已转热线。", external_no="A1")
    assert Voice.objects.get().external_no == "A1"
    voices.give_result(by=liaison, voice=voice, words="垃圾已清走。")
    assert Voice.objects.get().state == Voice.State.RESULT
    assert Voice.objects.get().deadline.key == "voice.evaluate"


@pytest.mark.parametrize(("words", "says"), [("", "大白话"), ("灯" * 201, "200 字以内")])
def test_a_result_is_told_in_a_few_plain_words(words, says, voice, liaison):
    voices.turn_to_info(by=liaison, voice=voice, words="写成信息报送。")
    with pytest.raises(Refused, match=says):
        voices.give_result(by=liaison, voice=voice, words=words)
    assert Voice.objects.get().state == Voice.State.INFO


def test_the_clock_of_screening_stands_still_while_the_person_is_asked(committee, courtyard, liaison):
    with clock.at(dt.date(2023, 6, 12)):
        voice, _code = walk.report(committee, courtyard)
    assert voice.deadline.due_on == dt.date(2023, 6, 15)
    with clock.at(dt.date(2023, 6, 13)):
        voices.ask_info(by=liaison, voice=voice, question="哪一段路？")
    deadline = Deadline.objects.get(pk=voice.deadline_id)
    assert deadline.paused_on == dt.date(2023, 6, 13)
    assert not deadline.is_overdue(dt.date(2023, 7, 1))
    with clock.at(dt.date(2023, 6, 20)):
        voices.supplement(by=ReceiptHolder(voice.pk), voice=voice, text="村口到小院。")
    deadline = Deadline.objects.get(pk=voice.deadline_id)
    # One of three working days was used; 22 and 23 June are 端午, the 25th is a 调休 working day.
    assert (deadline.paused_on, deadline.due_on) == (None, dt.date(2023, 6, 25))
    assert Voice.objects.get().text.endswith("补充：村口到小院。")


def test_an_empty_supplement_is_refused(voice, liaison):
    voices.ask_info(by=liaison, voice=voice, question="哪一段路？")
    with pytest.raises(Refused) as refused:
        voices.supplement(by=ReceiptHolder(voice.pk), voice=voice, text=" ")
    assert refused.value.field == "text"
    assert Voice.objects.get().state == Voice.State.NEED_INFO


def test_the_record_keeps_one_language_whatever_language_the_actor_reads(voice, liaison):
    from django.utils import translation

    from shangliang.journal.record import as_stored

    with translation.override("en"):
        voices.guide(by=liaison, voice=voice, channel="litigation")
    entry = Entry.objects.get(event="voices.screened")
    assert entry.fields["outcome"] == as_stored(CHANNELS["litigation"].title) == "涉法涉诉"
    assert entry.actor_role == "安富街道联络员"
    assert Voice.objects.get().outcome_words == as_stored(CHANNELS["litigation"].words)
