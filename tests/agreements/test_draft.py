"""Putting items down as data, and confirming them with the minutes."""

import datetime as dt

import pytest

from shangliang.agreements import commands as agreements
from shangliang.agreements.models import Agreement
from shangliang.journal.models import Entry
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .. import moves
from ..journeys import walk


def test_items_are_numbered_and_the_journal_keeps_each(held, liaison, unit):
    items = [walk.item(liaison, held, unit=unit, text=f"第{n}件") for n in (1, 2, 3)]
    assert [item.number for item in items] == [1, 2, 3]
    assert Entry.objects.filter(event="agreements.drafted").count() == 3


def test_an_item_that_says_too_little_or_too_much_is_refused(held, liaison, unit):
    for fields, says in [
        ({"text": " "}, "请写约定内容"),
        ({"unit": None}, "请选择责任单位"),
        ({"due_on": clock.today() - dt.timedelta(days=1)}, "不能早于今天"),
        ({"villagers_yuan": 100}, "类别须选“村民自筹”"),
        ({"villagers_days": 1}, "类别须选“村民自筹”"),
    ]:
        with pytest.raises(Refused, match=says):
            walk.item(liaison, held, **{"unit": unit, **fields})
    assert not Agreement.objects.exists()


def test_an_item_may_be_due_today(held, liaison, unit):
    assert walk.item(liaison, held, unit=unit, due_on=clock.today()).due_on == clock.today()


def test_items_are_drafted_only_by_those_who_run_the_consultation(held, strangers, unit, unit_clerk):
    people = strangers | {"the clerk of the unit": unit_clerk}
    assert moves.refused_to(people, held, lambda by, c: walk.item(by, c, unit=unit)) == []


def test_issued_minutes_make_items_stand_and_reserved_opinions_stay_as_such(held, liaison, unit):
    item = walk.item(liaison, held, unit=unit, text="装六盏")
    kept = walk.item(liaison, held, unit=unit, kind="reserved", text="有一户不同意位置")
    walk.issued(liaison, held)
    assert Agreement.objects.get(pk=item.pk).state == Agreement.State.SUBMITTED
    assert Agreement.objects.get(pk=kept.pk).state == Agreement.State.RESERVED


def test_a_step_without_its_words_is_refused(draft, office_staff):
    for verb, fields, says in [
        ("revise", {"text": ""}, "请写约定内容"),
        ("instruct", {"instruction": " "}, "请写批示内容"),
        ("adopt_part", {"why": ""}, "采纳哪一部分"),
        ("not_adopt", {"why": ""}, "为什么不能采纳"),
    ]:
        thing = moves.put(draft, sorted(Agreement.MOVES[verb][0])[-1])
        with pytest.raises(Refused, match=says):
            getattr(agreements, verb)(by=office_staff, agreement=thing, **fields)
        assert Agreement.objects.get().state == thing.state


def test_an_item_is_superseded_by_a_living_item_of_its_topic_with_a_reason(draft, held, liaison, unit):
    later = walk.item(liaison, held, unit=unit, text="改装八盏")
    standing = moves.put(draft, "confirmed")
    with pytest.raises(Refused, match="请选择另一项"):
        agreements.supersede(by=liaison, agreement=standing, into=standing, why="改")
    with pytest.raises(Refused, match="为什么取代"):
        agreements.supersede(by=liaison, agreement=standing, into=later, why="")
    with pytest.raises(Refused, match="仍有效的约定"):
        agreements.supersede(by=liaison, agreement=standing, into=moves.put(later, "superseded"), why="改")
    agreements.supersede(by=liaison, agreement=standing, into=moves.put(later, "confirmed"), why="写得更清楚")
    assert Agreement.objects.get(pk=draft.pk).superseded_by == later
