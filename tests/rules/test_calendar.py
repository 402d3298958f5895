"""The arithmetic of working days against an independent counter that looks at one day at a time."""

import datetime as dt
import random

import pytest

from shangliang.rules import seeds
from shangliang.shared import calendar

D = dt.date
SEED = seeds.days_of(seeds.FIRST, seeds.LAST)
EXCEPTIONS = {day: works for _year, day, works, _name in SEED}
NAMES = {day: name for _year, day, _works, name in SEED}
OFF = {day for day, works in EXCEPTIONS.items() if not works}
MADE_UP = {day for day, works in EXCEPTIONS.items() if works}


def works(day):
    """The independent judge: sets and the name of the weekday, no arithmetic shared with the product."""
    if day in OFF:
        return False
    return day in MADE_UP or day.strftime("%w") not in ("0", "6")


def brute_force(start, n):
    days = [start + dt.timedelta(i) for i in range(1, 3 * n + 40)]
    return [day for day in days if works(day)][n - 1]


def random_cases(count, longest):
    dice = random.Random(20260101)
    corners = [D(y, m, d) for y in range(2004, 2026) for m, d in ((12, 31), (1, 1), (2, 28), (9, 30))]
    corners += [D(y, 2, 29) for y in range(2004, 2026, 4)]
    for _i in range(count):
        day = D(2004, 1, 1) + dt.timedelta(dice.randrange(22 * 365))
        if dice.random() < 0.3:
            day = dice.choice(corners)
        yield day, dice.randint(1, longest)


def test_ten_thousand_random_periods_end_where_a_brute_force_counter_ends():
    different = [
        (start, n)
        for start, n in random_cases(10_000, 60)
        if calendar.add_working_days(start, n, EXCEPTIONS) != brute_force(start, n)
    ]
    assert different == []


def test_counting_between_is_the_inverse_of_adding():
    for start, n in random_cases(2_000, 60):
        end = calendar.add_working_days(start, n, EXCEPTIONS)
        assert calendar.working_days_between(start, end, EXCEPTIONS) == n
        assert calendar.working_days_between(end, start, EXCEPTIONS) == -n


def test_a_period_of_calendar_days_never_ends_on_a_rest_day_nor_later_than_the_first_working_day():
    for start, n in random_cases(5_000, 120):
        plain = start + dt.timedelta(n)
        end = calendar.add_days(start, n, EXCEPTIONS)
        assert works(end)
        assert not any(works(plain + dt.timedelta(i)) for i in range((end - plain).days))


def test_every_explanation_counts_to_the_length_on_the_due_day():
    for start, n in random_cases(1_000, 60):
        due = calendar.add_working_days(start, n, EXCEPTIONS)
        rows = calendar.explain(start, due, EXCEPTIONS, NAMES, length=n)
        assert [row.number for row in rows if row.counted] == list(range(1, n + 1))
        assert (rows[0].date, rows[-1].date, rows[-1].number) == (start, due, n)
        assert len(rows) == (due - start).days + 1
        assert all(row.counted == works(row.date) for row in rows[1:])


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (D(2023, 9, 28), 1, D(2023, 10, 7)),  # 中秋 and 国庆 together, then a Saturday made up
        (D(2023, 9, 28), 2, D(2023, 10, 8)),
        (D(2024, 2, 8), 1, D(2024, 2, 9)),
        (D(2024, 2, 28), 1, D(2024, 2, 29)),  # leap day
        (D(2023, 12, 29), 1, D(2024, 1, 2)),  # year's end
        (D(2018, 12, 28), 1, D(2018, 12, 29)),  # a December day of next year's notice
        (D(2018, 12, 29), 1, D(2019, 1, 2)),
        (D(2026, 1, 1), 1, D(2026, 1, 4)),  # a Sunday made up
        (D(2026, 9, 18), 1, D(2026, 9, 20)),
        (D(2025, 6, 1), 0, D(2025, 6, 1)),
    ],
)
def test_known_corners_of_the_calendar(start, n, due):
    assert calendar.add_working_days(start, n, EXCEPTIONS) == due


def test_a_last_day_on_a_holiday_moves_behind_the_holiday_and_onto_a_made_up_saturday():
    # 民法典 art. 203: 2023-10-01 + … the holiday ends on the 6th, and the 7th, a Saturday, is worked.
    assert calendar.add_days(D(2023, 9, 1), 30, EXCEPTIONS) == D(2023, 10, 7)
    assert calendar.add_days(D(2024, 6, 1), 14, EXCEPTIONS) == D(2024, 6, 17)


def test_months_end_on_the_corresponding_day_or_on_the_last_of_the_month():
    assert calendar.add_months(D(2023, 11, 30), 3) == D(2024, 2, 29)
    assert calendar.add_months(D(2024, 2, 29), 12) == D(2025, 2, 28)
    assert calendar.add_months(D(2023, 12, 15), 1) == D(2024, 1, 15)
    assert calendar.add_months(D(2023, 1, 31), 2) == D(2023, 3, 31)


def test_each_day_says_why_it_counts_or_not():
    rows = calendar.explain(D(2023, 9, 27), D(2023, 10, 8), EXCEPTIONS, NAMES)
    said = {str(row.date)[5:]: (row.weekday, row.label, row.number) for row in rows}
    assert said["09-27"] == ("星期三", "起算日，当天不计", None)
    assert said["09-28"] == ("星期四", "工作日", 1)
    assert said["10-02"] == ("星期一", "国庆节", None)
    assert said["10-07"] == ("星期六", "国庆节调休上班", 2)
    plain = calendar.explain(D(2023, 7, 7), D(2023, 7, 10), {D(2023, 7, 10): False})
    assert [row.label for row in plain[1:]] == ["周末", "周末", "放假"]


@pytest.mark.parametrize("add", [calendar.add_days, calendar.add_working_days])
def test_a_period_has_no_negative_length(add):
    with pytest.raises(ValueError, match="negative"):
        add(D(2024, 1, 1), -1, {})
