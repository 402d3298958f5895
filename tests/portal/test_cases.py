"""Published cases: the list, the page, its twins, and what is never shown."""

import datetime as dt
import json

import pytest

from shangliang.cases import commands as cases
from shangliang.cases.models import Case
from shangliang.files.commands import publish_attachment
from shangliang.files.models import Attachment
from shangliang.journal.models import Entry
from shangliang.outcomes import commands as outcomes
from shangliang.people.actors import CLOCK, ReceiptHolder
from shangliang.people.tenancy import within
from shangliang.portal import caselist
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice

from ..journeys import walk
from .conftest import text


def test_the_page_tells_what_was_raised_agreed_done_and_said(browser, rated):
    page = text(browser.get(rated.get_absolute_url()))
    for words in (
        "毛万二小院装上路灯", "院坝到大路没有路灯。", "安装太阳能路灯六盏", "安富街道办事处", "六盏路灯已装好",
        "满意 1 人", "到会 7 人", "A 已解决", "这个日子怎么算出来的", "安富街道党工委审定同意",
    ):
        assert words in page, words
    assert "lane-complete" in page


def test_the_villagers_words_names_and_numbers_are_not_on_the_page(browser, rated):
    for address in (rated.get_absolute_url(), f"/cases/{rated.no}.json"):
        page = text(browser.get(address))
        for private in ("天黑了看不见路", "13812345678", "宪某", "亮堂了", "签字人"):
            assert private not in page, private


def test_the_page_names_the_entries_behind_it_and_the_last_digest(browser, rated):
    page = text(browser.get(rated.get_absolute_url()))
    public = [e for e in Entry.objects.filter(case_no=rated.no).order_by("seq") if e.kind.public]
    assert f"第 {public[0].seq}–{public[-1].seq} 条中的 {len(public)} 条" in page
    assert public[-1].digest in page


def test_a_telephone_number_in_a_public_line_is_masked(browser, lamp, unit_clerk, office_staff):
    entry = Entry.objects.filter(case_no=lamp.no, event="tasks.progressed").first()
    Entry.objects.filter(pk=entry.pk).update(data=entry.data.replace("灯杆已到货", "找13912345678"))
    page = text(browser.get(lamp.get_absolute_url()))
    assert "13912345678" not in page and "139****5678" in page


def test_an_extension_shows_the_old_day_and_the_new(
    browser, committee, courtyard, liaison, party_approver, unit, unit_clerk, office_staff, reviewer, members
):
    with clock.at(dt.date(2023, 5, 12)):
        voice, _code = walk.report(committee, courtyard, key="e" * 40)
        agreement = walk.agreed(liaison, party_approver, unit, members, courtyard, voice)
        task = walk.assigned(office_staff, agreement, unit)
        before = task.deadline.due_on
        tasks.acknowledge(by=unit_clerk, task=task)
        tasks.request_extension(by=unit_clerk, task=task, days=10, reason="厂家延期发货")
        tasks.grant_extension(by=office_staff, task=Task.objects.get(pk=task.pk))
        case = Case.objects.get(pk=voice.case_id)
        cases.publish(by=reviewer, case=case, title="路灯", summary="路灯。")
    after = Task.objects.get(pk=task.pk).deadline.due_on
    page = text(browser.get(case.get_absolute_url()))
    assert before.isoformat() in page and after.isoformat() in page and before < after


def test_only_reviewed_pictures_are_shown(browser, rated, reviewer):
    picture = Attachment.objects.filter(case_no=rated.no).first()
    assert picture.name not in text(browser.get(rated.get_absolute_url()))
    publish_attachment(by=reviewer, attachment=picture)
    assert picture.name in text(browser.get(rated.get_absolute_url()))


def test_unknown_unpublished_and_withdrawn_numbers_get_one_answer(browser, rated, voice, reviewer):
    cases.take_back(by=reviewer, case=rated, why="复核")
    answers = {
        (response.status_code, response.content)
        for response in (
            browser.get(f"/cases/{number}{tail}")
            for number in ("RC-2031-0009", voice.case.no, rated.no, "x", "RC-1-1", "'--", "%00")
            for tail in ("/", ".json", "/card.pdf")
        )
    }
    assert len(answers) == 1 and answers.pop()[0] == 404


@pytest.mark.parametrize("write", [str.lower, lambda no: f" {no} ", lambda no: no.replace("-", "－")])
def test_a_number_typed_loosely_leads_to_its_address(browser, rated, write):
    response = browser.get(f"/cases/{write(rated.no)}/")
    assert (response.status_code, response["Location"]) == (301, rated.get_absolute_url())


def test_a_joined_number_leads_to_the_case_it_joined(browser, committee, courtyard, liaison, reviewer):
    first, _code = walk.report(committee, courtyard, key="f" * 40)
    second, _code = walk.report(committee, courtyard, key="s" * 40, text="同一处路灯。")
    voices.merge(
        by=liaison, voice=Voice.objects.get(pk=second.pk), into=Voice.objects.get(pk=first.pk), why="同一处"
    )
    assert browser.get(f"/cases/{second.case.no}/").status_code == 404, "not public yet"
    target = Case.objects.get(pk=first.case_id)
    cases.publish(by=reviewer, case=target, title="路灯", summary="路灯。")
    for tail in ("/", ".json", "/card.pdf"):
        response = browser.get(f"/cases/{second.case.no}{tail}")
        assert (response.status_code, response["Location"]) == (301, f"/cases/{target.no}{tail}")
    assert "由 2 条群众反映合成" in text(browser.get(target.get_absolute_url()))


