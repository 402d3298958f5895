"""Recording: one transaction, one entry for one change, nothing left of what failed."""

import threading

import pytest
from django.db import connection, transaction

from shangliang.journal import once
from shangliang.journal.models import Delivery, Entry, Submission
from shangliang.journal.outbox import relay
from shangliang.journal.record import command, record
from shangliang.journal.verify import verify
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices import events
from shangliang.voices.models import Voice
from tests import factories
from tests.journeys import walk


def test_an_entry_outside_a_command_is_refused(committee, courtyard):
    voice, _code = walk.report(committee, courtyard)
    with pytest.raises(RuntimeError):
        record(events.VoiceConfirmed(), about=voice, by=CLOCK)


def test_a_command_that_fails_leaves_no_entry_and_no_row(committee, courtyard):
    @command
    def half(*, by):
        walk.report(committee, courtyard)
        raise Refused("不行")

    with pytest.raises(Refused):
        half(by=ANYONE)
    assert not Voice.objects.exists()
    assert not Entry.objects.filter(event="voices.received").exists()
    assert verify().whole


def test_a_command_within_a_command_that_fails_takes_its_entries_back(committee, courtyard):
    @command
    def outer(*, by):
        voice, _code = walk.report(committee, courtyard)
        with pytest.raises(Refused):
            voices.give_result(by=CLOCK, voice=voice, words="亮了")
        return voice

    voice = outer(by=ANYONE)
    told = Entry.objects.filter(case_no=voice.case_no).values_list("event", flat=True)
    assert list(told) == ["voices.received", "voices.screening_begun"]


def test_the_same_form_twice_is_one_record_with_the_same_code(committee, courtyard):
    first, code = walk.report(committee, courtyard)
    again, same = walk.report(committee, courtyard)
    assert (first.pk, code) == (again.pk, same)
    assert Submission.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(committee, courtyard):
    walk.report(committee, courtyard)
    with pytest.raises(Refused, match="内容却不同"):
        walk.report(committee, courtyard, text="另一件事")


def test_a_listener_that_fails_is_tried_again_and_told_once(committee, courtyard, office_staff, monkeypatch):
    from shangliang.notifications import listeners
    from shangliang.notifications.models import Notice

    voice, _code = walk.report(committee, courtyard, phone="13812345678")
    voices.answer(by=office_staff, voice=voice, words="已经修好了。")
    real = listeners.tell_reporter
    monkeypatch.setattr(listeners, "tell_reporter", lambda *, entry: 1 / 0)
    assert relay() == (0, 1)
    monkeypatch.setattr(listeners, "tell_reporter", real)
    delivery = Delivery.objects.get(done_at=None)
    assert delivery.attempts == 1 and "ZeroDivision" in delivery.last_error
    assert relay(now=delivery.due_at) == (1, 0)
    listeners.tell_reporter(entry=delivery.entry)
    assert Notice.objects.filter(voice=voice).count() == 1
    assert Notice.objects.get().by_phone


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_at_once_cannot_both_win():
    """Eight threads take the same step at the same moment: one wins, the others are told; the chain holds."""
    from shangliang.rules import commands as rules

    places = factories.divisions()
    committee = factories.committee(places["500153"])
    rules.seed_calendar(by=CLOCK)
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        venue = factories.courtyard(places["500153005200"], committee=committee)
        office = factories.clerk_of_register(committee)
        voice, _code = walk.report(committee, venue)
    barrier, outcomes = threading.Barrier(8), []

    def press():
        try:
            with within(committee):
                mine = Voice.objects.select_related("case", "region", "deadline", "committee").get(pk=voice.pk)
                barrier.wait()
                voices.answer(by=office, voice=mine, words="马上修。")
                outcomes.append("won")
        except Refused:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told"] * 7 + ["won"]
    assert Entry.objects.filter(event="voices.screened").count() == 1
    assert verify().whole


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_unbroken_chain():
    from shangliang.rules import commands as rules

    places = factories.divisions()
    committee = factories.committee(places["500153"])
    rules.seed_calendar(by=CLOCK)
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        venue = factories.courtyard(places["500153005200"], committee=committee)
    failures = []

    def report(number):
        try:
            with within(committee):
                for turn in range(5):
                    walk.report(committee, venue, text=f"{number}-{turn}", key=f"key-{number}-{turn}")
        except Exception as error:
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=report, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with within(committee):
        assert Voice.objects.count() == 30
        assert len(set(Voice.objects.values_list("case__no", flat=True))) == 30
    assert verify().whole


def test_a_key_is_remembered_with_the_record_in_one_transaction(committee, courtyard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        walk.report(committee, courtyard)
        raise ZeroDivisionError
    assert once.already("lamp-form-key", []) is None
