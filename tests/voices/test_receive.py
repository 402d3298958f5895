"""Receiving a voice: the code, what is stored of it, what is refused, and the clock that starts."""

import pytest
from django.conf import settings
from django.core import serializers

from shangliang.journal.models import Entry, PersonalValue, Submission
from shangliang.people.actors import ANYONE
from shangliang.shared import receipts
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Contact, Voice

from ..journeys import walk


def test_a_voice_is_received_and_lies_at_once_at_the_desk_of_its_place(voice):
    assert Voice.objects.get().state == Voice.State.SCREENING
    assert voice.deadline.key == "voice.screen" and voice.deadline.length == 3
    told = Entry.objects.filter(case_no=voice.case_no).order_by("seq").values_list("event", "verb", "target")
    assert list(told) == [
        ("voices.received", "", ""), ("voices.screening_begun", "begin_screening", "screening")
    ]


def test_only_the_fingerprint_of_the_code_is_stored(voice):
    assert len(voice.code) == 26
    assert voice.receipt == receipts.fingerprint(settings.RECEIPT_KEY, voice.code)
    rows = [*Voice.objects.all(), *Contact.objects.all(), *Entry.objects.all(), *PersonalValue.objects.all(),
            *Submission.objects.all()]
    assert voice.code not in serializers.serialize("json", rows)


def test_the_contact_is_sealed_in_its_row_and_nowhere_in_the_journal(voice):
    contact = Contact.objects.get(voice=voice)
    assert contact.phone.startswith("aes256gcm:") and "138" not in contact.phone
    journal = serializers.serialize("json", [*Entry.objects.all(), *PersonalValue.objects.all()])
    assert "13812345678" not in journal and "宪某" not in journal


def test_the_words_of_the_person_enter_the_journal_only_as_a_commitment(voice):
    entry = Entry.objects.get(event="voices.received")
    assert "看不见路" not in entry.data
    assert PersonalValue.objects.get(entry=entry, field="text").value == voice.text


@pytest.mark.parametrize(("text", "says"), [("", "请写下是什么事"), ("  \n", "请写下是什么事"), ("黑" * 2001, "现在是 2001 字")])
def test_words_that_are_missing_or_too_many_are_refused_at_their_field(text, says, committee, courtyard):
    with pytest.raises(Refused, match=says) as refused:
        walk.report(committee, courtyard, text=text)
    assert refused.value.field == "text"
    assert not Voice.objects.exists() and not Submission.objects.exists()


def test_two_thousand_characters_are_taken(committee, courtyard):
    voice, _code = walk.report(committee, courtyard, text="黑" * 2000)
    assert len(Voice.objects.get(pk=voice.pk).text) == 2000


def test_a_place_that_would_not_fit_is_refused_in_words(committee, courtyard):
    with pytest.raises(Refused, match="80 字以内"):
        walk.report(committee, courtyard, place_note="路" * 81)


def test_typing_in_for_somebody_needs_a_log_in_and_keeps_the_voice_theirs(
    committee, courtyard, member_account, unit_clerk
):
    fields = {"committee": committee, "channel": "visit", "region": courtyard.region, "text": "路灯不亮", "on_behalf": True}
    for who in (ANYONE, unit_clerk):
        with pytest.raises(Refused, match="代群众反映须由"):
            voices.receive(by=who, key="k1", **fields)
    voice, _code = voices.receive(by=member_account, key="k2", **fields)
    assert voice.entered_by == member_account
    assert Entry.objects.get(event="voices.received").fields["on_behalf"] is True
