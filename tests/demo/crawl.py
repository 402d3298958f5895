"""A visitor without an account who opens every public page and looks at every number on it.

A *counted number* is a digit in the text of a page that is none of these: a day, a time or a year; the number of a case
or a document; inside ``<time>``, ``<code>``, ``<pre>``, a form; or inside an element marked ``data-words``, which the
templates put on what people or papers said (titles, results, addresses, names, clauses) and on what only says where one
is (steps, pages, ordinals). Every counted number must stand in a link that leads to what it counts.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html

#: Days, times, years and periods; numbers of cases, of documents (发〔2023〕5号).
NO_COUNT = re.compile(
    r"第 ?\d+([–-]\d+)? ?[条页步项版稿句次]|^\s*(19|20)\d\d\s*$|\b[A-Z]{1,6}\d+\b|〔\d{4}〕\w*?第?\d+号|"
    r"\d{4}年(\d{1,2}月(\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{2}(-\d{2})?|\d{1,2}:\d{2}|\b\d{4} 年(度)?"
    r"|[A-Z]{1,6}-\d{4}-\d{4,9}|〔\d{4}〕\d+\s*号"
)
QUIET = {"time", "code", "pre", "select", "textarea", "input", "label", "script", "style", "title", "button", "svg"}
#: Never opened: they ask for a code, an account or a file, or belong to somebody else.
SHUT = ("/desk/", "/people/", "/receipt/", "/report/", "/static/", "/files/", "/q/", "/neighbours/", "/components/")
FILES = re.compile(r"\.(pdf|py|svg|csv|jsonl|parquet|geojson|md|rss|atom|json)$|SHA256SUMS$|^/log/.|^/open-data/.")


@dataclass
class Number:
    """A counted number of a page: the words around it, and where its link leads ("" for nowhere)."""

    page: str
    words: str
    href: str = ""
    name: str = ""
    kind: str = ""

    @property
    def value(self) -> int | None:
        """The number itself, where the words hold just one."""
        found = re.findall(r"\d[\d,]*", NO_COUNT.sub("", self.words))
        return int(found[0].replace(",", "")) if len(found) == 1 else None


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
    if parts.path.startswith(SHUT) or FILES.search(parts.path) or parts.query or parts.path in known:
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
            found.append(Number(page, " ".join(text.split()), href, name, kind))
    return found


def fault(client, number, cache) -> str:
    """Why what a number leads to does not tell the same; "" where it does.

    A figure: its page and its JSON twin tell the value. Data: the named value of the JSON. A list: the number of its
    lines (of this kind, or the people they tell of), or the total or the words that stand in it.
    """
    if not number.href:
        return "no link"
    if number.value is None:
        return "several numbers in one link"
    path, _, part = number.href.partition("#")
    if number.page.startswith("/figures/") and path.startswith("/figures/") and not part:
        return _by_twin(client, number, path)
    if path not in cache:
        cache[path] = client.get(path)
    answer = cache[path]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.streaming:
        answer.streaming, answer.content = False, body
    if answer.status_code != 200:
        return f"answers {answer.status_code}"
    if number.name:
        return "" if _told(answer.json()[number.name]) == number.value else f"{number.name} differs"
    if not answer["Content-Type"].startswith("text/html"):
        lines = body.decode("utf-8-sig").splitlines()
        return "" if number.value in (len(lines) - 1, *_numbers(lines[1])) else f"{len(lines) - 1} rows"
    tree = html.fromstring(body.decode())
    if path.startswith("/figures/") and not part:
        return _as_figure(client, number, path, tree)
    target = tree.get_element_by_id(part, None) if part else tree
    if target is None:
        return f"nothing has the id {part}"
    return "" if number.value in _amounts(target, number.kind) else f"is not what #{part} holds"


def _as_figure(client, number, path, tree) -> str:
    shown = tree.xpath("//*[@class='stat-value']/text()")
    if shown != [str(number.value)]:
        return f"its page tells {shown}"
    return _by_twin(client, number, path)


def _by_twin(client, number, path) -> str:
    bare, _, query = path.partition("?")
    twin = client.get(f"{bare.rstrip('/')}.json?{query}").json().get("value")
    return "" if twin == number.value else f"its JSON tells {twin}"


def _amounts(target, kind) -> set:
    """Every way in which a list may tell its number: a total, its lines, the people in them, a number in its words."""
    lines = target.xpath(".//li[not(ancestor::li)] | .//tbody/tr")
    named = [line for line in lines if line.get("data-kind") == kind] if kind else []
    people = sum(int(line.get("data-people", 0)) for line in named)
    if named:
        return {len(named), people}
    totals = {int(each) for each in target.xpath("descendant-or-self::*/@data-total")}
    return totals or {len(lines), *_numbers(target.text_content())}


def _numbers(words) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", words)]


def _told(value) -> int:
    return len(value) if isinstance(value, list) else value
