"""Taking a report in, once and for good, with its words by which others are found to be about the same thing."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ...journal import once
from ...journal.record import command, record
from ...shared import alike, clock
from ...shared.refusals import require
from .. import events, policies, shell
from ..models import Keyword, Mention, Snapshot

MOST = 100_000
#: Characters of an address.
LONGEST = 500
#: So many of the latest snapshots are compared for texts that are nearly the same, and read for a new keyword.
COMPARED = 500


@command
def capture(*, by, committee, text="", page=None, origin_url="", way=Snapshot.Way.PASTED, key=""):
    """Keep a report: the pasted ``text`` of its page, or a ``page`` (shell.Page) that was read from a file or address.

    The article's text is kept for good. The same key gives the same snapshot. Raises Refused for a page without a
    title or a text, too long a text, or an address that is none.
    """
    require(policies.may_capture(by, committee))
    field = "text" if page is None else None
    length = len(text if page is None else page.body)
    require(length <= MOST, _("最多 %(max)s 字，现在是 %(now)s 字。") % {"max": MOST, "now": length}, field=field)
    page = page or shell.read(text)
    require(page.title, _("第一行请写标题。"), field=field)
    require(page.body, _("没有找到正文：标题下面请贴上报道的文字。"), field=field)
    url = _address(origin_url.strip() or page.origin_url)
    asked = [text or page.body, url]
    if made := once.made(key, asked, Snapshot):
        return made
    known = {"digest": alike.digest(page.body), "address": alike.same_address(url)}
    made = Snapshot.objects.create(
        committee=committee, way=way, title=page.title[:200], category=page.category[:20],
        channel=page.channel[:60], reprinted_from=page.reprinted_from[:60], byline=page.byline[:60], origin_url=url,
        body=page.body, length=len(page.body), published_at=_moment(page.published_at),
        captured_at=_moment(page.captured_at) or clock.now(), captured_by=by,
        first=_earliest(page.body, **known), **known,
    )  # fmt: skip
    _find_keywords(made)
    if key:
        once.remember(key, asked, made)
    told = events.SnapshotCaptured(
        title=made.title, medium=made.medium, length=made.length, text_digest=made.digest
    )
    record(told, about=made, by=by)
    return made


def _address(url) -> str:
    """The address if it can be kept. Raises Refused."""
    plain = not url or (url.startswith(("http://", "https://")) and bool(alike.same_address(url)))
    require(plain, _("地址要以 http:// 或 https:// 开头。"), field="origin_url")
    longest = max(len(url), len(alike.same_address(url)))
    require(longest <= LONGEST, _("地址最多 %(max)s 字。") % {"max": LONGEST}, field="origin_url")
    return url


def _find_keywords(made) -> None:
    """Note which known keywords stand in the new report, and which earlier reports have the keywords it brings."""
    text = f"{made.title}\n{made.body}"
    known = {row.word: row for row in Keyword.objects.iterator(chunk_size=2000) if row.word in text}
    found = [(row, made.pk, row.word in made.title) for row in known.values()]
    latest = list(Snapshot.objects.order_by("-pk").values_list("pk", flat=True)[:COMPARED])
    for word in alike.quoted(made.title):
        if word not in known:
            row = Keyword.objects.create(committee=made.committee, word=word)
            rows = Snapshot.objects.filter(Q(title__contains=word) | Q(body__contains=word), pk__in=latest)
            found += [(row, pk, word in title) for pk, title in rows.values_list("pk", "title")]
    Mention.objects.bulk_create(
        [Mention(keyword=row, snapshot_id=pk, in_title=in_title) for row, pk, in_title in found]
    )


def _moment(text):
    """An aware moment of the installation's time zone; None for a text that is none, or of no year of ours."""
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"):
        try:
            found = timezone.make_aware(dt.datetime.strptime(text, form))
        except ValueError:
            continue
        return found if 1949 <= found.year <= 2100 else None
    return None


def _earliest(body, digest, address):
    """The first snapshot of the same report: same address, same text, or nearly the same text."""
    same = Q(digest=digest) | (Q(address=address) if address else Q(pk=None))
    found = Snapshot.objects.filter(same).order_by("captured_at", "pk").first()
    if found is None:
        ours = alike.shingles(body)
        latest = Snapshot.objects.order_by("-pk").only("pk", "body", "first")[:COMPARED]
        near = [row for row in latest if alike.likeness(ours, alike.shingles(row.body)) >= alike.NEAR]
        found = near[-1] if near else None
    return found and (found.first or found)
