"""A visitor without an account who opens every public page and looks at every number on it.

A *counted number* is a digit in the text of a page that is none of these: a day, a time or a year; the number of a case
or a document; inside ``<time>``, ``<code>``, ``<pre>``, a form; or inside an element marked ``data-words``, which the
templates put on what people or papers said (titles, results, addresses, names, clauses) and on what only says where one
is (steps, pages, ordinals). Every counted number must stand in a link that leads to what it counts.
"""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

#: Days, times, years and periods; numbers of cases, of documents (发〔2023〕5号).
NO_COUNT = re.compile(
    r"第 ?\d+([–-]\d+)? ?[条页步项版稿句次]|^\s*(19|20)\d\d\s*$|\b[A-Z]{1,6}\d+[A-Z]*\b|〔\d{4}〕\w*?第?\d+号|"
    r"\d{4}年(\d{1,2}月(\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{2}(-\d{2})?|\d{1,2}:\d{2}|\b\d{4} 年(度)?"
    r"|[A-Z]{1,6}-\d{4}-\d{4,9}|〔\d{4}〕\d+\s*号"
)
QUIET = {"form", "time", "code", "pre", "select", "textarea", "input", "label", "script", "style", "title", "button", "svg"}
#: Never opened: they ask for a code, an account or a file, or belong to somebody else.
SHUT = ("/desk/", "/people/", "/receipt/", "/report/", "/static/", "/files/", "/q/", "/neighbours/", "/components/")
FILES = re.compile(r"\.(pdf|docx|py|svg|csv|jsonl|parquet|geojson|md|rss|atom|json)$|SHA256SUMS$|^/log/.|^/open-data/.")


@dataclass
class Number:
    """A counted number of a page: the words around it, and where its link leads ("" for nowhere)."""

    page: str
    words: str
    href: str = ""
    name: str = ""
    kind: str = ""

    @property
    def value(self) -> str | None:
        """The number itself, where the words hold just one."""
        found = re.findall(r"\d[\d,.]*", NO_COUNT.sub("", self.words))
        return found[0].replace(",", "") if len(found) == 1 else None


@dataclass
class Visit:
    """What a walk through the public pages found: pages by address, numbers, pages that failed."""

    pages: dict = field(default_factory=dict)
    numbers: list = field(default_factory=list)
    failed: list = field(default_factory=list)


def walk(client, *, most=400) -> Visit:
    """Open every page that can be reached from the front page, each address once, at most ``most`` of them.

    Of pages that differ by their query alone, those of figures and lists, only what a number leads to is opened here;
    the numbers are followed later one by one.
    """
    found, waiting, known = Visit(), ["/"], {"/"}
    while waiting and len(found.pages) < most:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.status_code in (301, 302):
            _wait(answer["Location"], path, waiting, known)
            continue
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            found.failed.append((path, answer.status_code))
            continue
        tree = html.fromstring(answer.content.decode())
        found.pages[path] = tree
        found.numbers += numbers(tree, path)
        for href in tree.xpath("//a/@href"):
            _wait(href, path, waiting, known)
    return found


def _wait(href, path, waiting, known):
    parts = urlsplit(urljoin(path, href))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return
    if parts.path.startswith(SHUT) or FILES.search(parts.path) or parts.path in known:
        return
    known.add(parts.path)
    waiting.append(parts.path)


def numbers(tree, page) -> list[Number]:
    """The counted numbers of a page in their order."""
    found = []
    for text in tree.xpath("//body//text()[not(ancestor::comment())]"):
        parent = text.getparent()
        if text.is_tail:
            parent = parent.getparent()
        if parent is None or not isinstance(parent.tag, str) or not re.search(r"\d", NO_COUNT.sub("", text)):
            continue
        above = [parent, *parent.iterancestors()]
        link = next((each for each in above if each.tag == "a"), None)
        counts = link is not None and re.match(r"#|/figures/[a-z]", link.get("href", ""))
        if any(each.tag in QUIET or ("data-words" in each.attrib and not counts) for each in above):
            continue
        href = urljoin(page, link.get("href", "")) if link is not None else ""
        if not href.startswith("tel:"):
            name = link.get("data-count", "") if link is not None else ""
            row = next((each for each in above if each.tag == "tr"), None)
            kind = " ".join(row.xpath("td[1]//text()")).strip() if row is not None else ""
            found.append(Number(page, " ".join(text.split()).strip(" ·"), href, name, kind))
    return found


