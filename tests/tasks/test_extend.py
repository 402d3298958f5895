"""Extensions: once, at most thirty days, before the day is over, with a reason the proposer reads; and suspension."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.journal.outbox import relay
from shangliang.notifications.models import Notice
from shangliang.rules import commands as rules
from shangliang.rules.models import Deadline, Rule
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Extension, Task

from ..journeys import walk
from .conftest import MONDAY


def ask(by, task, days=10, reason="灯杆缺货", on=MONDAY):
    with clock.at(on):
        tasks.request_extension(by=by, task=task, days=days, reason=reason)


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"days": 31}, "最多 30 天"), ({"days": 0}, "最多 30 天"), ({"reason": " "}, "反映人会看到"),
     ({"on": dt.date(2023, 7, 5)}, "期限已过")],
)
def test_too_long_too_late_or_without_a_reason_is_refused(fields, says, at_work, unit_clerk):
    with pytest.raises(Refused, match=says):
        ask(unit_clerk, at_work, **fields)
    assert not Extension.objects.exists()


def test_on_the_last_day_it_may_still_be_asked_for(at_work, unit_clerk):
    ask(unit_clerk, at_work, days=30, on=dt.date(2023, 7, 4))
    assert Task.objects.get().state == Task.State.EXTENSION_REQUESTED


def test_a_granted_extension_moves_the_date_and_both_dates_stay_readable(at_work, unit_clerk, office_staff):
    ask(unit_clerk, at_work)
    tasks.grant_extension(by=office_staff, task=at_work)
    entry = Entry.objects.get(event="tasks.extension_granted")
    assert (entry.fields["before"], entry.fields["due_on"]) == ("2023-07-04", "2023-07-18")
    assert str(Deadline.objects.get(pk=at_work.deadline_id).due_on) == "2023-07-18"
    assert Extension.objects.get().granted is True
    assert entry.why == "灯杆缺货"


def test_the_proposer_is_told_with_the_reason(at_work, unit_clerk, office_staff):
    ask(unit_clerk, at_work)
    tasks.grant_extension(by=office_staff, task=at_work)
    relay()
    told = Notice.objects.get(entry=Entry.objects.get(event="tasks.extension_granted").seq)
    assert told.sentence == "同意延期，新的期限 2023年7月18日（原 2023年7月4日）：灯杆缺货"


def test_once_only(at_work, unit_clerk, office_staff):
    ask(unit_clerk, at_work)
    tasks.grant_extension(by=office_staff, task=at_work)
    with pytest.raises(Refused, match="不能再次延期"):
        ask(unit_clerk, at_work)


def test_what_was_denied_keeps_the_date_and_may_be_asked_again(at_work, unit_clerk, office_staff):
    ask(unit_clerk, at_work)
    with pytest.raises(Refused, match="请写明理由"):
        tasks.deny_extension(by=office_staff, task=at_work, why="")
    tasks.deny_extension(by=office_staff, task=at_work, why="还来得及")
    assert Deadline.objects.get(pk=at_work.deadline_id).due_on == dt.date(2023, 7, 4)
    ask(unit_clerk, at_work)
    assert list(Extension.objects.order_by("pk").values_list("granted", flat=True)) == [False, None]


def test_a_returned_task_may_be_extended_too(under_review, unit_clerk, office_staff):
    tasks.send_back(by=office_staff, task=under_review, why="只亮了五盏")
    ask(unit_clerk, under_review, days=3)
    tasks.grant_extension(by=office_staff, task=under_review)
    assert Task.objects.get().state == Task.State.IN_PROGRESS


def test_a_suspended_task_rests_and_goes_on_with_the_days_that_were_left(at_work, office_staff):
    with pytest.raises(Refused, match="为什么中止"):
        tasks.suspend(by=office_staff, task=at_work, why="")
    tasks.suspend(by=office_staff, task=at_work, why="洪水")
    assert not Task.objects.overdue(dt.date(2024, 1, 1)).exists()
    with clock.at(dt.date(2023, 6, 19)):
        tasks.resume(by=office_staff, task=at_work)
    # Five working days of rest: from 4 to 11 July.
    assert Deadline.objects.get(pk=at_work.deadline_id).due_on == dt.date(2023, 7, 11)


def test_a_holiday_notice_dates_the_clock_anew(at_work, office_staff):
    before = at_work.deadline.due_on
    days = {day: (False, name) for day, name in ((dt.date(2023, 1, 1), "元旦"), (dt.date(2023, 5, 1), "劳动节"),
                                                 (dt.date(2023, 10, 1), "国庆节"), (dt.date(2023, 6, 22), "端午节"))}
    rules.enter_notice(by=office_staff, year=2023, days=days, source="国办发明电〔2022〕16号")
    after = Deadline.objects.get(pk=at_work.deadline_id).due_on
    # Without 23 June as a holiday and 25 June as a working day the fifteenth day is the same; 22 June alone is off.
    assert (before, after) == (dt.date(2023, 7, 4), dt.date(2023, 7, 4))
    rules.enter_notice(
        by=office_staff, year=2023, days=days | {dt.date(2023, 6, 26): (False, "临时放假")}, source="补充通知"
    )
    assert Deadline.objects.get(pk=at_work.deadline_id).due_on == dt.date(2023, 7, 5)
    assert Entry.objects.filter(event="rules.redated", case_no=at_work.case_no).exists()


def test_a_committee_that_grants_two_extensions_is_obeyed(at_work, unit_clerk, office_staff):
    rules.set_rule(by=office_staff, rule=Rule.objects.get(key="task.extension.times"), value=2, why="山区")
    for _time in range(2):
        ask(unit_clerk, at_work, days=2)
        tasks.grant_extension(by=office_staff, task=at_work)
    assert Extension.objects.filter(granted=True).count() == 2


def test_an_answer_ends_the_clock(at_work, unit_clerk):
    walk.answered(unit_clerk, at_work)
    assert Deadline.objects.get(pk=at_work.deadline_id).ended_on == MONDAY
