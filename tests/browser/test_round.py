"""A round of opinion walked by everybody in it: prepared, voted on by hundreds, drawn, published, and talked about."""

import datetime as dt
import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from shangliang.consultations.models import Consultation
from shangliang.opinions.models import Participant, Round, Slip, Statement, Vote
from shangliang.opinions.picture import picture
from shangliang.opinions.queries import slip_code
from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.tick import _draw
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic
from shangliang.venues import commands as venues
from shangliang.venues.codes import address
from tests.journeys import walk

from .conftest import DESK, PHONE
from .hands import fill, press, says, send, step
from .phones import crowd

QUESTION = "院坝路灯怎么装、谁来管？"
AGREED = [
    "装灯的钱要先公布再动工。", "灯装在哪里要先让大家看图。", "坏了由村里统一报修。", "先装学校门口那一段。",
]  # fmt: skip
#: What each of three camps says: to the four all agree, to the others each in its own way.
CAMPS = {
    "路灯电费由村集体出。": (1, -1, 1), "每户每年出十块钱电费。": (-1, 1, 1), "每户出一个工帮忙挖基坑。": (-1, 1, -1),
    "半夜以后关一半的灯。": (1, 1, -1), "用太阳能灯，不拉电线。": (1, -1, -1), "灯杆可以立在自家院墙边。": (-1, -1, 1),
    "院坝里的灯比路上的更要紧。": (1, -1, 1), "灯太亮会影响睡觉。": (-1, 1, -1), "灯要装得比别的村亮。": (-1, -1, 1),
    "请外面的公司来管灯。": (-1, 1, -1),
}  # fmt: skip
PHONES, ANSWERS, HEAVIEST = 300, 12, 40_000
#: A fifth of the phones answers that much, and the rest look in; with SHANGLIANG_CROWD=1 all do, which takes minutes.
FEW = ANSWERS if os.environ.get("SHANGLIANG_CROWD") else 1
#: Milliseconds for the first page, for which the whole program is read.
FIRST = 30_000


@pytest.fixture
def topic(town):
    """A topic in the pool, and the wall code of the courtyard where it came from."""
    with within(town.committee):
        voice, _code = walk.report(town.committee, town.courtyard)
        made = topics.propose(
            by=town.liaison, title="安装路灯", summary="夜间出行不便。", category=Topic.Category.SERVICE,
            voices=[voice],
        )
        topics.start_review(by=town.liaison, topic=made)
        topics.pool(by=town.liaison, topic=made)
        code = venues.issue_wall_code(by=town.office, venue=town.courtyard)
    made.wall = "/q/" + address(code).rsplit("/q/", 1)[1]
    return made


def test_a_round_from_the_first_statement_to_the_minutes(town, topic, open_as, live_server):
    desk = open_as(town.liaison)
    round = prepared(desk, topic)
    say_on_the_phone(open_as(), desk, topic, round)
    come_with_paper(open_as(), desk, round)
    everybody_votes(live_server.url, round)
    published(desk, open_as(town.reviewer), town, round)
    for size, cookies in itertools.product((PHONE, DESK), ({}, {"mode": "elder"}, {"lang": "en"})):
        looks_right(open_as(size=size), live_server.url, round, cookies)
    without_scripts(open_as(scripts=False), round)
    talked_about(desk, town, topic, round)


def prepared(desk, topic) -> Round:
    """The liaison writes the question and the statements, prints slips and opens it."""
    desk.goto("/desk/rounds/", timeout=FIRST)
    press(desk, "准备一次征询")
    fill(desk, topic=topic.pk, question=QUESTION, reason="路灯要装了，先听听大家的看法。", door="code")
    fill(desk, ends_on=(clock.today() + dt.timedelta(days=20)).isoformat())
    send(desk)
    step(desk, "写观点", "main", texts="\n".join([*AGREED, *CAMPS]))
    here = desk.url
    press(desk, "印征询单")
    fill(desk, number=3)
    send(desk)
    assert desk.locator(".ballot").count() == 3 and desk.locator(".ballot svg.qr").count() == 3
    desk.goto(here)
    step(desk, "开始征询", "main")
    says(desk, "征询中", *AGREED)
    return Round.everywhere.get()


def answer(phone, words="赞成"):
    phone.locator(".opinion-card").get_by_role("button", name=words, exact=True).click()
    phone.wait_for_load_state()


def say_on_the_phone(phone, desk, topic, round):
    """From the code on the wall to ten answers and an own statement."""
    phone.goto(topic.wall)
    phone.get_by_role("link", name=QUESTION).click()
    says(phone, "第 1 条，共 14 条")
    for words in ["赞成", "反对", "说不好，跳过"] * 3:
        answer(phone, words)
    says(phone, "再答 1 条")
    assert phone.get_by_role("link", name="看大家怎么说").count() == 0
    phone.goto(f"{round.get_absolute_url()}map/")
    says(phone, "答满 10 条")
    press(phone, "回去表态")
    answer(phone)
    press(phone, "看大家怎么说")
    says(phone, "表态的人还不够")
    phone.goto(round.get_absolute_url())

    press(phone, "我也说一句")
    fill(phone, text="路灯的电费由村集体来出。")
    send(phone)
    says(phone, "这几条和您写的差不多", "路灯电费由村集体出。")
    fill(phone, text="装感应灯，有人走过才亮。")
    phone.locator("main form.form button[type=submit]").click()
    says(phone, "装感应灯，有人走过才亮。", "待审核")
    desk.goto("/desk/")
    says(desk, "有观点待审核")
    desk.goto(f"/desk/rounds/{round.pk}/")
    press(desk, "展示")
    send(desk)
    says(desk, "群众写的")
    phone.reload()
    says(phone, "展示中")

    vote = Vote.objects.filter(value=1).order_by("pk").first()
    press(phone, "反对", f"#v{vote.statement_id}")
    assert Vote.objects.get(participant=vote.participant, statement=vote.statement).value == -1
    phone.goto(round.get_absolute_url())
    press(phone, "换一个人来答")
    says(phone, "第 1 条，共 15 条")
    answer(phone)
    assert Participant.everywhere.count() == 2 and Vote.objects.count() == 11


