"""The ladder of reminders: each step once for a date, by the system alone."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.people.actors import CLOCK
from shangliang.rules.queries import rules_of
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.ladder import exceptions_around, steps_due
from shangliang.tasks.models import Reminder

DUE = dt.date(2023, 7, 4)


@pytest.mark.parametrize(
    ("today", "steps"),
    [
        (dt.date(2023, 6, 28), []), (dt.date(2023, 6, 29), ["soon"]), (dt.date(2023, 7, 3), ["soon"]),
        (DUE, ["due"]), (dt.date(2023, 7, 10), ["due"]), (dt.date(2023, 7, 11), ["escalated"]),
        (dt.date(2023, 12, 1), ["escalated"]), (dt.date(2023, 1, 3), []),
    ],
)
def test_three_working_days_before_on_the_day_and_five_after(today, steps, committee):
    assert steps_due(DUE, today, rules_of(committee.pk), exceptions_around(today)) == steps


def test_each_step_is_entered_once_for_a_date(task):
    assert tasks.remind(by=CLOCK, task=task, step="soon") is True
    assert tasks.remind(by=CLOCK, task=task, step="soon") is False
    assert Reminder.objects.count() == Entry.objects.filter(event="tasks.reminded").count() == 1
    assert Entry.objects.get(event="tasks.reminded").fields["step"] == "临期提醒"


def test_nobody_but_the_clock_reminds(task, office_staff, liaison):
    for by in (office_staff, liaison):
        with pytest.raises(Refused, match="由系统按期发出"):
            tasks.remind(by=by, task=task, step="due")
    assert not Reminder.objects.exists()
