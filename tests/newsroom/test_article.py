"""The page of the aggregator from which all this was learnt: every field of its shell, where the page is at hand."""

from pathlib import Path

import pytest

from shangliang.newsroom import shell
from shangliang.newsroom.claims import claims

PAGES = sorted((Path(__file__).parents[3] / "shared" / "article").glob("*.txt"))
pytestmark = pytest.mark.skipif(not PAGES, reason="the page is not here")


@pytest.fixture(scope="module")
def page():
    return shell.read(PAGES[0].read_text(encoding="utf-8"))


def test_every_field_of_the_shell_is_read(page):
    assert page.nav == ["我的订阅", "国内"] and page.category == "国内"
    assert (page.published_at, page.captured_at) == ("2024-01-20 06:40:00", "2024-01-20 09:45:04")
    assert (page.channel, page.reprinted_from, page.byline) == ("每日看点快看", "重庆日报", "陈钰桦")
    assert page.title.startswith("荣昌 做深做实") and page.title.endswith("连心桥")
    assert "未对信息做任何修改" in page.disclaimer and "侵权" in page.takedown
    assert page.origin_url == ""  # the link is lost in the text; our own form asks for it


def test_the_two_lists_are_apart_from_the_article(page):
    assert len(page.related) == 9 and all("连心桥" in item.title + item.shown for item in page.related)
    assert len(page.feed) == 15
    times = [item.at for item in page.feed]
    assert times == sorted(times) and times[0].startswith("2026-02-03 20:20") and times[-1] <= "2026-02-03 21:16:59"
    assert "更多关于" not in page.body and "资讯信息快照" not in page.body and "类别" not in page.body


def test_its_three_numbers_are_claims_that_the_ledger_can_answer(page):
    found = {claim.figure: claim.number for claim in claims(page.body)}
    assert (found["consultations"], found["attendances"], found["solved"]) == (215, 1967, 239)
