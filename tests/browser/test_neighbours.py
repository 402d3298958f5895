"""The water of 三合村 over two installations: the people of both sides act in their own desks, in a real browser."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from shangliang.demo.neighbours.pair import Installation
from shangliang.demo.neighbours.sides import NEIJIANG, RONGCHANG

from .hands import fill, press, says, send, step

APRIL, MAY = dt.datetime(2023, 4, 12, 9, 0), dt.datetime(2023, 5, 8, 10, 30)
MATTER, SITTING, TOPIC = "main", ".part[id^=consultation]", ".part[id^=topic]"


class Region:
    """One installation with its people's browsers."""

    def __init__(self, side, home, port, chromium):
        self.installation, self.chromium = Installation(side, home, port), chromium
        self.installation.begin()
        self.pages, self.contexts, self.links = {}, [], {}

    def ready(self):
        self.installation.answer()
        self.at(APRIL)
        for role, name, link in self.installation.ask(do="roles"):
            self.links[name.removeprefix("演示·")] = (role, link)

    def at(self, moment):
        self.installation.ask(do="clock", at=moment)

    def evening(self):
        self.installation.ask(do="evening")

    def person(self, name):
        """The page of somebody of this side, signed in by the one-time link."""
        if name not in self.pages:
            context = self.chromium.new_context(
                viewport={"width": 1440, "height": 900}, base_url=self.installation.address, locale="zh-CN",
                accept_downloads=True,
            )
            self.contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(15000)
            page.goto(self.links[name][1])
            press(page, "进入工作台")
            self.pages[name] = page
        return self.pages[name]

    @property
    def office(self):
        return self.person("政协办公室")

    def end(self):
        for context in self.contexts:
            context.close()
        self.installation.end()


