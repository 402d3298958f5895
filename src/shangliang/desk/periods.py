"""Stretches of days that ledgers and forms are asked for: two fields, and the usual quarters to choose from."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..shared.forms import day

#: Days that may be asked for; nothing was entered before, and the calendar's ends cannot be counted over.
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)


class PeriodForm(forms.Form):
    """Two days, both included."""

    since = day(_("从"), required=False)
    until = day(_("到"), required=False)

    def clean(self):
        """Refuse days that no record can have, and an end before the beginning."""
        told = super().clean()
        for name in ("since", "until"):
            if told.get(name) and not EARLIEST <= told[name] <= LATEST:
                self.add_error(name, _("日期请在 1949 年到 2100 年之间。"))
        since, until = told.get("since"), told.get("until")
        if since and until and since > until:
            self.add_error("until", _("“到”要在“从”的同一天或以后。"))
        return told


def usual(today: dt.date) -> list[tuple]:
    """(words, first day, last day) of this quarter, the last one, this year and the last one."""
    first = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    before = _quarter_before(first)
    year, last = today.year, dt.date(today.year - 1, 12, 31)
    return [
        (_now("本季度"), first, _day_before(_quarter_after(first))), (_now("上季度"), before, _day_before(first)),
        (_now("今年"), dt.date(year, 1, 1), dt.date(year, 12, 31)), (_now("去年"), dt.date(last.year, 1, 1), last),
    ]  # fmt: skip


def _quarter_before(first: dt.date) -> dt.date:
    return dt.date(first.year - (first.month == 1), (first.month - 4) % 12 + 1, 1)


def _quarter_after(first: dt.date) -> dt.date:
    return dt.date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)
