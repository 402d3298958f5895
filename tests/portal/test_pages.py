"""The front page, places, explaining pages, switches and errors."""

import html
import json

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils.translation import gettext, override

from shangliang.cases import commands as cases
from shangliang.journal.models import Entry, Head
from shangliang.people import commands as people
from shangliang.shared.refusals import Refused
from tools import messages

from .. import factories
from ..journeys import walk
from .conftest import text

OPEN = (
    "/", "/report/", "/receipt/", "/cases/", "/privacy/", "/accessibility/", "/complaint/", "/rules/",
    "/calendar/2025/", "/components/", "/healthz", "/robots.txt",
)


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("cookies", [{}, {"mode": "elder"}, {"lang": "en"}])
def test_everybody_may_open_the_public_pages_in_every_face(committee, path, cookies):
    browser = Client()
    browser.cookies.load(cookies)
    response = browser.get(path)
    assert response.status_code == 200
    if cookies.get("mode") and "<html" in text(response):
        assert 'data-mode="elder"' in text(response)


def test_looking_changes_nothing(browser, rated, courtyard):
    before = (Head.objects.get().digest, Entry.objects.count())
    for path in (*OPEN, rated.get_absolute_url(), f"/cases/{rated.no}.json", f"/places/{courtyard.code}/"):
        browser.get(path)
    assert (Head.objects.get().digest, Entry.objects.count()) == before


@pytest.mark.parametrize("path", [path for path in OPEN if path not in ("/report/", "/receipt/")])
def test_pages_that_only_tell_take_no_post(browser, committee, path):
    assert browser.post(path).status_code == 405


def test_the_front_page_counts_the_records(browser, rated, voice):
    page = text(browser.get("/"))
    values = page.split('class="stat-value">')[1:]
    assert [value.split("<")[0] for value in values] == ["2", "1", "7", "7", "1", "1", "0", "1"]
    assert "截至" in page and 'href="/figures/solved/"' in page


def test_each_number_of_cases_is_the_number_of_the_list_behind_it(browser, rated):
    assert "共 1 件" in text(browser.get("/cases/?has=solved"))


def test_the_numbers_may_be_a_minute_old_and_say_so(browser, committee, courtyard):
    browser.get("/")
    walk.report(committee, courtyard, key="n" * 40)
    assert '"stat-value">0<' in text(browser.get("/"))
    cache.clear()
    assert '"stat-value">1<' in text(browser.get("/"))


def test_the_front_page_shows_a_settled_case_and_its_lamps(browser, rated):
    page = text(browser.get("/"))
    assert rated.title in page and "lane-complete" in page


def test_the_front_page_of_a_new_installation_says_that_the_first_matter_is_awaited(browser, committee):
    assert "第一件事等您来说" in text(browser.get("/"))


def test_the_front_page_needs_a_fixed_number_of_queries(
    browser, rated, published, django_assert_num_queries
):
    browser.get("/")
    for number in (1, 6):
        published(f"坑洼{number}-", number)
        with django_assert_num_queries(6):
            browser.get("/")
        with django_assert_num_queries(2):
            browser.get("/")


def test_the_front_page_shows_a_case_no_longer_once_it_is_taken_back(browser, rated, reviewer):
    assert rated.get_absolute_url() in text(browser.get("/"))
    cases.take_back(by=reviewer, case=rated, why="有人不愿公开。")
    assert rated.get_absolute_url() not in text(browser.get("/"))


def test_a_place_shows_its_cases_its_member_and_whom_to_call(
    browser, rated, voice, courtyard, committee, office_staff
):
    member = factories.member(committee, name="刘委员")
    people.link(
        by=office_staff, committee=committee, kind="member_courtyard", member=member, venue=courtyard,
        since=factories.LONG_AGO,
    )
    page = text(browser.get(f"/places/{courtyard.code}/"))
    assert courtyard.name in page and rated.title in page and "刘委员" in page
    assert committee.phone in page and voice.case.no not in page


def test_a_place_shows_the_next_consultation(
    browser, voice, courtyard, liaison, party_approver, unit, committee
):
    topic = walk.topic_of(liaison, party_approver, voice, title="未公开的题目")
    walk.convened(liaison, topic, courtyard, unit, [factories.member(committee), factories.member(committee)])
    page = text(browser.get(f"/places/{courtyard.code}/"))
    assert "下一次协商" in page and "未公开的题目" not in page


@pytest.mark.parametrize("code", ["nope", "%00", "'--", "x" * 40])
def test_an_unknown_place_is_not_found(browser, committee, code):
    assert browser.get(f"/places/{code}/").status_code == 404


def test_a_place_of_another_committee_is_not_found(browser, committee, other_committee, county):
    venue = factories.courtyard(county.at["511083104200"], committee=other_committee, name="李家小院")
    assert browser.get(f"/places/{venue.code}/").status_code == 404


def test_the_elder_face_is_remembered(browser, committee):
    response = browser.post("/mode/elder", {"next": "/privacy/"})
    assert response["Location"] == "/privacy/"
    assert browser.cookies["mode"]["max-age"] > 30_000_000
    assert 'class="elder"' in text(browser.get("/privacy/"))


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""]
)
def test_a_switch_never_leads_to_another_host(browser, committee, elsewhere):
    assert browser.post("/language/en", {"next": elsewhere})["Location"] == "/"


