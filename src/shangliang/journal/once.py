"""Idempotent public submissions: the same key with the same content is one record, with other content a refusal."""

from django.utils.translation import gettext as _

from ..shared import clock
from ..shared.refusals import Refused
from . import digest
from .models import Submission


def already(key: str, body) -> Submission | None:
    """The submission stored under this key, or None.

    Raises Refused when the key was used before with other content. Call it inside the command that stores the
    record: the unique key is the judge when two requests arrive together.
    """
    found = Submission.objects.filter(key=key).first()
    if found and found.body_digest != digest.digest(digest.canonical(body)):
        raise Refused(_("这张表已经提交过一次，内容却不同。请重新打开页面再填。"))
    return found


def made(key: str, body, model):
    """The record of this model that the key made before, or None; also None without a key."""
    known = already(key, body) if key else None
    return model._base_manager.get(pk=known.subject_id) if known else None


def forget(record) -> None:
    """Take away the digest of what was submitted, for an erased person; the key stays used."""
    rows = Submission.objects.filter(subject=record._meta.label_lower, subject_id=record.pk)
    rows.update(body_digest="")


def remember(key: str, body, record) -> None:
    """Store the key with the record it made."""
    Submission.objects.create(
        key=key,
        body_digest=digest.digest(digest.canonical(body)),
        subject=record._meta.label_lower,
        subject_id=record.pk,
        made_at=clock.now(),
    )
