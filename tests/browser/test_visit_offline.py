"""A visit is written in a courtyard without a network, survives a reload, and is sent exactly once."""

import pytest

from shangliang.people import commands as people
from shangliang.visits.models import Promise, Visit
from shangliang.voices.models import Voice
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.hands import says
from tests.journeys.walk import picture

pytestmark = pytest.mark.browser


@pytest.fixture
def member_on_the_way(town, member_account):
    """A member with a phone, who serves the courtyard."""
    people.link(
        by=town.office, committee=town.committee, kind="member_courtyard", since=factories.LONG_AGO,
        member=member_account.member, venue=town.courtyard,
    )
    return member_account


def wait_for_the_worker(page):
    """The browser has kept the page: it would open without a network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.keys().then(n => n.length ? caches.open(n[0]).then(s => s.keys()).then(k => k.length > 5) : false)"
    )


def reload_without_a_network(page):
    """A page that comes from the service worker is told again that there is no network: Chromium 150 forgets it."""
    page.reload()
    page.context.new_cdp_session(page).send(
        "Network.overrideNetworkState", {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )


def test_a_visit_written_without_a_network_arrives_once(town, member_on_the_way, open_as):
    page = open_as(member_on_the_way, size=PHONE)
    page.goto("/desk/visits/write/")
    page.get_by_role("button", name="新写一次走访").wait_for()
    wait_for_the_worker(page)

    page.context.set_offline(True)
    reload_without_a_network(page)
    says(page, "没有网络，写的都存在这台手机里")
    page.get_by_role("button", name="新写一次走访").click()
    page.locator("[data-name=venue]").select_option(label=town.courtyard.full_name)
    page.locator("[data-kind][value=listening]").check()
    page.locator("[data-name=noted]").fill("老人说晚上不敢出门。")
    for text in ("院坝到大路没有路灯。", "水沟堵了。"):
        page.get_by_role("button", name="加一件事").click()
        page.locator("[data-voices] [data-part=text]").last.fill(text)
    page.get_by_role("button", name="加一条承诺").click()
    page.locator("[data-promises] [data-part=text]").fill("下周带电工来看")
    page.locator("[data-promises] [data-part=due]").fill("2999-01-01")
    page.locator("[data-photo-input]").set_input_files(
        {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}
    )
    page.get_by_text("yard.jpg").wait_for()
    page.wait_for_timeout(600)

    reload_without_a_network(page)
    page.get_by_role("button", name=town.courtyard.full_name).click()
    assert page.locator("[data-voices] [data-part=text]").nth(1).input_value() == "水沟堵了。"
    assert page.get_by_text("yard.jpg").count() == 1
    page.get_by_role("button", name="写好了，发送").click()
    page.locator("[data-saved]", has_text="等有网络就发送").wait_for()
    assert Visit.objects.count() == 0

    # The first answer is lost on its way back: the server has the visit, the phone does not know.
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/desk/visits/send/", lose_the_first)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("没有送到").wait_for()
    assert lost == [200]
    assert Visit.objects.count() == 1
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name="送到了").wait_for()
    assert (Visit.objects.count(), Voice.objects.count(), Promise.objects.count()) == (1, 2, 1)
    codes = page.locator("[data-codes] [data-code]").all_inner_texts()
    assert [len(code.replace(" ", "")) for code in codes] == [26, 26]

    page.get_by_role("button", name="收好了，从这台手机删掉").click()
    page.get_by_text("还没有草稿。").wait_for()


def test_a_refused_draft_says_why_and_keeps_what_was_written(town, member_on_the_way, open_as):
    page = open_as(member_on_the_way, size=PHONE)
    page.goto(f"/desk/visits/write/?venue={town.courtyard.pk}")
    page.locator("[data-name=on]").wait_for()
    page.locator("[data-name=on]").fill("2999-01-01")
    page.locator("[data-kind][value=uniting]").check()
    page.locator("[data-name=noted]").fill("摆了龙门阵。")
    page.get_by_role("button", name="写好了，发送").click()
    page.get_by_text("走访日期不能在将来").wait_for()
    assert page.locator("[data-name=noted]").input_value() == "摆了龙门阵。"
    assert Visit.objects.count() == 0
    page.locator("[data-name=on]").fill("2026-01-05")
    page.get_by_role("button", name="写好了，发送").click()
    page.get_by_role("heading", name="送到了").wait_for()
    assert Visit.objects.count() == 1


def test_another_account_on_the_same_phone_neither_sees_nor_sends_a_draft(town, member_on_the_way, open_as, client_as):
    page = open_as(member_on_the_way, size=PHONE)
    page.goto(f"/desk/visits/write/?venue={town.courtyard.pk}")
    page.locator("[data-name=noted]").fill("只给自己看的。")
    page.wait_for_timeout(600)
    other = client_as(town.liaison)
    page.context.add_cookies(
        [{"name": n, "value": c.value, "url": page.url.split("/desk")[0]} for n, c in other.cookies.items()]
    )
    page.goto("/desk/visits/write/")
    page.get_by_text("还有别的账号的草稿").wait_for()
    says(page, "还没有草稿。")
    assert "只给自己看的" not in page.locator("body").inner_text()
