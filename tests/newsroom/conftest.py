"""A page as a news aggregator shows it, made up, with every part of its shell."""

import pytest

from shangliang.newsroom import commands
from shangliang.people.roles import Role
from tests.portal.conftest import browser, lamp, members, rated, voice  # noqa: F401

BODY = """近年来,甲县政协把协商搬进院坝,开展协商活动12场次,参与人数达到96人次,解决群众身边问题7个。

去年五月,委员走访时听到大家想装路灯。一个月以后,镇上、村民和委员坐到一起,商量妥当,路灯亮了。

村里的老人说,以前天一黑就不出门,现在晚饭以后可以到院坝里坐一坐,孩子们在灯下写作业,大家又有了说话的地方。镇上的干部说,这样的会每个月开一次,谁有事谁先说,说完当场写下来,写明谁来办、哪天办好,到了日子再回来看一看。

在乙镇,三个委员工作室轮流值班。"""
PAGE = f"""• 我的订阅
  • 国内

甲县 把“好商量”搬进院坝 架起“连心桥”

类别:国内 发布时间:2024-01-20 06:40:00 来源:某快看

本文转自:某某日报

{BODY}

李小明

以上内容为资讯信息快照,由某站采集并收录,本站未对信息做任何修改,信息内容不代表本站立场。

快照生成时间:2024-01-20 09:45:04

本站为非营利公共服务,如有侵权请联系我们进行删除。

信息原文地址:https://www.example.org/a/1.html?utm_source=x

...院坝里架起“连心桥”,大家的事大家商量
2023-09-15 16:07:00
某镇搭起“连心桥”
某镇的院坝会开了三年,群众说好
2023-08-30 04:48:00
更多关于国内的资讯:
今天开了一个会
会上说了三件事
2026-02-03 20:20:00
只有摘要没有标题的一条
2026-02-03 20:21:00
"""


@pytest.fixture
def office(account, committee):
    return account(Role.COMMITTEE_OFFICE)


@pytest.fixture
def report(office, committee):
    """The page, taken and opened to everybody."""
    made = commands.capture(by=office, committee=committee, text=PAGE)
    commands.publish(by=office, snapshot=made)
    return made
