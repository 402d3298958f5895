"""Threads that do not go straight: guided to a lawful channel, declined, reopened, reassigned, worked on twice."""

import datetime as dt

from ..tasks import commands as tasks
from ..tasks.models import Task
from ..topics.models import Topic
from ..voices import commands as voices
from .days import evening
from .thread import Thread


def threads(cast) -> list:
    """The generators of this module."""
    return [guided(cast), declined(cast), reopened(cast), reassigned(cast), worked_on_twice(cast)]


def guided(cast):
    """A quarrel about wages has its own lawful channel: the person is told which, nothing is passed on."""
    thread = Thread(cast, "guided", "广顺街道工农茶叶产业社区")
    yield dt.date(2023, 9, 12)
    words = "在工地做了三个月，工钱一直没有结清，老板说等年底。"
    thread.receive(words, channel="web", name="演示·群众", phone="13800000013")
    yield dt.date(2023, 9, 13)
    voices.guide(by=thread.liaison, voice=thread.voice, channel="arbitration", words="街道司法所可以帮您写申请书。")


def declined(cast):
    """A private wish is no matter for consultation: declined on a listed ground, with words."""
    thread = Thread(cast, "declined", "昌元街道玉屏社区")
    yield dt.date(2023, 10, 17)
    thread.receive("请政协帮我家孩子安排到离家近的单位上班。", channel="web")
    yield dt.date(2023, 10, 18)
    words = "找工作可以到街道便民服务中心登记，每月有招聘会。"
    voices.not_accept(by=thread.liaison, voice=thread.voice, ground="private_gain", words=words)


def reopened(cast):
    """Answered, found not good, asked for again by the receipt, passed on and settled."""
    thread = Thread(cast, "reopened", "安富街道垭口村")
    yield dt.date(2024, 3, 5)
    thread.receive("垃圾桶隔得太远，老人要走七八百米，能不能近点放一个。", name="演示·群众", phone="13800000014")
    yield dt.date(2024, 3, 6)
    voices.answer(by=thread.liaison, voice=thread.voice, words="村里已有六处垃圾桶，请就近投放。")
    yield evening(dt.date(2024, 3, 8))
    thread.rate("not", "说了等于没说。")
    yield evening(dt.date(2024, 3, 9), 9, 5)
    thread.reopen("问的是三组，三组一处也没有，请来看看。")
    yield dt.date(2024, 3, 12)
    voices.refer(by=thread.liaison, voice=thread.voice, to="街道环卫所", words="已到三组看过，确实没有，转环卫所增设。")
    yield dt.date(2024, 3, 19)
    voices.give_result(by=thread.liaison, voice=thread.voice, words="三组路口已增设两个垃圾桶，每两天收运一次。")
    yield evening(dt.date(2024, 3, 20))
    thread.rate("satisfied", "这回办到了。")
    yield dt.date(2024, 3, 22)
    thread.publish("垭口村三组增设垃圾桶", "群众第一次不满意，请再看一次；到现场看过后在三组路口增设两个。")


def reassigned(cast):
    """The unit says the ditch belongs to another; the assigner finds so and gives the task to that one."""
    thread = Thread(cast, "objection", "吴家镇代兴村")
    gist = "灌溉渠多年没清，下游栽秧用不上水。先交区水利局，异议成立后改派区农业农村委，清淤通水。"
    yield dt.date(2024, 2, 27)
    thread.receive("代兴村的灌溉渠淤了一半，下头的田栽秧缺水。", channel="box", by=thread.liaison)
    yield dt.date(2024, 2, 29)
    thread.propose("代兴村灌溉渠清淤", gist, Topic.Category.ECONOMY)
    thread.review()
    yield dt.date(2024, 3, 4)
    thread.pool()
    thread.submit()
    yield dt.date(2024, 3, 7)
    thread.approve()
    thread.convene(evening(dt.date(2024, 3, 14), 14, 30), ["吴家镇人民政府", "区水利局"])
    yield evening(dt.date(2024, 3, 14), 14, 30)
    thread.hold()
    thread.agree("栽秧前完成代兴村九百米灌溉渠清淤和三处渗漏修补。", "区水利局")
    thread.minutes("渠长九百米，淤积最深四十厘米。", "群众：赶在四月中。水利局：需核对是否属高标准农田项目。")
    yield dt.date(2024, 3, 18)
    thread.confirm()
    thread.report()
    yield dt.date(2024, 3, 20)
    thread.assign("区水利局")
    yield from _moved_on(thread)
    yield dt.date(2024, 4, 22)
    thread.publish("代兴村灌溉渠清淤", gist)


