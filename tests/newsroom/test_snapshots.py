"""A snapshot is taken once, never changed, opened by a reviewer, closed on notice, and checked against the ledger."""

import re

import pytest

from shangliang.journal.verify import verify
from shangliang.newsroom import commands
from shangliang.newsroom.models import Snapshot
from shangliang.newsroom.queries import checked, related
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.shared.refusals import Refused
from tests.portal.conftest import text

from .conftest import BODY, PAGE


def test_a_page_is_taken_with_its_three_times_and_its_chain(report, office):
    assert (report.title, report.channel, report.reprinted_from) == ("甲县 把“好商量”搬进院坝 架起“连心桥”", "某快看", "某某日报")
    assert f"{report.published_at:%H:%M}" == "06:40" and report.captured_at > report.published_at
    assert report.body == BODY and report.is_intact and report.captured_by == office
    assert len(report.excerpt) <= 200 and verify().whole


@pytest.mark.parametrize("wrong, field", [("", "text"), ("只有标题", "text"), ("x" * 100_001, "text")])
def test_what_is_no_report_is_refused_in_words(office, committee, wrong, field):
    with pytest.raises(Refused) as refusal:
        commands.capture(by=office, committee=committee, text=wrong)
    assert refusal.value.field == field


def test_an_address_that_is_none_is_refused(office, committee):
    for wrong in ("javascript:alert(1)", "ftp://example.org/a", "http://example.org/" + "a" * 500, "javascript://example.org/%0aalert(1)"):
        with pytest.raises(Refused) as refusal:
            commands.capture(by=office, committee=committee, text=PAGE, origin_url=wrong)
        assert refusal.value.field == "origin_url"


def test_a_time_of_no_year_of_ours_is_left_out(office, committee):
    made = commands.capture(by=office, committee=committee, text=PAGE.replace("2024-01-20 06:40:00", "0001-01-01 00:00:00"))
    assert made.published_at is None


def test_a_copy_is_listed_while_the_earliest_is_not_public(office, committee, browser):
    first = commands.capture(by=office, committee=committee, text=PAGE)
    copy = commands.capture(by=office, committee=committee, text=PAGE)
    commands.publish(by=office, snapshot=copy)
    assert listed(text(browser.get("/news/"))) == 1
    commands.publish(by=office, snapshot=first)
    assert listed(text(browser.get("/news/"))) == 1


def test_strangers_take_and_open_nothing(account, committee, report):
    clerk = account(Role.AUDITOR)
    with pytest.raises(Refused):
        commands.capture(by=clerk, committee=committee, text=PAGE)
    with pytest.raises(Refused):
        commands.take_down(by=clerk, snapshot=report, why="x")


def test_pressing_twice_makes_one(office, committee):
    one = commands.capture(by=office, committee=committee, text=PAGE, key="k" * 32)
    assert commands.capture(by=office, committee=committee, text=PAGE, key="k" * 32) == one
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    "again, url",
    [
        (PAGE, ""), ("另一个标题\n另一段完全不同的文字，说的是别的事。", "http://example.org/a/1.html"),
        (PAGE.replace("乙镇", "丙镇").replace("https://www.example.org/a/1.html", "https://other.example/9"), ""),
    ],
)  # fmt: skip
def test_the_same_report_is_grouped_under_the_earliest(report, office, committee, again, url):
    copy = commands.capture(by=office, committee=committee, text=again, origin_url=url)
    assert copy.first == report and list(report.copies.all()) == [copy]


def test_another_report_is_another(report, office, committee):
    other = commands.capture(by=office, committee=committee, text="春耕开始了\n全县春耕生产有序推进，各地抢抓农时。")
    assert other.first is None


def test_a_text_changed_behind_our_back_is_seen_and_not_opened(office, committee):
    made = commands.capture(by=office, committee=committee, text=PAGE)
    Snapshot.objects.filter(pk=made.pk).update(body=made.body.replace("12", "215"))
    made = Snapshot.objects.get(pk=made.pk)
    assert not made.is_intact
    with pytest.raises(Refused):
        commands.publish(by=office, snapshot=made)


def test_what_was_changed_while_it_was_closed_is_not_opened_again(report, office):
    commands.take_down(by=office, snapshot=report, why="核对")
    Snapshot.objects.filter(pk=report.pk).update(body=report.body.replace("12", "215"))
    with pytest.raises(Refused):
        commands.restore(by=office, snapshot=Snapshot.objects.get(pk=report.pk), why="核对过了")


def test_what_was_never_open_is_not_taken_down(office, committee, client_as):
    made = commands.capture(by=office, committee=committee, text=PAGE)
    with pytest.raises(Refused):
        commands.take_down(by=office, snapshot=made, why="核对")
    assert "下架" not in client_as(office).get(f"/desk/newsroom/{made.pk}/").content.decode().split("<h1")[1]


