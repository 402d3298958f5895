"""Changing rules and the calendar, and running the clocks of the other apps' records.

The clocks make no entries of their own: the command that starts or stops one tells its own event and has already
asked its own policy.
"""

import datetime as dt
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from ..journal.record import command, record
from ..people.tenancy import everywhere, within
from ..shared import clock
from ..shared.refusals import Refused, require
from . import checks, events, policies, queries, seeds
from .models import CalendarDay, CalendarYear, Deadline, Pause, Rule
from .sample import SAMPLES

TIMED = {Rule.Counted.WORKING_DAYS, Rule.Counted.DAYS, Rule.Counted.MONTHS}


@command
def seed_calendar(*, by, first=seeds.FIRST, last=seeds.LAST) -> int:
    """Enter the years that the carried package knows and the table does not; returns how many were entered."""
    require(policies.may_seed_calendar(by))
    if not seeds.FIRST <= first <= last <= seeds.LAST:
        words = {"first": seeds.FIRST, "last": seeds.LAST}
        raise Refused(_("随程序附带的日历只有 %(first)s 到 %(last)s 年。") % words)
    missing = sorted(set(range(first, last + 1)) - queries.known_years())
    rows = seeds.days_of(first, last)
    for number in missing:
        year = CalendarYear.objects.create(year=number, basis=CalendarYear.Basis.SEED, source="chinesecalendar")
        days = {day: (works, name) for owner, day, works, name in rows if owner == number}
        _store_days(year, days)
        record(events.CalendarSeeded(year=number, days=len(days)), about=year, by=by)
    return len(missing)


@command
def enter_notice(*, by, year: int, days: dict[dt.date, tuple[bool, str]], source: str) -> int:
    """Enter or correct a year's holiday notice and date the running clocks of all committees anew.

    ``days`` holds (is working, name of the holiday) for every day that the notice names. Returns how many clocks
    moved; each of them has its own entry, so that the timeline of its case says why.
    """
    require(policies.may_enter_notice(by))
    checks.notice(year, days, source)
    row, _made = CalendarYear.objects.update_or_create(
        year=year,
        defaults={"basis": CalendarYear.Basis.NOTICE, "source": source.strip()},
    )
    CalendarDay.objects.filter(year=row).delete()
    _store_days(row, days)
    moved = _redate(by, year)
    entered = events.NoticeEntered(year=year, source=row.source, days=len(days), moved=moved)
    record(entered, about=row, by=by)
    return moved


def _store_days(year, days) -> None:
    CalendarDay.objects.filter(day__in=days).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, year=year, is_working=works, name=name.strip()) for day, (works, name) in days.items()
    )


def _redate(by, year: int) -> int:
    """Recompute every running clock that this year's notice can touch (it may name days of last December)."""
    with everywhere():  # the calendar is the country's, the clocks are every committee's
        touched = Deadline.objects.select_for_update().filter(
            Q(due_on__gte=dt.date(year - 1, 12, 1)) | Q(provisional=True),
            ended_on=None,
            started_on__lte=dt.date(year, 12, 31),
        )
        rows = list(touched.exclude(counted=Deadline.Counted.AGREED).order_by("pk"))
        if not rows:
            return 0
        before = {row.pk: row.due_on for row in rows}
        _compute(rows)
        Deadline.objects.bulk_update(rows, ["due_on", "provisional"], batch_size=500)
        moved = [row for row in rows if row.due_on != before[row.pk]]
        titles = {pk: queries.titles_of(pk) for pk in {row.committee_id for row in moved}}
        for row in moved:
            redated = events.Redated(
                year=year,
                title=titles[row.committee_id][row.key],
                old=str(before[row.pk]),
                new=str(row.due_on),
            )
            record(redated, about=row, by=by)
    return len(moved)


def _compute(rows) -> None:
    """Set the due day of these deadlines and whether it is provisional; three queries for all of them."""
    stored = [row for row in rows if row.pk]
    stopped = queries.pauses_of(stored) if stored else {}
    terms = [queries.term_of(row, stopped.get(row.pk, ())) for row in rows]
    first = min(term.start for term in terms)
    exceptions, _names = queries.exceptions_between(first, max(term.horizon for term in terms))
    known = queries.known_years()
    for row, term in zip(rows, terms, strict=True):
        row.due_on = term.due(exceptions)
        years = set(range(term.start.year, row.due_on.year + 1))
        row.provisional = row.counted != Deadline.Counted.AGREED and not years <= known


