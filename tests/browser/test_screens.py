"""The main pages as people see them: pictures at 360 px, in elder mode and at 1440 px; nothing overflows, axe is content."""

import datetime as dt
import itertools
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from shangliang.cases import commands as cases
from shangliang.demo.pictures import photo
from shangliang.figures.opendata import make as make_bundle
from shangliang.files.models import Attachment
from shangliang.newsroom import commands as newsroom
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import ReceiptHolder
from shangliang.people.tenancy import within
from shangliang.reports import commands as reports
from shangliang.shared import clock
from shangliang.venues import commands as venues
from shangliang.venues.codes import address
from shangliang.voices.models import Voice
from tests.journeys import walk

from .conftest import DESK, PHONE
from .hands import fill, send

#: Where the pictures are kept when SHANGLIANG_SCREENS=1; otherwise they go to the test's own folder.
SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
#: Pictures are cut here, so that the folder stays small.
TALLEST = 2400
FACES = {"360": (PHONE, "normal"), "elder": (PHONE, "elder"), "1440": (DESK, "normal")}
PAGES = ["home", "place", "report", "receipt", "cases", "case", "figures", "figure", "open-data", "news", "press", "dashboard", "fairness"]
REPORT = "院坝里的“好商量”\n类别:国内 发布时间:2024-01-20 06:40:00 来源:某快看\n" + "开展协商活动12场次,参与人数达到96人次。" * 12
DESK_PAGES = ["inbox", "file", "tasks", "form"]


@pytest.fixture
def world(town, settings, tmp_path):
    """One settled thread, one at work, one just come in; a press report, and the open data of all of it."""
    settings.HOME = tmp_path
    with within(town.committee):
        code = venues.issue_wall_code(by=town.office, venue=town.courtyard)
        start = clock.now() - dt.timedelta(days=40)
        with clock.at(start):
            voice, receipt = walk.report(town.committee, town.courtyard, photos=[photo("lamp", after=False)])
            agreement = walk.agreed(town.liaison, town.party, town.unit, town.members, town.courtyard, voice)
        with clock.at(start + dt.timedelta(days=8)):
            task = walk.assigned(town.office, agreement, town.unit)
            walk.answered(town.clerk, task, photos=[photo("lamp", after=True)])
            walk.accepted(town.office, task)
            done = Voice.objects.get(pk=voice.pk)
            outcomes.rate(by=ReceiptHolder(voice.pk), voice=done, value="satisfied")
        case = Voice.objects.get(pk=voice.pk).case
        cases.publish(
            by=town.reviewer, case=case, title="毛万二小院装上路灯", summary="小院到村道没有路灯，夜里出行不便。",
            photos=list(Attachment.objects.filter(case_no=case.no)),
        )
        walk.report(town.committee, town.courtyard, text="堰塘边没有护栏，娃儿耍水危险。", key="pond")
        with clock.at(clock.now() - dt.timedelta(days=9)):
            bend = "村道拐弯处看不见对面来车。"
            second, _code = walk.report(town.committee, town.courtyard, text=bend, key="bend")
            topic = walk.topic_of(town.liaison, town.party, second, title="村道弯道装凸面镜")
            sitting = walk.convened(town.liaison, topic, town.courtyard, town.unit, town.members)
            with clock.at(sitting.starts_at):
                walk.held(town.liaison, sitting)
                item = walk.item(town.liaison, sitting, unit=town.unit, text="在弯道处装两面凸面镜。")
                walk.issued(town.liaison, sitting)
        item.refresh_from_db()
        task = walk.assigned(town.office, item, town.unit)
        press = newsroom.capture(by=town.office, committee=town.committee, text=REPORT)
        newsroom.publish(by=town.office, snapshot=press)
        make_bundle(town.committee)
    paths = {
        "home": "/", "place": "/q/" + address(code).rsplit("/q/", 1)[1], "report": "/report/",
        "receipt": "/receipt/", "cases": "/cases/", "case": f"/cases/{case.no}/", "figures": "/figures/",
        "figure": "/figures/attendances/", "open-data": "/open-data/", "news": "/news/",
        "dashboard": "/dashboard/", "fairness": "/fairness/",
        "press": press.get_absolute_url(), "inbox": "/desk/",
        "file": f"/desk/cases/{second.case_no}/", "tasks": "/desk/tasks/",
        "form": f"/desk/do/task/{task.pk}/acknowledge/",
    }
    return paths, receipt


