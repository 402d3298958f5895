"""What the clock does by itself: unrated endings, reminders, the outbox; twice changes nothing more."""

import datetime as dt
import os

import pytest

from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.outcomes.models import Rating
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Reminder, Task
from shangliang.tick import _for_each, _publish
from shangliang.tick import work as tick
from shangliang.topics.models import Topic
from shangliang.voices import commands as voices
from shangliang.voices.models import Contact, Voice

from .journeys import walk
from .journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]


def on(day):
    with clock.at(day):
        return tick()


@pytest.fixture
def answered(committee, courtyard, liaison):
    """A voice answered on 12 June 2023: seven days to rate it."""
    with clock.at(dt.date(2023, 6, 12)):
        voice, _code = walk.report(committee, courtyard)
        voices.answer(by=liaison, voice=voice, words="修好了。")
    return voice


def test_a_voice_that_nobody_rated_ends_unrated_the_day_after_its_last(answered):
    assert on(dt.date(2023, 6, 19))["unrated"] == 0
    assert Voice.objects.get().state == Voice.State.ANSWERED
    assert on(dt.date(2023, 6, 20))["unrated"] == 1
    assert Voice.objects.get().state == Voice.State.CLOSED
    assert Entry.objects.get(event="voices.closed").fields["how"] == "未评价"
    assert not Rating.objects.exists()


def test_a_second_tick_changes_nothing_more(answered):
    on(dt.date(2023, 6, 20))
    entries = Entry.objects.count()
    assert set(on(dt.date(2023, 6, 20)).values()) == {0}
    assert Entry.objects.count() == entries and verify().whole


def test_a_task_that_nobody_rated_ends_unrated_with_its_item_and_topic(lamp, unit_clerk, office_staff):
    _voice, task = lamp
    with clock.at(dt.date(2023, 6, 20)):
        walk.answered(unit_clerk, task)
        walk.accepted(office_staff, task)
    on(dt.date(2023, 6, 29))
    assert Voice.objects.get().state == Voice.State.CLOSED
    assert Task.objects.get().state == Task.State.AWAITING_EVALUATION
    on(dt.date(2023, 7, 20))
    assert (Task.objects.get().state, Task.objects.get().closed_how) == (Task.State.CLOSED, "未评价")
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Voice.objects.get().case.stage == "ended"


def test_reminders_come_once_per_step_and_anew_for_a_new_date(lamp, unit_clerk, office_staff):
    _voice, task = lamp  # due 4 July 2023
    days = [dt.date(2023, 6, 28), dt.date(2023, 6, 29), dt.date(2023, 6, 30), dt.date(2023, 7, 4)]
    assert [on(day)["reminded"] for day in days] == [0, 1, 0, 1]
    with clock.at(dt.date(2023, 7, 4)):
        tasks.acknowledge(by=unit_clerk, task=task)
        tasks.request_extension(by=unit_clerk, task=task, days=10, reason="缺货")
        tasks.grant_extension(by=office_staff, task=task)
    assert on(dt.date(2023, 7, 5))["reminded"] == 0
    assert [on(dt.date(2023, 7, day))["reminded"] for day in (13, 18, 25, 26)] == [1, 1, 1, 0]
    assert list(Reminder.objects.order_by("pk").values_list("step", flat=True)) == [
        "soon", "due", "soon", "due", "escalated",
    ]


def test_nobody_is_reminded_while_the_clock_stands_still_or_after_the_answer(lamp, unit_clerk):
    _voice, task = lamp
    with clock.at(dt.date(2023, 6, 13)):
        tasks.object(by=unit_clerk, task=task, reason="不是我们的事")
    assert on(dt.date(2023, 8, 1))["reminded"] == 0
    assert not Reminder.objects.exists()


def test_one_thing_that_somebody_moved_meanwhile_does_not_stop_the_others(committee, courtyard, liaison, monkeypatch):
    from shangliang.shared.refusals import Refused

    with clock.at(dt.date(2023, 6, 12)):
        for key in "ab":
            voice, _code = walk.report(committee, courtyard, key=key, text=key)
            voices.answer(by=liaison, voice=voice, words="修好了。")
    real, first = voices.close_unrated, voice.pk - 1

    def moved_meanwhile(*, by, voice):
        if voice.pk == first:
            raise Refused("刚才已有人处理过这一件。")
        return real(by=by, voice=voice)

    monkeypatch.setattr(voices, "close_unrated", moved_meanwhile)
    assert on(dt.date(2023, 6, 30))["unrated"] == 1
    assert Voice.objects.get(pk=voice.pk).state == Voice.State.CLOSED


def test_the_clock_serves_every_committee(committee, courtyard, liaison, other_committee, county, answered):
    from shangliang.people.tenancy import within

    from . import factories

    there = county.at["511083104200"]
    with within(other_committee), clock.at(dt.date(2023, 6, 12)):
        office = factories.clerk_of_register(other_committee)
        yard = factories.courtyard(there, committee=other_committee)
        voice, _code = walk.report(other_committee, yard, key="there")
        voices.answer(by=office, voice=voice, words="修好了。")
    assert on(dt.date(2023, 6, 20))["unrated"] == 2
    assert Voice.everywhere.filter(state="closed").count() == 2


def test_contacts_go_when_their_months_are_over_and_not_a_day_before(committee, courtyard, office_staff):
    """Rule pii.retention: twelve months after the matter ended (PIPL art. 19)."""
    with clock.at(dt.date(2024, 3, 4)):
        voice, _code = walk.report(committee, courtyard, phone="13812345678")
        voices.not_accept(by=office_staff, voice=voice, ground="beyond_powers")
    on(dt.date(2025, 3, 4))
    assert Contact.objects.filter(voice=voice).exists()
    assert on(dt.date(2025, 3, 6))["expired"] == 1
    assert on(dt.date(2025, 3, 6))["expired"] == 0
    assert not Contact.objects.filter(voice=voice).exists()
    assert Entry.objects.filter(event="voices.contact_expired", subject_id=voice.pk).count() == 1


def test_a_tick_that_finds_nothing_new_writes_nothing(lamp, unit_clerk, django_assert_max_num_queries):
    """A reminder once sent costs nothing on the next minute: the ladder's own query tells that it was."""
    task = Task.objects.get()
    with clock.at(task.deadline.due_on):
        tick()
        entries = Entry.objects.count()
        with django_assert_max_num_queries(18) as asked:
            tick()
        assert Entry.objects.count() == entries
        assert not [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "SAVEPOINT"))]


def test_one_committee_that_fails_does_not_stop_the_others_and_is_tried_again_within_the_hour(
    committee, other_committee, settings, tmp_path, monkeypatch
):
    settings.HOME = tmp_path
    made, broken = [], {committee.code}

    def make(of):
        if of.code in broken:
            raise OSError("disk full")
        made.append(of.code)

    monkeypatch.setattr("shangliang.tick.make_bundle", make)
    assert _for_each(_publish, "made") == 1 and made == [other_committee.code]
    assert _for_each(_publish, "made") == 0
    broken.clear()
    mark = tmp_path / f"made-{committee.code}"
    earlier = mark.stat().st_mtime - 3601
    os.utime(mark, (earlier, earlier))
    assert _for_each(_publish, "made") == 1 and made == [other_committee.code, committee.code]
