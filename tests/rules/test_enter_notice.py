"""The calendar: seeded, provisional beyond its end, and re-dated when the notice is entered."""

import datetime as dt
from types import SimpleNamespace

import pytest

from shangliang.journal.models import Entry
from shangliang.journal.queries import public_timeline
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.rules import commands, queries
from shangliang.rules.models import CalendarDay, CalendarYear, Deadline
from shangliang.shared.refusals import Refused

D = dt.date


def span(first, last, name):
    return {first + dt.timedelta(i): (False, name) for i in range((last - first).days + 1)}


#: Made up for the test: a notice as the one for 2027 may look.
NOTICE = {
    D(2026, 12, 31): (False, "元旦"),
    D(2027, 1, 1): (False, "元旦"),
    D(2027, 1, 10): (True, "元旦"),
    **span(D(2027, 2, 5), D(2027, 2, 12), "春节"),
    **span(D(2027, 5, 1), D(2027, 5, 4), "劳动节"),
    **span(D(2027, 10, 1), D(2027, 10, 7), "国庆节"),
}
SOURCE = "国办发明电〔2026〕1号"


@pytest.fixture
def keeper(account):
    return account(Role.COMMITTEE_OFFICE)


def start(committee, on, key="task.due.immediate", case_no="RC-2026-0001"):
    about = SimpleNamespace(committee_id=committee.pk, case_no=case_no)
    return commands.start_clock(by=CLOCK, about=about, key=key, on=on)


def enter(keeper, days=NOTICE, year=2027, source=SOURCE):
    return commands.enter_notice(by=keeper, year=year, days=days, source=source)


def test_seeding_knows_the_years_of_the_package_and_is_repeatable(db):
    assert commands.seed_calendar(by=CLOCK) == 23
    assert commands.seed_calendar(by=CLOCK) == 0
    assert queries.known_years() == set(range(2004, 2027))
    assert CalendarDay.objects.get(day=D(2023, 10, 7)).is_working
    assert CalendarDay.objects.get(day=D(2018, 12, 31)).year_id == 2019
    assert CalendarDay.objects.get(day=D(2015, 9, 3)).name == "抗战胜利纪念日"
    assert Entry.objects.filter(event="rules.calendar_seeded").count() == 23


def test_only_known_years_can_be_seeded(db):
    with pytest.raises(Refused, match="2004 到 2026"):
        commands.seed_calendar(by=CLOCK, first=2026, last=2027)
    assert commands.seed_calendar(by=CLOCK, first=2023, last=2024) == 2


def test_a_stranger_keeps_no_calendar(db):
    with pytest.raises(Refused, match="工作日历"):
        commands.seed_calendar(by=ANYONE)
    with pytest.raises(Refused, match="工作日历"):
        enter(CLOCK)


def test_a_liaison_enters_no_notice(liaison):
    with pytest.raises(Refused, match="工作日历"):
        enter(liaison)


def test_a_deadline_that_touches_an_unknown_year_is_provisional(committee):
    assert not start(committee, D(2026, 12, 1)).provisional
    assert start(committee, D(2026, 12, 28)).provisional
    assert start(committee, D(2026, 12, 1), "task.due.proposal").provisional


def test_entering_the_notice_redates_the_clocks_and_tells_their_cases(committee, keeper):
    running = start(committee, D(2026, 12, 28))
    assert running.due_on == D(2027, 1, 4)
    assert enter(keeper) == 1
    running.refresh_from_db()
    assert (running.due_on, running.provisional) == (D(2027, 1, 6), False)
    told = Entry.objects.get(event="rules.redated")
    assert (told.subject_id, told.case_no) == (running.pk, "RC-2026-0001")
    assert told.committee_id == committee.pk
    assert told.fields["old"] == "2027-01-04"
    assert told.fields["new"] == "2027-01-06"
    says = [line.says for line in public_timeline("RC-2026-0001")]
    assert says == ["因录入2027年放假安排，“即办事项办理”期限由 2027年1月4日 改为 2027年1月6日"]
    entered = Entry.objects.get(event="rules.notice_entered")
    assert entered.fields["moved"] == 1
    assert CalendarYear.objects.get(year=2027).basis == "notice"


def test_a_clock_of_last_december_moves_too_although_it_was_not_provisional(committee, keeper):
    running = start(committee, D(2026, 12, 24))
    assert (running.due_on, running.provisional) == (D(2026, 12, 31), False)
    assert enter(keeper) == 1
    running.refresh_from_db()
    assert running.due_on == D(2027, 1, 4)


