"""The article's own threads with its dates: lamps of 毛万二小院, 邵家坝, the road of 禾苗村, water for 三合村."""

import datetime as dt

from ..agreements import commands as agreements
from ..agreements.models import Agreement
from ..consultations import commands as consultations
from ..consultations.models import Attendance, Consultation
from ..outcomes import commands as outcomes
from ..tasks import commands as tasks
from ..tasks.models import Task
from ..topics import commands as topics
from ..topics.models import Topic, TopicSource
from ..voices import commands as voices
from . import bodies
from .days import evening
from .thread import Thread

LAMP_TEXT = "委员走访时大家说：院坝到大路没有路灯，天黑了看不见路，老人和娃儿晚上都不敢出门，盼着在家门口装几盏灯。"
LAMP_GIST = "小院到村道一段没有路灯，夜间出行不便。村民、街道和委员在院坝里一起商量了装几盏、装在哪里、电费谁出。"


def threads(cast) -> list:
    """The generators of this module."""
    return [lamp(cast), self_help(cast), road(cast), water(cast)]


def day(month, number, year=2023) -> dt.date:
    """A day, most of them in the year of the article."""
    return dt.date(year, month, number)


def lamp(cast):
    """May: the wish; June: the consultation in the courtyard; July: the lamps are lit and rated."""
    thread = Thread(cast, "lamp", "安富街道普陀村", bodies.MAO)
    yield day(5, 16)
    thread.receive(LAMP_TEXT, channel="visit", by=cast.accounts["member"])
    yield day(5, 17)
    thread.propose("普陀村毛万二小院安装路灯", LAMP_GIST)
    yield day(5, 18)
    thread.review()
    yield day(5, 19)
    thread.pool()
    thread.submit()
    yield day(5, 24)
    yield from _neighbour_wants_light_too(cast, thread)
    thread.approve()
    yield day(5, 30)
    topics.study(by=thread.liaison, topic=thread.topic)
    yield day(6, 5)
    thread.convene(evening(day(6, 14)), ["安富街道办事处", "区城市管理局"], members=4, villagers=7)
    yield evening(day(6, 14))
    yield from _lamp_agreed(thread)
    yield from _lamp_lit(thread)


def _neighbour_wants_light_too(cast, thread):
    """A second voice about the same dark path: merged, and its proposer hears of every step."""
    other = Thread(cast, "merged", "安富街道普陀村", bodies.MAO)
    other.receive("我家在院子后头，下雨天摸黑走沟边，也希望路灯能装到这边来。", name="演示·群众", phone="13800000011")
    yield day(5, 25)
    voices.merge(by=thread.liaison, voice=other.voice, into=thread.voice, why="同一个院子、同一段路的路灯")


def _lamp_agreed(thread):
    thread.hold(absent=1)
    yield day(6, 15)
    thread.agree(
        "在毛万二小院至村道、院后沟边共安装太阳能路灯六盏，七月底前亮灯。", "安富街道办事处",
        co_units=["区城市管理局"], due_on=day(7, 31), funding_source="街道人居环境整治资金", funding_yuan=16800,
    )
    thread.agree("灯装好后由小院推选管家看护，灯坏了三天内报街道。", kind="reserved", party="villagers")
    thread.minutes(
        "实地看过，院坝到村道约二百一十米，宜装六盏。", "群众：路口和沟边先装。街道：用太阳能，不用群众出电费。"
    )
    yield day(6, 19)
    thread.confirm()
    yield day(6, 20)
    thread.report()
    first = Agreement.objects.get(consultation=thread.consultation, number=1)
    yield day(6, 26)
    thread.assign("安富街道办事处", co_units=["区城市管理局"], agreement=first)


def _lamp_lit(thread):
    yield day(6, 27)
    thread.acknowledge()
    yield day(6, 30)
    helper = thread.cast.clerk(thread.cast.units["区城市管理局"])
    tasks.co_reply(by=helper, task=thread.task, opinion="已核对灯型和间距，三十瓦、间隔三十五米为宜。")
    yield day(7, 5)
    thread.progress("灯杆、灯头已到货，六个基坑已挖好四个。", "lamp")
    yield day(7, 21)
    thread.reply("六盏太阳能路灯已全部安装，天黑自动亮，院后沟边也装了一盏。", "lamp")
    yield day(7, 24)
    thread.accept("六盏路灯已装好，天黑自动亮，不用大家出电费。")
    yield evening(day(7, 26), 20, 15)
    thread.rate("satisfied", "晚上回家亮堂多了。")
    yield day(7, 28)
    _members_rate(thread)
    thread.publish("普陀村毛万二小院安装路灯", LAMP_GIST)
    yield day(8, 3)
    consultations.archive(by=thread.liaison, consultation=thread.consultation)


