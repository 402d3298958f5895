"""Finding again: related reports, the category's feed, subscriptions that are addresses, and what is kept at the desk."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.translation.trans_real import translation

from shangliang.newsroom import commands
from shangliang.newsroom.models import Snapshot, Subscription
from shangliang.newsroom.queries import category_feed, related
from shangliang.people.roles import Role
from shangliang.shared.refusals import Refused
from tests.portal.conftest import text

from .conftest import PAGE
from .test_snapshots import listed


def take(office, committee, title, body, *, category="国内", source="某报", day=1, publish=True):
    head = f"{title}\n类别:{category} 发布时间:2024-03-{day:02d} 08:00:00 来源:{source}\n"
    made = commands.capture(by=office, committee=committee, text=head + body)
    if publish:
        commands.publish(by=office, snapshot=made)
    return made


def body(number):
    return chr(0x4E00 + number) * 50 + "。"


def test_a_keyword_is_found_wherever_it_stands_and_whenever_it_came(office, committee):
    before = take(office, committee, "早些时候", body(1) + "院坝里架起连心桥" + body(2))
    titled = take(office, committee, "又一座连心桥", body(3))
    asked = take(office, committee, "某县架起“连心桥”", body(4))
    after = take(office, committee, "后来", body(5) + "大家说连心桥好", day=9)
    take(office, committee, "无关", body(6))
    found = related(asked, Snapshot.objects.all())
    copy = commands.capture(by=office, committee=committee, text=f"某县架起“连心桥”\n{body(4)}")
    assert copy.first == asked and copy not in {each.snapshot for each in related(asked, Snapshot.objects.all())}
    assert {each.snapshot for each in found} == {after, titled, before} and found[0].snapshot == after
    assert all("连心桥" in each.shown for each in found)
    shown = next(each.shown for each in found if each.snapshot == before)
    assert len(shown) <= 60 * 2 + 3 + 2
    # A title without quotation marks is known by the words that others put in them.
    assert {each.snapshot for each in related(titled, Snapshot.objects.published())} == {asked, before, after}


def test_related_reports_cost_the_same_whatever_their_number(report, office, committee, django_assert_num_queries):
    for number in range(30):
        take(office, committee, f"第{number}篇", body(number) + "说到连心桥和好商量")
    with django_assert_num_queries(3):
        found = related(report, Snapshot.objects.published())
    assert len(found) == 9 and len({each.snapshot.pk for each in found}) == 9


def test_the_category_feed_is_fifteen_and_as_it_stands_now(office, committee, browser):
    first = take(office, committee, "第一篇", body(0))
    for number in range(1, 18):
        take(office, committee, f"第{number}篇", body(number), day=number)
    hidden = take(office, committee, "没有公开", body(30), day=20, publish=False)
    take(office, committee, "别的类别", body(31), category="国际", day=21)
    feed = category_feed(first, Snapshot.objects.published())
    assert len(feed) == 15 and feed[0].title == "第17篇" and hidden not in feed
    commands.take_down(by=office, snapshot=feed[0], why="核对")
    page = text(browser.get(f"/news/{first.pk}/"))
    assert "第17篇" not in page and "第16篇" in page and "别的类别" not in page


def test_a_subscription_is_its_address(report, office, committee, browser, rated):
    take(office, committee, "普通一条", body(1), category="国际", source="某网")
    commands.link(by=office, snapshot=report, case=rated)
    town = rated.region.code[:9]
    for asked, count in [
        ("category=国内", 1), ("category=国际", 1), ("keyword=连心桥", 1), ("keyword=三个委员", 0), ("source=某网", 1),
        ("source=某某日报", 1), (f"place={town}", 1), ("place=999999999", 0), ("place=x", 0), ("category=国内&source=某网", 0), ("", 2),
    ]:  # fmt: skip
        assert listed(text(browser.get(f"/news/?{asked}"))) == count, asked
        for kind, tag in (("rss", "item"), ("atom", "{http://www.w3.org/2005/Atom}entry")):
            answer = browser.get(f"/news/feed.{kind}?{asked}")
            assert len(list(ElementTree.fromstring(answer.content).iter(tag))) == count, (asked, kind)


def test_a_feed_names_nobody_and_links_to_our_own_page(office, committee, browser):
    made = take(office, committee, "电话13912345678", "请打13912345678。" + body(1))
    for kind in ("rss", "atom"):
        feed = text(browser.get(f"/news/feed.{kind}"))
        assert "13912345678" not in feed and made.get_absolute_url() in feed


def test_the_second_page_keeps_every_condition(office, committee, browser):
    for number in range(17):
        take(office, committee, f"好商量 & 第{number}篇", body(number), category="国&内", source="某 报")
    take(office, committee, "别的", body(40))
    first = text(browser.get("/news/", {"category": "国&内", "source": "某 报", "keyword": "好商量 &"}))
    onward = re.search(r'href="(\?page=2[^"]*)"', first)[1].replace("&amp;", "&")
    assert listed(first) == 15 and listed(text(browser.get("/news/" + onward))) == 2


@pytest.mark.parametrize("asked", ["page=0", "page=x", "category=%00", "keyword=" + "x" * 999, "place=%27", "keyword=%25_"])
def test_no_question_breaks_the_list(report, browser, asked):
    assert browser.get(f"/news/?{asked}").status_code == browser.get(f"/news/feed.atom?{asked}").status_code == 200


def test_what_one_keeps_stands_at_ones_own_desk(office, account, committee, client_as, village):
    client, town = client_as(office), village.parent
    client.post("/desk/newsroom/sources/keep/", {"keyword": "连心桥", "place": town.code})
    client.post("/desk/newsroom/sources/keep/", {"keyword": "连心桥", "place": town.code})
    kept = Subscription.objects.get()
    page = text(client.get("/desk/newsroom/sources/"))
    assert f"/news/feed.atom?{kept.query}".replace("&", "&amp;") in page and town.name in page
    other = account(Role.LIAISON, region=town)
    assert "连心桥 ·" not in text(client_as(other).get("/desk/newsroom/sources/"))
    assert client_as(other).post("/desk/newsroom/sources/drop/", {"pk": kept.pk}).status_code == 404
    with pytest.raises(Refused):
        commands.drop_subscription(by=other, subscription=kept)
    assert client.post("/desk/newsroom/sources/keep/", {}).status_code == 422
    client.post("/desk/newsroom/sources/drop/", {"pk": kept.pk})
    assert not Subscription.objects.exists()


# --- what was wrong ---


def test_a_copy_waits_for_the_reviewer_while_the_earliest_is_closed(office, account, committee, client_as):
    reviewer = client_as(account(Role.REVIEWER))
    first = commands.capture(by=office, committee=committee, text=PAGE)
    copy = commands.capture(by=office, committee=committee, text=PAGE)
    commands.publish(by=office, snapshot=first)
    assert f"/desk/newsroom/{copy.pk}/" not in text(reviewer.get("/desk/"))
    commands.take_down(by=office, snapshot=first, why="核对")
    assert f"/desk/newsroom/{copy.pk}/" in text(reviewer.get("/desk/"))


def test_a_linked_case_is_told_only_to_those_who_may_read_it(report, rated, office, account, committee, client_as):
    commands.link(by=office, snapshot=report, case=rated)
    assert rated.no in text(client_as(office).get(f"/desk/newsroom/{report.pk}/")).split("说到的事")[1]
    page = text(client_as(account(Role.MEMBER)).get(f"/desk/newsroom/{report.pk}/"))
    assert rated.no not in page.split("说到的事")[1].split("全文")[0]


def test_the_same_pasted_twice_leads_to_the_first(report, office, client_as):
    client = client_as(office)
    answer = client.post("/desk/newsroom/new/", {"text": PAGE, "key": "k" * 24}, follow=True)
    assert f'href="/desk/newsroom/{report.pk}/"' in text(answer) and "同一篇报道" in text(answer)


def test_an_empty_paste_says_what_to_do(office, client_as):
    answer = client_as(office).post("/desk/newsroom/new/", {"text": "", "key": "k" * 24})
    assert answer.status_code == 422 and "请把报道的标题和文字贴进来" in text(answer)


def test_a_usual_category_is_said_in_the_readers_language_and_any_other_as_it_was_written(
    office, committee, browser, monkeypatch
):
    monkeypatch.setitem(translation("en")._catalog._catalogs[0], "本地", "Local")
    made = take(office, committee, "路灯亮了", "正文一段。", category="本地")
    take(office, committee, "水通了", "正文另一段。", category="本地", source="另报")
    take(office, committee, "桥修好了", "正文又一段。", category="乡音")
    browser.cookies.load({"lang": "en"})
    page = text(browser.get("/news/"))
    assert '<option value="本地">Local</option>' in page and '<option value="乡音">乡音</option>' in page
    assert "“本地”" not in text(browser.get(made.get_absolute_url()))
    browser.cookies.load({"lang": "zh-hans"})
    assert '<option value="本地">本地</option>' in text(browser.get("/news/"))


def test_the_list_says_what_is_not_known_and_marks_only_what_adds(client_as, office, committee):
    client = client_as(office)
    client.post("/desk/newsroom/new/", {"text": "院坝里的新鲜事\n" + "大家坐下来商量。" * 20})
    page = text(client.get("/desk/newsroom/"))
    assert re.search(r'data-label="原媒体">\s*—\s*</td>', page)
    assert "#plus" not in re.search(r'<a [^>]*href="/desk/newsroom/sources/".*?</a>', page, re.S)[0]
    assert "#plus" in re.search(r'<a [^>]*href="/desk/newsroom/new/upload/".*?</a>', page, re.S)[0]
