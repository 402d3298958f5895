"""What other sites may show of us: small pages in frames and badges; and that nothing else can be framed."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured

from shangliang.cases import commands as cases
from shangliang.consultations.models import Attendance
from shangliang.settings.home import origins

from .conftest import text

LIMIT = 20_000


@pytest.fixture
def frames(rated, courtyard):
    """The three kinds of embedded page."""
    return [f"/embed/case/{rated.no}/", f"/embed/place/{courtyard.code}/", "/embed/figure/voices/"]


def ancestors(answer) -> str:
    policy = answer["Content-Security-Policy"].split("; ")
    return next(part for part in policy if part.startswith("frame-ancestors"))


def test_only_the_named_sites_and_ourselves_may_frame_them(browser, frames, settings):
    for path in frames:
        assert ancestors(browser.get(path)) == "frame-ancestors 'self'"
    settings.FRAME_ORIGINS = ["https://www.rongchang.gov.cn", "https://*.example.cn"]
    for path in [*frames, "/embed/case/RC-2023-9999/"]:
        answer = browser.get(path)
        assert ancestors(answer) == "frame-ancestors 'self' https://www.rongchang.gov.cn https://*.example.cn"
        assert "X-Frame-Options" not in answer


@pytest.mark.parametrize("path", ["/", "/embed/", "/figures/voices/", "/report/", "/receipt/", "/people/login/", "/none/"])
def test_every_other_page_stays_closed_to_frames(browser, rated, settings, path):
    settings.FRAME_ORIGINS = ["https://www.rongchang.gov.cn"]
    answer = browser.get(path)
    assert ancestors(answer) == "frame-ancestors 'none'" and answer["X-Frame-Options"] == "DENY"


def test_they_are_small_set_no_cookie_and_need_no_script(browser, frames):
    for path in frames:
        answer = browser.get(path)
        assert answer.status_code == 200 and len(answer.content) < LIMIT
        assert "<script" not in text(answer) and "style=" not in text(answer)
        assert not answer.cookies and not browser.cookies


def test_caches_keep_them_five_minutes_and_ask_by_tag(browser, rated):
    answer = browser.get(f"/embed/case/{rated.no}/")
    assert answer["Cache-Control"] == "public, max-age=300"
    again = browser.get(f"/embed/case/{rated.no}/", headers={"if-none-match": answer["ETag"]})
    assert again.status_code in (200, 304)  # 200 only where a minute began in between
    assert ancestors(again) == "frame-ancestors 'self'"


def test_a_case_tells_how_far_it_came_and_leads_back(browser, rated):
    page = text(browser.get(f"/embed/case/{rated.no}/"))
    assert rated.title in page and f'href="/cases/{rated.no}/"' in page and "评价" in page
    assert browser.get(f"/embed/case/{rated.no.lower()}/")["Location"] == f"/embed/case/{rated.no}/"


def test_a_case_that_is_not_public_and_one_that_is_not_there_get_the_same_answer(browser, voice, rated, reviewer):
    shut = browser.get(f"/embed/case/{voice.case.no}/")
    none = browser.get("/embed/case/RC-2023-9999/")
    assert shut.status_code == none.status_code == 404
    assert shut.content == none.content and "没有公开" in text(none) and "路灯" not in text(shut)
    assert browser.get(f"/cases/{voice.case.no}.svg").status_code == 404
    cases.take_back(by=reviewer, case=rated, why="有人提出异议")
    assert browser.get(f"/embed/case/{rated.no}/").status_code == 404


def test_a_place_tells_what_became_of_matters_there(browser, rated, courtyard):
    page = text(browser.get(f"/embed/place/{courtyard.code}/"))
    assert courtyard.name in page and rated.title in page and "还没有排下一次协商" in page
    assert "毛某" not in page and "13812345678" not in page
    assert browser.get("/embed/place/NONE/").status_code == 404
    assert browser.get("/embed/place/a'b/").status_code == 404


def test_a_figure_says_the_same_as_its_page_in_each_part(browser, rated):
    for part in ("", "?town=500153005", "?carrier=courtyard", "?since=2023-05-01&until=2023-12-31"):
        value = browser.get(f"/figures/attendances.json{part}").json()["value"]
        assert f">{value}</a>" in text(browser.get(f"/embed/figure/attendances/{part}"))
    assert browser.get("/embed/figure/none/").status_code == 404


def test_too_few_people_are_not_told_in_a_frame_either(browser, rated):
    Attendance.objects.filter(pk__in=Attendance.objects.values("pk")[3:]).delete()
    page = text(browser.get("/embed/figure/persons/?carrier=courtyard"))
    assert "不足 5 人，不公布" in page and 'class="value"><a' not in page


@pytest.mark.parametrize("asked", ["since=yesterday", "town=999999999", "since=2024-02-01&until=2024-01-01"])
def test_what_cannot_be_asked_is_said_without_a_number(browser, rated, asked):
    answer = browser.get(f"/embed/figure/attendances/?{asked}")
    assert answer.status_code == 422 and 'class="value"' not in text(answer) and 'class="said"' in text(answer)


def test_badges_of_a_case_and_a_place_load_nothing(browser, rated, courtyard):
    for path, words in [(f"/cases/{rated.no}.svg", rated.title), (f"/places/{courtyard.code}.svg", courtyard.name)]:
        answer = browser.get(path)
        tree = ElementTree.fromstring(answer.content)
        assert words in tree.attrib["aria-label"] and answer["Cache-Control"] == "public, max-age=600"
        assert {part.tag.split("}")[1] for part in tree.iter()} == {"svg", "title", "rect", "path", "g", "text"}


def test_the_page_for_webmasters_shows_what_to_copy(browser, rated, courtyard, settings):
    settings.FRAME_ORIGINS = ["https://www.rongchang.gov.cn"]
    page = text(browser.get(f"/embed/?figure=voices&case={rated.no}&place={courtyard.code}"))
    for path in ("/embed/figure/voices/", f"/embed/case/{rated.no}/", f"/embed/place/{courtyard.code}/"):
        assert f'&lt;iframe src="http://testserver{path}"' in page and f'<iframe class="embed-preview" src="{path}"' in page
    assert "https://www.rongchang.gov.cn" in page
    assert browser.get("/embed/?figure=x&case=%00&place='").status_code == 200


def test_the_page_for_webmasters_stands_without_cases(browser, committee):
    assert browser.get("/embed/").status_code == 200


@pytest.mark.parametrize("named", ["https://a.cn; script-src *", "a.cn", "'none'", "https://a.cn/path", "*"])
def test_what_is_no_origin_is_refused_at_the_start(named):
    with pytest.raises(ImproperlyConfigured, match="SHANGLIANG_FRAMES"):
        origins(named)
    assert origins(" https://a.cn , http://*.b.cn:8080,") == ["https://a.cn", "http://*.b.cn:8080"]
