"""Press reports of the demo: made up with made-up media, one of them about the lamps, one of them pasted twice."""

import datetime as dt

from ..cases.models import Case
from ..claims import commands as claims
from ..newsroom import commands as newsroom
from .article import day

LAMPS = "普陀村毛万二小院安装路灯"
#: (taken on, title, category, source, reprinted from, text, title of the case it tells of)
REPORTS = [
    (
        day(4, 12), "邵家坝的排水沟通了", "本地", "示例快报", "示例日报",
        "四月的邵家坝，新清的排水沟一直通到田边。院落里二十六户人家轮流出工，镇里送来水泥和水管。"
        "“沟是自家门口的沟，出工是应当的。”正在铺院坝的村民说。这件事是大家在院坝里坐下来商量定的：出多少工、"
        "出多少钱、哪天做完，一条一条写在纸上，贴在墙上。",
        "邵家坝院落人居环境整治",
    ),
    (
        day(8, 8), "院坝里的“好商量”，商量出六盏路灯", "本地", "示例快报", "示例日报",
        "天一黑，普陀村毛万二小院到村道的六盏太阳能路灯自己亮了。五月，委员走访时听大家说摸黑走路不方便；六月，"
        "街道、部门、村民和委员坐到院坝里，“好商量”了一个晚上：装几盏、装在哪里、电费谁出。七月，灯就亮了。"
        "据介绍，当地今年以来开展协商活动3场次，参与人数达到46人次，解决群众身边问题2个。",
        LAMPS,
    ),
    (
        day(9, 15), "小院里有了“好商量”，邻里少了疙瘩", "本地", "示例网", "示例日报",
        "在川渝交界的几个村子，委员进小院已经成了常事。大家有事先在院坝里说，说得成的写下来照着办，说不成的也写下来"
        "说明为什么。一位小院管家说，“好商量”不是什么事都能成，是什么事都有个说法。",
        "",
    ),
    (
        day(10, 20), "秋收之后话农桑", "本地", "示例网", "",
        "秋粮归仓，田间的忙碌告一段落。各镇街抓住农闲整修沟渠、养护道路，为明年春耕做准备。气象部门提醒，近期多阴雨，"
        "请注意粮食晾晒和行车安全。",
        "",
    ),
]  # fmt: skip


def threads(cast, today: dt.date) -> list:
    """One generator for the year's reports, one for what the real one claims."""
    return [year(cast), claimed(cast)]


#: What the report that the demo is made from says of the district: (figure that counts the same, number, words).
SOURCE = "重庆日报 2024年1月20日：荣昌 做深做实“渝事好商量”协商平台"
CLAIMED = [
    ("consultations", 215, "开展协商活动215场次"), ("attendances", 1967, "参与人数达到1967人次"),
    ("solved", 239, "解决群众急难愁盼问题239个"), ("studios", 11, "11个有辨识度的委员工作室"),
    ("", 295, "295名政协委员全部沉入基层"), ("", 4, "推动4项重大项目建设"), ("", 26, "26个民生问题和发展难题得到解决"),
]  # fmt: skip


def claimed(cast):
    """The numbers of the real report as claims beside the demo's own ledger, which can prove but a part of them."""
    yield day(1, 22, 2024)
    for figure, number, words in CLAIMED:
        claims.enter(
            by=cast.accounts["office"], committee=cast.committee, number=number, words=words, source=SOURCE,
            figure=figure, until=day(1, 20, 2024), area="荣昌区",
        )  # fmt: skip


def year(cast):
    """Taken by the office a day after they appeared, opened by the reviewer, linked to the matter they tell of."""
    office, reviewer = cast.accounts["office"], cast.accounts["reviewer"]
    for on, title, category, source, medium, text, about in REPORTS:
        yield on
        page = _page(on, title, category, source, medium, text)
        made = newsroom.capture(by=office, committee=cast.committee, text=page)
        newsroom.publish(by=reviewer, snapshot=made)
        case = Case.objects.filter(title=about, state=Case.State.PUBLISHED).first() if about else None
        if case:
            newsroom.link(by=office, snapshot=made, case=case)
        if about == LAMPS:
            claims.read_off(by=office, committee=cast.committee, snapshot=made, since=day(1, 1), until=on, area="示例")
    yield day(10, 21)
    again = _page(day(8, 8), *REPORTS[1][1:3], "示例转载", REPORTS[1][4], REPORTS[1][5])
    newsroom.capture(by=office, committee=cast.committee, text=again)


def _page(on, title, category, source, medium, text) -> str:
    """What the office pastes: a page with the marks of an aggregator."""
    address = f"https://news.example.org/{source}/{on:%Y%m%d}.html"
    return "\n".join([
        title, f"类别:{category} 发布时间:{on - dt.timedelta(days=1)} 07:30:00 来源:{source}",
        f"本文转自:{medium}" if medium else "", text, "（演示：这篇报道和媒体都是编的）",
        "以上内容为资讯信息快照", f"信息原文地址:{address}",
    ])  # fmt: skip
