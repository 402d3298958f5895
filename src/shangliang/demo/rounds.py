"""Rounds of opinion of the demo: one before the sitting about the lamps, and one that runs now. People are made up."""

import datetime as dt
import random

from ..consultations import commands as consultations
from ..consultations.agenda import offered
from ..consultations.models import Consultation
from ..opinions import commands as opinions
from ..opinions.drawing import drawn
from ..opinions.models import Round
from ..opinions.picture import picture
from ..people.actors import ANYONE, CLOCK
from ..shared import clock
from ..shared.calendar import DAY
from ..topics.models import Topic
from .article import day

LAMPS = "普陀村毛万二小院安装路灯"
BEFORE_A_SITTING = (
    Topic.State.POOLED, Topic.State.SUBMITTED, Topic.State.APPROVED, Topic.State.STUDYING, Topic.State.SCHEDULED,
)  # fmt: skip
#: (statement, chance of yes of who goes out at night, of who stays at home, of who pays attention to cost)
LAMP_STATEMENTS = [
    ("装灯的位置要先画图给大家看过再动工。", 0.95, 0.92, 0.94), ("灯坏了要有一个固定的人报修。", 0.96, 0.9, 0.93),
    ("路口和水沟边要先装。", 0.94, 0.88, 0.9), ("装灯的钱从哪来、花了多少要贴出来。", 0.93, 0.95, 0.97),
    ("院坝里也要装，不只装路上。", 0.9, 0.35, 0.4), ("灯要亮一整夜。", 0.86, 0.12, 0.3),
    ("半夜十二点以后可以关一半。", 0.25, 0.9, 0.85), ("用太阳能灯，不拉电线。", 0.6, 0.55, 0.95),
    ("每户一年出十块钱电费也愿意。", 0.88, 0.5, 0.08), ("挖基坑可以每户出一个工。", 0.8, 0.6, 0.9),
    ("灯太亮会照得人睡不着。", 0.1, 0.88, 0.4), ("灯杆可以立在自家院墙边。", 0.85, 0.2, 0.6),
    ("先装三盏看看效果再说。", 0.12, 0.7, 0.85), ("请老党员每晚看一看灯亮不亮。", 0.5, 0.45, 0.5),
]  # fmt: skip
NOW_STATEMENTS = [
    ("办之前先开一次院坝会。", 0.95, 0.93, 0.95), ("办好以后要有人管，不能一阵风。", 0.94, 0.95, 0.9),
    ("花了多少钱要贴出来。", 0.92, 0.94, 0.97), ("可以每户出点钱，办快一点。", 0.85, 0.2, 0.4),
    ("出工可以，出钱不行。", 0.3, 0.85, 0.6), ("等上面有项目再办也行。", 0.1, 0.4, 0.85),
    ("先办人多的院子。", 0.7, 0.25, 0.5), ("听村里安排就行，不用都来问。", 0.2, 0.3, 0.55),
]  # fmt: skip


def threads(cast, today: dt.date) -> list:
    """One generator for each round."""
    return [before_the_lamps(cast), running(cast, today)]


def before_the_lamps(cast):
    """May and June: asked while the topic is approved, told before the sitting, taken up on its agenda."""
    yield day(5, 20)
    topic = Topic.objects.get(title=LAMPS)
    round = _begin(cast, topic, "院坝到大路的灯，装几盏、装在哪、谁来管？", LAMP_STATEMENTS, day(6, 8), slips=14)
    for first in (0, 30):
        yield day(5, 27) + first // 30 * 6 * DAY
        _vote(cast, round, LAMP_STATEMENTS, range(first, first + 30))
    yield day(6, 8)
    opinions.close(by=cast.liaison(topic.region), round=round)
    _draw(round)
    yield day(6, 9)
    opinions.publish(
        by=cast.accounts["reviewer"], round=round,
        summary="大家都认：先画图再动工、路口和水沟边先装、账要贴出来、要有固定的人报修。亮多久、出不出电费还没说到一起，拿到院坝会上谈。",
    )  # fmt: skip
    consultation = Consultation.objects.get(topic=topic)
    seen, known = picture(round), offered(consultation)
    chosen = [told.statement for told in [*seen.consensus[:3], *seen.disputes[:2]] if told.statement.pk in known]
    consultations.take_statements(by=cast.liaison(topic.region), consultation=consultation, statements=chosen)


def running(cast, today):
    """A round on the youngest topic on its way to a sitting, open for three more weeks."""
    yield today - 6 * DAY
    waiting = Topic.objects.filter(state__in=BEFORE_A_SITTING).select_related("region", "case")
    topic = waiting.order_by("-pk").first()
    if topic is None:
        return
    round = _begin(cast, topic, f"{topic.title}：怎么办、谁出力？", NOW_STATEMENTS, today + 21 * DAY, slips=6)
    yield today - 2 * DAY
    _vote(cast, round, NOW_STATEMENTS, range(36))
    person = opinions.join(by=ANYONE, round=round, key="demo-writer")
    opinions.say(by=ANYONE, round=round, participant=person, text="能不能先顾最偏的那两家。")
    _draw(round)


def _begin(cast, topic, question, statements, ends_on, slips) -> Round:
    liaison = cast.liaison(topic.region)
    round = opinions.begin(
        by=liaison, topic=topic, question=question, door=Round.Door.CODE, ends_on=ends_on,
        reason="先问问大家怎么想，再坐下来商量。您的看法只用来准备院坝会。",
    )  # fmt: skip
    opinions.add_statements(by=liaison, round=round, texts=[row[0] for row in statements])
    opinions.print_slips(by=liaison, round=round, number=slips)
    opinions.open(by=liaison, round=round)
    return round


def _vote(cast, round, statements, people):
    """Made-up people of three minds; some of them on the numbered paper, as long as there is any."""
    rows, slips = list(round.statements.filter(state="shown")), round.slips.filter(participant=None).order_by("number")
    numbers = iter(slips.values_list("number", flat=True)[: len(people) // 4])
    for n in people:
        chance = random.Random(n)
        answers = {}
        for statement, (_text, *minds) in zip(rows, statements, strict=True):
            if chance.random() < 0.9:
                said = 1 if chance.random() < minds[n % 3] else -1
                answers[statement.pk] = 0 if chance.random() < 0.06 else said
        number = next(numbers, None) if n % 4 == 0 else None
        if number:
            opinions.enter_sheet(by=cast.liaison(round.region), round=round, slip=number, answers=answers)
            continue
        person = opinions.join(by=ANYONE, round=round, key=f"demo-{round.pk}-{n}")
        for statement in rows:
            if statement.pk in answers:
                value = answers[statement.pk]
                opinions.vote(by=ANYONE, round=round, participant=person, statement=statement, value=value)


def _draw(round):
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        opinions.draw(by=CLOCK, round=round, drawn=drawn(round))
