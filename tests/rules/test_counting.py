"""How pauses and extensions move a due day."""

import datetime as dt

import pytest

from shangliang.rules import seeds
from shangliang.rules.counting import Term, explain
from shangliang.rules.ratios import at_least, more_than, simple

D = dt.date
SEED = seeds.days_of(seeds.FIRST, seeds.LAST)
EXCEPTIONS = {day: works for _year, day, works, _name in SEED}
NAMES = {day: name for _year, day, _works, name in SEED}
MONDAY = D(2023, 6, 5)


def due(length, counted="working_days", *pauses, extended_by=0, start=MONDAY):
    return Term(start, length, counted, extended_by, pauses).due(EXCEPTIONS)


def test_what_was_left_at_the_pause_is_left_when_the_clock_goes_on():
    assert due(5) == D(2023, 6, 12)
    # stopped on Wednesday with three working days left, on again next Wednesday
    assert due(5, "working_days", (D(2023, 6, 7), D(2023, 6, 14))) == D(2023, 6, 19)
    assert due(10, "days", (D(2023, 6, 7), D(2023, 6, 14))) == D(2023, 6, 25)


def test_two_pauses_add_up():
    pauses = (D(2023, 6, 6), D(2023, 6, 8)), (D(2023, 6, 9), D(2023, 6, 13))
    assert due(5, "working_days", *pauses) == D(2023, 6, 16)


def test_a_pause_within_one_day_changes_nothing():
    assert due(5, "working_days", (D(2023, 6, 7), D(2023, 6, 7))) == due(5)


def test_a_clock_stopped_on_its_last_day_is_due_on_the_day_it_goes_on():
    assert due(5, "working_days", (D(2023, 6, 12), D(2023, 6, 15))) == D(2023, 6, 15)
    assert due(5, "working_days", (D(2023, 6, 12), D(2023, 6, 17))) == D(2023, 6, 19)


def test_a_clock_stopped_after_its_last_day_stays_late():
    assert due(5, "working_days", (D(2023, 6, 13), D(2023, 6, 20))) == D(2023, 6, 12)
    assert due(3, "agreed", (D(2023, 6, 13), D(2023, 6, 20))) == D(2023, 6, 8)


def test_an_extension_is_counted_as_the_clock_counts():
    assert due(5, extended_by=2) == D(2023, 6, 14)
    assert due(10, "days", extended_by=4) == D(2023, 6, 19)
    assert due(2, "months", extended_by=10) == D(2023, 8, 15)


def test_an_agreed_day_is_never_moved_by_the_calendar():
    assert due(5, "agreed") == D(2023, 6, 10)  # a Saturday, as people wanted it
    assert due(5, "days") == D(2023, 6, 12)


def test_months_end_on_a_working_day():
    assert due(3, "months", start=D(2023, 7, 1)) == D(2023, 10, 7)


@pytest.mark.parametrize("counted", ["working_days", "days", "months", "agreed"])
def test_no_due_day_lies_beyond_the_horizon_for_which_days_are_read(counted):
    for year in range(2004, 2026):
        for month in range(1, 13):
            pause = (D(year, month, 2), D(year, month, 28))
            term = Term(D(year, month, 1), 6, counted, 3, (pause,))
            assert term.due(EXCEPTIONS) <= term.horizon


def test_the_table_tells_pause_extension_and_holiday_day_by_day():
    term = Term(D(2023, 9, 27), 3, "working_days", 1, ((D(2023, 9, 28), D(2023, 10, 7)),))
    rows = explain(term, EXCEPTIONS, NAMES)
    assert rows[-1].date == term.due(EXCEPTIONS) == D(2023, 10, 10)
    assert [row.number for row in rows if row.counted] == [1, 2, 3, 4]
    paused = next(row for row in rows if row.date == D(2023, 10, 7))
    assert (paused.label, paused.counted) == ("国庆节调休上班，暂停中", False)


def test_the_table_of_calendar_days_ends_with_the_days_it_was_moved_by():
    rows = explain(Term(MONDAY, 5, "days"), EXCEPTIONS, NAMES)
    assert [row.label for row in rows[-3:]] == ["周末", "周末，顺延", "工作日，顺延"]
    assert [row.number for row in rows[-3:]] == [5, None, None]


def test_a_standing_clock_is_explained_up_to_the_day_it_stopped():
    rows = explain(Term(MONDAY, 5, "working_days"), EXCEPTIONS, NAMES, D(2023, 6, 7))
    assert rows[-1].date == D(2023, 6, 7)
    assert "暂停" in rows[-1].label


def test_months_and_agreed_days_are_explained_by_their_milestones():
    pause = (D(2023, 7, 10), D(2023, 7, 12))
    rows = explain(Term(D(2023, 7, 1), 3, "months", 4, (pause,)), EXCEPTIONS, NAMES)
    assert [row.label for row in rows] == [
        "起算日，当天不计", "满 1 个月", "满 2 个月", "满 3 个月", "延长 4 天",
        "2023-07-10 至 2023-07-12 暂停，期限顺延",
    ]  # fmt: skip
    rows = explain(Term(D(2023, 7, 1), 3, "months"), EXCEPTIONS, NAMES)
    assert rows[-1].label == "最后一日遇国庆节，顺延到下一个工作日"
    rows = explain(Term(MONDAY, 5, "agreed"), EXCEPTIONS, NAMES)
    assert [row.label for row in rows] == ["起算日，当天不计", "约定的日期"]
    rows = explain(Term(MONDAY, 300, "days"), EXCEPTIONS, NAMES)
    assert "满 300 天" in [row.label for row in rows]


def test_two_thirds_of_thirty_are_twenty():
    assert at_least(20, 30, "0.667")
    assert not at_least(19, 30, "0.667")
    assert not at_least(0, 0, "0.667")


def test_half_is_not_more_than_half():
    assert at_least(5, 10, "0.5")
    assert not more_than(5, 10, "0.5")
    assert more_than(6, 10, "0.5")
    assert not more_than(0, 0, "0.5")
    assert simple("0.333") * 3 == 1
