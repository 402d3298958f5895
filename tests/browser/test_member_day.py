"""A member's day: the plan, a visit written without a network, sent, and a brief raised from what was heard."""

import pytest

from shangliang.briefs.models import Brief
from shangliang.people import commands as people
from shangliang.visits.models import Visit
from shangliang.voices.models import Voice
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.hands import fill, press, says, send

pytestmark = pytest.mark.browser


@pytest.fixture
def member_on_the_way(town, member_account):
    """A member with a phone, who serves the courtyard."""
    people.link(
        by=town.office, committee=town.committee, kind="member_courtyard", since=factories.LONG_AGO,
        member=member_account.member, venue=town.courtyard,
    )
    return member_account


def test_from_the_plan_to_a_brief(town, member_on_the_way, open_as):
    page = open_as(member_on_the_way, size=PHONE)
    page.goto("/desk/plan/")
    says(page, town.courtyard.name)
    page.get_by_role("link", name="没有信号时写").first.click()
    page.locator("[data-name=on]").wait_for()
    assert page.locator("[data-name=venue]").evaluate("s => s.selectedOptions[0].text") == town.courtyard.full_name

    page.context.set_offline(True)
    page.locator("[data-kind][value=collecting]").check()
    page.get_by_role("button", name="加一件事").click()
    page.locator("[data-voices] [data-part=text]").fill("好几户说，村里的卫生室周末没有人。")
    page.get_by_role("button", name="写好了，发送").click()
    page.locator("[data-saved]", has_text="等有网络就发送").wait_for()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name="送到了").wait_for()
    assert (Visit.objects.count(), Voice.objects.count()) == (1, 1)

    page.goto(f"/desk/briefs/new/?visit={Visit.objects.get().pk}")
    fill(
        page, title="村卫生室周末无人值守", category="culture", situation="一个村的卫生室周末没有人，老人看病要走到镇上。",
        advice="建议区卫生健康委安排轮流值守。",
    )
    says(page, "三部分合起来")
    send(page)
    brief = Brief.objects.get()
    assert brief.member == member_on_the_way.member
    press(page, "提交")
    brief.refresh_from_db()
    assert brief.state == Brief.State.SUBMITTED
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0

    page.goto(f"/desk/visits/{Visit.objects.get().pk}/")
    says(page, "卫生室")
    page.goto("/desk/duties/")
    says(page, "走访", "社情民意")


def test_a_brief_that_is_too_long_says_so_while_it_is_written_and_keeps_every_word(town, member_on_the_way, open_as):
    page = open_as(member_on_the_way, size=PHONE)
    page.goto("/desk/briefs/new/")
    fill(page, title="太长的一篇", category="rural", situation="字" * 1490, advice="议" * 11)
    says(page, "多了 1 字")
    send(page)
    says(page, "多了 1 字")
    assert page.locator("[name=situation]").input_value() == "字" * 1490
    assert Brief.objects.count() == 0
