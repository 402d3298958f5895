"""The pages of figures: what a number means, how much, which records, how to check; and what is refused."""

import datetime as dt
import re

import pytest

from shangliang.figures.commands import recount
from shangliang.figures.definitions import FIGURES
from shangliang.people.actors import CLOCK
from shangliang.people.tenancy import within
from shangliang.regions.models import Region

from .conftest import text


def test_every_figure_stands_on_one_page_and_has_its_own(browser, committee, rated):
    page = text(browser.get("/figures/"))
    for figure in FIGURES:
        assert f'href="/figures/{figure.key}/"' in page and str(figure.words) in page
        own = browser.get(f"/figures/{figure.key}/")
        assert own.status_code == 200 and str(figure.words) in text(own)


def test_the_front_pages_numbers_are_those_of_their_pages(browser, rated, voice):
    page = text(browser.get("/"))
    stats = re.findall(r'class="stat-open" href="([^"]+)"><span class="stat-value">([^<]+)<', page)
    assert len(stats) == 8
    for href, value in stats:
        assert f'class="stat-value">{value}<' in text(browser.get(href)), href


def test_the_page_lists_the_records_without_what_is_not_public(browser, voice):
    page = text(browser.get("/figures/voices/"))
    assert voice.case.no in page and "没有路灯" not in page and "毛某某" not in page
    assert "安富街道" in page and "普陀村" not in page.split('id="records"')[1]
    assert f'href="/cases/{voice.case.no}/"' not in page


def test_a_public_case_is_a_link(browser, rated):
    page = text(browser.get("/figures/solved/"))
    assert f'href="{rated.get_absolute_url()}"' in page and rated.title in page


def test_the_same_comes_for_programs(browser, rated):
    told = browser.get("/figures/attendances.json?carrier=courtyard").json()
    assert (told["value"], told["unit"], told["carrier"], told["version"]) == (7, "人次", "courtyard", 1)
    assert told["journal"]["digest"].startswith(("sha256:", "sm3:")) and told["journal"]["first"] == 1
    assert sum(part["value"] for part in told["trend"]) == 7


@pytest.mark.parametrize(
    "asked, words",
    [
        ("since=2023-06-01&until=2023-05-01", "不能早于开始日期"), ("town=999999999", "没有这个镇街"),
        ("since=0001-01-01", "1949 年到 2100 年"), ("until=9999-12-31", "1949 年到 2100 年"), ("since=yesterday", "errors"), ("carrier=boat", "errors"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_and_kept(browser, rated, asked, words):
    answer = browser.get(f"/figures/consultations/?{asked}")
    assert answer.status_code == 422
    assert browser.get(f"/figures/consultations.json?{asked}").status_code == 422
    page = text(answer)
    assert words in page or "error" in page
    assert "筛选没有生效" in page and 'class="stat-value"' not in page and 'id="records"' not in page
    assert asked.split("=")[-1] in page or "town" in asked or "carrier" in asked


@pytest.mark.parametrize("path", ["/figures/none/", "/figures/none.json", "/figures/VOICES'/"])
def test_there_is_nothing_where_there_is_no_figure(browser, committee, path):
    assert browser.get(path).status_code == 404


def test_fewer_than_five_people_are_not_told(browser, rated):
    page = text(browser.get("/figures/persons/?carrier=courtyard"))
    assert 'class="stat-value">7<' in page
    told = browser.get("/figures/persons.json?since=2001-01-01&until=2001-01-31").json()
    assert told["value"] == 0


def test_a_town_whose_borders_changed_says_so(browser, committee, county, rated):
    old, new = county.at["500153112"], county.at["500153005"]
    Region.objects.filter(pk=old.pk).update(valid_to=dt.date(2022, 12, 31), successor=new)
    assert "2022年12月31日 为止，以后并入安富街道" in text(browser.get(f"/figures/voices/?town={old.code}"))
    assert "由 清流镇 并入而成" in text(browser.get(f"/figures/voices/?town={new.code}"))


def test_what_the_nightly_count_found_stands_on_the_page(browser, committee, rated):
    with within(committee):
        recount(by=CLOCK, committee=committee)
    assert "两边一致" in text(browser.get("/figures/solved/"))
    assert "只能从记录里数" in text(browser.get("/figures/persons/"))


def test_a_page_takes_as_many_queries_for_much_as_for_little(browser, rated, voice, django_assert_max_num_queries):
    browser.get("/figures/voices/")
    with django_assert_max_num_queries(22):  # the past brought in from paper asks its own
        browser.get("/figures/voices/?town=500153005")