@command
def seed_rules(*, by, committee) -> int:
    """Give the committee its own copy of each sample rule that it does not have; returns how many were new."""
    require(policies.may_seed_rules(by, committee))
    with within(committee):
        have = set(Rule.objects.values_list("key", flat=True))
        new = [
            Rule(
                committee=committee, key=sample.key, value=sample.value, counted=sample.counted,
                title=sample.title, basis=sample.basis,
            )
            for sample in SAMPLES.values()
            if sample.key not in have
        ]  # fmt: skip
        Rule.objects.bulk_create(new)
    if new:
        record(events.RulesSeeded(rules=len(new)), about=committee, by=by)
    return len(new)


@command
def set_rule(*, by, rule, value, why):
    """Change one number of the rule set, for clocks that start from now on; raises Refused for nonsense."""
    require(policies.may_set_rule(by, rule))
    number = checks.rule_value(rule, value)
    require(why.strip(), _("请写明为什么修改。"), field="why")
    require(number != rule.value, _("这和现在的数一样，没有改动。"), field="value")
    if not Rule.objects.filter(pk=rule.pk, value=rule.value).update(value=number):
        raise Refused(_("刚才已有人改过这一条，请看最新的数后再决定。"))
    old, rule.value = rule.value, number
    event = events.RuleSet(key=rule.key, title=rule.title, old=_plain(old), new=_plain(number))
    record(event, about=rule, by=by, why=why)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@command
def start_clock(*, by, about, key, on=None, days=None, until=None) -> Deadline:
    """Start a clock for a record that has ``committee`` and ``case_no``; length and counting come from the rule.

    A person may set ``days`` (calendar days) or the agreed day ``until`` instead; a due day in the past is then
    refused. ``on`` is the day from which it runs, today if not given, and is itself not counted.
    """
    on = on or clock.today()
    if until is not None:
        require(until >= max(on, clock.today()), _("期限不能在过去。"), field="due_on")
        length, counted = (until - on).days, Deadline.Counted.AGREED
    elif days is not None:
        require(0 < days <= 3650, _("期限的天数要在 1 到 3650 之间。"), field="days")
        length, counted = days, Deadline.Counted.DAYS
    else:
        row = queries.rule_row(about.committee_id, key)
        if row.counted not in TIMED:
            raise ValueError(f"the rule {key} is no length of time")
        length, counted = row.number, row.counted
    deadline = Deadline(
        committee_id=about.committee_id, case_no=about.case_no, key=key,
        started_on=on, length=length, counted=counted,
    )  # fmt: skip
    _compute([deadline])
    require(days is None or deadline.due_on >= clock.today(), _("期限不能在过去。"), field="days")
    deadline.save()
    return deadline


@command
def end_clock(*, by, deadline, on=None):
    """Stop a clock for good; one that has ended, or None, stays as it is."""
    if deadline is None or deadline.ended_on is not None:
        return
    on = max(on or clock.today(), deadline.started_on)
    Deadline.objects.filter(pk=deadline.pk, ended_on=None).update(ended_on=on)
    deadline.ended_on = on


@command
def pause_clock(*, by, deadline, on=None):
    """Let a clock stand still; one that already does, or has ended, stays as it is."""
    _refresh(deadline)
    if deadline.ended_on is not None or deadline.paused_on is not None:
        return
    deadline.paused_on = max(on or clock.today(), deadline.started_on)
    deadline.save(update_fields=["paused_on"])


@command
def resume_clock(*, by, deadline, on=None):
    """Let a paused clock go on with what was left when it stopped; a running or ended one stays as it is."""
    _refresh(deadline)
    if deadline.ended_on is not None or deadline.paused_on is None:
        return
    until = max(on or clock.today(), deadline.paused_on)
    Pause.objects.create(
        committee_id=deadline.committee_id,
        deadline=deadline,
        since=deadline.paused_on,
        until=until,
    )
    deadline.paused_on = None
    _compute([deadline])
    deadline.save(update_fields=["paused_on", "due_on", "provisional"])


@command
def extend_clock(*, by, deadline, days: int):
    """Give a clock more days, counted as its own days are (working days or calendar days).

    Raises Refused when it has ended or would still be due in the past.
    """
    require(days > 0, _("延长的天数要大于零。"), field="days")
    _refresh(deadline)
    require(deadline.ended_on is None, _("这个期限已经结束，不能延长。"))
    before = deadline.extended_by, deadline.due_on, deadline.provisional
    deadline.extended_by += days
    _compute([deadline])
    if deadline.is_overdue(clock.today()):
        deadline.extended_by, deadline.due_on, deadline.provisional = before
        raise Refused(_("延长后仍在今天以前，请多延几天。"), field="days")
    deadline.save(update_fields=["extended_by", "due_on", "provisional"])


def _refresh(deadline) -> None:
    """Read the row anew and lock it, so that two changes of one clock follow each other."""
    fresh = Deadline.objects.select_for_update().get(pk=deadline.pk)
    for field in Deadline._meta.concrete_fields:
        setattr(deadline, field.attname, getattr(fresh, field.attname))
