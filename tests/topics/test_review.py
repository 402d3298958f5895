"""Reviewing a topic: the negative list bars the pool and the Party committee, deferral stops the clock."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.people.roles import Role
from shangliang.rules.models import Deadline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from shangliang.topics.models import Approval, Topic
from shangliang.voices.reasons import GROUNDS

from .. import factories, moves


def test_an_open_flag_bars_the_pool_until_the_office_clears_it(reviewing, liaison, office_staff):
    topics.exclude(by=liaison, topic=reviewing, ground="in_court", note="村民说已经起诉")
    with pytest.raises(Refused, match="负面清单标记没有解除"):
        topics.pool(by=liaison, topic=reviewing)
    with pytest.raises(Refused, match="须由政协办公室或委室"):
        topics.clear_exclusion(by=liaison, topic=reviewing, why="没有起诉")
    with pytest.raises(Refused, match="为什么不适用"):
        topics.clear_exclusion(by=office_staff, topic=reviewing, why="")
    topics.clear_exclusion(by=office_staff, topic=reviewing, why="没有起诉")
    topics.pool(by=liaison, topic=reviewing)
    assert Topic.objects.get().state == Topic.State.POOLED
    assert Entry.objects.filter(event="topics.exclusion_cleared").count() == 1
    with pytest.raises(Refused, match="没有待解除的标记"):
        topics.clear_exclusion(by=office_staff, topic=reviewing, why="再来一次")


def test_every_ground_of_the_negative_list_can_be_flagged(reviewing, liaison):
    for ground in GROUNDS:
        topics.exclude(by=liaison, topic=reviewing, ground=ground, note="看起来像")
    told = [entry.fields["ground"] for entry in Entry.objects.filter(event="topics.excluded").order_by("seq")]
    assert told == [str(reason.title) for reason in GROUNDS.values()]


def test_a_ground_that_is_not_listed_and_a_topic_beyond_the_pool_are_refused(reviewing, liaison):
    with pytest.raises(Refused, match="请选择一条理由"):
        topics.exclude(by=liaison, topic=reviewing, ground="nonsense", note="")
    with pytest.raises(Refused, match="已过入库环节"):
        topics.exclude(by=liaison, topic=moves.put(reviewing, "approved"), ground="secret", note="")


def test_a_flag_raised_in_the_pool_bars_the_way_to_the_party_committee(pooled, liaison):
    topics.exclude(by=liaison, topic=pooled, ground="in_court", note="刚听说")
    with pytest.raises(Refused, match="也不能报审"):
        topics.submit(by=liaison, topic=pooled)


def test_deferring_is_no_way_around_the_negative_list(reviewing, liaison):
    topics.exclude(by=liaison, topic=reviewing, ground="in_court", note="已起诉")
    topics.defer(by=liaison, topic=reviewing, until=clock.today() + dt.timedelta(days=5), why="等判决")
    with pytest.raises(Refused, match="负面清单标记没有解除"):
        topics.resume(by=liaison, topic=reviewing)


def test_no_clock_runs_while_a_topic_is_deferred_or_pooled(reviewing, liaison):
    topics.defer(by=liaison, topic=reviewing, until=clock.today() + dt.timedelta(days=5), why="等天晴")
    topics.resume(by=liaison, topic=reviewing)
    assert Topic.objects.get().state == Topic.State.POOLED
    assert not Deadline.objects.filter(key="topic.review", ended_on=None).exists()


REFUSED = [
    ("send_back", {"why": ""}, "需要修改什么"),
    ("defer", {"until": 0, "why": "等"}, "复议日期要在今天之后"),
    ("defer", {"until": -1, "why": "等"}, "复议日期要在今天之后"),
    ("defer", {"until": 1, "why": ""}, "为什么缓议"),
    ("decline", {"why": ""}, "不纳入的理由"),
    ("withdraw", {"why": ""}, "为什么撤回"),
]


def test_a_step_without_its_reason_or_with_a_past_day_is_refused(reviewing, liaison):
    for verb, fields, says in REFUSED:
        if "until" in fields:
            fields = fields | {"until": clock.today() + dt.timedelta(days=fields["until"])}
        with pytest.raises(Refused, match=says):
            getattr(topics, verb)(by=liaison, topic=reviewing, **fields)
    assert Topic.objects.get().state == Topic.State.REVIEWING
    assert Deadline.objects.get(pk=reviewing.deadline_id).ended_on is None


def test_a_reworded_topic_needs_a_name(reviewing, liaison):
    topics.send_back(by=liaison, topic=reviewing, why="切口太大")
    with pytest.raises(Refused, match="请写议题名称"):
        topics.resubmit(by=liaison, topic=reviewing, title="", summary="")


def test_an_approval_names_its_body_and_its_day(pooled, liaison, party_approver):
    topics.submit(by=liaison, topic=pooled)
    with pytest.raises(Refused, match="哪一级党委"):
        topics.approve(by=party_approver, topic=pooled, body="", decided_on=clock.today())
    with pytest.raises(Refused, match="不能在将来"):
        topics.approve(
            by=party_approver, topic=pooled, body="党工委", decided_on=clock.today() + dt.timedelta(days=1)
        )
    topics.approve(by=party_approver, topic=pooled, body="党工委", decided_on=clock.today(), paper_no="12号")
    assert Approval.objects.get().paper_no == "12号"


def test_the_partys_desk_of_another_town_approves_nothing_here(pooled, liaison, committee, county):
    topics.submit(by=liaison, topic=pooled)
    other = factories.account(Role.PARTY_APPROVER, committee=committee, region=county.at["500153112"])
    with pytest.raises(Refused, match="由党委审定岗登记"):
        topics.approve(by=other, topic=pooled, body="清流镇党委", decided_on=clock.today())


def test_a_topic_deferred_after_its_approval_is_approved_anew(pooled, liaison, party_approver):
    for body in ("党工委第一次会", "党工委第二次会"):
        topics.submit(by=liaison, topic=pooled)
        topics.approve(by=party_approver, topic=pooled, body=body, decided_on=clock.today())
        if body.endswith("一次会"):
            topics.defer(by=liaison, topic=pooled, until=clock.today() + dt.timedelta(days=9), why="等资金")
            topics.resume(by=liaison, topic=pooled)
    assert Approval.objects.get().body == "党工委第二次会"
    assert Entry.objects.filter(event="topics.approved").count() == 2
