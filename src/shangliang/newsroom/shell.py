"""Reading a pasted page of a news aggregator: its shell apart from the article, every field by its own mark.

Pure text work without Django. A text without the marks is an article alone: title, then body.
"""

import re
from dataclasses import dataclass, field

_TIME = r"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)"
_HEAD = re.compile(rf"(?:类别\s*[:：]\s*(\S+)\s+)?发布时间\s*[:：]\s*{_TIME}\s+来源\s*[:：]\s*(\S.*)")
#: Characters that nobody sees and that no feed can carry.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REPRINT = re.compile(r"(?:本文)?转自\s*[:：]\s*(\S+)")
_CAPTURED = re.compile(rf"快照生成时间\s*[:：]\s*{_TIME}")
_ORIGIN = re.compile(r"信息原文地址\s*[:：]\s*(\S*)")
_MORE = re.compile(r"更多关于(.+?)的资讯\s*[:：]?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_DISCLAIMER, _TAKEDOWN = "以上内容为资讯信息快照", "侵权"
#: A byline is a line of a name or two at the end: short, and no sentence.
_NAME = r"[\u4e00-\u9fff·]{2,5}"
_BYLINE = re.compile(rf"[（(]?(?:本报记者|记者|通讯员|作者)?\s*[:：]?\s*({_NAME}(?:\s+{_NAME}){{0,3}})[）)]?")


@dataclass(frozen=True)
class Item:
    """One line of a list beside the article: its title ("" where the page shows none), what it shows, its time."""

    title: str
    shown: str
    at: str


@dataclass
class Page:
    """What a pasted page holds; times are texts as they stand there, "" for what it does not say."""

    title: str = ""
    category: str = ""
    published_at: str = ""
    channel: str = ""
    reprinted_from: str = ""
    byline: str = ""
    body: str = ""
    disclaimer: str = ""
    captured_at: str = ""
    takedown: str = ""
    origin_url: str = ""
    nav: list = field(default_factory=list)
    related: list = field(default_factory=list)
    feed: list = field(default_factory=list)


def plain(text: str) -> str:
    """The text without characters that nobody sees."""
    return _CONTROL.sub("", text)


def has_shell(text: str) -> bool:
    """Whether the text carries an aggregator's head line: time and source, mostly after a category."""
    return bool(_HEAD.search(text))


def read(text: str) -> Page:
    """Take a pasted page apart; what cannot be recognised stays in the body, nothing is thrown away."""
    text = plain(text)
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    page = Page()
    start = _head(lines, page)
    end = next((n for n in range(start, len(lines)) if lines[n].startswith(_DISCLAIMER)), len(lines))
    _article(lines[start:end], page)
    _foot(lines[end:], page)
    return page


def _head(lines, page) -> int:
    """The marks above the article; the number of the line after them."""
    for number, line in enumerate(lines):
        if found := _HEAD.fullmatch(line):
            page.category, page.published_at, page.channel = (part or "" for part in found.groups())
            above = [one for one in lines[:number] if one]
            page.title = above[-1] if above else ""
            page.nav = [one.lstrip("•· ") for one in above[:-1]]
            return number + 1
    first = next((n for n, line in enumerate(lines) if line), len(lines))
    page.title = lines[first] if first < len(lines) else ""
    return first + 1


def _article(lines, page) -> None:
    kept = [line for line in lines if line]
    if kept and (found := _REPRINT.fullmatch(kept[0])):
        page.reprinted_from = found[1]
        kept = kept[1:]
    if len(kept) > 1 and (found := _BYLINE.fullmatch(kept[-1])):
        page.byline = found[1]
        kept = kept[:-1]
    page.body = "\n\n".join(kept)


def _foot(lines, page) -> None:
    rest: list[str] = []
    for line in filter(None, lines):
        if line.startswith(_DISCLAIMER):
            page.disclaimer = line
        elif found := _CAPTURED.match(line):
            page.captured_at = found[1]
        elif found := _ORIGIN.match(line):
            page.origin_url = found[1]
        elif _TAKEDOWN in line and not page.takedown and not rest:
            page.takedown = line
        else:
            rest.append(line)
    more = next((n for n, line in enumerate(rest) if _MORE.match(line)), len(rest))
    page.related, page.feed = _items(rest[:more]), _items(rest[more + 1 :])


def _items(lines) -> list[Item]:
    """Items end with their time; of the one or two lines before it, the first is the title where there are two."""
    found, before = [], []
    for line in lines:
        if _STAMP.fullmatch(line):
            title = before[0] if len(before) > 1 else ""
            found.append(Item(title, before[-1] if before else "", line))
            before = []
        else:
            before.append(line)
    if before:
        found.append(Item(before[0] if len(before) > 1 else "", before[-1], ""))
    return found
