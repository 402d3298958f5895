"""The order of the story: (moment, side, scene, what it needs besides). Both sides live through it together."""

import datetime as dt

from ..days import evening
from .sides import NEIJIANG, RONGCHANG
from .story import MEETS, NJ, RC, RIVER, WATER, day

ITEMS = [
    (NEIJIANG.region, "石燕桥镇人民政府", day(5, 19), "从李家沟水库铺设引水管道一点六公里到三合村"),
    (RONGCHANG.region, "区水利局", day(5, 19), "协助调度上游来水，栽秧期间每天通报水量"),
]  # fmt: skip
RIVER_ITEMS = [
    (RONGCHANG.region, "区生态环境局", day(9, 30), "排查荣昌段排口并公布清单"),
    (NEIJIANG.region, "市生态环境局", day(9, 30), "排查隆昌段排口并公布清单"),
]  # fmt: skip
DECIDED = [("三合村灌溉用水已见效，转为日常管护", ""), ("继续联合监督濑溪河", RONGCHANG.region)]
RIVER_MEETS = evening(day(7, 12), 14, 30)
NEXT = evening(day(3, 15, 2024), 14, 30)

SCRIPT = [
    (day(3, 1), RC, "propose"), (day(3, 2), NJ, "accept"), (day(3, 3), RC, "publish"), (day(3, 3), NJ, "publish"),
    (day(3, 6), RC, "plan_conference"), (day(3, 8), NJ, "attend"),
    (evening(day(3, 20), 17, 0), RC, "hold_conference"), (day(3, 21), RC, "minute"), (day(3, 22), NJ, "confirm"),
    (day(3, 24), RC, "put_forward"), (day(3, 27), NJ, "agree"),
    (day(3, 28), RC, "set_up_studio"), (day(3, 29), NJ, "join_studio"), (day(3, 30), RC, "tell_seats"),
    (day(3, 30), NJ, "tell_seats"), (day(3, 31), RC, "activities"), (day(3, 31), NJ, "activities"),
    # the water of 三合村
    (evening(day(4, 10), 18, 20), NJ, "voice"), (day(4, 11), NJ, "raise_water"), (day(4, 12), RC, "take_up", WATER),
    (day(4, 19), NJ, "approve", WATER), (day(4, 20), RC, "approve", WATER),
    (day(4, 21), NJ, "schedule", WATER, day(6, 30)),
    (day(4, 24), NJ, "study", WATER, "三合村、李家沟水库", "缺水稻田三百余亩，离水库一点六公里，水量够。"),
    (day(4, 25), NJ, "convene", WATER, MEETS, 9), (day(4, 26), RC, "convene", WATER, MEETS, 0),
    (MEETS + dt.timedelta(hours=2), NJ, "hold", WATER), (MEETS + dt.timedelta(hours=2), RC, "hold", WATER),
    (MEETS + dt.timedelta(hours=3), NJ, "opine", WATER, "由石燕桥镇铺设引水管道，荣昌协助调度。", ITEMS),
    (MEETS + dt.timedelta(hours=4), RC, "endorse", WATER),
    (MEETS + dt.timedelta(hours=5), NJ, "papers", WATER, "三合村缺水稻田三百余亩，离李家沟水库一点六公里。"),
    (MEETS + dt.timedelta(hours=5), RC, "papers", WATER, "三合村缺水，上游来水由荣昌调度。"),
    (MEETS + dt.timedelta(hours=6), NJ, "assign", WATER), (MEETS + dt.timedelta(hours=6), RC, "assign", WATER),
    (day(5, 12), NJ, "finish_task", WATER, "引水管道一点六公里已铺好，今天通水。",
     "水从李家沟水库引来了，三百亩田赶上了栽秧。"),
    (day(5, 12), RC, "finish_task", WATER, "来水已调度到位，每天通报水量。", "栽秧期间上游每天放水，水量有通报。"),
    (evening(day(5, 14), 19, 0), NJ, "rate", WATER), (day(5, 15), RC, "close_task", WATER),
    (day(5, 17), NJ, "publish_case", WATER,
     "再过二十天就要栽秧，三合村三百多亩田里还没有水；上游的水库离村子一公里多，要邻县一起调度。"),
    (day(5, 18), RC, "publish_case", WATER, "邻县三合村缺水，两地一起商量，荣昌协助调度上游来水。"),
    (day(5, 23), RC, "track", WATER, "inspection", "三合村", "管道通水正常，秧已栽完。"),
    (day(6, 6), NJ, "track", WATER, "supervision", "三合村", "管护责任落到了村里，有人巡管。"),
    # the river: a joint supervision project
    (day(3, 27), RC, "raise_river"), (day(3, 29), NJ, "take_up", RIVER), (day(4, 6), RC, "approve", RIVER),
    (day(4, 7), NJ, "approve", RIVER), (day(4, 10), RC, "schedule", RIVER, day(12, 15)),
    (day(6, 20), RC, "study", RIVER, "濑溪河清江段", "两岸排口十一处，三处标识不清。"),
    (day(6, 27), RC, "convene", RIVER, RIVER_MEETS, 8), (day(6, 28), NJ, "convene", RIVER, RIVER_MEETS, 0),
    (RIVER_MEETS + dt.timedelta(hours=2), RC, "hold", RIVER), (RIVER_MEETS + dt.timedelta(hours=2), NJ, "hold", RIVER),
    (RIVER_MEETS + dt.timedelta(hours=3), RC, "opine", RIVER, "两地各自排查、清单互通、年底联合评议。", RIVER_ITEMS),
    (day(7, 13), NJ, "endorse", RIVER), (day(7, 14), RC, "papers", RIVER, "两岸排口十一处。"),
    (day(7, 14), NJ, "papers", RIVER, "隆昌段排口五处。"), (day(7, 17), RC, "assign", RIVER),
    (day(7, 17), NJ, "assign", RIVER),
    (day(9, 20), RC, "finish_task", RIVER, "荣昌段六处排口查清，清单已公布，标识已换新。",
     "河边的排口有人管了，清单贴在村口。", "canal"),
    (day(9, 22), NJ, "finish_task", RIVER, "隆昌段五处排口查清，清单已公布，一处已封堵。",
     "五处排口都查了，封了一处。", "canal"),
    (day(9, 25), RC, "close_task", RIVER), (day(9, 26), NJ, "close_task", RIVER),
    (day(10, 10), RC, "publish_case", RIVER, "沿河排口、禁渔和漂浮物，两地一起看、一起督。"),
    (day(10, 11), NJ, "publish_case", RIVER, "沿河排口、禁渔和漂浮物，两地一起看、一起督。"),
    (day(11, 22), NJ, "track", RIVER, "appraisal", "清江镇", "清单已公布，群众评议基本满意。"),
    (day(6, 30), RC, "progress"), (day(7, 5), NJ, "carry_out"), (day(7, 5), RC, "carry_out"),
    (day(9, 25), NJ, "carry_out"),
    # the next year's conference, hosted in turn
    (day(3, 1, 2024), NJ, "plan_conference", NEXT, "内江市政协会议室"), (day(3, 4, 2024), RC, "attend"),
    (NEXT + dt.timedelta(hours=3), NJ, "hold_conference"),
    (day(3, 18, 2024), NJ, "minute", DECIDED),
    (day(3, 19, 2024), RC, "confirm"), (day(3, 20, 2024), NJ, "review", WATER, "已通水，见效，转入管护。"),
    (day(3, 21, 2024), NJ, "finish", WATER), (day(3, 21, 2024), RC, "finish", WATER),
    (day(3, 20, 2024), RC, "review", RIVER, "清单已公布，群众评议基本满意；下年继续联合监督。"),
    (day(3, 21, 2024), RC, "finish", RIVER), (day(3, 21, 2024), NJ, "finish", RIVER),
    (day(3, 22, 2024), RC, "complete", RIVER, "两岸十一处排口查清，清单互通，年底联合评议。"),
    (day(3, 22, 2024), NJ, "complete", WATER, "管道通水，三百亩田保灌，转入日常管护。"),
    (day(3, 22, 2024), RC, "complete", "社情民意信息季度互通机制", "已互通四次，形成惯例。"),
]  # fmt: skip


def ordered() -> list[tuple]:
    """The steps in the order of their days; those of one day in the order of the script."""

    def at(step):
        moment = step[0]
        if isinstance(moment, dt.datetime):
            return moment.replace(tzinfo=None)
        return dt.datetime.combine(moment, dt.time(9, 30))

    return sorted(SCRIPT, key=at)


