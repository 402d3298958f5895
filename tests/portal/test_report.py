"""Reporting: from any place, from a wall code, and everything that can go wrong on the way."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from shangliang.files.models import Attachment
from shangliang.portal import limits
from shangliang.shared import clock
from shangliang.venues import codes
from shangliang.venues import commands as venues
from shangliang.voices.models import Contact, Voice

from ..journeys.walk import picture
from .conftest import KEY, text

WORDS = "村口的桥栏杆断了。"


@pytest.fixture
def told(village, committee):
    """A filled-in form."""
    return {"text": WORDS, "region": village.pk, "place_note": "村口", "name": "", "phone": "", "key": KEY}


@pytest.fixture
def wall(courtyard, office_staff):
    """The address of the courtyard's wall code."""
    wall_code = venues.issue_wall_code(by=office_staff, venue=courtyard)
    return wall_code, f"/q/{codes.token(wall_code)}"


def shown_code(page: str) -> str:
    groups = re.search(r'receipt-code"[^>]*>(.*?)</p>', page, re.S).group(1)
    return "".join(re.findall(r"\d", groups))


def test_the_form_says_how_long_it_takes_and_links_to_the_notice_before_asking_for_a_name(browser, committee):
    page = text(browser.get("/report/"))
    assert "大约一分钟" in page
    assert page.index("/privacy/") < page.index('name="name"')
    assert "普陀村" in page and '<optgroup label="安富街道">' in page
    assert "三合村" not in page, "places of another county"


def test_a_report_leads_to_a_page_with_the_code_and_nothing_secret_in_the_address(browser, told):
    response = browser.post("/report/", {**told, "photos": [picture()]})
    assert (response.status_code, response["Location"]) == (302, "/report/done/")
    voice = Voice.objects.get()
    assert (voice.text, voice.channel, voice.state) == (WORDS, "web", "screening")
    assert Attachment.objects.get().is_public is False
    done = browser.get("/report/done/")
    page = text(done)
    assert len(shown_code(page)) == 26
    assert voice.case.no in page
    assert done["Cache-Control"] == "no-store"
    cookie = browser.cookies["reported"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/report/"


def test_pressing_twice_makes_one_voice_and_shows_one_code(browser, told):
    shown = []
    for _press in range(2):
        browser.post("/report/", told)
        shown.append(shown_code(text(browser.get("/report/done/"))))
    assert shown[0] == shown[1]
    assert Voice.objects.count() == 1


def test_the_code_that_was_shown_opens_the_progress(browser, told):
    browser.post("/report/", told)
    code = shown_code(text(browser.get("/report/done/")))
    browser.post("/receipt/", {"code": code})
    assert "正在审看" in text(browser.get("/receipt/"))


def test_of_two_presses_that_arrive_together_the_later_finds_the_record_of_the_earlier(
    browser, told, monkeypatch
):
    from shangliang.portal import report

    real, calls = report.receive, []

    def race(**wish):
        calls.append(wish)
        if len(calls) == 1:
            real(**wish)
            raise IntegrityError("journal_submission.key")
        return real(**wish)

    monkeypatch.setattr(report, "receive", race)
    assert browser.post("/report/", told).status_code == 302
    assert len(calls) == 2 and Voice.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_and_the_words_stay(browser, told):
    browser.post("/report/", told)
    response = browser.post("/report/", {**told, "text": "另外一件事。"})
    assert response.status_code == 422
    page = text(response)
    assert "已经提交过一次" in page and "另外一件事。" in page
    assert Voice.objects.count() == 1
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    assert browser.post("/report/", {**told, "text": "另外一件事。", "key": key}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "请写下是什么事"),
        ({"text": "   "}, "请写下是什么事"),
        ({"text": "长" * 2001}, "2000"),
        ({"text": "空\x00字符"}, "空字符"),
        ({"region": ""}, "请选一个地方"),
        ({"region": "999999"}, "没有找到这个地方"),
        ({"region": "abc"}, "没有找到这个地方"),
        ({"phone": "12"}, "电话号码好像不对"),
        ({"key": ""}, "请再按一次提交"),
        ({"key": "短"}, "请再按一次提交"),
    ],
)
def test_a_refusal_is_a_sentence_and_keeps_what_was_written(browser, told, wrong, sentence):
    sent = {**told, **wrong}
    response = browser.post("/report/", sent)
    page = text(response)
    assert response.status_code == 422
    assert sentence in page
    assert "村口" in page, "the other fields are kept"
    assert Voice.objects.count() == 0


