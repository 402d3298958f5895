"""The receipt: what its holder sees and does."""

import datetime as dt
import json

import pytest

from shangliang.cases.models import Case
from shangliang.journal.outbox import relay
from shangliang.outcomes.models import Rating
from shangliang.portal import limits
from shangliang.shared import clock, receipts
from shangliang.topics import commands as topics
from shangliang.voices import commands as voices
from shangliang.voices.models import Contact, Voice

from ..journeys import walk
from .conftest import text


def fresh(voice):
    return Voice.objects.get(pk=voice.pk)


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        lambda code: " ".join(receipts.groups(code)),
        lambda code: "-".join(receipts.groups(code)),
        lambda code: "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code),
    ],
)
def test_the_code_is_read_however_it_is_typed(browser, voice, write):
    response = browser.post("/receipt/", {"code": write(voice.code)})
    assert (response.status_code, response["Location"]) == (302, "/receipt/")
    page = text(browser.get("/receipt/"))
    assert voice.case.no in page and "正在审看" in page


def test_misspelt_unknown_and_short_codes_get_one_answer(browser, voice):
    number = "1" * 25
    unknown = number + receipts.check_digit(number)
    misspelt = ("0" if voice.code[0] != "0" else "1") + voice.code[1:]
    answers = []
    for typed in (unknown, misspelt, "123", "路灯", "1" * 150):
        response = browser.post("/receipt/", {"code": typed})
        page = text(response).replace(typed, "")
        page = page[page.index("<main"): page.index("</main>")]
        answers.append((response.status_code, page.split("csrfmiddlewaretoken")[0], "没有查到" in page))
    assert len(set(answers)) == 1 and answers[0][0] == 404 and answers[0][2]