def keep(page, name, folder):
    target = SCREENS if os.environ.get("SHANGLIANG_SCREENS") else folder
    target.mkdir(parents=True, exist_ok=True)
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
    page.screenshot(path=target / f"{name}.jpg", type="jpeg", quality=50, full_page=True, clip=clip)


def check(page, name):
    """Nothing sticks out sideways, and axe finds no violation."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} sticks out by {wide} px"
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], name


@pytest.mark.parametrize("face", FACES)
def test_the_public_pages_look_as_they_should(face, world, open_as, tmp_path):
    (size, mode), (paths, receipt) = FACES[face], world
    page = open_as(size=size, mode=mode)
    for name in PAGES:
        page.goto(paths[name])
        if name == "receipt":
            fill(page, code=receipt)
            send(page)
        check(page, f"{name}-{face}")
        keep(page, f"{name}-{face}", tmp_path)


#: By how much a word in the bar of a phone stands over the edge of its place.
BEYOND = """() => Math.max(...[...document.querySelectorAll('.nav li')].map(place => Math.max(
    ...[...place.querySelectorAll('span')].map(word => word.getBoundingClientRect().right)
) - place.getBoundingClientRect().right))"""


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_english_words_have_room_on_a_phone(mode, world, open_as, live_server):
    page = open_as(size=PHONE, mode=mode)
    page.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    for name in [*PAGES, "embed"]:
        page.goto({**world[0], "embed": "/embed/"}[name])
        assert page.evaluate("document.documentElement.lang") == "en"
        check(page, f"{name}-en-{mode}")
        assert page.evaluate(BEYOND) <= 1, name


@pytest.mark.parametrize("face", ["360", "1440"])
def test_the_desk_looks_as_it_should(face, world, town, open_as, tmp_path):
    size, _mode = FACES[face]
    people = {"inbox": town.liaison, "file": town.office, "tasks": town.office, "form": town.clerk}
    for name in DESK_PAGES:
        page = open_as(people[name], size=size)
        page.goto(world[0][name])
        check(page, f"{name}-{face}")
        keep(page, f"desk-{name}-{face}", tmp_path)


def test_long_titles_and_rows_of_buttons_have_room_at_an_elder_desk_on_a_phone(world, town, open_as):
    with within(town.committee):
        reports.begin(by=town.office, committee=town.committee, year=2023, quarter=3)
    page = open_as(town.office, size=PHONE, mode="elder")
    page.goto("/desk/reports/")
    check(page, "reports-elder")
    tops = [box for box in (each.bounding_box() for each in page.locator(".page-do .btn").all()) if box]
    lines = sorted({(box["y"], box["y"] + box["height"]) for box in tops})
    assert len(lines) > 1 and all(after[0] - before[1] >= 4 for before, after in itertools.pairwise(lines))


def test_the_report_works_without_scripts(world, open_as):
    phone = open_as(scripts=False)
    phone.goto(world[0]["place"])
    phone.locator("main a[href$='/report/']").first.click()
    fill(phone, text="井盖松了，车一过就响。")
    send(phone)
    assert "收到了" in phone.locator("main").inner_text()


def test_in_elder_mode_words_and_targets_are_large(world, open_as):
    """工信部 适老化: main text ≥ 18 pt, main touch targets ≥ 60 × 60."""
    phone = open_as(mode="elder")
    for name in ("home", "report", "case"):
        phone.goto(world[0][name])
        size = phone.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        assert size >= 24, name
        for button in phone.locator("main .btn:visible").all():
            box = button.bounding_box()
            assert box["height"] >= 60 and box["width"] >= 60, (name, button.inner_text(), box)