def test_a_form_whose_key_was_wrong_is_given_a_good_one(browser, told):
    page = text(browser.post("/report/", {**told, "key": "x"}))
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    assert browser.post("/report/", {**told, "key": key}).status_code == 302


def test_a_place_of_another_county_is_refused(browser, told, county):
    other = county.at["511083104200"]
    assert browser.post("/report/", {**told, "region": other.pk}).status_code == 422


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(browser, told):
    bad = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    response = browser.post("/report/", {**told, "photos": [bad]})
    page = text(response)
    assert response.status_code == 422 and WORDS in page
    assert "照片要再选一次" in page
    assert Voice.objects.count() == 0


def test_a_telephone_written_with_full_width_digits_is_kept_sealed(browser, told):
    assert browser.post("/report/", {**told, "phone": "１３８ １２３４-５６７８"}).status_code == 302
    assert Contact.objects.get().phone.startswith("aes256gcm:")


def test_words_of_danger_are_taken_in_and_the_numbers_shown(browser, told):
    browser.post("/report/", {**told, "text": "山坡塌方了，有人受伤！"})
    page = text(browser.get("/report/done/"))
    assert "tel:110" in page and "tel:119" in page and "tel:120" in page
    assert Voice.objects.count() == 1


def test_calm_words_raise_no_alarm(browser, told):
    browser.post("/report/", told)
    assert "tel:119" not in text(browser.get("/report/done/"))


def test_hostile_words_are_shown_as_words(browser, told):
    evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
    page = text(browser.post("/report/", {**told, "text": evil, "name": evil, "phone": evil}))
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_too_many_reports_from_one_address_are_told_plainly_and_keep_the_words(
    browser, told, monkeypatch
):
    monkeypatch.setattr(limits, "REPORTS", 1)
    browser.post("/report/", told)
    response = browser.post("/report/", {**told, "text": "第二件事。", "key": "b" * 40})
    assert response.status_code == 429
    assert "第二件事。" in text(response)
    assert Voice.objects.count() == 1


def test_a_form_without_its_safety_mark_is_told_so(committee, told):
    response = Client(enforce_csrf_checks=True).post("/report/", told)
    assert response.status_code == 403 and "退回上一页" in text(response)


def test_a_body_over_the_limit_is_refused_before_it_is_read(browser, committee, settings):
    settings.UPLOAD_LIMIT = 100
    response = browser.post("/report/", {"text": "字" * 200})
    assert response.status_code == 413 and "太大" in text(response)


def test_too_many_files_are_refused_plainly(browser, told):
    files = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(20)]
    response = browser.post("/report/", {**told, "photos": files})
    assert response.status_code == 413
    assert Voice.objects.count() == 0


def test_a_busy_database_is_told_and_says_when_to_try_again(browser, told, monkeypatch):
    from django.db import OperationalError

    def locked(**wish):
        raise OperationalError("database is locked")

    monkeypatch.setattr("shangliang.portal.report.receive", locked)
    response = browser.post("/report/", told)
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_full_disk_is_told_and_says_when_to_try_again(browser, told, monkeypatch):
    def full(**wish):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shangliang.portal.report.receive", full)
    assert browser.post("/report/", told).status_code == 503