def test_the_json_twin_tells_the_same(browser, rated):
    told = json.loads(browser.get(f"/cases/{rated.no}.json").content)
    assert told["no"] == rated.no and told["stage"] == "ended"
    assert told["items"][0]["tasks"][0]["grade"] == "A"
    assert told["ratings"] == [{"value": "satisfied", "by": "reporter"}]
    assert told["timeline"][-1]["digest"].startswith("sha256:")


def test_the_card_for_the_wall_is_a_pdf(browser, rated, reviewer):
    for picture in Attachment.objects.filter(case_no=rated.no):
        publish_attachment(by=reviewer, attachment=picture)
    card = browser.get(f"/cases/{rated.no}/card.pdf")
    assert card["Content-Type"] == "application/pdf" and card.content.startswith(b"%PDF")


def test_a_published_case_of_another_committee_is_shown_within_it(
    browser, committee, other_committee, county
):
    from shangliang.people.actors import ANYONE
    from shangliang.people.roles import Role

    from .. import factories

    judge = factories.account(Role.REVIEWER, committee=other_committee)
    with within(other_committee):
        voice, _code = voices.receive(
            by=ANYONE, committee=other_committee, key="o" * 40, channel="web", text="渠堵了。",
            region=county.at["511083104200"],
        )
        case = Case.objects.get(pk=voice.case_id)
        cases.publish(by=judge, case=case, title="水渠通了", summary="渠堵了。")
    page = text(browser.get(case.get_absolute_url()))
    assert "水渠通了" in page and other_committee.name in page
    assert "水渠通了" not in text(browser.get("/cases/")), "not in the list of this committee"


def test_hostile_words_are_shown_as_words(browser, published):
    evil = "<script>alert(1)</script>"
    (case,) = published(title=evil, summary=f"{evil}\"'><img src=x>")
    for address in ("/", "/cases/", case.get_absolute_url()):
        page = text(browser.get(address))
        assert evil not in page and "<img src=x" not in page, address


@pytest.mark.parametrize("name", ["q", "stage", "town", "year", "has", "page"])
def test_hostile_filters_are_shown_as_words_or_left_out(browser, published, name):
    published()
    evil = "\"><script>alert(1)</script>\x00"
    response = browser.get("/cases/", {name: evil})
    assert response.status_code == 200 and "<script>alert" not in text(response)


def test_the_list_is_narrowed_by_what_the_address_says(browser, rated, published):
    published("水沟堵了")

    def numbers(**asked):
        page = text(browser.get("/cases/", asked))
        return ("毛万二小院装上路灯" in page, "水沟堵了" in page)

    assert numbers() == (True, True)
    assert numbers(q="路灯") == (True, False)
    assert numbers(q=rated.no.lower()) == (True, False)
    assert numbers(q="没有这样的事") == (False, False)
    assert numbers(stage="ended") == (True, False)
    assert numbers(town="500153005") == (True, True)
    assert numbers(town="500153112") == (False, False)
    assert numbers(year="2023") == (True, False)
    assert numbers(has="solved") == (True, False)
    assert numbers(has="consultation") == (True, False)
    assert numbers(has="silent") == (False, False)
    assert numbers(stage="nonsense", town="99", year="no", has="?", page="-3") == (True, True)


def test_unpublished_cases_are_not_in_the_list(browser, voice):
    assert voice.case.no not in text(browser.get("/cases/"))


def test_the_list_is_paged_and_keeps_its_filters(browser, published, monkeypatch):
    monkeypatch.setattr(caselist, "SIZE", 2)
    published("坑洼", 5)
    first = text(browser.get("/cases/?q=坑洼"))
    assert "共 5 件" in first and "第 1 页，共 3 页" in first
    assert "page=2" in first and "q=%E5%9D%91%E6%B4%BC" in first
    assert "第 3 页" in text(browser.get("/cases/?q=坑洼&page=99"))


def test_list_and_page_need_a_fixed_number_of_queries(
    browser, published, rated, django_assert_num_queries
):
    for number in (2, 18):
        published(f"坑洼{number}-", number)
        with django_assert_num_queries(5):
            browser.get("/cases/")
        with django_assert_num_queries(14):
            browser.get(rated.get_absolute_url())


def test_silence_is_told_apart_and_lights_no_lamp(browser, lamp):
    with clock.at(dt.date(2023, 9, 1)):
        voices.close_unrated(by=CLOCK, voice=lamp.voice)
        task = Task.objects.get(case=lamp)
        tasks.close(by=CLOCK, task=task, how="未评价")
    page = text(browser.get(lamp.get_absolute_url()))
    assert "到期没有评价" in page and "lane-complete" not in page
    assert "毛万二小院装上路灯" in text(browser.get("/cases/?has=silent"))


def test_a_page_is_read_once_while_nothing_is_entered_and_anew_after_a_change(
    browser, lamp, django_assert_num_queries
):
    browser.get(lamp.get_absolute_url())
    with django_assert_num_queries(2):
        before = text(browser.get(lamp.get_absolute_url()))
    outcomes.rate(by=ReceiptHolder(lamp.voice.pk), voice=lamp.voice, value="mostly")
    after = text(browser.get(lamp.get_absolute_url()))
    assert "基本满意 1 人" in after and "基本满意 1 人" not in before


def test_a_page_that_was_taken_back_is_gone_at_once(browser, rated, reviewer):
    assert browser.get(rated.get_absolute_url()).status_code == 200
    cases.take_back(by=reviewer, case=rated, why="复核")
    assert browser.get(rated.get_absolute_url()).status_code == 404
