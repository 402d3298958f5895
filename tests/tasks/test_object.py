"""Objections: in five working days, with reasons, once; the clock stands still until the assigner decides."""

import datetime as dt

import pytest

from shangliang.agreements.models import Agreement
from shangliang.journal.models import Entry
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Objection, Task

from .. import factories
from .conftest import MONDAY


def object_to(by, task, on=MONDAY, reason="不属于街道职责", **fields):
    with clock.at(on):
        tasks.object(by=by, task=task, reason=reason, **fields)


@pytest.mark.parametrize(("day", "in_time"), [(19, True), (20, False)])
def test_five_working_days_after_the_assignment_it_is_too_late(day, in_time, task, unit_clerk):
    if in_time:
        object_to(unit_clerk, task, dt.date(2023, 6, day))
        assert Task.objects.get().state == Task.State.OBJECTED
    else:
        with pytest.raises(Refused, match="2023-06-19）已过"):
            object_to(unit_clerk, task, dt.date(2023, 6, day))


def test_an_objection_has_reasons(task, unit_clerk):
    with pytest.raises(Refused, match="理由和依据"):
        object_to(unit_clerk, task, reason="  ")
    assert not Objection.objects.exists()


def test_the_clock_stands_still_and_goes_on_after_a_denial(task, unit_clerk, office_staff):
    assert task.deadline.due_on == dt.date(2023, 7, 4)
    object_to(unit_clerk, task, dt.date(2023, 6, 14))
    paused = Deadline.objects.get(pk=task.deadline_id)
    assert paused.paused_on == dt.date(2023, 6, 14)
    assert not paused.is_overdue(dt.date(2023, 12, 1))
    with clock.at(dt.date(2023, 6, 16)):
        with pytest.raises(Refused, match="请写明理由"):
            tasks.deny_objection(by=office_staff, task=task, why="")
        tasks.deny_objection(by=office_staff, task=task, why="属地负责")
    going = Deadline.objects.get(pk=task.deadline_id)
    # The two working days of the pause come on top.
    assert (going.paused_on, going.due_on) == (None, dt.date(2023, 7, 6))
    kept = Task.objects.get()
    assert (kept.state, kept.acknowledged_on) == (Task.State.ACKNOWLEDGED, dt.date(2023, 6, 16))
    assert Objection.objects.get().upheld is False


def test_what_was_denied_cannot_be_said_again(task, unit_clerk, office_staff):
    object_to(unit_clerk, task)
    with clock.at(MONDAY):
        tasks.deny_objection(by=office_staff, task=task, why="属地负责")
    with pytest.raises(Refused, match="不能再次提出"):
        object_to(unit_clerk, task)


def test_an_upheld_objection_gives_the_item_to_another_unit_with_clocks_of_its_own(
    task, unit, unit_clerk, office_staff, committee
):
    other = factories.unit(committee, name="区城管局", kind="department")
    object_to(unit_clerk, task, suggests=other)
    with clock.at(dt.date(2023, 6, 14)):
        with pytest.raises(Refused, match="请选择另一个单位"):
            tasks.uphold_objection(by=office_staff, task=task, unit=unit, why="还是你们")
        with pytest.raises(Refused, match="请写明理由"):
            tasks.uphold_objection(by=office_staff, task=task, unit=other, why="")
        new = tasks.uphold_objection(by=office_staff, task=task, unit=other, why="路灯归城管")
    old = Task.objects.get(pk=task.pk)
    assert (old.state, new.state, new.reassigned_from) == (Task.State.REASSIGNED, Task.State.ASSIGNED, old)
    assert new.agreement == old.agreement
    assert Agreement.objects.get().state == Agreement.State.ASSIGNED
    assert Entry.objects.filter(event="agreements.assigned").count() == 1
    running = Deadline.objects.filter(case_no=task.case_no, ended_on=None).values_list("pk", flat=True)
    assert set(running) == {new.deadline_id, new.step_deadline_id}
    assert new.deadline.due_on == dt.date(2023, 7, 6)
    with pytest.raises(Refused):
        tasks.acknowledge(by=unit_clerk, task=new)