def test_the_done_page_without_a_report_leads_to_the_look_up(browser, committee):
    for path in ("/report/done/", "/report/slip/", "/report/slip.pdf"):
        assert browser.get(path)["Location"] == "/receipt/"


def test_a_forged_cookie_shows_no_code(browser, told):
    browser.post("/report/", told)
    browser.cookies["reported"] = KEY
    assert browser.get("/report/done/").status_code == 302


def test_the_slip_is_a_page_and_a_pdf(browser, told):
    browser.post("/report/", told)
    code = shown_code(text(browser.get("/report/done/")))
    slip = text(browser.get("/report/slip/"))
    assert shown_code(slip) == code and 'class="qr"' in slip
    pdf = browser.get("/report/slip.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")


def test_a_wall_code_opens_its_place_with_one_way_to_report(browser, wall, courtyard):
    _wall_code, address = wall
    page = text(browser.get(address))
    assert courtyard.name in page and f'href="{address}/report/"' in page


def test_a_report_from_a_wall_code_has_its_place(browser, wall, told, courtyard):
    _wall_code, address = wall
    form = text(browser.get(f"{address}/report/"))
    assert courtyard.name in form and 'name="region"' not in form
    del told["region"]
    assert browser.post(f"{address}/report/", told).status_code == 302
    voice = Voice.objects.get()
    assert (voice.venue_id, voice.region_id, voice.channel) == (courtyard.pk, courtyard.region_id, "qr")


def test_a_wall_code_reports_to_its_own_committee(browser, other_committee, county, told):
    from .. import factories

    venue = factories.courtyard(county.at["511083104200"], committee=other_committee, name="李家小院")
    from shangliang.people.tenancy import within

    with within(other_committee):
        wall_code = venues.issue_wall_code(
            by=factories.clerk_of_register(other_committee), venue=venue
        )
    browser.post(f"/q/{codes.token(wall_code)}/report/", told)
    assert Voice.everywhere.get().committee_id == other_committee.pk
    assert other_committee.name in text(browser.get("/report/done/"))


@pytest.mark.parametrize("suffix", ["", "/report/"])
def test_codes_that_open_nothing_say_why_and_still_lead_on(browser, wall, office_staff, suffix, committee):
    wall_code, address = wall
    forged = browser.get(f"/q/{wall_code.serial}.AAAAAAAAAAAAAAAA{suffix}")
    assert forged.status_code == 404 and 'href="/report/"' in text(forged)
    assert browser.get(f"/q/%00{suffix}").status_code == 404
    venues.revoke_wall_code(by=office_staff, wall_code=wall_code)
    revoked = browser.get(address + suffix)
    assert revoked.status_code == 410 and "停用" in text(revoked) and committee.phone in text(revoked)


def test_an_expired_wall_code_says_so(browser, courtyard, office_staff):
    with clock.at(dt.date(2024, 1, 2)):
        wall_code = venues.issue_wall_code(
            by=office_staff, venue=courtyard, expires_on=dt.date(2024, 6, 1)
        )
    response = browser.get(f"/q/{codes.token(wall_code)}")
    assert response.status_code == 410 and "过期" in text(response)


def test_an_empty_installation_says_that_it_is_not_set_up(db):
    for path in ("/", "/report/"):
        response = Client().get(path)
        assert response.status_code == 503 and "还没有设好" in text(response)


def test_opinions_about_the_platform_start_the_form(browser, committee):
    assert "对这个平台的意见：" in text(browser.get("/report/?about=platform"))


def test_form_and_post_need_a_fixed_number_of_queries(browser, told, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        browser.get("/report/")
    with django_assert_max_num_queries(36):
        browser.post("/report/", told)


def test_a_photo_stream_is_only_read_as_a_photo(browser, told):
    empty = SimpleUploadedFile("leer.jpg", io.BytesIO().getvalue(), content_type="image/jpeg")
    assert browser.post("/report/", {**told, "photos": [empty]}).status_code in (302, 422)
