"""The ladder of reminders: three working days before, on the day, and five working days after (domain.md 11)."""

import datetime as dt

from ..rules.queries import exceptions_between
from ..shared.calendar import working_days_between
from .models import Reminder


def steps_due(due_on: dt.date, today: dt.date, rules: dict) -> list:
    """The steps that have been reached by ``today`` for work due on ``due_on``; the latest last."""
    first, last = min(due_on, today), max(due_on, today)
    if (last - first).days > 40:
        return [Reminder.Step.ESCALATED] if today > due_on else []
    exceptions, _names = exceptions_between(first, last)
    days = working_days_between(first, last, exceptions)
    if today < due_on:
        return [Reminder.Step.SOON] if days <= rules["task.remind"] else []
    if today == due_on:
        return [Reminder.Step.DUE]
    return [Reminder.Step.ESCALATED] if days >= rules["task.escalate"] else [Reminder.Step.DUE]