def come_with_paper(phone, desk, round):
    """One scans the slip; two hand theirs in, ticked."""
    phone.goto(f"{round.get_absolute_url()}#{slip_code(round, 1)}")
    box = phone.locator("input[name=code]")
    assert box.input_value().replace(" ", "") == slip_code(round, 1) and "#" not in phone.url
    assert box.is_visible(), "who scans a slip sees at once that it was read"
    press(phone, "开始", "form.form")
    answer(phone)
    assert Slip.objects.get(number=1).participant.verified

    desk.goto(f"/desk/rounds/{round.pk}/")
    press(desk, "录入一张纸质征询单")
    for number, values in ((2, "1"), (3, "-1")):
        fill(desk, slip=number)
        for statement in Statement.objects.filter(state="shown"):
            fill(desk, **{f"s{statement.pk}": values})
        send(desk)
        says(desk, f"{number} 号录好了")
    assert Participant.everywhere.filter(way="paper", verified=True).count() == 2


def everybody_votes(home, round):
    """Three hundred phones: nothing fails, and every answer that was acknowledged is there."""
    before = Vote.objects.count(), Participant.everywhere.count()
    camps = [dict.fromkeys(AGREED, 1) | {words: row[n] for words, row in CAMPS.items()} for n in range(3)]
    answers = [ANSWERS if n < PHONES // 5 else FEW for n in range(PHONES)]
    phones = crowd(home, round.get_absolute_url(), camps, answers)
    assert [len(phone["said"]) for phone in phones] == answers
    assert len({phone["participant"] for phone in phones}) == PHONES
    assert (Vote.objects.count(), Participant.everywhere.count()) == (before[0] + sum(answers), before[1] + PHONES)
    said: dict = {}
    for person, statement, value in Vote.objects.values_list("participant_id", "statement_id", "value"):
        said.setdefault(person, {})[statement] = value
    assert all(said[phone["participant"]] == dict(phone["said"]) for phone in phones)


def published(desk, reviewer, town, round):
    """The clock draws it, the liaison closes it, and the reviewer tells it."""
    assert _draw(town.committee) == 1
    desk.goto(f"/desk/rounds/{round.pk}/map/")
    says(desk, "结果和可信程度", "各组都认的", "A 组", "B 组", "C 组")
    desk.goto(f"/desk/rounds/{round.pk}/")
    step(desk, "截止", "main")
    assert _draw(town.committee) == 1
    reviewer.goto("/desk/")
    reviewer.get_by_role("link", name=QUESTION).first.click()
    step(reviewer, "公布结果", "main", summary="四条都认：先公布、先看图、统一报修、先装学校门口。")
    says(reviewer, "已公布")


def looks_right(page, home, round, cookies):
    """The published map for anybody: as wide as the screen, light, readable by all, and true."""
    name = f"{page.viewport_size['width']} {cookies}"
    page.context.add_cookies([{"name": key, "value": value, "url": home} for key, value in cookies.items()])
    scripts, said = [], []
    page.on("response", lambda told: told.request.resource_type == "script" and scripts.append(told))
    page.on("console", lambda told: told.type == "error" and said.append(told.text))
    page.goto(f"{round.get_absolute_url()}map/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
    assert sum(len(each.body()) for each in scripts) <= HEAVIEST and said == [], name
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], name
    assert set(page.locator("#accepted .agreed-text").all_inner_texts()) == set(AGREED)
    people = [int(n) for n in page.locator("#map tbody td:nth-child(2)").all_inner_texts()]
    assert len(people) == 3 and min(people) >= 5 and sum(people) <= Participant.everywhere.count()


def without_scripts(phone, round):
    """All of it is there on a phone that runs no script."""
    phone.goto(round.get_absolute_url())
    says(phone, "结果已经公布")
    press(phone, "看大家怎么说")
    says(phone, *AGREED, "还没说到一起的", "四条都认")
    phone.locator("#disputes summary").first.click()
    says(phone, "C 组")


def talked_about(desk, town, topic, round):
    """One statement all accept and one they differ on go on the agenda, and the minutes cite them."""
    with within(town.committee):
        topics.submit(by=town.liaison, topic=topic)
        topics.approve(by=town.party, topic=topic, body="安富街道党工委", decided_on=clock.today())
        sitting = walk.convened(town.liaison, topic, town.courtyard, town.unit, town.members)
    seen = picture(round)
    chosen = [seen.consensus[0].statement, seen.disputes[0].statement]
    case = f"/desk/cases/{round.case.no}/"
    desk.goto(case)
    step(desk, "把征询的观点列入议程", ".part[id^=consultation]", statements=[each.pk for each in chosen])
    says(desk, *(each.text for each in chosen), "会前征询：各组都认", "会前征询：还没说到一起")
    with within(town.committee), clock.at(sitting.starts_at):
        walk.held(town.liaison, Consultation.objects.get(pk=sitting.pk))
    desk.goto(case)
    step(desk, "起草纪要", ".part[id^=consultation]", situation="路灯要装六盏。", positions="群众：先公布再动工。")
    words = desk.locator(".part[id^=consultation] details[open]").inner_text()
    assert all(each.text in words for each in chosen) and "各组都认" in words and "还没说到一起" in words
