"""Clocks of other records: started, stopped, paused, extended, explained."""

import datetime as dt
from types import SimpleNamespace

import pytest

from shangliang.people.actors import CLOCK
from shangliang.rules import commands, queries
from shangliang.rules.models import Deadline, Pause
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

D = dt.date
MONDAY = D(2023, 6, 5)


@pytest.fixture
def about(committee):
    """Some record of a case."""
    return SimpleNamespace(committee=committee, committee_id=committee.pk, case_no="RC-2023-0001")


@pytest.fixture
def start(about):
    def make(key="task.due.immediate", on=MONDAY, **terms):
        return commands.start_clock(by=CLOCK, about=about, key=key, on=on, **terms)

    return make


def test_length_and_counting_come_from_the_committees_rule(start, committee):
    running = start()
    assert (running.length, running.counted, running.due_on) == (5, "working_days", D(2023, 6, 12))
    assert (running.committee_id, running.case_no) == (committee.pk, "RC-2023-0001")
    assert not running.provisional
    assert start("task.due.hard").due_on == D(2023, 8, 4)
    assert start("task.due.proposal").due_on == D(2023, 9, 5)


def test_it_starts_today_if_nothing_else_is_said(about):
    with clock.at(D(2023, 6, 8)):
        running = commands.start_clock(by=CLOCK, about=about, key="task.acknowledge")
    assert (running.started_on, running.due_on) == (D(2023, 6, 8), D(2023, 6, 12))


def test_starting_takes_the_same_few_queries_however_long_the_period(start, django_assert_num_queries):
    with django_assert_num_queries(6):  # begin, rule, days, years, insert, commit
        start("task.acknowledge")
    with django_assert_num_queries(6):
        start("task.due.proposal_complex")


def test_a_person_may_set_days_or_the_day_itself(start):
    with clock.at(MONDAY):
        assert start(days=5).due_on == D(2023, 6, 12)  # the fifth day is a Saturday
        agreed = start("task.due.agreed", until=D(2023, 6, 10))
    assert (agreed.due_on, agreed.counted) == (D(2023, 6, 10), "agreed")


@pytest.mark.parametrize("terms", [{"days": 3}, {"until": D(2023, 6, 30)}, {"days": 0}])
def test_a_person_may_not_set_a_day_in_the_past(start, terms):
    with clock.at(D(2023, 7, 3)), pytest.raises(Refused, match="期限"):
        start(**terms)
    assert not Deadline.objects.exists()


def test_a_rule_that_is_no_time_starts_no_clock(start):
    with pytest.raises(ValueError, match=r"info\.max_chars"):
        start("info.max_chars")
    with pytest.raises(KeyError):
        start("no.such.rule")


def test_a_committee_without_rules_of_its_own_goes_by_the_sample(start, committee):
    queries.Rule.objects.filter(key="task.due.immediate").delete()
    assert start().length == 5
    assert queries.rules_of(committee.pk)["task.due.immediate"] == 5


def test_ending_twice_keeps_the_first_day(start):
    running = start()
    commands.end_clock(by=CLOCK, deadline=running, on=D(2023, 6, 7))
    commands.end_clock(by=CLOCK, deadline=running, on=D(2023, 6, 9))
    running.refresh_from_db()
    assert running.ended_on == D(2023, 6, 7)
    assert not running.is_overdue(D(2024, 1, 1))


def test_ending_no_clock_is_no_fault(db):
    assert commands.end_clock(by=CLOCK, deadline=None) is None


def test_a_pause_moves_the_due_day_by_what_was_left(start):
    running = start()
    commands.pause_clock(by=CLOCK, deadline=running, on=D(2023, 6, 7))
    assert not running.is_overdue(D(2024, 1, 1))
    commands.resume_clock(by=CLOCK, deadline=running, on=D(2023, 6, 14))
    running.refresh_from_db()
    assert (running.due_on, running.paused_on) == (D(2023, 6, 19), None)


