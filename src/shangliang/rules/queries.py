"""Reading rules, the calendar and deadlines, each in a fixed number of queries whatever the number of days."""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from ..shared import calendar
from ..shared.calendar import DAY, Row
from .counting import Term
from .counting import explain as explain_term
from .models import CalendarDay, CalendarYear, Deadline, Pause, Rule
from .sample import SAMPLES


def rule_row(committee_id: int, key: str):
    """The committee's rule (a Rule), or the sample of that key while it has none of its own; one query.

    Both have ``number``, ``counted``, ``title`` and ``basis``. Raises KeyError for a key that nobody knows.
    """
    return Rule.objects.filter(committee_id=committee_id, key=key).first() or SAMPLES[key]


def rule(committee_id: int, key: str):
    """The number of one rule: a Decimal for a ratio (compare it with rules.ratios), else an int; one query."""
    return rule_row(committee_id, key).number


def rules_of(committee_id: int) -> dict:
    """All numbers of a committee by key, samples where it has none of its own; one query."""
    own = {row.key: row.number for row in Rule.objects.filter(committee_id=committee_id)}
    return {key: sample.number for key, sample in SAMPLES.items()} | own


def rules_for_page(committee_id: int) -> list[tuple]:
    """(rule, sample or None) for each of the committee's own rules, in the order of the keys; one query."""
    rows = Rule.objects.filter(committee_id=committee_id)
    return [(row, SAMPLES.get(row.key)) for row in rows]


def exceptions_between(first: dt.date, last: dt.date) -> tuple[dict, dict]:
    """What differs from the plain week, as ({day: is working}, {day: name of the holiday}); one query."""
    rows = CalendarDay.objects.filter(day__range=(first, last))
    rows = list(rows.values_list("day", "is_working", "name"))
    return {day: works for day, works, _name in rows}, {day: name for day, _works, name in rows}


def known_years() -> set[int]:
    """The years whose working days are known; one query."""
    return set(CalendarYear.objects.values_list("year", flat=True))


def calendar_years(limit: int = 30) -> list[CalendarYear]:
    """The known years, latest first, with their days; two queries."""
    return list(CalendarYear.objects.prefetch_related("days").order_by("-year")[:limit])


def term_of(deadline: Deadline, pauses=()) -> Term:
    """The period behind a deadline, with its closed pauses as (since, until)."""
    return Term(
        deadline.started_on,
        deadline.length,
        deadline.counted,
        deadline.extended_by,
        tuple(pauses),
    )


def pauses_of(deadlines) -> dict[int, list[tuple]]:
    """The closed pauses of these deadlines by primary key, oldest first; one query."""
    found: dict[int, list[tuple]] = {}
    rows = Pause.objects.filter(deadline__in=[deadline.pk for deadline in deadlines])
    for pk, since, until in rows.values_list("deadline_id", "since", "until"):
        found.setdefault(pk, []).append((since, until))
    return found


def explain_all(deadlines) -> dict[int, list[Row]]:
    """The day-by-day explanation of each deadline by primary key; two queries for all of them."""
    deadlines = list(deadlines)
    if not deadlines:
        return {}
    stopped = pauses_of(deadlines)
    terms = {row.pk: term_of(row, stopped.get(row.pk, ())) for row in deadlines}
    first = min(term.start for term in terms.values())
    exceptions, names = exceptions_between(first, max(term.horizon for term in terms.values()))
    return {row.pk: explain_term(terms[row.pk], exceptions, names, row.paused_on) for row in deadlines}


def explain(deadline: Deadline) -> list[Row]:
    """The rows (date, weekday, label, counted, number) that explain one deadline; two queries."""
    return explain_all([deadline])[deadline.pk]


def soon_until(committee_id: int, today: dt.date) -> dt.date:
    """The last due day that counts as soon: as many working days ahead as rule ``task.remind`` says; two queries."""
    ahead = rule(committee_id, "task.remind")
    exceptions, _names = exceptions_between(today, today + (2 * ahead + 60) * DAY)
    return calendar.add_working_days(today, ahead, exceptions)


def tone(deadline: Deadline, today: dt.date, soon: dt.date | None = None) -> str:
    """How a deadline stands: 'done', 'paused', 'late', 'soon' or 'ok'.

    A list passes ``soon``, got once from :func:`soon_until`; without it two queries may be needed.
    """
    if deadline.ended_on is not None:
        return "done"
    if deadline.paused_on is not None:
        return "paused"
    if deadline.is_overdue(today):
        return "late"
    soon = soon or soon_until(deadline.committee_id, today)
    return "soon" if deadline.due_on <= soon else "ok"


def title_of(deadline: Deadline) -> str:
    """What the clock is for, in words; one query."""
    own = Rule.objects.filter(committee_id=deadline.committee_id, key=deadline.key).first()
    known = own or SAMPLES.get(deadline.key)
    return known.title if known else _("约定的期限")


def titles_of(committee_id: int) -> dict[str, str]:
    """The titles of all rules of a committee by key, for lists of deadlines; one query.

    A clock that a person set may run under a key without a rule, which is called 约定的期限.
    """
    own = dict(Rule.objects.filter(committee_id=committee_id).values_list("key", "title"))
    known = {key: sample.title for key, sample in SAMPLES.items()} | own
    return defaultdict(lambda: _("约定的期限"), known)


def last_day(committee_id: int, key: str, start: dt.date) -> dt.date:
    """The day until which something may be done that a rule gives so long from ``start``; two queries, no clock."""
    row = rule_row(committee_id, key)
    term = Term(start, row.number, row.counted)
    exceptions, _names = exceptions_between(start, term.horizon)
    return term.due(exceptions)
