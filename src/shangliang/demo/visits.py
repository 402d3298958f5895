"""The visits of the demo: two years of members in courtyards, what they promised, and who goes next."""

import datetime as dt

from ..people.models import Member
from ..people.queries import serving_members
from ..shared.calendar import DAY
from ..venues.models import Venue
from ..visits import commands as visits
from ..visits.models import Promise, Visit
from ..voices import commands as voices
from ..voices.models import Voice
from . import bodies
from .article import LAMP_TEXT
from .days import evening
from .thread import KEY

#: So many days back the first; every so many days members go out, to so many courtyards on that day.
BACK, ROUND, A_DAY = 730, 14, 7
KINDS = (
    ("listening",), ("listening", "collecting"), ("uniting",), ("listening", "gathering"), ("consulting", "listening"),
    ("collecting",), ("listening", "uniting"),
)  # fmt: skip
EXPLAINED = (
    "农村危房改造的申请条件", "医保缴费的时间和渠道", "“渝事好商量”怎样反映、怎样查进度", "山坪塘谁管、坏了找谁",
    "高标准农田的排水怎样报修", "", "", "独居老人一键呼叫怎样申请",
)  # fmt: skip
NOTED = (
    "院坝已清扫，公示栏内容是上月的。", "三户老人独居，家里有人隔天来看。", "水沟淤积，雨天从院坝过水。", "",
    "新栽的果树长势好，盼着修一段耕作道。", "路面平整，会车的地方少。", "", "自来水傍晚水压小。",
)  # fmt: skip
PROMISED = (
    ("把医保缴费的办法写成大字贴在公示栏", "已打印张贴，逐户说过。"),
    ("问清水沟归谁清理，回来告诉大家", "镇街已安排清理，当面告诉了。"),
    ("带农技人员来看一次果树", "农业服务中心来看过，教了修枝。"),
    ("把会车难的路段拍照交给街道", "照片和位置已交，列入年底养护。"),
)  # fmt: skip
#: A few voices of visits; most matters of the demo come by other ways.
HEARD = (
    ("shao", bodies.SHAO, "院坝边的电线垂下来，大车过不去。", "电线已由供电所抬高。"),
    ("he", bodies.HE, "村口的公交站牌倒了，老人不知道几点有车。", "站牌已重新立好，贴上了时刻表。"),
)  # fmt: skip


def threads(cast, today) -> list:
    """One generator for each visit, and one for those that are planned."""
    yards = list(Venue.objects.filter(kind=Venue.Kind.COURTYARD).select_related("region", "committee").order_by("pk"))
    first = today - BACK * DAY
    made = [
        _visit(cast, yards[_yard(n, len(yards))], n, first + n // A_DAY * ROUND * DAY)
        for n in range(BACK // ROUND * A_DAY)
    ]
    heard = [_heard(cast, *row, today - (40 + 30 * n) * DAY) for n, row in enumerate(HEARD)]
    return [_lamps(cast), *made, *heard, _planned(cast, today)]


def _lamps(cast):
    """The visit of the article: the wish for lamps was heard here; the voice is the one its thread took in."""
    day = dt.date(2023, 5, 16)
    yield evening(day, 16)
    member, yard = cast.accounts["member"], cast.venues[bodies.MAO]
    visits.write_visit(
        by=member, committee=cast.committee, key="demo-visit-of-the-lamps-2023", venue=yard, on=day,
        members=list(dict.fromkeys([member.member, *cast.serving[yard.pk][:2]])), kinds=["listening", "collecting"],
        households=9, explained="“渝事好商量”怎样反映、怎样查进度。", noted="天黑以后院坝到大路看不见。",
        promises=[("请街道的同志一起来院坝商量路灯的事", day + 30 * DAY)],
        voices=[{"key": KEY.format("lamp"), "text": LAMP_TEXT}],
    )
    yield evening(dt.date(2023, 6, 14), 21)
    visit = Visit.objects.select_related("venue__region").get(venue=yard, on=day)
    report = "六月十四日街道、村民和委员一起商量过了。"
    visits.keep_promise(by=member, visit=visit, kept=visit.promises.get(), report=report)


def _yard(n, yards) -> int:
    """Most courtyards are seen every other month, some lie further off and are seen less."""
    return n * 7 % (yards if n % 3 else yards * 3 // 4)


def _visit(cast, yard, n, day):
    """One afternoon: one member or two, every fourth with a promise, two of three of those kept by the next round."""
    yield evening(day, 14 + n % 4, n * 7 % 60)
    members, writer = serving_members(yard, day), cast.liaison(yard.region)
    going = [members[(n + k) % len(members)] for k in range(1 + n % 2)]
    text, report = PROMISED[n // 4 % len(PROMISED)]
    promised = [(text, day + 21 * DAY)] if n % 4 == 0 else []
    written = visits.write_visit(
        by=writer, committee=cast.committee, key=f"demo-visit-{n:04}-of-two-years", venue=yard, on=day, members=going,
        kinds=KINDS[n % len(KINDS)], households=2 + n * 5 % 11, explained=EXPLAINED[n % len(EXPLAINED)],
        noted=NOTED[n * 3 % len(NOTED)],
        promises=promised,
    )
    if promised:
        yield evening(day + (1 if n % 12 else 6) * ROUND * DAY, 17, n % 60)
        visit = Visit.objects.select_related("venue__region").get(pk=written.visit.pk)
        visits.keep_promise(by=writer, visit=visit, kept=Promise.objects.get(visit=visit), report=report)


def _heard(cast, key, name, text, result, day):
    """A visit that brings a voice back; the liaison answers it with what was done."""
    yield evening(day, 15)
    yard = cast.venues[name]
    visits.write_visit(
        by=cast.liaison(yard.region), committee=cast.committee, venue=yard, on=day, members=cast.serving[yard.pk][:2],
        kinds=["listening"], households=5, key=f"demo-visit-{key}-of-the-courtyard",
        voices=[{"key": f"demo-voice-{key}-of-the-courtyard", "text": text}],
    )
    yield evening(day + DAY, 10)
    voice = Voice.objects.get(visit_link__visit__venue=yard, text=text)
    voices.answer(by=cast.liaison(yard.region), voice=voice, words=result)


def _planned(cast, today):
    """Who goes next: the member of the demo today, others in the coming days; one was put off by rain."""
    mao, member = cast.venues[bodies.MAO], cast.accounts["member"]
    going = Member.objects.get(pk=member.member_id)
    yield today - 3 * DAY
    plan = {"committee": cast.committee}
    visits.plan_visit(by=member, venue=mao, on=today, members=[going], **plan)
    for n, name in enumerate((bodies.SHAO, bodies.HE)):
        yard = cast.venues[name]
        visits.plan_visit(
            by=cast.liaison(yard.region), venue=yard, on=today + (2 + 3 * n) * DAY,
            members=cast.serving[yard.pk][:2], **plan,
        )
    off = visits.plan_visit(by=member, venue=mao, on=today - DAY, members=[going], committee=cast.committee)
    yield today - DAY
    visits.cancel(by=member, visit=off, why="下大雨，改到今天。")