def test_pausing_and_resuming_twice_is_the_same_as_once(start):
    running = start()
    stale = Deadline.objects.get(pk=running.pk)
    commands.pause_clock(by=CLOCK, deadline=running, on=D(2023, 6, 7))
    commands.pause_clock(by=CLOCK, deadline=stale, on=D(2023, 6, 9))
    assert stale.paused_on == D(2023, 6, 7)
    commands.resume_clock(by=CLOCK, deadline=running, on=D(2023, 6, 14))
    commands.resume_clock(by=CLOCK, deadline=stale, on=D(2023, 6, 20))
    assert stale.due_on == D(2023, 6, 19)
    assert Pause.objects.count() == 1


def test_an_ended_clock_is_neither_paused_nor_resumed(start):
    running = start()
    commands.end_clock(by=CLOCK, deadline=running, on=D(2023, 6, 7))
    commands.pause_clock(by=CLOCK, deadline=running, on=D(2023, 6, 8))
    commands.resume_clock(by=CLOCK, deadline=running, on=D(2023, 6, 9))
    assert (running.paused_on, running.due_on) == (None, D(2023, 6, 12))


def test_an_extension_adds_days_and_is_told_in_the_table(start):
    running = start()
    with clock.at(D(2023, 6, 9)):
        commands.extend_clock(by=CLOCK, deadline=running, days=3)
    running.refresh_from_db()
    assert running.due_on == D(2023, 6, 15)
    assert queries.explain(running)[-1].number == 8


def test_an_extension_must_reach_beyond_today(start):
    running = start()
    with clock.at(D(2023, 7, 3)), pytest.raises(Refused, match="延长后仍在今天以前"):
        commands.extend_clock(by=CLOCK, deadline=running, days=3)
    assert (running.extended_by, running.due_on) == (0, D(2023, 6, 12))
    with pytest.raises(Refused, match="大于零"):
        commands.extend_clock(by=CLOCK, deadline=running, days=0)


def test_an_ended_clock_is_not_extended(start):
    running = start()
    commands.end_clock(by=CLOCK, deadline=running, on=D(2023, 6, 7))
    with pytest.raises(Refused, match="已经结束"):
        commands.extend_clock(by=CLOCK, deadline=running, days=3)


def test_many_clocks_are_explained_in_two_queries(start, django_assert_num_queries):
    running = [start(), start("task.due.hard"), start("task.due.proposal")]
    commands.pause_clock(by=CLOCK, deadline=running[0], on=D(2023, 6, 7))
    with django_assert_num_queries(2):
        tables = queries.explain_all(running)
    assert tables[running[1].pk][-1].date == running[1].due_on
    assert "暂停" in tables[running[0].pk][-1].label
    assert queries.explain_all([]) == {}


def test_the_tone_follows_the_days_that_are_left(start, django_assert_num_queries):
    running = start()  # due on Monday the 12th
    assert queries.tone(running, D(2023, 6, 6)) == "ok"
    assert queries.tone(running, D(2023, 6, 7)) == "soon"
    assert queries.tone(running, D(2023, 6, 12)) == "soon"
    with django_assert_num_queries(0):
        assert queries.tone(running, D(2023, 6, 13)) == "late"
        assert queries.tone(running, D(2023, 6, 8), soon=D(2023, 6, 13)) == "soon"
        running.paused_on = D(2023, 6, 7)
        assert queries.tone(running, D(2023, 6, 13)) == "paused"
        running.ended_on = D(2023, 6, 8)
        assert queries.tone(running, D(2023, 6, 13)) == "done"


def test_a_clock_has_a_title_even_under_a_key_without_a_rule(start, committee):
    with clock.at(MONDAY):
        agreed = start("task.due.agreed", until=D(2023, 7, 1))
    assert queries.title_of(agreed) == "约定的期限"
    assert queries.title_of(start()) == "即办事项办理"
    titles = queries.titles_of(committee.pk)
    assert (titles["task.due.agreed"], titles["publish"]) == ("约定的期限", "办结后公开")


def test_a_last_day_is_told_without_starting_a_clock(committee):
    assert queries.last_day(committee.pk, "task.objection", D(2023, 9, 28)) == D(2023, 10, 11)
    assert not Deadline.objects.exists()
