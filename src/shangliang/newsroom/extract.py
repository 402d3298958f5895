"""Reading a saved or fetched page: title, time, medium, author and the article's text out of HTML. Pure, no Django.

trafilatura finds the text; title, time and names come from our own rules, because its search for them costs twice as
much as the text and takes a site's name or another article's heading for the title on many Chinese pages.
"""

import codecs
import datetime as dt
import re
from urllib.parse import urlsplit

import trafilatura
from htmldate import find_date
from lxml import etree, html

from .shell import Page, has_shell, plain, read

#: A larger page is no article (bytes).
MOST = 5_000_000
#: Nested deeper than people write; libraries that walk a tree by recursion end there.
DEEPEST = 200
#: Elements of a page: three times what the largest portal we looked at has; a list of 300,000 links took minutes.
MOST_ELEMENTS = 10_000
#: A page says when and from whom so soon after its title (characters).
NEAR = 600
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHINA = dt.timezone(dt.timedelta(hours=8))
_STAMP = re.compile(
    r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]{0,3}(\d{1,2}):(\d\d)(?::(\d\d))?)?"
)
_WECHAT_TIME = re.compile(r"(?:var\s+ct|ori_create_time|svr_time)\s*=\s*[\"'](\d{10})[\"']")
_WECHAT_WRITTEN = re.compile(r"(?:createTime|publish_time)\s*=\s*[\"']([^\"']{8,20})[\"']")
_TIMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "apub:time", "pubdate",
    "publishdate", "publish_time", "publishtime", "datepublished", "weibo: article:create_at",
)  # fmt: skip
_MEDIUM = re.compile(r"(?:文章|信息|稿件|本文)?(?:来源|转自)\s*[:：]\s*([^\s|:：，。；]{2,30})")
_AUTHOR = re.compile(r"(?:作者|记者|撰文|撰稿)\s*[:：]\s*([\u4e00-\u9fff·]{2,6})")
_SIDE = ("script", "style", "noscript", "iframe", "svg", "form", "nav", "footer", "template", "button", "select")
#: Between a title and the name of its site.
_JOINT = r"\s*(?:_|-|—|–|\||丨|｜)+\s*"


class NoArticle(ValueError):
    """The page holds no article that can be told from the rest."""


def decoded(raw: bytes, declared: str = "") -> str:
    """The text of a page, whatever its header says: a BOM, else UTF-8 where it is UTF-8, else the declared encoding.

    gb2312 and gbk are read as GB18030, which holds both: pages so labelled use characters outside of them.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    named = _DECLARED.search(raw[:4096])
    said = [declared, named[1].decode("ascii") if named else ""]
    for name in ("utf-8", *said, "gb18030"):
        name = "gb18030" if name.lower() in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        try:
            return raw.decode(name) if name else _never()
        except (LookupError, UnicodeError):
            continue
    return raw.decode("gb18030" if said[1].lower().startswith("gb") else "utf-8", "replace")


def _never():
    raise LookupError


def article(raw: bytes, *, declared: str = "", url: str = "") -> Page:
    """What a page of HTML holds: times as texts ("" for what it does not say), paragraphs parted by a blank line.

    ``declared`` is the encoding of the answer's header, ``url`` where the page came from. A page of an aggregator is
    read by its own marks. Raises NoArticle for a page without a title or a text, or one that is too large.
    """
    if len(raw) > MOST:
        raise NoArticle("too large")
    text = plain(decoded(raw, declared))
    if re.match(r"\s*<\?xml", text):  # a declared encoding beside text that is decoded already is an error to lxml
        text = re.sub(r"^\s*<\?xml[^>]*>", "", text, count=1)
    tree = _tree(text)
    page = _wechat(tree, text) or _shell(tree) or _any(tree, url)
    page.origin_url = page.origin_url or url or _canonical(tree)
    if not page.title or not page.body:
        raise NoArticle("no article")
    return page


def _tree(text):
    """The page as a tree, never deeper than DEEPEST. Raises NoArticle for what is no page."""
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticle("no page") from error
    if len(tree.xpath("//*" + "/*" * DEEPEST)[:1]):
        raise NoArticle("nested too deep")
    if sum(1 for _each in tree.iter()) > MOST_ELEMENTS:
        raise NoArticle("too many elements")
    return tree


def _line(element) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _paragraphs(element) -> str:
    """The text of an element, a new paragraph for each block."""
    for block in element.iter("p", "br", "section", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n" + (block.tail or "")
        if block.text:
            block.text = "\n" + block.text
    lines = (" ".join(line.split()) for line in "".join(element.itertext()).split("\n"))
    return "\n\n".join(filter(None, lines))


def _wechat(tree, text) -> Page | None:
    """An article of a WeChat account; its time stands only in a script."""
    if "js_content" not in text:
        return None
    parts = [tree.find(f".//*[@id='{name}']") for name in ("activity-name", "js_content", "js_name")]
    if parts[0] is None or parts[1] is None:
        return None
    for side in parts[1].xpath(".//script|.//style"):
        side.drop_tree()
    stamp, written = _WECHAT_TIME.search(text), _WECHAT_WRITTEN.search(text)
    at = f"{dt.datetime.fromtimestamp(int(stamp[1]), _CHINA):%Y-%m-%d %H:%M:%S}" if stamp else ""
    author = _meta(tree, "author")
    return Page(
        title=_line(parts[0]), body=_paragraphs(parts[1]), channel="微信公众平台", reprinted_from=_line(parts[2]),
        published_at=at or _time(written[1] if written else ""), byline=author if author != _line(parts[2]) else "",
    )  # fmt: skip


def _shell(tree) -> Page | None:
    """A page of an aggregator, saved as it is: its marks are those of a pasted one."""
    body = tree.find("body")
    if body is None or not has_shell("".join(body.itertext())):
        return None
    for side in body.xpath(".//script|.//style|.//noscript"):
        side.drop_tree()
    page = read(_paragraphs(body))
    for link in body.iter("a"):
        if not page.origin_url and "信息原文地址" in (_line(link.getparent()) + _line(link)):
            page.origin_url = (link.get("href") or "").strip()
    return page if page.body else None


def _any(tree, url) -> Page:
    """An article of any other site."""
    body = tree.find("body")
    text = " ".join(" ".join(_texts(body)).split()) if body is not None else ""
    title = _title(tree)
    page = Page(title=title, published_at=_published(tree, title, text), channel=_site(tree, title, url))
    at = text.find(title) if title else -1
    near = text[max(at, 0) :][:NEAR]
    medium, author = _MEDIUM.search(near), _AUTHOR.search(near)
    page.reprinted_from = medium[1] if medium else _meta(tree, "source", "og:article:source", "contentsource")
    page.byline = author[1] if author else _name(_meta(tree, "author", "article:author", "og:article:author"))
    for side in list(tree.iter(*_SIDE)):
        side.drop_tree()
    found = trafilatura.bare_extraction(tree, with_metadata=False, include_comments=False, include_links=False)
    lines = (found.text or "").split("\n") if found else []
    kept = [line.strip() for line in lines if line.strip() and line.strip() != title]
    page.body = "\n\n".join(kept)
    return page


def _meta(tree, *names) -> str:
    """The first filled ``meta`` of these names (in lower case)."""
    found = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        found.setdefault(name, (meta.get("content") or "").strip())
    return next((found[name] for name in names if found.get(name)), "")


def _name(text) -> str:
    return text if re.fullmatch(r"[\u4e00-\u9fff·]{2,4}(?:[ 、][\u4e00-\u9fff·]{2,4}){0,3}", text) else ""


def _title(tree) -> str:
    """The heading that the page's own title begins with; else the title without the name of the site."""
    whole = _line(tree.find(".//title"))
    told = _meta(tree, "articletitle", "og:title", "twitter:title")
    squeezed = re.sub(r"\s+", "", whole)
    headings = [_line(each) for each in tree.iter("h1", "h2", "h3")]
    fitting = [each for each in headings if len(each) > 5 and squeezed.startswith(re.sub(r"\s+", "", each))]
    if fitting:
        return max(fitting, key=len)
    alone = [_line(each) for each in tree.iter("h1") if len(_line(each)) > 5]
    if told and squeezed.startswith(re.sub(r"\s+", "", told)):
        return told
    if len(alone) == 1 and not whole:
        return alone[0]
    return re.split(_JOINT, whole)[0] if len(re.split(_JOINT, whole)[0]) > 5 else whole or told or "".join(alone[:1])