def fault(client, number, cache) -> str:
    """Why what a number leads to does not tell the same; "" where it does.

    A figure: its page and its JSON twin tell the value. Data: the named value of the JSON, the rows of the table. A list:
    so many lines (of this kind; or so many people in them), over all its pages. A record: the very words.
    """
    if not number.href:
        return "no link"
    if number.value is None:
        return "several numbers in one link"
    path, _, part = number.href.partition("#")
    if path.startswith("/figures/") and not part:
        return _as_figure(client, number, path, cache)
    body = _opened(client, path, cache)
    if body is None:
        return "cannot be opened"
    if number.name:
        told = json.loads(body)[number.name]
        return "" if str(told) == number.value else f"{number.name} is {told}"
    if path.endswith((".csv", "/checkpoint")):
        lines = body.splitlines()
        told = lines[1] if path.endswith("/checkpoint") else str(len(lines) - 1)
        return "" if told == number.value else f"tells {told}"
    target = html.fromstring(body).get_element_by_id(part, None)
    if target is None:
        return f"nothing has the id {part}"
    amounts = _amounts(target, number)
    if part in ("list", "records"):
        amounts = {str(sum(1 for _line in _lines(client, path, part, cache)))}
    return "" if number.value in amounts else f"#{part} holds {sorted(amounts)}"


def _opened(client, path, cache) -> str | None:
    if path not in cache:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        cache[path] = body.decode("utf-8-sig") if answer.status_code == 200 else None
    return cache[path]


def _as_figure(client, number, path, cache) -> str:
    bare, _, query = path.partition("?")
    twin = json.loads(_opened(client, f"{bare.rstrip('/').removesuffix('.json')}.json?{query}", cache) or "{}").get("value")
    if str(twin) != number.value:
        return f"its JSON tells {twin}"
    if number.page.startswith("/figures/"):
        return ""  # a part, reached from the figure's own page; its JSON is enough
    shown = html.fromstring(_opened(client, path, cache) or "<p/>").xpath("//*[@class='stat-value']/text()")
    return "" if shown == [number.value] else f"its page tells {shown}"


def _amounts(target, number) -> set[str]:
    """What a list tells: its lines, those of the number's kind and the people in them, or the number's own words."""
    lines = target.xpath(".//li[not(ancestor::li)] | .//tbody/tr | .//article")
    if named := [line for line in lines if number.kind and line.get("data-kind") == number.kind]:
        return {str(len(named)), str(sum(int(line.get("data-people")) for line in named))}
    if rated := re.fullmatch(r"(\S+) \d+ 人", number.words):
        said = [line.text_content() for line in lines if f"评价：{rated[1]}" in line.text_content()]
        by_reporter = sum("反映人评价" in words for words in said)
        if said:
            return {str(by_reporter), str(len(said) - by_reporter)}
    words = " ".join(target.text_content().split())
    return {str(len(lines)), *([number.value] if number.words != number.value and number.words in words else [])}


def _lines(client, path, part, cache):
    """The lines of a list from its first page to its last."""
    while path:
        tree = html.fromstring(_opened(client, path, cache))
        yield from tree.xpath(f"//*[@id='{part}']/li | //*[@id='{part}']//tbody/tr")
        path = next((urljoin(path, href) for href in tree.xpath("//a[@rel='next']/@href")), "")


def part_of(href) -> tuple | None:
    """(figure, year, town, carrier) of a figure's address as the open data name it; None for other parts."""
    found = re.fullmatch(r"/figures/(\w+)/", urlsplit(href).path)
    asked = dict(parse_qsl(urlsplit(href).query))
    if not found or urlsplit(href).fragment or len(asked) > 1:
        return None
    if set(asked) - {"town", "carrier"}:
        return None
    return found[1], "", asked.get("town", ""), asked.get("carrier", "")
