"""Answers: A with evidence, B with a dated promise, C with what would change it, D for suggestions alone."""

import datetime as dt

import pytest

from shangliang.agreements.models import Agreement
from shangliang.journal.models import Entry
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Promise, Reply, Task
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice

from .. import moves
from ..journeys import walk

LATER = dt.date(2023, 8, 1)


def reply(by, task, grade, **fields):
    tasks.reply(by=by, task=task, grade=grade, **{"text": "办理情况", **fields})


REFUSED = [
    ("A", {}, "要附办理后的照片", "photos"),
    ("A", {"text": " "}, "请写办理情况", "text"),
    ("B", {"promise_due": LATER}, "写明承诺什么", "promise"),
    ("B", {"promise": "七月装完"}, "今天以后的兑现日期", "promise_due"),
    ("B", {"promise": "七月装完", "promise_due": dt.date(2023, 6, 12)}, "今天以后的兑现日期", "promise_due"),
    ("C", {}, "什么条件下可以解决", "would_change"),
    ("D", {}, "只有意见建议可以留作参考", "grade"),
    ("E", {}, "请选择办理结果", "grade"),
    ("", {}, "请选择办理结果", "grade"),
]


def test_an_answer_without_what_its_grade_asks_is_refused(at_work, unit_clerk):
    for grade, fields, says, field in REFUSED:
        with pytest.raises(Refused, match=says) as refused:
            reply(unit_clerk, at_work, grade, **fields)
        assert refused.value.field == field
    assert not Reply.objects.exists() and Task.objects.get().state == Task.State.ACKNOWLEDGED


def test_d_is_for_suggestions(at_work, unit_clerk):
    moves.put(at_work.agreement, "assigned", kind=Agreement.Kind.SUGGESTION)
    reply(unit_clerk, Task.objects.get(), "D")
    assert Reply.objects.get().grade == "D"


def test_evidence_handed_in_once_serves_a_second_answer(under_review, unit_clerk, office_staff):
    tasks.send_back(by=office_staff, task=under_review, why="写详细些")
    reply(unit_clerk, under_review, "A", text="六盏，分别在……")
    assert [r.version for r in Reply.objects.all()] == [1, 2]


def test_a_step_of_the_unit_needs_its_words(at_work, unit_clerk):
    with pytest.raises(Refused, match="请写一句进展"):
        tasks.progress(by=unit_clerk, task=at_work, text=" ")
    tracking = moves.put(at_work, "tracking", grade="B", replied_on=clock.today())
    with pytest.raises(Refused, match="请写兑现情况"):
        tasks.keep_promise(by=unit_clerk, task=tracking, report="")


def test_a_c_answer_ends_as_not_adopted_and_never_says_it_was_carried_out(lamp, at_work, unit_clerk, office_staff):
    reply(unit_clerk, at_work, "C", would_change="电网改造之后")
    walk.accepted(office_staff, at_work, words="暂时装不了，等电网改造。")
    assert Voice.objects.get().state == Voice.State.RESULT
    assert not Entry.objects.filter(event="agreements.implemented").exists()
    tasks.close(by=office_staff, task=Task.objects.get(), how="基本满意")
    assert Agreement.objects.get().state == Agreement.State.NOT_ADOPTED
    assert Agreement.objects.get().outcome_words == "暂时装不了，等电网改造。"
    assert Topic.objects.get().state == Topic.State.CLOSED


def test_a_b_answer_is_followed_until_its_promise_is_kept(lamp, at_work, unit_clerk, office_staff):
    reply(unit_clerk, at_work, "B", promise="七月底装完", promise_due=LATER)
    walk.accepted(office_staff, at_work, words="七月底装完。")
    task = Task.objects.get()
    assert (task.state, task.step_deadline.due_on) == (Task.State.TRACKING, LATER)
    assert Voice.objects.get().state == Voice.State.TOPIC
    with clock.at(dt.date(2023, 7, 28)):
        tasks.keep_promise(by=unit_clerk, task=task, report="装完了", photos=[walk.picture()])
        with pytest.raises(Refused, match="核实情况"):
            tasks.reject_promise(by=office_staff, task=task, why="")
        tasks.reject_promise(by=office_staff, task=task, why="还差一盏")
        tasks.keep_promise(by=unit_clerk, task=task, report="第六盏也装了")
        tasks.check_promise(by=office_staff, task=task, words="六盏都亮了。")
    assert Promise.objects.get().report == "第六盏也装了"
    assert Voice.objects.get().result_words == "六盏都亮了。"
    running = Deadline.objects.filter(case_no=task.case_no, ended_on=None).values_list("key", flat=True)
    assert sorted(running) == ["task.evaluate", "voice.evaluate"]


def test_the_result_is_told_in_a_few_plain_words(under_review, office_staff):
    for words, says in [(" ", "大白话"), ("灯" * 201, "200 字以内")]:
        with pytest.raises(Refused, match=says):
            tasks.accept(by=office_staff, task=moves.put(under_review, "under_review"), words=words)
        with pytest.raises(Refused, match=says):
            tasks.check_promise(by=office_staff, task=moves.put(under_review, "promise_done"), words=words)


def test_an_answer_sent_back_has_a_reason_and_a_new_clock(under_review, office_staff):
    with pytest.raises(Refused, match="哪里还不够"):
        tasks.send_back(by=office_staff, task=under_review, why="")
    tasks.send_back(by=office_staff, task=under_review, why="没有照片")
    task = Task.objects.get()
    assert (task.deadline.key, task.deadline.due_on) == ("task.send_back", dt.date(2023, 6, 19))


def test_a_joint_review_ends_with_its_result_in_words(under_review, office_staff):
    review = moves.put(under_review, "joint_review")
    with pytest.raises(Refused, match="请写会商结果"):
        tasks.settle_joint_review(by=office_staff, task=review, result=" ")
    tasks.settle_joint_review(by=office_staff, task=review, result="再装两盏")
    assert Task.objects.get().closed_how == "会商后销号"