def _members_rate(thread, note=""):
    """The first member at the table says how it turned out, told in a call-back when a note says so."""
    rows = thread.consultation.attendances.filter(role=Attendance.Role.MEMBER, status=Attendance.Status.PRESENT)
    attendance = rows.select_related("member", "consultation__venue__region").order_by("pk").first()
    member = thread.cast.accounts["member"]
    own = member.member_id == attendance.member_id
    outcomes.rate_attended(
        by=member if own else thread.office, attendance=attendance, value="satisfied", note="" if own else note
    )


def self_help(cast):
    """邵家坝: the villagers give labour and money, and the law asks for their decision before a task begins."""
    thread = Thread(cast, "self_help", "清流镇马草村", bodies.SHAO)
    yield day(3, 7)
    words = "院落里排水沟堵、房前屋后乱，大家愿意自己出工出点钱，把环境整好。"
    thread.receive(words, name="演示·群众", phone="13800000012")
    yield day(3, 9)
    thread.propose("邵家坝院落人居环境整治", SHAO_GIST, Topic.Category.GOVERNANCE)
    thread.review()
    yield day(3, 13)
    thread.pool()
    thread.submit()
    yield day(3, 17)
    thread.approve()
    yield day(3, 20)
    thread.convene(evening(day(3, 25), 15, 0), ["清流镇人民政府", "区农业农村委"], villagers=8)
    yield evening(day(3, 25), 15, 0)
    thread.hold()
    thread.agree(
        "院落二十六户投工二百六十个、每户自筹三百元，清沟、铺院坝、拆旱厕。", "马草村村民委员会", kind="self_help",
        party="villagers", villagers_yuan=7800, villagers_days=260,
    )
    thread.agree("镇里补助水泥四十吨和排水管，派技术员到场指导。", "清流镇人民政府", due_on=day(5, 31))
    thread.minutes("院落二十六户，排水沟三百二十米。", "群众：出工可以，出钱要家家公平。镇里：材料由镇里补助。")
    yield day(3, 28)
    thread.confirm()
    own, helped = Agreement.objects.filter(consultation=thread.consultation).order_by("number")
    yield day(4, 6)
    _village_decides(thread, own)
    yield day(4, 7)
    thread.report()
    yield from _self_help_done(thread, own, helped)


SHAO_GIST = "院落环境整治由村民投工投劳投资。先由村民小组会议依法表决通过，再动工；镇里补助材料。"


def _village_decides(thread, agreement):
    agreements.decide(
        by=thread.liaison, agreement=agreement, body="group_households", noticed_on=day(3, 30), held_on=day(4, 5),
        entitled=26, present=23, in_favour=22,
        resolution="同意每户自筹三百元、投工十个，用于院落排水沟和院坝整治；账目上墙。",
    )


def _self_help_done(thread, own, helped):
    yield day(4, 11)
    labour = thread.assign("马草村村民委员会", Task.Class.HARD, agreement=own)
    material = thread.assign("清流镇人民政府", agreement=helped)
    yield day(4, 12)
    for task in (labour, material):
        thread.take(task)
        thread.acknowledge()
    yield day(4, 24)
    thread.progress("水泥和排水管已送到院落，技术员到场两次。")
    thread.take(labour)
    thread.progress("已清沟二百米，投工一百四十个，收支已上墙公示。", "yard")
    yield day(5, 26)
    thread.take(material)
    thread.reply("补助水泥四十吨、排水管六十根，全部到位。", "yard")
    thread.take(labour)
    thread.reply("沟清了，院坝铺好了，旱厕拆了。", "yard")
    yield day(5, 30)
    for task in (material, labour):
        thread.take(task)
        thread.accept("排水沟清通、院坝铺平，二十六户一起出的力，账目都在墙上。")
    yield day(6, 2)
    thread.rate("satisfied", "自己动手，干净又公道。")
    yield day(6, 8)
    thread.publish("邵家坝院落人居环境整治", SHAO_GIST)


ROAD_GIST = "村道窄、会车难。协商后由区里争取农村公路项目资金，分段拓宽升级；因雨延期一次，承诺已经兑现。"


