"""Saved pages: title, time, names and text out of HTML of every kind, and nothing that breaks the reader."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangliang.newsroom import extract
from shangliang.newsroom.extract import NoArticle, article, decoded

from .conftest import BODY, PAGE

TITLE = "甲县“好商量”走进院坝：大家的事大家商量"
WORDS = BODY.split("\n\n")
SILVER = Path(__file__).parents[3] / "shared" / "data" / "news_html"


def page(head="", above="", charset="utf-8", title=f"{TITLE}_某某网"):
    paragraphs = "".join(f"<p>{each}</p>" for each in WORDS)
    return f"""<!doctype html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>
<nav><ul>{"<li><a href='/x'>首页</a></li>" * 20}</nav><div id="main"><h1>{TITLE}</h1>{above}<div class="article">
{paragraphs}</div></div><div class="side"><h3>推荐</h3>{"<p><a href='/y'>另一条 2019-01-01 01:01</a></p>" * 10}</div>
<script>var x = "2011-11-11 11:11:11";</script><footer>版权所有 {"友情链接 " * 30}</footer></body></html>"""


ABOVE = "<p class='info'>2024年1月20日 06:40　来源：<a>某某日报</a>　作者：李小明　字号：大 小</p>"


def test_an_ordinary_page_gives_title_time_medium_and_text():
    found = article(page(above=ABOVE).encode(), url="https://news.example.org/a/1.html")
    assert (found.title, found.published_at) == (TITLE, "2024-01-20 06:40:00")
    assert (found.reprinted_from, found.byline, found.channel) == ("某某日报", "李小明", "某某网")
    assert all(words in found.body for words in WORDS)
    assert "友情链接" not in found.body and "首页" not in found.body
    assert found.origin_url == "https://news.example.org/a/1.html"


@pytest.mark.parametrize("label", ["gb2312", "gbk", "gb18030", "utf-8", "iso-8859-1"])
def test_a_page_is_read_whatever_its_label_says(label):
    written = page(above=ABOVE, charset="gb2312").replace("李小明", "李镕㐂")  # the last one is in GB18030 alone
    for raw in (written.encode("gb18030"), written.encode(), b"\xef\xbb\xbf" + written.encode(), b"\xff\xfe" + written.encode("utf-16-le")):
        if label == "iso-8859-1" and raw == written.encode("gb18030"):
            continue  # a header that lies about bytes that any encoding allows
        assert article(raw, declared=label).title == TITLE
    assert "镕㐂" in decoded(written.encode("gb18030"), label if label.startswith("gb") else "")


def test_a_wechat_page_has_its_time_in_a_script():
    raw = f"""<html><head><title></title><meta name="author" content="李小明"></head><body><h1 id="activity-name">
    {TITLE} </h1><a id="js_name"> 甲县政协 </a><div id="js_content"><section><p>{WORDS[0]}</p><p><span>{WORDS[1]}</span>
    </p></section><script>1</script></div><script>var ct = "1705704000"; var createTime = '2024-01-20 06:40';</script>""".encode()
    found = article(raw, url="https://mp.weixin.qq.com/s/x")
    assert (found.title, found.reprinted_from, found.byline) == (TITLE, "甲县政协", "李小明")
    assert found.published_at == "2024-01-20 06:40:00" and found.channel == "微信公众平台"
    assert found.body == f"{WORDS[0]}\n\n{WORDS[1]}"


def test_what_the_page_says_to_programs_comes_first():
    head = '<meta property="article:published_time" content="2024-01-19T22:40:00Z"><meta property="og:site_name" content="某站">'
    found = article(page(head=head, above=ABOVE).encode())
    assert found.published_at == "2024-01-20 06:40:00" and found.channel == "某站"  # in China's time
    ld = '<script type="application/ld+json">{"datePublished": "2024-01-20T06:40:00+08:00"}</script>'
    assert article(page(head=ld).encode()).published_at == "2024-01-20 06:40:00"


def test_a_saved_page_of_an_aggregator_is_read_by_its_marks():
    lines = "".join(f"<div>{line}</div>" for line in PAGE.split("\n"))
    found = article(f"<html><head><title>x</title></head><body>{lines}</body></html>".encode())
    assert (found.category, found.published_at, found.channel) == ("国内", "2024-01-20 06:40:00", "某快看")
    assert (found.reprinted_from, found.byline, found.body) == ("某某日报", "李小明", BODY)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 100, b"<html>", b"{}", b"<title>" + TITLE.encode(), b"<div>" * 100_000, b"\xff\xfe" * 9,
            b"<title>x</title>" + b"<p><a href=x>x</a>" * 10_001,
            b"<?xml version='1.0' encoding='x'?><a/>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>&b;"]
)  # fmt: skip
def test_what_is_no_article_is_refused(raw):
    with pytest.raises(NoArticle):
        article(raw)


def test_a_page_that_is_too_large_is_not_read():
    with pytest.raises(NoArticle):
        article(b"x" * (extract.MOST + 1))


def test_broken_html_is_read_as_a_browser_would():
    broken = page(above=ABOVE).replace("</p>", "").replace("</div>", "").replace("<h1>", "<h1 class=>")
    found = article(broken.encode())
    assert found.title == TITLE and WORDS[1] in found.body


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_none(raw):
    with contextlib.suppress(NoArticle):
        assert article(raw).body


# --- forty real pages, where they are ---


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.slow
@pytest.mark.skipif(not (SILVER / "silver_expected.json").exists(), reason="the forty saved pages are not here")
def test_forty_real_pages_are_read_as_well_as_by_trafilatura_or_better():
    """docs/newsroom.md lists the differences, looked at by hand."""
    rows = json.loads((SILVER / "silver_expected.json").read_text())
    titles = days = bodies = 0
    for row in rows:
        found = article((SILVER / row["file"]).read_bytes())
        titles += found.title == row["title"]
        told = re.findall(r"\d+", row["publish_time"])[:3]
        days += [int(each) for each in re.findall(r"\d+", found.published_at)[:3]] == [int(each) for each in told]
        own = len(squeezed(found.body))
        bodies += own >= 0.95 * min(row["len_trafilatura"], row["len_gne"] or row["len_trafilatura"])
    assert titles >= 39 and days >= 38 and bodies >= 39
