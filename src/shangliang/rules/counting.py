"""How a deadline's day comes about: its term, its pauses and its extension. Pure: no database, no clock."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ..shared import calendar
from ..shared.calendar import DAY, WEEKDAYS, Exceptions, Row

#: Longer periods of calendar days are explained by their milestones, not day by day.
LONGEST_TABLE = 190


@dataclass(frozen=True)
class Term:
    """A period: from when, how long, counted how (the values of Deadline.Counted), extended by how much, paused when.

    The extension is counted in the way of the period itself, for months in calendar days. ``pauses`` are closed
    stretches (since, until), oldest first: what was left when the clock stopped is left when it goes on.
    """

    start: dt.date
    length: int
    counted: str
    extended_by: int = 0
    pauses: tuple = ()

    @property
    def horizon(self) -> dt.date:
        """A day that the due day cannot pass: no stretch of the calendar has fewer than half its days working."""
        stopped = sum((until - since).days for since, until in self.pauses)
        days = (31 if self.counted == "months" else 2) * self.length + 2 * self.extended_by
        return self.start + (days + 2 * stopped + 60) * DAY

    def last_day(self, exceptions: Exceptions) -> dt.date:
        """The last day as counted, before a rest day moves it."""
        day = self._reach(self.start, self.length + self.extended_by, exceptions)
        if self.counted == "months":
            day = calendar.add_months(self.start, self.length) + self.extended_by * DAY
        for since, until in self.pauses:
            if since <= self._settle(day, exceptions):
                day = self._go_on(day, since, until, exceptions)
        return day

    def due(self, exceptions: Exceptions) -> dt.date:
        """The day on which the matter is due."""
        return self._settle(self.last_day(exceptions), exceptions)

    def _go_on(self, day, since, until, exceptions):
        if self.counted == "working_days":
            left = max(0, calendar.working_days_between(since, day, exceptions))
        else:
            left = max(0, (day - since).days)
        return self._reach(until, left, exceptions)

    def _reach(self, start, n, exceptions):
        if self.counted == "working_days":
            return calendar.add_working_days(start, n, exceptions)
        return start + n * DAY

    def _settle(self, day, exceptions):
        """Keep a day that was agreed on, and a clock that ran no day at all; move others off rest days."""
        if self.counted == "agreed" or day == self.start:
            return day
        return calendar.next_working_day(day, exceptions)


def explain(term: Term, exceptions: Exceptions, names, paused_on=None) -> list[Row]:
    """The rows of the page's table from the day of start to the due day, or to today's pause when it stands still."""
    due = term.due(exceptions)
    day_by_day = term.counted == "working_days" or (term.counted == "days" and (due - term.start).days <= LONGEST_TABLE)
    if not day_by_day:
        rows = _milestones(term, exceptions, names)
    else:
        rows = calendar.explain(
            term.start,
            due,
            exceptions,
            names,
            length=term.length + term.extended_by,
            every_day=term.counted == "days",
            stopped=term.pauses,
        )
    if paused_on is not None:
        rows = [row for row in rows if row.date <= paused_on]
        rows.append(_row(paused_on, _("自这一天起暂停，恢复后接着算")))
    return rows


def _milestones(term, exceptions, names) -> list[Row]:
    rows = [_row(term.start, _("起算日，当天不计"))]
    if term.counted == "months":
        for n in range(1, term.length + 1):
            label = _("满 %(n)s 个月") % {"n": n}
            rows.append(_row(calendar.add_months(term.start, n), label, n))
    else:
        plain = replace(term, extended_by=0, pauses=())
        label = _("约定的日期") if term.counted == "agreed" else _("满 %(n)s 天")
        rows.append(_row(plain.last_day(exceptions), label % {"n": term.length}, term.length))
    if term.extended_by:
        day = replace(term, pauses=()).last_day(exceptions)
        rows.append(_row(day, _("延长 %(n)s 天") % {"n": term.extended_by}))
    for i, (since, until) in enumerate(term.pauses, 1):
        day = replace(term, pauses=term.pauses[:i]).last_day(exceptions)
        label = _("%(since)s 至 %(until)s 暂停，期限顺延")
        rows.append(_row(day, label % {"since": since, "until": until}))
    last, due = term.last_day(exceptions), term.due(exceptions)
    if due != last:
        why = calendar.reason(last, exceptions, names)
        label = _("最后一日遇%(why)s，顺延到下一个工作日")
        rows.append(_row(due, label % {"why": why}))
    return rows


def _row(day, label, number=None) -> Row:
    return Row(day, str(WEEKDAYS[day.weekday()]), label, number is not None, number)
