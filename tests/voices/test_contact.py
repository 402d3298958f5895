"""Contact data: read for a stated reason and never without an entry; erased with everything personal."""

import json

import pytest
from django.core import serializers

from shangliang.files.models import Attachment
from shangliang.journal.models import Entry, PersonalValue
from shangliang.journal.outbox import relay
from shangliang.journal.verify import verify
from shangliang.notifications.models import Notice
from shangliang.outcomes import commands as outcomes
from shangliang.outcomes.models import Rating
from shangliang.people.actors import ReceiptHolder
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Contact, Voice

from .. import factories, moves
from ..journeys import walk


def test_reading_the_contact_is_entered_with_its_reason(voice, liaison):
    assert voices.reveal_contact(by=liaison, voice=voice, why="回访") == ("宪某", "13812345678")
    entry = Entry.objects.get(event="voices.contact_read")
    assert (entry.why, entry.actor, entry.subject_id) == ("回访", liaison.reference, voice.pk)


def test_a_voice_without_contact_is_read_as_empty_and_entered_too(second, liaison):
    Contact.objects.filter(voice=second).delete()
    assert voices.reveal_contact(by=liaison, voice=second, why="回访") == ("", "")
    assert Entry.objects.filter(event="voices.contact_read").count() == 1


def test_the_contact_is_shown_to_the_handling_chain_alone(voice, strangers, unit_clerk, party_approver):
    people = strangers | {"unit": unit_clerk, "Party": party_approver, "holder": ReceiptHolder(voice.pk)}
    assert moves.refused_to(people, voice, lambda by, v: voices.reveal_contact(by=by, voice=v, why="看看")) == []


def test_erasing_is_for_the_person_and_the_office(voice, strangers, liaison):
    people = strangers | {"liaison": liaison}
    assert moves.refused_to(people, voice, lambda by, v: voices.erase_person(by=by, voice=v)) == []


@pytest.fixture
def told_all(committee, courtyard, liaison):
    """A voice with words, a place, a picture, a contact, an answer, a rating with a comment and a reopening."""
    voice, _code = walk.report(
        committee, courtyard, text="宪大妈家门口的灯不亮", place_note="宪大妈家门口", name="宪大妈",
        phone="13812345678", photos=[walk.picture()],
    )
    voices.ask_info(by=liaison, voice=voice, question="宪大妈您说哪盏？")
    voices.supplement(by=ReceiptHolder(voice.pk), voice=voice, text="宪大妈说是左边那盏")
    voices.answer(by=liaison, voice=voice, words="宪大妈您好，已修好。")
    outcomes.rate(by=ReceiptHolder(voice.pk), voice=voice, value="not", comment="宪大妈说没有修")
    voices.reopen(by=ReceiptHolder(voice.pk), voice=voice, why="宪大妈请再看一次")
    relay()
    return Voice.objects.get(pk=voice.pk)


def test_an_erased_person_is_nowhere_any_more_and_the_chain_holds(told_all, committee):
    voices.erase_person(by=ReceiptHolder(told_all.pk), voice=told_all, why="本人要求")
    relay()
    rows = [*Voice.objects.all(), *Notice.objects.all(), *Rating.objects.all(), *Entry.objects.all(),
            *PersonalValue.objects.all()]
    left = json.loads(serializers.serialize("json", rows))
    assert [row for row in left if "宪大妈" in str(row["fields"])] == []
    assert not Contact.objects.exists()
    assert not Attachment.objects.filter(subject="voices.voice").exists()
    assert not Notice.objects.filter(by_phone=True).exists()
    assert Rating.objects.get().value == "not"
    assert Voice.objects.get().erased_on == clock.today()
    assert verify().whole


def test_after_erasing_the_contact_is_refused_and_the_form_cannot_come_back(told_all, committee, courtyard, office_staff):
    voices.erase_person(by=office_staff, voice=told_all, why="本人要求")
    with pytest.raises(Refused, match="已按要求删除"):
        voices.reveal_contact(by=office_staff, voice=told_all, why="回访")
    with pytest.raises(Refused, match="已经提交过一次"):
        walk.report(committee, courtyard, text="宪大妈家门口的灯不亮")


def test_erasing_one_merged_person_leaves_the_other_on_notice(voice, second, liaison, office_staff):
    voices.merge(by=liaison, voice=second, into=voice, why="同一盏灯")
    voices.erase_person(by=office_staff, voice=Voice.objects.get(pk=second.pk), why="本人要求")
    voices.answer(by=liaison, voice=voice, words="已经修好。")
    relay()
    entry = Entry.objects.get(event="voices.screened")
    by_phone = dict(Notice.objects.filter(entry=entry.seq).values_list("voice", "by_phone"))
    assert by_phone == {voice.pk: True, second.pk: False}


def test_an_account_that_lost_its_role_no_longer_reads(voice, committee, county):
    former = factories.account(Role.LIAISON, committee=committee, region=county.at["500153112"])
    with pytest.raises(Refused, match="只有本镇街联络员"):
        voices.reveal_contact(by=former, voice=voice, why="看看")
    assert not Entry.objects.filter(event="voices.contact_read").exists()