@pytest.fixture
def regions(chromium, tmp_path, monkeypatch):
    """荣昌 and 内江, each with its database and its port."""
    monkeypatch.setenv("SHANGLIANG_STATIC", str(tmp_path / "static"))
    for other in ("DJANGO_SETTINGS_MODULE", "SHANGLIANG_DATABASE"):
        monkeypatch.delenv(other, raising=False)
    prepare = [sys.executable, "-m", "shangliang", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(prepare, check=True, env={**os.environ, "SHANGLIANG_HOME": str(tmp_path / "static-home")})
    from tools.test import free_port

    made = [Region(side, tmp_path, free_port(), chromium) for side in (RONGCHANG, NEIJIANG)]
    for region in made:
        region.ready()
    yield made
    for region in made:
        region.end()


def both(regions):
    for region in (*regions, *regions):
        region.evening()


def card_of(region, folder):
    """The office downloads its card and reads its fingerprint."""
    page = region.office
    page.goto("/desk/neighbours/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载我方名片").click()
    path = folder / f"{region.installation.side.key}.json"
    waiting.value.save_as(path)
    page.goto("/desk/neighbours/")
    return path, page.locator("main .code").first.inner_text()


def take_in(region, path, fingerprint):
    """The other office looks at the card, compares, and registers it."""
    page = region.office
    page.goto("/desk/neighbours/")
    page.locator("main input[name=file]").set_input_files(path)
    press(page, "看一看这张名片")
    says(page, fingerprint)
    press(page, "已电话核对，登记")
    says(page, "往来中", "在用")


def approve(region, title):
    """The office takes the topic through, and the side's own Party committee approves it."""
    page = region.office
    page.goto("/desk/matters/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="本方案卷").click()
    page.wait_for_load_state()
    case = page.url.split("/cases/")[1].split("/")[0]
    for words in ("开始初核", "入库", "报党委审定"):
        step(page, words, TOPIC)
    party = region.person("党委审定岗")
    party.goto(f"/desk/cases/{case}/")
    step(party, "登记审定结果", TOPIC, body=region.installation.side.party, decided_on="2023-04-12")
    return case


def matter(region, title):
    page = region.office
    page.goto("/desk/matters/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_load_state()
    return page


def expect(page, role, name):
    press(page, "登记参会人", SITTING)
    fill(page, role=role)
    if role == "member":
        page.locator("main select[name=member]").select_option(index=name)
    elif role == "department":
        page.locator("main select[name=unit]").select_option(index=1)
        fill(page, name=name)
    else:
        fill(page, name=name)
    send(page)


def test_two_regions_settle_the_water_of_sanhe(regions, tmp_path):
    rc, nj = regions

    # The offices exchange cards and compare the fingerprints.
    cards = {region: card_of(region, tmp_path) for region in regions}
    take_in(nj, *cards[rc])
    take_in(rc, *cards[nj])

    # 荣昌 proposes the partnership, 内江 signs.
    page = rc.office
    page.goto("/desk/partnerships/new/")
    fill(
        page, title="荣昌—内江共商平台", others="5110 中国人民政治协商会议四川省内江市委员会 内江市政协", paper_title="协同履职协议",
        signed_on="2023-04-01", since="2023-04-01", until="2026-03-31",
    )
    send(page)
    says(page, "待对方签署")
    both(regions)
    page = nj.office
    page.goto("/desk/")
    page.get_by_role("link", name="荣昌—内江共商平台").first.click()
    press(page, "签署确认")
    fill(page, signer="主席")
    send(page)
    says(page, "合作中")
    both(regions)
    rc.office.goto("/desk/partnerships/")
    says(rc.office, "合作中")

    # 内江 raises the matter, 荣昌 takes it up; each Party committee approves its own topic.
    title = "三合村农田灌溉用水不足"
    page = nj.office
    page.goto("/desk/matters/new/")
    fill(page, kind="topic", lead="5110", title=title, summary="栽秧前缺水，请一起商量。", category="economy")
    page.locator("main select[name=region]").select_option(label="石燕桥镇三合村")
    send(page)
    says(page, "一方提出")
    both(regions)
    page = matter(rc, title)
    press(page, "开始研究，立为本方议题")
    page.locator("main select[name=region]").select_option(label="石燕桥镇三合村")
    send(page)
    cases = {region: approve(region, title) for region in (rc, nj)}
    assert cases[rc].startswith("RC-") and cases[nj].startswith("NJ-")
    both(regions)
    for region in regions:
        says(matter(region, title), "双方商定", cases[rc], cases[nj], "中共荣昌区委", "中共内江市委")

    # 内江 hosts the sitting; 荣昌 puts it down as its own, the same sitting.
    page = nj.office
    page.goto(f"/desk/cases/{cases[nj]}/")
    press(page, "安排协商", TOPIC)
    fill(page, starts_at="2023-05-08T10:00", carrier="joint_room")
    page.locator("main select[name=venue]").select_option(index=1)
    send(page)
    for n in range(7):
        expect(page, "stakeholder", f"村民{n}")
    expect(page, "department", "局长")
    expect(page, "member", 1)
    expect(page, "member", 2)
    press(page, "发出通知", SITTING)
    send(page)
    both(regions)
    page = matter(rc, title)
    press(page, "登记为本方协商活动")
    send(page)
    page.goto(f"/desk/cases/{cases[rc]}/")
    expect(page, "department", "局长")
    expect(page, "member", 1)
    expect(page, "member", 2)
    press(page, "发出通知", SITTING)
    send(page)

    # 8 May: both enter who came, and that it was held.
    for region in regions:
        region.at(MAY)
    for region in (nj, rc):
        both(regions)
        page = region.office
        page.goto(f"/desk/cases/{cases[region]}/")
        press(page, "登记到会", SITTING)
        for box in page.locator("main input[name=present]").all():
            box.check(force=True)
        send(page)
        press(page, "结束并确认召开", SITTING)
        if page.locator("main form.form").count() and "/do/" in page.url:
            send(page)
        says(page, "已召开")
    both(regions)
    for region in regions:
        says(matter(region, title), "已联合协商", "到会共 13 人次，计一场")

    # 内江 drafts the joint opinion, 荣昌 agrees, each side takes its own items home.
    page = matter(nj, title)
    press(page, "起草联合意见")
    fill(
        page, text="从李家沟水库引水。",
        items="内江市政协 石燕桥镇人民政府 2023-05-19 铺设引水管道\n荣昌区政协 区水利局 2023-05-19 协助调度水量",
    )
    send(page)
    both(regions)
    page = matter(rc, title)
    says(page, "铺设引水管道", "协助调度水量")
    press(page, "同意联合意见")
    both(regions)
    for region in regions:
        page = matter(region, title)
        says(page, "形成联合意见")
        press(page, "落到本方约定")
        send(page)
        says(page, "已落到本方约定")

    # Anybody sees who watches whom.
    both(regions)
    for region, other in ((rc, "内江市政协"), (nj, "荣昌区政协")):
        page = region.chromium.new_context(base_url=region.installation.address, locale="zh-CN").new_page()
        page.goto("/log/")
        says(page, "条记录在账上", other)
        page.context.close()
