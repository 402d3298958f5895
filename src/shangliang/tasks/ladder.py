"""The ladder of reminders: three working days before, on the day, and five working days after (domain.md 11)."""

import datetime as dt

from ..rules.queries import exceptions_between
from ..shared.calendar import working_days_between
from .models import Reminder

#: Beyond so many days the number of working days no longer matters: it is early, or long past every step.
NEAR = dt.timedelta(days=40)


def exceptions_around(today: dt.date) -> dict:
    """What differs from the plain week in the days that :func:`steps_due` looks at; one query for all tasks."""
    return exceptions_between(today - NEAR, today + NEAR)[0]


def steps_due(due_on: dt.date, today: dt.date, rules: dict, exceptions: dict) -> list:
    """The steps that have been reached by ``today`` for work due on ``due_on``; the latest last."""
    first, last = min(due_on, today), max(due_on, today)
    if last - first > NEAR:
        return [Reminder.Step.ESCALATED] if today > due_on else []
    days = working_days_between(first, last, exceptions)
    if today < due_on:
        return [Reminder.Step.SOON] if days <= rules["task.remind"] else []
    if today == due_on:
        return [Reminder.Step.DUE]
    return [Reminder.Step.ESCALATED] if days >= rules["task.escalate"] else [Reminder.Step.DUE]
