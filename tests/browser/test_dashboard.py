"""The dashboard in a real browser: pictures are drawn within the content policy, and without script tables remain."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from shangliang.figures import boundary
from shangliang.people.tenancy import within
from tests.figures.test_boundary import NO, collection, feature
from tests.journeys import walk

from .conftest import DESK, PHONE

#: Milliseconds: the pictures come with a megabyte of script, which a busy machine reads slowly.
SLOW = 30_000
WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def counted(town, settings, tmp_path):
    """Two voices; lines of both towns with an approval number."""
    settings.HOME = tmp_path
    with within(town.committee):
        walk.report(town.committee, town.courtyard, key="a" * 30)
        walk.report(town.committee, town.courtyard, key="b" * 30)
    square = [[[105.6, 29.3], [105.7, 29.3], [105.7, 29.4], [105.6, 29.4], [105.6, 29.3]]]
    return collection(feature(), feature("500153112", at=square))


@pytest.mark.parametrize("size, path", [(DESK, "/dashboard/"), (PHONE, "/dashboard/"), (WALL, "/dashboard/?wall=1")])
def test_the_pictures_are_drawn_and_nothing_breaks_the_policy(counted, open_as, size, path):
    boundary.install(counted, NO)
    page = open_as(size=size)
    page.set_default_timeout(SLOW)
    broken = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    page.goto(path)
    page.wait_for_selector("[data-picture=map] path.leaflet-interactive")
    assert page.locator("[data-picture=trend] canvas").count() == page.locator("[data-picture=flow] canvas").count() == 1
    assert NO in page.locator("[data-picture=map]").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    if size is WALL:
        assert page.evaluate("document.documentElement.scrollHeight") <= WALL["height"]
    found = Axe().run(page).response["violations"]
    # A screen on the wall is read by nobody who could lose the place: it may begin anew by itself.
    meant = {"meta-refresh"} if size is WALL else set()
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["id"] not in meant] == []
    assert broken == []


def test_a_bar_leads_to_its_part(counted, open_as):
    page = open_as(size=DESK)
    page.set_default_timeout(SLOW)
    page.goto("/dashboard/")
    picture = page.locator("[data-picture=trend] canvas")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] / 2 + 8, "y": box["height"] * 0.8})
    page.wait_for_url("**/figures/voices/?since=*")


def test_without_script_the_tables_say_it_all(counted, open_as):
    page = open_as(scripts=False)
    page.set_default_timeout(SLOW)
    page.goto("/dashboard/")
    assert page.locator("[data-picture]:visible").count() == 0
    assert page.locator("#trend table, #flow table, #stuck table, #towns table").count() == 4
    assert "示意图，不是地图" in page.locator("#towns").inner_text()


def test_on_paper_it_is_a_few_pages_of_a4(counted, open_as, tmp_path):
    page = open_as(size=DESK)
    page.set_default_timeout(SLOW)
    page.goto("/dashboard/")
    page.wait_for_selector("[data-picture=flow] canvas")
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF") and 2 <= paper.count(b"/Type /Page\n") <= 4
