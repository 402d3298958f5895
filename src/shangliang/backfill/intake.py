"""From a file or pasted words to a batch: read before anything is locked, so that a large file stops nobody."""

import hashlib

from django.utils.translation import gettext as _

from ..shared.refusals import require
from . import grids, policies
from .commands import keep
from .models import Batch


def read(*, by, committee, kind, name="", raw=b"", text="") -> Batch:
    """Keep the rows of a file (``raw``) or of what was pasted (``text``); nothing of it counts yet.

    Raises Refused for what cannot be read, in words.
    """
    require(policies.may_read(by, committee))
    require(raw or text.strip(), _("请选一个文件，或者粘贴文字。"), field="file")
    grid = grids.from_file(name, raw) if raw else grids.from_text(text)
    digest = "sha256:" + hashlib.sha256(raw or text.encode()).hexdigest()
    return keep(by=by, committee=committee, kind=kind, name=name, grid=grid, digest=digest)
