"""The reception register: how many came, about what, how it was dealt with; never who."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.journal.models import Entry, PersonalValue
from shangliang.people.actors import ReceiptHolder
from shangliang.shared import clock, sealed
from shangliang.shared.refusals import Refused
from shangliang.studios import commands as studios
from shangliang.studios.models import Reception
from shangliang.voices import commands as voices
from shangliang.voices.models import Contact, Voice

WORDS = "医保断缴了，想问怎么补"


def receive(by, studio, **fields):
    return studios.receive_visitor(by=by, studio=studio, **{"matter": WORDS, "outcome": "讲了补缴的办法", **fields})


def raise_voice(by, studio, **fields):
    return receive(by, studio, **{"raise_voice": True, "key": "form-one", "name": "宪某", "phone": "13812345678", **fields})


def test_what_is_answered_on_the_spot_stays_in_the_register(studio, team):
    made, code = receive(team, studio, visitors=3, answered_on_spot=True)
    assert (made.matter, made.visitors, made.answered_on_spot, made.voice, code) == (WORDS, 3, True, None, "")
    assert not Voice.objects.exists()


def test_what_goes_on_is_a_voice_with_its_own_receipt_and_the_register_knows_nobody(studio, lead, settings):
    made, code = raise_voice(lead, studio, outcome="")
    voice = Voice.objects.select_related("contact", "venue").get()
    assert (voice.channel, voice.venue, voice.text, len(code)) == ("member", studio.venue, WORDS, 26)
    assert (made.voice, made.matter) == (voice, "")
    assert sealed.unseal(settings.CONTACT_KEY, voice.contact.name) == "宪某"
    told = Entry.objects.get(event="studios.visitor_received")
    assert voice.case_no in told.fields["voice"] and "宪某" not in str(told.fields) + WORDS.join(told.fields)


def test_the_same_form_sent_twice_is_one_reception_one_voice_and_the_same_code(studio, lead):
    assert raise_voice(lead, studio) == raise_voice(lead, studio)
    assert (Reception.objects.count(), Voice.objects.count(), Contact.objects.count()) == (1, 1, 1)
    with pytest.raises(Refused, match="内容却不同"):
        raise_voice(lead, studio, matter="别的事")
    assert receive(lead, studio, key="form-two") == receive(lead, studio, key="form-two")
    assert Reception.objects.count() == 2


def test_erasing_the_person_leaves_none_of_their_words_in_the_register(studio, lead):
    made, _code = raise_voice(lead, studio)
    voices.erase_person(by=ReceiptHolder(made.voice.pk), voice=Voice.objects.get(), why="不想留")
    made.refresh_from_db()
    assert WORDS not in f"{made.matter}{made.outcome}{Voice.objects.get().text}"
    assert not PersonalValue.objects.filter(value__contains=WORDS).exists()


@pytest.mark.parametrize(("fields", "field"), [
    ({"matter": " "}, "matter"), ({"matter": "长" * 401}, "matter"), ({"visitors": 0}, "visitors"),
    ({"visitors": 10_000}, "visitors"), ({"outcome": ""}, "outcome"), ({"on": dt.date(2026, 5, 21)}, "on"),
    ({"on": dt.date(2026, 3, 1)}, "on"), ({"matter": "请打 13812345678"}, "matter"),
    ({"outcome": "已回电 13812345678"}, "outcome"), ({"name": "宪某"}, "name"), ({"phone": "13812345678"}, "name"),
    ({"raise_voice": True, "key": "k", "answered_on_spot": True, "outcome": ""}, "outcome"),
])
def test_what_makes_no_sense_or_names_somebody_is_refused(fields, field, studio, lead):
    with pytest.raises(Refused) as refusal:
        receive(lead, studio, **fields)
    assert refusal.value.field == field and str(refusal.value).endswith("。")
    assert not Reception.objects.exists() and not Voice.objects.exists()


def test_the_database_keeps_a_matter_in_one_place(studio, lead, committee):
    made, _code = raise_voice(lead, studio)
    for fields in ({"matter": WORDS}, {"voice": None}, {"visitors": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reception.objects.filter(pk=made.pk).update(**fields)


def test_from_the_page_the_code_is_shown_once_and_only_who_may_reads_the_words(studio, lead, team, client_as):
    client, path = client_as(lead), f"/desk/do/studio/{studio.pk}/receive_visitor/"
    form = {
        "on": "2026-05-20", "visitors": "1", "matter": WORDS, "outcome": "转给联络员", "raise_voice": "on", "phone":
        "13812345678", "key": "page-key", "seen": "open",
    }
    answer = client.post(path, form)
    assert answer.status_code == 302 and answer["Location"] == "/desk/voices/slip/"
    assert "已收到，请把查询码交给反映人" in client.get(answer["Location"]).content.decode()
    record = f"/desk/studios/{studio.pk}/"
    assert WORDS in client.get(record).content.decode()
    other = client_as(team).get(record).content.decode()
    assert WORDS not in other and Voice.objects.get().case_no in other and "13812345678" not in other
    plain = client.post(path, {**form, "raise_voice": "", "phone": "", "key": "another"})
    assert plain["Location"] == record
    kept = client.post(path, {**form, "raise_voice": "", "key": "third"})
    assert kept.status_code == 409 and "不登记民声时不记姓名和电话" in kept.content.decode() and WORDS in kept.content.decode()


def test_a_reception_of_last_month_may_be_entered_late(studio, lead):
    made, _code = receive(lead, studio, on=dt.date(2026, 4, 20))
    assert made.on < clock.today()
