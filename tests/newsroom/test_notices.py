"""Notices: a complete one closes at once, the other side may answer, a person decides, and a flood closes little."""

import datetime as dt
import re

import pytest
from django.core.cache import cache

from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.newsroom import commands
from shangliang.newsroom.commands import notices
from shangliang.newsroom.models import Snapshot, Takedown
from shangliang.people.actors import ANYONE
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.tick import work
from tests.portal.conftest import text

from .conftest import PAGE

TOLD = {
    "ground": "copyright", "name": "王小明", "contact": "13912345678",
    "statement": "这篇报道是我写的，没有同意转载，附有原稿为证。",
}  # fmt: skip
FORM = {**TOLD, "true": "on"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def send(browser, report, **more):
    page = text(browser.get(f"/news/{report.pk}/notice/"))
    key = page.split('name="key" value="')[1].split('"')[0]
    return browser.post(f"/news/{report.pk}/notice/", {**FORM, "key": key, **more})


def code_of(page):
    return "".join(re.findall(r"<span>(\d{2,4})</span>", page.split('class="receipt-code"')[1].split("</p>")[0]))


def notify(report, number=0, **more):
    return commands.notify(by=ANYONE, snapshot=report, key=f"{number:032d}", **{**TOLD, **more})


def state(record):
    return type(record).objects.get(pk=record.pk).state


def another(office, committee, number):
    made = commands.capture(by=office, committee=committee, text=f"第{number}号\n{chr(0x4E00 + number) * 40}。")
    commands.publish(by=office, snapshot=made)
    return made


def test_the_whole_way_of_a_notice(report, office, browser, client_as):
    shown = text(send(browser, report))
    code = code_of(shown)
    assert len(code) == 26 and "报道已经先下架" in shown
    closed = browser.get(f"/news/{report.pk}/")
    assert closed.status_code == 410 and report.title not in text(closed) and "连心桥" not in text(closed)
    assert report.title not in text(browser.get("/news/")) and Snapshot.objects.get(pk=report.pk).is_intact
    desk = client_as(office)
    assert report.title in text(desk.get("/desk/")) and "已先下架" in text(desk.get("/desk/"))
    answer = {"name": "某某日报", "contact": "a@example.org", "statement": "此文由本报记者采写，授权见附件。", "true": "on"}
    assert "说明已收到" in text(browser.post(f"/news/{report.pk}/answer/", answer))
    asked = text(browser.post("/news/notice/", {"code": code}))
    assert "对方有说明" in asked and "授权见附件" in asked and "a@example.org" not in asked and "某某日报" not in asked
    made = Takedown.objects.get()
    desk.post(f"/desk/do/takedown/{made.pk}/reopen/", {"why": "授权属实", "seen": "countered"})
    assert browser.get(f"/news/{report.pk}/").status_code == 200 and state(made) == "reopened"
    assert "授权属实" in text(browser.post("/news/notice/", {"code": code})) and verify().whole


def test_copies_are_closed_with_it_and_opened_with_it(report, office, committee, browser):
    copy = commands.capture(by=office, committee=committee, text=PAGE)
    commands.publish(by=office, snapshot=copy)
    made = notify(report)
    assert {state(report), state(copy)} == {"taken_down"} and made.closed.count() == 2
    assert "连心桥" not in text(browser.get("/news/"))
    commands.reopen(by=office, takedown=made, why="不成立")
    assert {state(report), state(copy)} == {"published"}


def test_what_another_notice_keeps_closed_stays_closed(report, office, committee):
    copy = commands.capture(by=office, committee=committee, text=PAGE)
    commands.publish(by=office, snapshot=copy)
    first = notify(report)
    commands.reopen(by=office, takedown=first, why="不成立")
    waiting = notify(copy, 1)
    commands.heed(by=office, takedown=waiting, why="这次有证明")
    with pytest.raises(Refused):
        commands.reopen(by=office, takedown=first, why="再开")
    assert {state(report), state(copy)} == {"taken_down"}


def test_what_a_notice_holds_is_opened_by_its_decision_alone(report, office, committee, client_as):
    copy = commands.capture(by=office, committee=committee, text=PAGE)
    made = notify(report)
    for verb, snapshot in ((commands.restore, report), (commands.publish, copy)):
        more = {"why": "再开"} if verb is commands.restore else {}
        with pytest.raises(Refused, match="通知"):
            verb(by=office, snapshot=snapshot, **more)
        page = text(client_as(office).get(f"/desk/newsroom/{snapshot.pk}/"))
        assert f"/do/snapshot/{snapshot.pk}/restore/" not in page and f"/do/snapshot/{snapshot.pk}/publish/" not in page
    assert f"/desk/takedowns/{made.pk}/" in text(client_as(office).get(f"/desk/newsroom/{report.pk}/"))


def test_after_it_was_opened_again_a_notice_waits_for_a_person(report, office):
    commands.reopen(by=office, takedown=notify(report), why="不成立")
    report.refresh_from_db()
    again = notify(report, 1)
    assert state(again) == "received" and state(report) == "published"
    commands.turn_away(by=office, takedown=again, why="没有新证明")
    assert state(report) == "published" and state(again) == "turned_away"


def test_a_flood_closes_no_more_than_a_day_allows(office, committee, monkeypatch):
    monkeypatch.setattr(notices, "AT_ONCE_PER_DAY", 3)
    reports = [another(office, committee, number) for number in range(5)]
    for number, each in enumerate(reports):
        notify(each, number)
    assert [state(each) for each in reports] == ["taken_down"] * 3 + ["published"] * 2
    assert Takedown.objects.open().count() == 5


def test_one_visitor_closes_two_and_sends_ten(office, committee, browser):
    reports = [another(office, committee, number) for number in range(11)]
    answers = [send(browser, each).status_code for each in reports]
    assert answers == [200] * 10 + [429]
    assert [state(each) for each in reports[:3]] == ["taken_down", "taken_down", "published"]
    kept = send(browser, reports[10], statement="这句话不能丢，请再给我一次机会。")
    assert kept.status_code == 429 and "这句话不能丢" in text(kept)


@pytest.mark.parametrize("field, value", [("name", " "), ("contact", ""), ("statement", "不行"), ("ground", "x"), ("true", "")])
def test_an_incomplete_notice_closes_nothing_and_keeps_what_was_written(report, browser, field, value):
    answer = send(browser, report, **{field: value})
    assert answer.status_code == 422 and state(report) == "published" and not Takedown.objects.exists()
    assert "王小明" in text(answer) or field == "name"


def test_pressing_twice_gives_one_notice_and_the_same_code(report, browser):
    page = text(browser.get(f"/news/{report.pk}/notice/"))
    sent = {**FORM, "key": page.split('name="key" value="')[1].split('"')[0]}
    first, second = (text(browser.post(f"/news/{report.pk}/notice/", sent)) for _turn in range(2))
    assert code_of(first) == code_of(second) and Takedown.objects.count() == 1


def test_a_report_that_is_not_public_cannot_be_told_from_none(office, committee, browser):
    made = commands.capture(by=office, committee=committee, text=PAGE)
    for pk in (made.pk, 987654):
        assert browser.get(f"/news/{pk}/notice/").status_code == browser.get(f"/news/{pk}/answer/").status_code == 404
        assert browser.post(f"/news/{pk}/notice/", FORM).status_code == 404


def test_who_sent_it_is_sealed_masked_read_with_a_reason_and_erased(report, office, client_as):
    made = notify(report)
    assert "王小明" not in made.name and "139" not in made.contact
    page = text(client_as(office).get(f"/desk/takedowns/{made.pk}/"))
    assert "王**" in page and "王小明" not in page and "13912345678" not in page
    assert commands.reveal_contact(by=office, takedown=made, why="核实身份")[:2] == ("王小明", "13912345678")
    assert Entry.objects.filter(event="newsroom.notifier_read", why="核实身份").count() == 1
    with pytest.raises(Refused):
        commands.erase_contact(by=office, takedown=made, why="本人要求")  # not decided yet
    commands.uphold(by=office, takedown=made, why="属实")
    commands.erase_contact(by=office, takedown=made, why="本人要求")
    made = Takedown.objects.get()
    assert made.name == made.contact == made.statement == "" and made.erased_on and made.state == "upheld"
    assert not any("王小明" in entry.data or "1391234" in entry.data for entry in Entry.objects.all())
    assert "已删除" in text(client_as(office).get(f"/desk/takedowns/{made.pk}/"))


def test_the_desk_reads_the_contacts_of_both_sides(report, office, client_as):
    made = notify(report)
    commands.counter(by=ANYONE, takedown=made, statement="此文由本报记者采写，有授权。", name="某某日报", contact="a@example.org")
    told = commands.reveal_contact(by=office, takedown=made, why="核实身份")
    assert told == ("王小明", "13912345678", "某某日报", "a@example.org")
    address = f"/desk/do/takedown/{made.pk}/reveal_contact/"
    page = text(client_as(office).post(address, {"why": "核实身份"}))
    assert "13912345678" in page and "a@example.org" in page and "某某日报" in page


def test_contacts_of_both_sides_go_by_the_clock_so_long_after_the_decision(report, office):
    with clock.at(dt.date(2024, 3, 1)):
        made = notify(report)
        commands.counter(by=ANYONE, takedown=made, statement="此文由本报记者采写，有授权。", name="某某日报", contact="a@example.org")
    with clock.at(dt.date(2025, 6, 1)):
        assert work()["expired"] == 0  # not decided: both sides may still have to be reached
    with clock.at(dt.date(2025, 6, 2)):
        commands.uphold(by=office, takedown=made, why="属实")
    for day, gone in ((dt.date(2026, 6, 2), 0), (dt.date(2026, 6, 4), 1), (dt.date(2026, 6, 5), 0)):
        with clock.at(day):
            assert work()["expired"] == gone
    made = Takedown.objects.get()
    assert not made.has_contact and made.statement and made.counter_statement and made.erased_on is None
    assert Entry.objects.filter(event="newsroom.contact_expired", subject_id=made.pk).count() == 1
    commands.erase_contact(by=office, takedown=made, why="本人要求")


def test_only_those_who_decide_decide(report, account, client_as):
    made = notify(report)
    for role in (Role.LIAISON, Role.AUDITOR, Role.LEADER):
        for verb in (commands.uphold, commands.reopen, commands.reveal_contact):
            with pytest.raises(Refused):
                verb(by=account(role), takedown=made, why="x")
    assert client_as(account(Role.LEADER)).get(f"/desk/takedowns/{made.pk}/").status_code == 404
    page = text(client_as(account(Role.AUDITOR)).get(f"/desk/takedowns/{made.pk}/"))
    assert TOLD["statement"] not in page
    commands.uphold(by=account(Role.REVIEWER), takedown=made, why="属实")


def test_a_wrong_code_gets_one_answer_and_is_counted(report, browser):
    notify(report)
    for code in ("", "1" * 26, "x", "1" * 500):
        assert browser.post("/news/notice/", {"code": code}).status_code == 404
    for _turn in range(40):
        last = browser.post("/news/notice/", {"code": "1" * 26}).status_code
    assert last == 429


def test_the_list_of_notices_asks_the_same_number_of_questions(
    office, committee, client_as, django_assert_max_num_queries
):
    client = client_as(office)
    for number in range(6):
        notify(another(office, committee, number), number)
    client.get("/desk/takedowns/")
    with django_assert_max_num_queries(14):
        page = text(client.get("/desk/takedowns/"))
    assert page.count("/desk/takedowns/") >= 6