def _site(tree, title, url) -> str:
    rest = _line(tree.find(".//title")).removeprefix(title)
    after = re.fullmatch(rf"{_JOINT}(.{{2,30}})", rest)
    return _meta(tree, "og:site_name", "sitename") or (after[1] if after else "") or urlsplit(url).hostname or ""


def _canonical(tree) -> str:
    """The address that the page gives as its own."""
    found = tree.xpath("//link[@rel='canonical']/@href")
    return next((each.strip() for each in [*found, _meta(tree, "og:url")] if each.strip().startswith("http")), "")


def _time(text) -> str:
    """The first moment of a text as ``YYYY-mm-dd HH:MM[:SS]``, in China's time; "" for none."""
    for found in _STAMP.finditer(text):
        year, month, day, *clock = found.groups()
        try:
            hour, minute, second = (int(each or 0) for each in clock)
            at = dt.datetime(int(year), int(month), int(day), hour, minute, second)
        except ValueError:
            continue
        if text[found.end() :].startswith("Z"):
            at += dt.timedelta(hours=8)
        return f"{at:%Y-%m-%d %H:%M:%S}"
    return ""


def _published(tree, title, text) -> str:
    """When it was published: what the page says to programs, else the first moment after its title.

    A day alone is little: htmldate's day is then better, with the time of day that the page shows for it.
    """
    told = _time(_meta(tree, *_TIMES) or _linked_data(tree))
    if told and not told.endswith("00:00:00"):
        return told
    at = text.find(title) if title else -1
    near = _time(text[at + len(title) :][:NEAR]) if at >= 0 else ""
    if near and not near.endswith("00:00:00"):
        return near
    day = told[:10] or find_date(tree, extensive_search=False) or near[:10]
    times = (_time(found[0]) for found in _STAMP.finditer(text)) if day else ()
    exact = next((one for one in times if one.startswith(day) and not one.endswith("00:00:00")), "")
    return exact or (f"{day} 00:00:00" if day else _time(text))


def _linked_data(tree) -> str:
    """The moment in the page's JSON-LD, "" for none."""
    scripts = (each.text or "" for each in tree.iter("script") if "ld+json" in (each.get("type") or ""))
    found = (re.search(r"\"(?:datePublished|pubDate)\"\s*:\s*\"([^\"]{8,40})\"", each) for each in scripts)
    return next((each[1] for each in found if each), "")


def _texts(body):
    """The pieces of text that a reader sees, apart from each other."""
    for each in body.iter():
        if each.tag not in _SIDE[:2] and each.text:
            yield each.text
        if each.tail:
            yield each.tail