def _moved_on(thread):
    yield dt.date(2024, 3, 22)
    suggested = thread.cast.units["区农业农村委"]
    why = "该渠在高标准农田建设范围内，管护主体是农业农村部门，附项目竣工移交表。"
    tasks.object(by=thread.clerk, task=thread.task, reason=why, suggests=suggested)
    yield dt.date(2024, 3, 25)
    moved = tasks.uphold_objection(by=thread.office, task=thread.task, unit=suggested, why="移交表属实，改派农业农村委")
    thread.take(moved)
    yield dt.date(2024, 3, 26)
    thread.acknowledge()
    yield dt.date(2024, 4, 2)
    thread.progress("已清淤五百米，明日补渗漏。", "canal")
    yield dt.date(2024, 4, 11)
    thread.reply("九百米渠道全部清通，三处渗漏已补，已放水试过。", "canal")
    yield dt.date(2024, 4, 12)
    thread.accept("渠清通了，四月十一日已放水。")
    yield evening(dt.date(2024, 4, 15))
    thread.rate("satisfied")


def worked_on_twice(cast):
    """Not satisfied with the first result: the unit works on it again and is rated once more."""
    thread = Thread(cast, "twice", "峰高街道云教村")
    gist = "云教村至学校的小路雨天泥泞。第一次铺碎石群众不满意，退回重办后改铺石板并装了扶手。"
    yield dt.date(2024, 9, 3)
    thread.receive("娃儿上学那段坡路一下雨就滑，请铺一下。")
    yield dt.date(2024, 9, 5)
    thread.propose("云教村上学小路硬化", gist, Topic.Category.SAFETY)
    thread.review()
    thread.pool()
    yield dt.date(2024, 9, 9)
    thread.submit()
    thread.approve()
    thread.convene(evening(dt.date(2024, 9, 14), 10, 0), ["峰高街道办事处", "区交通运输委"])
    yield evening(dt.date(2024, 9, 14), 10, 0)
    thread.hold(absent=2)
    thread.agree("整修云教村至学校一百八十米坡路，做到雨天不滑。", "峰高街道办事处")
    thread.minutes("坡路一百八十米，最陡处三十度。", "家长：要能防滑。街道：月底前动工。")
    yield dt.date(2024, 9, 18)
    thread.confirm()
    thread.report()
    thread.assign("峰高街道办事处")
    yield dt.date(2024, 9, 19)
    thread.acknowledge()
    yield from _twice(thread)
    yield dt.date(2024, 11, 26)
    thread.publish("云教村上学小路硬化", gist)


def _twice(thread):
    yield dt.date(2024, 9, 30)
    thread.progress("已备碎石三十方。", "path")
    thread.reply("已铺碎石一百八十米。", "road")
    yield dt.date(2024, 10, 9)
    thread.accept("坡路已铺碎石。")
    yield evening(dt.date(2024, 10, 11))
    thread.rate("not", "碎石一冲就跑，娃儿还是滑倒。")
    yield dt.date(2024, 11, 15)
    thread.reply("已改铺防滑石板，并装扶手一百二十米。", "path", Task.Grade.A)
    yield dt.date(2024, 11, 18)
    thread.accept("坡路改铺了防滑石板，装好了扶手。")
    yield evening(dt.date(2024, 11, 20))
    thread.rate("mostly", "好走多了，希望扶手再长点。")