def test_the_code_stands_in_no_cookie_and_no_address(browser, voice):
    response = browser.post("/receipt/", {"code": voice.code})
    cookie = browser.cookies["receipt"]
    assert voice.code not in cookie.value and voice.code not in response["Location"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/receipt/"
    assert cookie["max-age"] == 1200
    assert browser.get("/receipt/")["Cache-Control"] == "no-store"


def test_a_code_in_the_query_string_opens_nothing(browser, voice):
    assert "正在审看" not in text(browser.get("/receipt/", {"code": voice.code}))


def test_guessing_is_slowed_down(browser, voice, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", 2)
    for _guess in range(2):
        assert browser.post("/receipt/", {"code": "1" * 26}).status_code == 404
    assert browser.post("/receipt/", {"code": voice.code}).status_code == 429
    other = browser.post("/receipt/", {"code": voice.code}, REMOTE_ADDR="10.9.8.7")
    assert other.status_code == 302


def test_right_codes_do_not_count_as_guesses(browser, voice, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", 2)
    for _look in range(4):
        assert browser.post("/receipt/", {"code": voice.code}).status_code == 302


def test_a_visit_ends_after_twenty_minutes_and_keeps_what_was_typed(browser, voice, monkeypatch):
    browser.post("/receipt/", {"code": voice.code})
    monkeypatch.setattr("shangliang.portal.receipt.COOKIE_AGE", -1)
    response = browser.post("/receipt/reopen/", {"why": "两盏又不亮了"})
    assert response.status_code == 403
    assert "两盏又不亮了" in text(response) and "再输一次查询码" in text(response)


def test_a_forged_visit_is_no_visit(browser, voice):
    browser.cookies["receipt"] = voice.receipt
    assert voice.case.no not in text(browser.get("/receipt/"))


def test_leaving_ends_the_visit(visit, voice):
    visit.post("/receipt/leave/")
    assert voice.case.no not in text(visit.get("/receipt/"))


def test_the_day_by_which_one_is_told_is_explained(visit):
    page = text(visit.get("/receipt/"))
    assert "这个日子怎么算出来的" in page and "起算日，当天不计" in page


def test_what_was_asked_for_can_be_added_with_pictures(visit, voice, liaison):
    voices.ask_info(by=liaison, voice=voice, question="请问是哪一段路？")
    assert "请问是哪一段路？" in text(visit.get("/receipt/"))
    response = visit.post("/receipt/supplement/", {"text": "桥头那段", "photos": [walk.picture()]})
    assert (response.status_code, response["Location"]) == (302, "/receipt/")
    assert fresh(voice).state == "screening" and "桥头那段" in fresh(voice).text
    assert "收到您的补充" in text(visit.get("/receipt/"))


def test_an_empty_supplement_is_refused_in_words(visit, voice, liaison):
    voices.ask_info(by=liaison, voice=voice, question="哪里？")
    response = visit.post("/receipt/supplement/", {"text": " "})
    assert response.status_code == 422 and "请写下要补充的内容" in text(response)


def test_a_stale_button_says_so_and_keeps_the_words(visit, voice):
    response = visit.post("/receipt/supplement/", {"text": "其实是桥头"})
    page = text(response)
    assert response.status_code == 422
    assert "不能做这一步" in page and "其实是桥头" in page


def test_the_answer_is_rated_once(visit, voice, liaison):
    voices.answer(by=liaison, voice=voice, words="在便民服务中心办。")
    page = text(visit.get("/receipt/"))
    assert "在便民服务中心办。" in page and 'value="satisfied"' in page
    assert visit.post("/receipt/rate/", {"value": "mostly", "comment": "还行"}).status_code == 302
    assert Rating.objects.get().value == "mostly"
    page = text(visit.get("/receipt/"))
    assert 'value="satisfied"' not in page and "您的评价：基本满意" in page
    again = visit.post("/receipt/rate/", {"value": "not", "comment": "改主意"})
    assert again.status_code == 422 and "改主意" in text(again)
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("value", ["", "great", "<b>"])
def test_a_rating_that_is_none_is_refused(visit, voice, liaison, value):
    voices.answer(by=liaison, voice=voice, words="在便民服务中心办。")
    assert visit.post("/receipt/rate/", {"value": value}).status_code == 422
    assert Rating.objects.count() == 0


def test_a_matter_is_reopened_once_and_the_second_wish_is_told_why_not(visit, voice, liaison):
    voices.guide(by=liaison, voice=voice, channel="hotline", words="请拨打 12345。")
    assert "要求再办一次" in text(visit.get("/receipt/"))
    assert visit.post("/receipt/reopen/", {"why": "打不通"}).status_code == 302
    assert fresh(voice).state == "reopened"
    voices.guide(by=liaison, voice=fresh(voice), channel="hotline", words="请拨打 12345。")
    assert "要求再办一次" not in text(visit.get("/receipt/"))
    response = visit.post("/receipt/reopen/", {"why": "还是打不通"})
    assert response.status_code == 422 and "已经再办理过一次" in text(response)


def test_the_person_is_erased_on_their_own_word(visit, voice):
    assert visit.post("/receipt/erase/", {}).status_code == 422
    assert Contact.objects.count() == 1
    assert visit.post("/receipt/erase/", {"sure": "on"}).status_code == 302
    assert Contact.objects.count() == 0 and fresh(voice).erased_on
    page = text(visit.get("/receipt/"))
    assert "看不见路" not in page and "个人信息已于" in page


def test_the_person_takes_away_everything_that_is_kept(visit, voice):
    kept = visit.get("/receipt/mine.json")
    told = json.loads(kept.content)
    assert "attachment" in kept["Content-Disposition"]
    assert told["phone"] == "13812345678" and told["name"] == "毛某某"
    assert told["text"] == voice.text
    assert voice.code not in kept.content.decode()


def test_nothing_is_taken_away_without_a_code(browser, voice):
    assert browser.get("/receipt/mine.json").status_code == 302


def test_a_merged_voice_shows_the_progress_of_its_parent_but_not_its_words(
    browser, committee, courtyard, liaison, voice
):
    parent, _code = walk.report(committee, courtyard, key="p" * 40, text="别人说的话。")
    voices.merge(by=liaison, voice=voice, into=Voice.objects.get(pk=parent.pk), why="同一处")
    topics.propose(
        by=liaison, title="装路灯", summary="装路灯。", category="service",
        voices=[Voice.objects.get(pk=parent.pk)],
    )
    browser.post("/receipt/", {"code": voice.code})
    page = text(browser.get("/receipt/"))
    assert "同一件事" in page and "别人说的话。" not in page
    assert 'class="is-current" aria-current="step"' in page
    here = page[page.index('class="is-current"'):]
    assert here.index("议题") < here.index("协商")


def test_the_holder_reads_notices_task_and_result_and_rates_it(browser, lamp):
    while relay() != (0, 0):
        pass
    browser.post("/receipt/", {"code": lamp.code})
    page = text(browser.get("/receipt/"))
    assert "有结果了" in page and "六盏路灯已装好" in page
    assert "安富街道办事处" in page and lamp.get_absolute_url() in page
    assert "审定同意" in page, "a notice"
    assert browser.post("/receipt/rate/", {"value": "satisfied"}).status_code == 302
    assert Case.objects.get(pk=lamp.pk).stage == "ended"


def test_a_task_that_runs_shows_its_day_with_the_reason(
    browser, committee, courtyard, liaison, party_approver, unit, office_staff, members
):
    with clock.at(dt.date(2023, 5, 12)):
        voice, code = walk.report(committee, courtyard, key="k" * 40)
        agreement = walk.agreed(liaison, party_approver, unit, members, courtyard, voice)
        walk.assigned(office_staff, agreement, unit)
    browser.post("/receipt/", {"code": code})
    page = text(browser.get("/receipt/"))
    assert "谁在办，哪天办完" in page and "deadline-late" in page


def test_actions_asked_for_by_get_lead_back(visit):
    for verb in ("supplement", "rate", "reopen", "erase"):
        assert visit.get(f"/receipt/{verb}/")["Location"] == "/receipt/"
    assert visit.get("/receipt/leave/").status_code == 405


def test_a_receipt_of_another_committee_is_read_within_that_committee(
    browser, committee, other_committee, county
):
    from shangliang.people.tenancy import within

    with within(other_committee):
        _voice, code = voices.receive(
            by=walk.ANYONE, committee=other_committee, key="o" * 40, channel="web", text="隆昌的事。",
            region=county.at["511083104200"],
        )
    browser.post("/receipt/", {"code": code})
    page = text(browser.get("/receipt/"))
    assert "隆昌的事。" in page and other_committee.name in page


def test_the_page_needs_a_fixed_number_of_queries(browser, lamp, django_assert_max_num_queries):
    while relay() != (0, 0):
        pass
    browser.post("/receipt/", {"code": lamp.code})
    with django_assert_max_num_queries(9):
        browser.get("/receipt/")
