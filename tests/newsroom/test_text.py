"""Reading pages, knowing alike ones, finding claims: text work without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangliang.newsroom import shell
from shangliang.newsroom.claims import claims
from shangliang.shared import alike

from .conftest import BODY, PAGE


def test_every_field_of_the_shell_is_found():
    page = shell.read(PAGE)
    assert page.nav == ["我的订阅", "国内"] and page.title == "甲县 把“好商量”搬进院坝 架起“连心桥”"
    assert (page.category, page.published_at, page.channel) == ("国内", "2024-01-20 06:40:00", "某快看")
    assert (page.reprinted_from, page.byline, page.captured_at) == ("某某日报", "李小明", "2024-01-20 09:45:04")
    assert page.body == BODY and page.disclaimer.endswith("不代表本站立场。") and "侵权" in page.takedown
    assert page.origin_url == "https://www.example.org/a/1.html?utm_source=x"
    assert [(item.title, item.at) for item in page.related] == [
        ("", "2023-09-15 16:07:00"), ("某镇搭起“连心桥”", "2023-08-30 04:48:00"),
    ]  # fmt: skip
    assert [item.title for item in page.feed] == ["今天开了一个会", ""]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(end):
    assert shell.read(PAGE.replace("\n", end)) == shell.read(PAGE)


def test_a_text_without_marks_is_a_title_and_a_body():
    page = shell.read("\n标题在这里\n\n第一段。\n第二段。\n")
    assert (page.title, page.body, page.channel, page.byline) == ("标题在这里", "第一段。\n\n第二段。", "", "")


@pytest.mark.parametrize("text", ["", "\n\n", "类别:国内", "类别:国内 发布时间:2024-01-20 06:40:00 来源:某站"])
def test_a_page_without_a_title_or_text_is_empty_not_wrong(text):
    page = shell.read(text)
    assert page.body == ""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="甲乙。\n :0123456789-类别发布时间来源本文转自以上内容为资讯信息快照", max_size=300))
def test_any_text_is_read_and_nothing_of_the_article_is_lost(text):
    page = shell.read(text)
    kept = "".join([page.title, page.body, page.byline, page.disclaimer, page.reprinted_from, *page.nav])
    article = [line.strip() for line in text.split("\n")]
    if not any("类别" in line or "以上内容" in line or "转自" in line for line in article):
        assert all(line in kept for line in article)


def test_the_same_page_is_known_by_its_address():
    same = alike.same_address("https://www.example.org/a/1.html?b=2&a=1&utm_source=x#top")
    assert alike.same_address("http://example.org/a/1.html?a=1&b=2") == same
    assert alike.same_address("http://example.org/a/2.html?a=1&b=2") != same
    assert alike.same_address("not an address") == ""


def test_nearly_the_same_is_nearly_the_same():
    one = alike.shingles(BODY)
    assert alike.likeness(one, one) == 1
    assert alike.likeness(one, alike.shingles(BODY.replace("乙镇", "丙镇"))) > alike.NEAR
    assert alike.likeness(one, alike.shingles("全县春耕生产有序推进,各地抢抓农时。" * 5)) < 0.05
    assert alike.likeness(frozenset(), frozenset()) == 0


def test_a_word_is_shown_with_sixty_characters_on_both_sides():
    text = "前" * 100 + "连心桥" + "后" * 100
    shown = alike.in_context(text, "连心桥")
    assert shown == "…" + "前" * 60 + "连心桥" + "后" * 60 + "…"
    assert alike.in_context("连心桥", "连心桥") == "连心桥" and alike.in_context("没有", "连心桥") == ""


def test_claims_are_the_numbers_with_their_figures():
    found = {claim.figure: claim.number for claim in claims(BODY)}
    assert found == {"consultations": 12, "attendances": 96, "solved": 7}
    assert claims("今年下了三场雨，有 215 只羊。") == []
    assert claims("协商" + "9" * 5000 + "场") == [] and claims("9" * 50_000) == []
    assert claims("走访群众1,204户次")[0].number == 1204


def test_a_head_line_without_a_category_is_one_all_the_same():
    page = shell.read("沟渠清了\n发布时间:2024-01-20 06:40:00 来源:某报\n正文在这里。")
    assert (page.title, page.category, page.channel) == ("沟渠清了", "", "某报")
    assert page.published_at == "2024-01-20 06:40:00" and "发布时间" not in page.body