def road(cast):
    """禾苗村: project money, an extension for rain, a B answer with a promise that was kept."""
    thread = Thread(cast, "road", "盘龙镇禾苗村", bodies.HE)
    yield day(8, 9)
    words = "村里公路只有三米五宽，两车会不过，收粮的大车进不来，盼加宽。"
    thread.receive(words, channel="visit", by=cast.accounts["member"])
    yield day(8, 11)
    thread.propose("禾苗村公路升级扩建", ROAD_GIST, Topic.Category.PLANNING)
    thread.review()
    yield day(8, 16)
    thread.pool()
    thread.submit()
    yield day(8, 22)
    thread.approve()
    yield day(8, 25)
    thread.convene(evening(day(9, 1), 9, 30), ["盘龙镇人民政府", "区交通运输委"], villagers=7)
    yield evening(day(9, 1), 9, 30)
    thread.hold()
    thread.agree(
        "将禾苗村主道二点八公里拓宽至六米五，列入年度农村公路项目。", "区交通运输委", co_units=["盘龙镇人民政府"],
        due_on=day(11, 30), funding_source="农村公路升级改造项目资金", funding_yuan=1860000,
    )
    thread.minutes(
        "主道二点八公里，现宽三米五，沿线需协调土地二亩一分。", "群众：愿意让边角地。交通委：可列项目，分两段施工。"
    )
    yield day(9, 5)
    thread.confirm()
    thread.report()
    yield day(9, 11)
    thread.assign("区交通运输委", Task.Class.HARD, co_units=["盘龙镇人民政府"])
    yield from _road_widened(thread)


def _road_widened(thread):
    yield day(9, 12)
    thread.acknowledge()
    yield day(10, 25)
    thread.progress("一千四百米路基已完成，项目资金已到位。", "road")
    yield day(11, 14)
    tasks.request_extension(by=thread.clerk, task=thread.task, days=30, reason="十月连阴雨二十一天，水稳层无法施工。")
    yield day(11, 16)
    tasks.grant_extension(by=thread.office, task=thread.task, why="雨情属实，同意")
    yield day(12, 26)
    thread.reply(
        "前段一千四百米已通车，后段列入下年度计划。", "road", Task.Grade.B,
        promise="后段一千四百米明年四月底前拓宽并铺好路面", promise_due=day(4, 30, 2024),
    )
    yield day(12, 28)
    thread.accept("前半段已经加宽通车，后半段承诺明年四月底前修好。")
    yield day(4, 19, 2024)
    tasks.keep_promise(by=thread.clerk, task=thread.task, report="后段一千四百米已铺好，全线通车。")
    yield day(4, 23, 2024)
    tasks.check_promise(by=thread.office, task=thread.task, words="二点八公里全线加宽通车，大车能开到村口。")
    yield day(4, 25, 2024)
    thread.rate("satisfied")
    yield day(4, 29, 2024)
    thread.publish("禾苗村公路升级扩建", ROAD_GIST)


WATER_GIST = "两地政协在毗邻协商室商定：由石燕桥镇从李家沟水库铺设引水管道，解决三合村农田灌溉用水不足。"


def water(cast):
    """The joint room across the border: 三合村 of 隆昌 gets its water four days after the meeting."""
    thread = Thread(cast, "water", "石燕桥镇三合村", bodies.JOINT_ROOM)
    yield day(4, 17)
    thread.propose(
        "三合村农田灌溉用水不足", WATER_GIST, Topic.Category.ECONOMY,
        source=(TopicSource.Kind.MEMBER, cast.members[1]),
    )
    thread.review()
    yield day(4, 19)
    thread.pool()
    thread.submit()
    yield day(4, 24)
    thread.approve()
    yield day(4, 26)
    units = ["区水利局", "隆昌市石燕桥镇人民政府"]
    thread.convene(evening(day(5, 8), 10, 0), units, Consultation.Carrier.JOINT_ROOM, villagers=6)
    yield evening(day(5, 8), 10, 0)
    thread.hold()
    text = "石燕桥镇从李家沟水库铺设引水管道引水，荣昌区水利局协助调度。"
    thread.agree(text, units[1], co_units=[units[0]], due_on=day(5, 19))
    thread.minutes("三合村缺水稻田三百余亩，离李家沟水库一点六公里。", "两地水利部门：水量够。群众：赶在栽秧前。")
    thread.confirm()
    thread.report("内江市、荣昌区党委政府")
    thread.assign(units[1], Task.Class.IMMEDIATE, co_units=[units[0]])
    yield day(5, 9)
    thread.acknowledge()
    yield day(5, 12)
    thread.reply("引水管道一点六公里已铺好，今天通水。", "canal")
    yield day(5, 15)
    thread.accept("水从李家沟水库引来了，三百亩田赶上了栽秧。")
    yield day(5, 19)
    _members_rate(thread, note="五月十九日电话回访参会委员")
    tasks.close(by=thread.office, task=thread.task, how="参会各方满意")
    thread.publish("三合村农田灌溉用水", WATER_GIST)
