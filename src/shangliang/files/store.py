"""The folder of files: each whole or absent, on disk before the database is told."""

import contextlib
import datetime as dt
import os
import secrets
from pathlib import Path

from django.conf import settings


def write(path: Path, body: bytes) -> None:
    """Write a file that after a power cut is whole or absent, readable by the server alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        os.rename(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    # The month's folder may be new, and the year's: a name is safe once its folder is on disk.
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync(folder)


def discard(*paths: Path) -> None:
    """Remove files; one that is gone already is no mistake."""
    for path in paths:
        path.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            _sync(path.parent)


def left_behind(known: set[str], before: dt.datetime) -> list[Path]:
    """Files older than ``before`` that no row knows: leavings of a crash or of undone work."""
    return sorted(
        path
        for path in settings.MEDIA_ROOT.glob("[0-9]*/[0-9]*/*")
        if path.name not in known and path.stat().st_mtime < before.timestamp()
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