def test_the_numbers_stand_beside_the_ledger(report, rated, committee):
    found = {row.claim.figure: (row.claim.number, row.counted, row.difference) for row in checked(report)}
    assert found == {"consultations": (12, 1, 11), "attendances": (96, 7, 89), "solved": (7, 1, 6)}


def test_related_reports_have_a_word_of_the_title_and_are_always_the_same(report, office, committee):
    for number in range(12):
        commands.capture(
            by=office, committee=committee,
            text=f"第{number}篇\n某地第{number}个院坝也架起了“连心桥”，{'好' * number}，大家说{'妙' * (20 - number)}。",
        )
    commands.capture(by=office, committee=committee, text="无关\n今天天气很好。")
    rows = Snapshot.objects.all()
    found = related(report, rows)
    assert len(found) == 9 and all("连心桥" in each.shown for each in found)
    assert report not in [each.snapshot for each in found]
    assert [each.snapshot.pk for each in found] == [each.snapshot.pk for each in related(report, rows)]


# --- pages ---


def listed(page) -> int:
    return len(re.findall(r'<li(?: data-words)?><a href="/news/\d', page))


def test_everybody_reads_an_excerpt_and_the_numbers_but_never_the_full_text(report, browser, rated):
    page = text(browser.get(f"/news/{report.pk}/"))
    assert report.title in page and "某某日报" in page and "https://www.example.org/a/1.html" in page
    assert "三个委员工作室轮流值班" not in page
    assert 'href="/figures/consultations/"' in page and "报道多 11" in page


def test_a_report_leads_to_the_case_it_tells_of(report, rated, office, browser, committee):
    commands.link(by=office, snapshot=report, case=rated)
    assert f'href="{rated.get_absolute_url()}"' in text(browser.get(f"/news/{report.pk}/"))
    with pytest.raises(Refused):
        commands.link(by=office, snapshot=report, case=rated)


def test_a_report_taken_down_is_gone_at_once_and_may_come_back(report, office, browser):
    commands.take_down(by=office, snapshot=report, why="某报来函，凭版权证明")
    assert browser.get(f"/news/{report.pk}/").status_code == 404
    assert report.title not in text(browser.get("/news/")) and report.title not in text(browser.get("/news/feed.rss"))
    assert Snapshot.objects.get(pk=report.pk).is_intact
    commands.restore(by=office, snapshot=report, why="对方撤回通知")
    assert browser.get(f"/news/{report.pk}/").status_code == 200


def test_the_list_is_fifteen_a_page_with_filters_and_two_feeds(report, office, browser, committee):
    with within(committee):
        for number in range(16):
            made = commands.capture(by=office, committee=committee, text=f"第{number}号新闻\n{'甲乙丙丁戊己庚辛'[number % 8] * 40}{number}。")
            commands.publish(by=office, snapshot=made)
    page = text(browser.get("/news/"))
    assert listed(page) == 15 and "?page=2" in page
    assert listed(text(browser.get("/news/?category=国内"))) == 1
    assert listed(text(browser.get("/news/?keyword=第3号"))) == 1
    assert listed(text(browser.get("/news/?source=某某日报"))) == 1
    assert text(browser.get("/news/feed.rss")).count("<item>") == 15
    atom = browser.get("/news/feed.atom?category=国内")
    assert text(atom).count("<entry>") == 1 and "atom+xml" in atom["Content-Type"]


def test_an_unpublished_report_is_nobodys_business(office, committee, browser):
    made = commands.capture(by=office, committee=committee, text=PAGE)
    assert browser.get(f"/news/{made.pk}/").status_code == 404
    assert "没有报道" in text(browser.get("/news/"))


def test_the_office_pastes_and_reads_the_whole(office, committee, client_as):
    client = client_as(office)
    page = client.get("/desk/newsroom/new/")
    key = page.content.decode().split('name="key" value="')[1].split('"')[0]
    answer = client.post("/desk/newsroom/new/", {"text": PAGE, "origin_url": "", "key": key}, follow=True)
    shown = answer.content.decode()
    assert "三个委员工作室轮流值班" in shown and "账上" in shown and "已办：收录一篇报道" in shown


def test_the_full_text_cannot_be_guessed_and_no_number_survives_the_cut(office, committee, browser):
    made = commands.capture(by=office, committee=committee, text="标题\x08一条\n" + "甲" * 193 + "13987654321，还有话。")
    commands.publish(by=office, snapshot=made)
    assert made.title == "标题一条" and browser.get("/news/feed.rss").status_code == 200
    assert listed(text(browser.get("/news/?keyword=13987654321"))) == 0
    assert "1398" not in text(browser.get(f"/news/{made.pk}/"))


@pytest.mark.parametrize("url", ["http://[", "http://example.org/?" + "字" * 200])
def test_an_address_that_cannot_be_kept_is_refused(office, committee, url):
    with pytest.raises(Refused):
        commands.capture(by=office, committee=committee, text=PAGE, origin_url=url)
