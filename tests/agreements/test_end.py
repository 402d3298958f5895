"""A topic ends with its last item, whichever way the items end, and those who raised it are told."""

import pytest

from shangliang.agreements import commands as agreements
from shangliang.agreements.models import Agreement
from shangliang.consultations.models import Consultation
from shangliang.journal.outbox import relay
from shangliang.notifications.models import Notice
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic
from shangliang.voices.models import Voice

from ..journeys import walk


def test_reported_minutes_without_an_item_end_the_topic(held, liaison):
    walk.issued(liaison, held)
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Voice.objects.get().result_words == "协商后没有形成需要交办的约定。"


def test_reserved_opinions_alone_end_the_topic_with_the_report(held, liaison, unit):
    walk.item(liaison, held, unit=unit, kind="reserved", text="三户不同意占地。")
    walk.issued(liaison, held)
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Voice.objects.get().result_words == "保留意见：三户不同意占地。"
    assert Voice.objects.get().case.stage == "ended"


def test_before_the_report_a_topic_without_consensus_is_consulted_on_once_more(held, liaison, unit):
    walk.item(liaison, held, unit=unit, kind="reserved", text="三户不同意占地。")
    topics.reconsult(by=liaison, topic=Topic.objects.get(), why="再谈一次")
    walk.issued(liaison, held)
    assert Topic.objects.get().state == Topic.State.RECONSULT
    assert Voice.objects.get().state == Voice.State.TOPIC


def test_items_that_are_not_adopted_end_the_topic_with_their_reasons(held, liaison, office_staff, unit):
    for text in ("装六盏路灯。", "修一段围栏。"):
        walk.item(liaison, held, unit=unit, text=text)
    walk.issued(liaison, held)
    first, second = Agreement.objects.order_by("number")
    agreements.adopt_part(by=office_staff, agreement=first, why="先装三盏。")
    assert Topic.objects.get().state == Topic.State.CONSULTED
    agreements.not_adopt(by=office_staff, agreement=second, why="不属于公共区域。")
    assert Topic.objects.get().state == Topic.State.CLOSED
    assert Voice.objects.get().result_words == "部分采纳：先装三盏。；未采纳：不属于公共区域。"


def test_the_person_reads_why_an_item_was_not_adopted(held, liaison, office_staff, unit):
    walk.item(liaison, held, unit=unit)
    walk.issued(liaison, held)
    agreements.not_adopt(by=office_staff, agreement=Agreement.objects.get(), why="没有资金。")
    relay(now=clock.now())
    assert Notice.objects.filter(sentence="第 1 项未采纳：没有资金。").count() == 1


def test_a_long_story_is_told_in_two_hundred_characters(held, liaison, unit):
    for n in range(4):
        walk.item(liaison, held, unit=unit, kind="reserved", text=f"{n}" + "长" * 90)
    walk.issued(liaison, held)
    assert len(Voice.objects.get().result_words) == 200


def test_nobody_closes_a_topic_over_an_open_item(held, liaison, office_staff, unit):
    walk.item(liaison, held, unit=unit)
    walk.issued(liaison, held)
    for by in (liaison, office_staff):
        with pytest.raises(Refused, match="由系统办结"):
            topics.close(by=by, topic=Topic.objects.get())
    assert Consultation.objects.get().state == Consultation.State.REPORTED
