"""Working-day arithmetic over a table of exceptions to the plain week; pure, it reads no clock and no database.

``exceptions`` maps a date to whether one works on it: holidays on weekdays are False, make-up days at the weekend
(调休) True; a date that is not in it follows the plain week. The day on which a period begins is never counted
(《民法典》 art. 201: 开始的当日不计入).
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Exceptions = Mapping[dt.date, bool]
#: Stretches of days in which a period stands still; of (since, until) the days after ``since`` up to ``until``.
Stretches = Iterable[tuple[dt.date, dt.date]]

DAY = dt.timedelta(days=1)
WEEKDAYS = (
    gettext_lazy("星期一"), gettext_lazy("星期二"), gettext_lazy("星期三"), gettext_lazy("星期四"),
    gettext_lazy("星期五"), gettext_lazy("星期六"), gettext_lazy("星期日"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One day of an explanation: why it counts or not, and the how-maniest counted day it is (None if not counted)."""

    date: dt.date
    weekday: str
    label: str
    counted: bool
    number: int | None


def is_working(day: dt.date, exceptions: Exceptions) -> bool:
    """Whether one works on this day."""
    return exceptions.get(day, day.weekday() < 5)


def next_working_day(day: dt.date, exceptions: Exceptions) -> dt.date:
    """The day itself when it is a working day, else the first working day after it."""
    while not is_working(day, exceptions):
        day += DAY
    return day


def add_working_days(start: dt.date, n: int, exceptions: Exceptions) -> dt.date:
    """The n-th working day after ``start``, which itself is not counted; ``start`` for n = 0.

    Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("a period has no negative length")
    day = start
    while n:
        day += DAY
        n -= is_working(day, exceptions)
    return day


def add_days(start: dt.date, n: int, exceptions: Exceptions) -> dt.date:
    """The last day of a period of n calendar days after ``start``.

    A period that would end on a rest day ends on the first working day after it (《民法典》 art. 203: 期间的最后一日
    是法定休假日的，以法定休假日结束的次日为期间的最后一日). Weekends are rest days too, as they were by name in the
    earlier 《民法通则》 art. 154; a weekend day made up for work is not. Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("a period has no negative length")
    return next_working_day(start + n * DAY, exceptions) if n else start


def add_months(start: dt.date, n: int) -> dt.date:
    """The corresponding day n months later, or that month's last day where it has none (《民法典》 art. 202)."""
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, monthrange(year, month)[1]))


def working_days_between(start: dt.date, end: dt.date, exceptions: Exceptions) -> int:
    """How many working days lie after ``start`` up to and including ``end``; negative when ``end`` lies before."""
    if end < start:
        return -working_days_between(end, start, exceptions)
    days = (start + i * DAY for i in range(1, (end - start).days + 1))
    return sum(is_working(day, exceptions) for day in days)


def reason(day: dt.date, exceptions: Exceptions, names: Mapping[dt.date, str]) -> str:
    """Why the day is or is not a working day, in a word: 工作日, 周末, 国庆节, 国庆节调休上班."""
    if day not in exceptions:
        return _("周末") if day.weekday() >= 5 else _("工作日")
    if exceptions[day]:
        return _("%(holiday)s调休上班") % {"holiday": names.get(day, "")}
    return names.get(day) or _("放假")


def explain(
    start: dt.date,
    due: dt.date,
    exceptions: Exceptions,
    names: Mapping[dt.date, str] | None = None,
    *,
    length: int | None = None,
    every_day: bool = False,
    stopped: Stretches = (),
) -> list[Row]:
    """Every day from ``start`` to ``due`` with its reason and running number.

    Working days are counted, or all days with ``every_day``; none while ``stopped``, and none after ``length``
    counted ones: those days are there because the period may not end on them.
    """
    rows = [Row(start, str(WEEKDAYS[start.weekday()]), _("起算日，当天不计"), False, None)]
    names, number, day = names or {}, 0, start
    stopped = list(stopped)
    while day < due:
        day += DAY
        why = reason(day, exceptions, names)
        full = length is not None and number >= length
        halted = any(since < day <= until for since, until in stopped)
        counted = not full and not halted and (every_day or is_working(day, exceptions))
        number += counted
        if halted:
            why = _("%(why)s，暂停中") % {"why": why}
        elif full:
            why = _("%(why)s，顺延") % {"why": why}
        rows.append(Row(day, str(WEEKDAYS[day.weekday()]), why, counted, number if counted else None))
    return rows