def test_a_clock_that_keeps_its_day_is_no_longer_provisional_and_tells_nothing(committee, keeper):
    running = start(committee, D(2027, 3, 1))
    assert enter(keeper) == 0
    running.refresh_from_db()
    assert not running.provisional
    assert not Entry.objects.filter(event="rules.redated").exists()


def test_ended_and_agreed_clocks_stay(committee, keeper):
    ended = start(committee, D(2026, 12, 28))
    commands.end_clock(by=CLOCK, deadline=ended, on=D(2026, 12, 29))
    about = SimpleNamespace(committee_id=committee.pk, case_no="RC-2026-0002")
    until = D(2027, 2, 8)
    agreed = commands.start_clock(by=CLOCK, about=about, key="task.due.agreed", on=D(2026, 12, 1), until=until)
    assert not agreed.provisional
    assert enter(keeper) == 0
    agreed.refresh_from_db()
    ended.refresh_from_db()
    assert (agreed.due_on, ended.due_on) == (until, D(2027, 1, 4))


def test_the_clocks_of_every_committee_move(committee, other_committee, keeper):
    start(committee, D(2026, 12, 28))
    with within(other_committee):
        theirs = start(other_committee, D(2026, 12, 28), case_no="LC-2026-0001")
    assert enter(keeper) == 2
    with within(other_committee):
        assert Deadline.objects.get(pk=theirs.pk).due_on == D(2027, 1, 6)


def test_a_paused_clock_is_redated_with_its_pauses(committee, keeper):
    running = start(committee, D(2026, 12, 28))
    commands.pause_clock(by=CLOCK, deadline=running, on=D(2026, 12, 29))
    commands.resume_clock(by=CLOCK, deadline=running, on=D(2026, 12, 30))
    assert running.due_on == D(2027, 1, 5)
    assert enter(keeper) == 1
    running.refresh_from_db()
    assert running.due_on == D(2027, 1, 7)
    assert queries.explain(running)[-1].date == running.due_on


def test_redating_many_clocks_takes_no_query_per_clock_for_the_calendar(
    committee, keeper, django_assert_max_num_queries
):
    for _i in range(12):
        start(committee, D(2026, 12, 28), case_no="")
    keeper.current_grants  # noqa: B018  read once per request
    with django_assert_max_num_queries(25):
        assert enter(keeper) == 12


def test_a_correction_replaces_the_year_and_dates_again(committee, keeper):
    running = start(committee, D(2026, 12, 28))
    enter(keeper)
    later = {**NOTICE, D(2027, 1, 4): (False, "元旦")}
    assert enter(keeper, later, source="更正通知") == 1
    running.refresh_from_db()
    assert running.due_on == D(2027, 1, 7)
    assert CalendarDay.objects.filter(year=2027).count() == len(later)
    assert CalendarYear.objects.get(year=2027).source == "更正通知"


def test_a_seeded_year_is_not_seeded_over_a_notice(committee, keeper):
    days = {D(2026, 1, 1): (False, "元旦"), D(2026, 5, 1): (False, "劳动节")}
    enter(keeper, {**days, D(2026, 10, 1): (False, "国庆节")}, 2026)
    assert commands.seed_calendar(by=CLOCK, first=2022) == 0
    assert CalendarDay.objects.filter(year=2026).count() == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({D(2027, 1, 1): (True, "元旦")}, "本来就上班"),
        ({D(2028, 1, 1): (False, "元旦")}, "不在 2027 年"),
        ({D(2026, 11, 30): (False, "元旦")}, "不在 2027 年"),
        ({D(2027, 4, 5): (False, " ")}, "没有写节日名称"),
        ({D(2027, 4, 5): (False, "清" * 41)}, "太长"),
    ],
)
def test_nonsense_days_are_refused_with_a_sentence(keeper, change, sentence):
    with pytest.raises(Refused, match=sentence):
        enter(keeper, {**NOTICE, **change})
    assert 2027 not in queries.known_years()


def test_half_a_notice_is_refused(keeper):
    half = {day: value for day, value in NOTICE.items() if day.month < 10}
    with pytest.raises(Refused, match="国庆节"):
        enter(keeper, half)


def test_a_notice_needs_its_year_and_its_source(keeper):
    with pytest.raises(Refused, match="文号"):
        enter(keeper, source=" ")
    with pytest.raises(Refused, match="年份"):
        enter(keeper, year=27)


def test_the_years_are_listed_with_their_days_in_two_queries(calendar, django_assert_num_queries):
    with django_assert_num_queries(2):
        years = queries.calendar_years(limit=3)
        assert [(row.year, len(row.days.all()) > 10) for row in years] == [
            (2026, True), (2025, True), (2024, True),
        ]  # fmt: skip
