"""A pooled topic, a round on it, and people who vote."""

import datetime as dt

import pytest

from shangliang.opinions import commands
from shangliang.opinions.models import Round
from shangliang.people.actors import ANYONE
from shangliang.shared import clock
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic

from ..journeys import walk

TEXTS = [
    "路灯电费由村集体出。", "路灯晚上十二点以后可以关一半。", "灯杆可以立在自家院墙边。", "每户出一个工帮忙挖基坑。",
    "先装学校那一段。", "用太阳能灯，不拉电线。", "坏了由村里统一报修。", "院坝里的灯比路上的灯更要紧。",
    "装灯的钱要先公布再动工。", "灯太亮会影响睡觉。", "愿意每年每户出十块钱电费。", "灯装在哪里要先让大家看图。",
]  # fmt: skip


@pytest.fixture
def topic(committee, courtyard, liaison):
    """A topic in the pool."""
    voice, _code = walk.report(committee, courtyard, phone="13812345678")
    made = topics.propose(
        by=liaison, title="安装路灯", summary="夜间出行不便。", category=Topic.Category.SERVICE, voices=[voice]
    )
    topics.start_review(by=liaison, topic=made)
    topics.pool(by=liaison, topic=made)
    return made


@pytest.fixture
def draft(topic, liaison):
    """A round that is prepared, with its statements."""
    made = commands.begin(
        by=liaison, topic=topic, question="路灯怎么装、谁来管？", door=Round.Door.CODE,
        ends_on=clock.today() + dt.timedelta(days=20),
    )  # fmt: skip
    commands.add_statements(by=liaison, round=made, texts=TEXTS)
    return made


@pytest.fixture
def round(draft, liaison):
    """A round in which one can vote."""
    commands.open(by=liaison, round=draft)
    return draft


@pytest.fixture
def voting(round):
    """Somebody votes: ``voting(name, [1, -1, None, …])`` by the numbers of the statements; gives the participant."""
    statements = list(round.statements.order_by("number"))

    def run(name, values, **how):
        person = commands.join(by=ANYONE, round=round, key=f"k-{name}".ljust(24, "."), **how)
        for statement, value in zip(statements, values, strict=False):
            if value is not None:
                commands.vote(by=ANYONE, round=round, participant=person, statement=statement, value=value)
        return person

    return run
