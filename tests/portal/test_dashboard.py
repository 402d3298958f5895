"""The dashboard and the page of fairness: the figures' own numbers, filters in the address, a table for each picture."""

import datetime as dt
import json
import re

import pytest

from shangliang.figures import boundary
from shangliang.portal.dashboard import CARDS
from shangliang.shared import clock
from tests.figures.test_boundary import NO, collection, feature

from .conftest import text


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def pictures(page):
    return json.loads(re.search(r'<script type="application/json" id="pictures">(.*?)</script>', page, re.DOTALL)[1])


def cards(page):
    found = re.findall(r'class="stat-open" href="([^"]+)"><span class="stat-value">([^<]*)<', page)
    return [(number, href) for href, number in found]


def test_every_card_is_the_number_of_its_figures_page(browser, rated, voice):
    page = text(browser.get("/dashboard/?town=500153005"))
    found = cards(page)
    assert len(found) == len(CARDS)
    for number, href in found:
        assert "town=500153005" in href
        assert f'class="stat-value">{number}<' in text(browser.get(href.replace("&amp;", "&"))), href


def test_the_filters_hold_and_stay_in_every_address(browser, rated, voice):
    page = text(browser.get("/dashboard/?since=2023-05-01&until=2023-05-31&figure=attendances"))
    told = {href.split("/")[2]: number for number, href in cards(page)}
    assert (told["attendances"], told["voices"]) == ("7", "1")
    assert ("2", "/figures/voices/") in cards(text(browser.get("/dashboard/")))
    assert all("since=2023-05-01" in href and "until=2023-05-31" in href for _number, href in cards(page))
    assert 'value="2023-05-01"' in page and "走势：到会人次" in page
    assert "/fairness/?since=2023-05-01&amp;until=2023-05-31" in page and "wall=1" in page
    assert [bar["number"] for bar in pictures(page)["trend"]["bars"]] == [7]


@pytest.mark.parametrize(
    "period, day, since", [("year", dt.date(2026, 8, 9), "2026-01-01"), ("quarter", dt.date(2026, 8, 9), "2026-07-01"),
                           ("quarter", dt.date(2026, 12, 31), "2026-10-01"), ("quarter", dt.date(2026, 1, 1), "2026-01-01")]
)  # fmt: skip
def test_a_named_period_is_counted_from_its_first_day(browser, committee, period, day, since):
    with clock.at(day):
        page = text(browser.get(f"/dashboard/?period={period}&since=2001-01-01"))
    assert f"since={since}&amp;until={day}" in page


@pytest.mark.parametrize("path", ["/dashboard/", "/fairness/", "/dashboard/?wall=1&x=1"])
@pytest.mark.parametrize(
    "asked", ["since=2023-06-01&until=2023-05-01", "town=999", "period=aeon", "since=0001-01-01", "town=%00", "until='"]
)
def test_what_cannot_be_asked_is_refused_in_words(browser, committee, path, asked):
    answer = browser.get(f"{path}{'&' if '?' in path else '?'}{asked}")
    assert answer.status_code == 422
    assert "wall" in path or 'class="error' in text(answer)


def test_an_unknown_figure_is_refused(browser, committee):
    assert browser.get("/dashboard/?figure=salons").status_code == 422


def test_every_picture_has_its_table(browser, rated, voice):
    page = text(browser.get("/dashboard/"))
    told = pictures(page)
    for node in told["flow"]["nodes"]:
        if node["kind"] == "step":
            assert re.search(rf">{node['words']}</td><td class=\"num\" data-label=\"走到这一步\"><a [^>]*>{node['number']}<", page)
    for bar in told["trend"]["bars"]:
        assert bar["href"].replace("&", "&amp;") in page
    assert sum(link["value"] for link in told["flow"]["links"] if link["source"] == 0) == 2
    assert 'role="img"' in page and page.count("<svg viewBox=\"0 0 100 80\"") == 2


def test_the_scheme_says_that_it_is_no_map_and_keeps_the_order_of_the_codes(browser, rated, voice):
    page = text(browser.get("/dashboard/"))
    assert "示意图，不是地图" in page and "leaflet" not in page and pictures(page)["map"] is None
    assert page.index("安富街道</b>") < page.index("清流镇</b>")
    assert browser.get("/dashboard/boundary.geojson").status_code == 404


def test_with_approved_lines_the_map_shows_their_number_and_no_courtyard(browser, county, rated, courtyard):
    type(courtyard).objects.filter(pk=courtyard.pk).update(latitude="29.35", longitude="105.55")
    boundary.install(collection(feature(), feature("500153112")), NO)
    page = text(browser.get("/dashboard/"))
    told = pictures(page)["map"]
    assert NO in told["approval"] and "leaflet" in page and "示意图" not in page
    assert told["points"] == [] and courtyard.name not in page
    type(courtyard).objects.filter(pk=courtyard.pk).update(kind="room")
    [point] = pictures(text(browser.get("/dashboard/")))["map"]["points"]
    assert point["at"] == [29.35, 105.55] and browser.get(point["href"]).status_code == 200
    lines = browser.get("/dashboard/boundary.geojson")
    assert lines["Content-Type"] == "application/geo+json" and len(lines.json()["features"]) == 2


def test_the_wall_has_nothing_to_press_and_asks_anew(browser, committee):
    page = text(browser.get("/dashboard/?wall=1"))
    assert '<meta http-equiv="refresh" content="300">' in page
    assert "<form" not in page and "<button" not in page and "<nav" not in page


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/?wall=1", "/fairness/"])
def test_the_number_of_queries_does_not_grow(browser, rated, published, count_queries, path):
    browser.get(path)
    few = count_queries(lambda: browser.get(path))
    published("更多的事", 6)
    assert count_queries(lambda: browser.get(path)) == few <= 45


def test_there_is_nothing_without_a_committee(browser, db):
    for path in ("/dashboard/", "/fairness/", "/dashboard/boundary.geojson"):
        assert browser.get(path).status_code == 404


def test_no_script_or_style_stands_in_the_pages(browser, committee):
    for path in ("/dashboard/", "/dashboard/?wall=1", "/fairness/"):
        page = text(browser.get(path))
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_fairness_says_what_is_not_known(browser, rated, voice):
    page = text(browser.get("/fairness/"))
    assert "没有登记性别、年龄，不能算" in page and "668977" in page and "第七次全国人口普查" in page
    assert "安富街道垭口村" in page and re.search(r">1</a> / <a href=\"#villages\">3<", page)
    town = text(browser.get("/fairness/?town=500153112"))
    assert "不知道清流镇有多少人口" in town and "还没有商成的议题" in town


def test_the_leaders_page_leads_on(client_as, account, rated, voice):
    from shangliang.people.roles import Role

    page = text(client_as(account(Role.LEADER)).get("/desk/overview/?days=30"))
    assert f'/desk/voices/?state={voice.state}"' in page and 'href="/dashboard/"' in page
