"""Keeping, publishing, withholding and erasing files."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from ..journal.record import command, record
from ..shared import clock
from ..shared.refusals import Refused, require
from . import events, pictures, policies, store
from .models import Attachment

#: How long a file may lie without a row: far longer than any transaction lasts.
ORPHAN_AGE = dt.timedelta(days=1)


@dataclass
class Sweep:
    """What a sweep found: paths removed that no row knew, names of rows whose file is gone."""

    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@command
def attach(*, by, about, role, uploads, captions=None) -> list[Attachment]:
    """Keep what was handed in with a stored record; part of a larger command, whose event tells it.

    ``uploads`` are uploaded files or what :func:`pictures.make_ready` made of them; ``captions``
    go with them in the same order. The files are on disk before their rows are written.
    Raises Refused for a file that may not be kept.
    """
    ready = pictures.make_ready(uploads, papers=role == Attachment.Role.PAPER)
    captions = [*(captions or ()), *[""] * len(ready)]
    kept: list[Attachment] = []
    try:
        for item, caption in zip(ready, captions, strict=False):
            kept.append(_row(about, role, item, caption))
            store.write(kept[-1].path, item.body)
            if item.thumbnail:
                store.write(kept[-1].thumbnail_path, item.thumbnail)
            kept[-1].save(force_insert=True)
    except BaseException:
        store.discard(*_paths(kept))
        raise
    return kept


@command
def add_sign(*, by, venue, uploads) -> list[Attachment]:
    """Keep photographs of a place's sign (门牌标识); they are public only after somebody has looked at them."""
    require(policies.may_add_sign(by, venue))
    require(uploads, _("请选一张门牌的照片。"), field="uploads")
    kept = attach(by=by, about=venue, role=Attachment.Role.SIGN, uploads=uploads)
    record(events.SignAdded(venue=venue.name, count=len(kept)), about=venue, by=by)
    return kept


@command
def publish_attachment(*, by, attachment):
    """Open a reviewed file to everybody."""
    require(policies.may_publish_attachment(by, attachment))
    _open(attachment, True)
    record(events.AttachmentPublished(**_told(attachment)), about=attachment, by=by)


@command
def withhold_attachment(*, by, attachment, why):
    """Make a public file private again, for a reason."""
    require(policies.may_withhold_attachment(by, attachment))
    require(why.strip(), _("请写明为什么收回。"), field="why")
    _open(attachment, False)
    record(events.AttachmentWithheld(**_told(attachment)), about=attachment, by=by, why=why)


@command
def erase_files(*, by, attachments) -> int:
    """Erase files for good: rows now, bytes at the commit; returns how many (PIPL art. 47)."""
    attachments = list(attachments)
    for attachment in attachments:
        require(policies.may_erase_files(by, attachment))
        record(events.FileErased(**_told(attachment)), about=attachment, by=by)
    paths = _paths(attachments)
    # By primary key and judged one by one above: the clock erases for every committee.
    Attachment.everywhere.filter(pk__in=[a.pk for a in attachments]).delete()
    transaction.on_commit(lambda: store.discard(*paths))
    return len(attachments)


def sweep_orphans(*, by) -> Sweep:
    """Remove files older than a day that no row knows; list rows whose file is missing."""
    rows = list(Attachment.everywhere.only("name", "media_type", "added_at").order_by("pk"))
    known = {name for row in rows for name in (row.name, row.thumbnail_name)}
    orphans = store.left_behind(known, clock.now() - ORPHAN_AGE)
    store.discard(*orphans)
    return Sweep(
        removed=[str(path) for path in orphans],
        missing=[row.name for row in rows if not all(path.exists() for path in _paths([row]))],
    )


def _row(about, role, item, caption) -> Attachment:
    case = getattr(about, "case", about)
    region = getattr(about, "region", None) or getattr(case, "region", None)
    return Attachment(
        committee_id=about.committee_id,
        case_no=getattr(about, "case_no", ""),
        subject=about._meta.label_lower,
        subject_id=about.pk,
        region_code=region.code if region else "",
        role=role,
        name=pictures.random_name(item.media_type),
        media_type=item.media_type,
        sha256=item.sha256,
        size=item.size,
        width=item.width,
        height=item.height,
        caption=" ".join(caption.split())[:80],
        added_at=clock.now().astimezone(dt.UTC),
    )


def _paths(attachments) -> list:
    return [
        path
        for a in attachments
        for path in ([a.path, a.thumbnail_path] if a.is_picture else [a.path])
    ]


def _open(attachment, is_public: bool) -> None:
    """One guarded update: of two people who press at once, one is told."""
    rows = Attachment.everywhere.filter(pk=attachment.pk, is_public=not is_public)
    if not rows.update(is_public=is_public):
        raise Refused(_("刚才已有人处理过这份材料，请看最新情况后再决定。"))
    attachment.is_public = is_public


def _told(attachment) -> dict:
    return {"kind": str(attachment.get_role_display()), "sha256": attachment.sha256}