def test_unknown_faces_and_languages_are_not_found(browser, committee):
    assert browser.post("/mode/giant").status_code == 404
    assert browser.post("/language/tlh").status_code == 404
    assert browser.get("/mode/elder").status_code == 405


@pytest.mark.parametrize(
    ("wished", "lang"),
    [("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"), ("zh-TW", "zh-Hans"),
     ("fr,de;q=0.8", "zh-Hans"), ("", "zh-Hans"), ("fr,en;q=0.5", "en")],
)
def test_the_language_follows_the_browser(committee, wished, lang):
    response = Client(headers={"accept-language": wished}).get("/accessibility/")
    assert f'<html lang="{lang}"' in text(response)
    assert "Accept-Language" in response["Vary"] and "Cookie" in response["Vary"]


def test_a_chosen_language_goes_before_that_of_the_browser(committee):
    browser = Client(headers={"accept-language": "en"})
    browser.post("/language/zh-hans")
    assert '<html lang="zh-Hans"' in text(browser.get("/accessibility/"))


def test_the_rules_stand_with_their_basis(browser, committee):
    page = text(browser.get("/rules/"))
    assert "民声审看" in page and "信访工作条例" in page


def test_the_calendar_names_holidays_and_working_weekends(browser, committee):
    page = text(browser.get("/calendar/2025/"))
    assert "国庆" in page and "上班" in page
    assert browser.get("/calendar/1999/").status_code == 404


def test_the_notice_has_a_version_and_the_committee(browser, committee):
    page = text(browser.get("/privacy/"))
    assert "版" in page and committee.phone in page and "12 个月" in page


def test_health_is_plain(browser, committee):
    assert browser.get("/healthz").json() == {"ok": True}


def test_robots_may_not_keep_receipts(browser, committee):
    assert "Disallow: /receipt/" in text(browser.get("/robots.txt"))


def test_an_unknown_address_is_a_designed_page(browser, committee):
    response = browser.get("/no/such/page")
    assert response.status_code == 404 and "没有找到这一页" in text(response)


def test_the_page_of_a_fault_asks_nothing_of_the_database(committee, monkeypatch, django_assert_num_queries):
    from django.test import RequestFactory

    from shangliang.portal import errors

    with django_assert_num_queries(0):
        response = errors.broken(RequestFactory().get("/"))
    assert response.status_code == 500 and "出了毛病" in text(response)


def test_the_page_of_a_fault_speaks_both_languages_and_names_the_telephone(db, settings, django_assert_num_queries):
    from django.test import RequestFactory

    from shangliang.portal import errors

    settings.HELP_PHONE = "023-4610 0000"
    for make in (errors.broken, errors.busy):
        with django_assert_num_queries(0):
            page = text(make(RequestFactory().get("/")))
        assert 'lang="en"' in page and page.count("tel:023-46100000") == 2
    assert "tel:" not in text(errors.not_found(RequestFactory().get("/")))
    settings.HELP_PHONE = ""
    assert "tel:" not in text(errors.broken(RequestFactory().get("/")))


@pytest.mark.parametrize("told", ["javascript:1", "12", "请拨打", "1" * 30])
def test_what_nobody_can_dial_is_no_telephone(told):
    from django.core.exceptions import ImproperlyConfigured

    from shangliang.settings.home import phone

    with pytest.raises(ImproperlyConfigured):
        phone(told)
    assert phone(" 023-4610 0000 ") == "023-4610 0000" and phone("") == ""


def test_the_words_of_the_rules_are_collected_and_shown_in_english(committee):
    rule = json.loads(messages.RULES.read_text(encoding="utf-8"))[1]
    found = {message.id for message in messages.collect()}
    with override("en"):
        english = [gettext(rule[name]) for name in ("title", "basis")]
    browser = Client()
    browser.cookies.load({"lang": "en"})
    page = html.unescape(text(browser.get("/rules/")))
    for chinese, words in zip((rule["title"], rule["basis"]), english, strict=True):
        assert chinese in found and words != chinese and words in page and chinese not in page


def _failing(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("shangliang.portal.places.place_page", fail)


def test_a_refusal_that_no_page_expected_is_told_in_its_sentence(browser, courtyard, monkeypatch):
    _failing(monkeypatch, Refused("今天不行，<b>明天</b>再来。"))
    response = browser.get(f"/places/{courtyard.code}/")
    assert response.status_code == 409
    assert "今天不行，&lt;b&gt;明天" in text(response)


def test_a_locked_database_is_a_503_on_any_page(browser, courtyard, monkeypatch):
    _failing(monkeypatch, OperationalError("database is locked"))
    response = browser.get(f"/places/{courtyard.code}/")
    assert response.status_code == 503 and response["Retry-After"]


def test_a_fault_is_a_page_and_not_a_traceback(courtyard, monkeypatch):
    _failing(monkeypatch, RuntimeError("secret detail"))
    response = Client(raise_request_exception=False).get(f"/places/{courtyard.code}/")
    assert response.status_code == 500 and "secret detail" not in text(response)


def test_trouble_before_any_page_is_a_503_too(committee, monkeypatch):
    from shangliang.people.middleware import CommitteeScope

    def fail(self, request):
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(CommitteeScope, "committee_of", fail)
    response = Client(raise_request_exception=False).get("/healthz")
    assert response.status_code == 503


def test_pages_for_signed_in_people_stay_out_of_caches(client_as, liaison):
    assert client_as(liaison).get("/privacy/")["Cache-Control"] == "no-store"
