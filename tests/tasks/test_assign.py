"""Giving a task: its day, the clocks it starts, and what is refused."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import CoUnit, Task

from .. import factories
from ..journeys import walk
from .conftest import MONDAY


@pytest.mark.parametrize(
    ("size", "due"),
    [("immediate", dt.date(2023, 6, 19)), ("ordinary", dt.date(2023, 7, 4)), ("hard", dt.date(2023, 8, 11))],
)
def test_the_day_follows_from_how_hard_the_matter_is(size, due, lamp_agreement, office_staff, unit):
    _voice, item = lamp_agreement
    with clock.at(MONDAY):
        task = tasks.assign(by=office_staff, agreement=item, unit=unit, size=size)
    assert (task.deadline.due_on, task.step_deadline.due_on) == (due, dt.date(2023, 6, 14))


@pytest.mark.parametrize(("fields", "says"), [({"unit": None}, "请选择承办单位"), ({"size": "huge"}, "请选择难易")])
def test_a_task_needs_its_unit_and_its_size(fields, says, lamp_agreement, office_staff, unit):
    _voice, item = lamp_agreement
    with pytest.raises(Refused, match=says):
        tasks.assign(by=office_staff, agreement=item, **{"unit": unit, "size": "ordinary", **fields})
    assert not Task.objects.exists()


def test_an_item_is_given_once(task, lamp_agreement, office_staff, unit):
    with pytest.raises(Refused, match="已交办"):
        walk.assigned(office_staff, task.agreement, unit)
    assert Task.objects.count() == 1


def test_helping_units_have_clocks_of_their_own_that_end_with_the_task(
    lamp_agreement, office_staff, unit, unit_clerk, account, committee
):
    helper = factories.unit(committee, name="区供电公司", kind="other")
    clerk = account("unit_clerk", unit=helper)
    _voice, item = lamp_agreement
    with clock.at(MONDAY):
        task = tasks.assign(by=office_staff, agreement=item, unit=unit, size="hard", co_units=[helper, unit])
        assert CoUnit.objects.get().deadline.due_on == dt.date(2023, 6, 21)
        with pytest.raises(Refused, match="职责范围"):
            tasks.co_reply(by=unit_clerk, task=task, opinion="我们自己办")
        with pytest.raises(Refused, match="请写协办意见"):
            tasks.co_reply(by=clerk, task=task, opinion=" ")
        tasks.object(by=unit_clerk, task=task, reason="不是街道的事")
        other = factories.unit(committee, name="区城管局", kind="department")
        tasks.uphold_objection(by=office_staff, task=task, unit=other, why="由城管局牵头")
    again = Task.objects.get(unit=other)
    assert not Deadline.objects.filter(pk=task.helpers.get().deadline_id, ended_on=None).exists()
    assert [h.unit for h in again.helpers.all()] == [helper]
    with pytest.raises(Refused, match="已经结束"):
        tasks.co_reply(by=clerk, task=Task.objects.get(pk=task.pk), opinion="可以接电")
    with clock.at(MONDAY):
        tasks.co_reply(by=clerk, task=again, opinion="可以接电")
    assert again.helpers.get().deadline.ended_on == MONDAY
    assert Entry.objects.get(event="tasks.co_replied").fields["unit"] == "区供电公司"
