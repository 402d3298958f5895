"""A report from a saved file, or fetched from a host that the committee's office has allowed; then it is captured.

Nothing here runs inside a transaction: a slow site must not keep everybody else from writing.
"""

import email
import email.errors
import hashlib
import io
import zipfile
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from protego import Protego

from ..shared import fetch
from ..shared.refusals import Refused, require
from . import commands, extract, policies, shell
from .models import Snapshot, Source

#: robots.txt is asked for once a day and read up to so many bytes (RFC 9309, 2.5: at least 500 KiB).
ROBOTS_AGE, MOST_ROBOTS = 86_400, 512_000
#: A saved Word file unpacks to no more (bytes).
MOST_UNPACKED = 60_000_000
#: A saved web archive (.mht) has no more parts, nor lines that might begin one.
MOST_PARTS = 20_000


def upload(*, by, committee, file, origin_url="", key=""):
    """Capture a saved page (.html, .mht, .txt, .docx). Raises Refused for what is too large or cannot be read.

    A PDF is refused with a word: its text comes in the order of the layout, so that a pasted one reads better.
    """
    require(policies.may_capture(by, committee))
    require(file.size <= extract.MOST, _("文件最大 5 MB。"), field="file")
    raw, name = file.read(extract.MOST + 1), file.name.lower()
    if name.endswith((".html", ".htm")):
        page = _article(raw, "", origin_url.strip(), "file")
    elif name.endswith((".mht", ".mhtml")):
        raw, declared, url = _archive(raw)
        page = _article(raw, declared, origin_url.strip() or url, "file")
    elif name.endswith(".docx"):
        page = shell.read(_word(raw))
    else:
        pasted = _("PDF 里的文字顺序认不准，请打开后全选、复制，用粘贴的办法收录。")
        require(not name.endswith(".pdf"), pasted, field="file")
        require(name.endswith(".txt"), _("只收 .html、.mht、.txt、.docx 文件。"), field="file")
        page = shell.read(extract.decoded(raw))
    require(page.title and page.body, _("文件里没有找到标题和正文。"), field="file")
    return commands.capture(
        by=by, committee=committee, page=page, origin_url=origin_url, way=Snapshot.Way.UPLOADED, key=key
    )


def take(*, by, committee, url, key=""):
    """Fetch a page and capture it. Raises Refused for a host that is not allowed, that says no, or gives no page."""
    require(policies.may_capture(by, committee))
    url = url.strip().split("#")[0]
    try:
        asked = _robots(url).can_fetch(url, fetch.AGENT)
        require(asked, _("这个网站不让程序取这一页（robots.txt），请打开后粘贴。"), field="url")
        got = fetch.get(url, may_visit=_require_allowed, most=extract.MOST, **settings.NEWS_FETCH)
    except fetch.DoorShut as fault:
        raise Refused(_("没有取到：网站没有答复、太慢、太大，或者地址不对。请打开后粘贴。"), field="url") from fault
    require(got.status == 200, _("网站答复 %(n)s，没有取到这一页。") % {"n": got.status}, field="url")
    kind, _sep, rest = got.kind.lower().partition(";")
    require(kind.strip() in ("text/html", "application/xhtml+xml", ""), _("这个地址不是网页。"), field="url")
    page = _article(got.body, rest.partition("charset=")[2].strip(" \"'"), got.url, "url")
    page.origin_url = got.url
    return commands.capture(by=by, committee=committee, page=page, way=Snapshot.Way.FETCHED, key=key)


def _require_allowed(url) -> None:
    """Raise Refused for a host that is not on the list; asked again of every redirect."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    known = Source.objects.filter(host=host).exists()
    sentence = _("只从登记过的网站取网页，这里没有 %(host)s。请粘贴，或请政协办公室登记。")
    require(known, sentence % {"host": host[:60] or "—"}, field="url")


def _robots(url) -> Protego:
    """What the site allows programs, kept for a day; a site that cannot say forbids (RFC 9309, 2.3.1.4)."""
    _require_allowed(url)
    parts = urlsplit(url)
    where = f"{parts.scheme}://{parts.netloc}/robots.txt"
    key = "robots:" + hashlib.sha256(where.encode()).hexdigest()
    text = cache.get(key)
    if text is None:
        got = fetch.get(where, may_visit=_require_allowed, most=MOST_ROBOTS, **settings.NEWS_FETCH)
        if got.status >= 500:
            raise fetch.DoorShut("robots.txt cannot be read")
        text = got.body.decode("utf-8", "replace") if got.status < 400 else ""
        cache.set(key, text, ROBOTS_AGE)
    return Protego.parse(text)


def _article(raw, declared, url, field):
    try:
        return extract.article(raw, declared=declared, url=url)
    except extract.NoArticle as fault:
        raise Refused(_("没有从网页里认出标题和正文，请打开后全选、复制，用粘贴的办法收录。"), field=field) from fault


def _archive(raw) -> tuple[bytes, str, str]:
    """(the page, its declared encoding, its address) of a web archive (RFC 2557): the part that it starts with.

    Raises Refused for what is none or has too many parts; the size is that of the upload, as a part only shrinks.
    """
    broken = Refused(_("这个 .mht 文件打不开：坏了，或者里面没有网页。"), field="file")
    if raw.count(b"\n--") > MOST_PARTS:  # before it is parsed: a part begins with such a line
        raise Refused(_("这个文件里的部分太多。"), field="file")
    try:
        whole = email.message_from_bytes(raw)
        pages = [part for part in whole.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        start = str(whole.get_param("start", ""))
        page = next((part for part in pages if start and part["Content-ID"] == start), pages[0] if pages else None)
        if page is None:
            raise broken
        address = str(page["Content-Location"] or whole["Snapshot-Content-Location"] or "").strip()
        address = address if address.startswith(("http://", "https://")) else ""
        return page.get_payload(decode=True) or b"", str(page.get_content_charset() or ""), address[:500]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, email.errors.MessageError) as fault:
        raise broken from fault


def _word(raw) -> str:
    """The paragraphs of a Word file. Raises Refused for one that is broken or unpacks too large."""
    broken = Refused(_("这个 Word 文件打不开：坏了，或者不是 .docx。"), field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MOST_UNPACKED:
            raise Refused(_("这个文件解开后太大。"), field="file")
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(raw)).paragraphs)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError, etree.LxmlError) as fault:
        raise broken from fault
