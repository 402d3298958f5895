"""Turning what people hand in into what may be kept: clean JPEG copies of pictures, papers as PDF.

A picture is decoded in a short-lived process of its own (decoder.py): importing Pillow there costs
50 ms, and in exchange a decoder's crash, endless loop or hunger for memory hurts nobody. A fork
would inherit the locks of the server's other threads, and a pool would keep for the next picture
what a hostile one did to it.
"""

import hashlib
import json
import secrets
import subprocess
import sys
import threading
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from ..shared.refusals import Refused

MAX_FILES = 6
MAX_MB, MAX_PAPER_MB = 12, 20
#: Seconds of patience on a busy machine; the decoder itself may use only 5 s of processor time.
PATIENCE = 20
DECODER = Path(__file__).with_name("decoder.py")
#: However many threads serve, two decoders at most share the machine with them.
_places = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Ready:
    """A file that passed every check: ``body`` will be kept, never a picture's original bytes.

    ``name`` is what the person called it, cleaned to be shown; a paper has no width and height.
    """

    name: str
    media_type: str
    body: bytes = field(repr=False)
    thumbnail: bytes = field(default=b"", repr=False)
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        """Length in bytes of what will be kept."""
        return len(self.body)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of what will be kept, 64 hex digits; the same upload gives the same value."""
        return hashlib.sha256(self.body).hexdigest()


def make_ready(uploads, *, papers: bool = False) -> list[Ready]:
    """Check and re-encode what was handed in; with ``papers`` a PDF of up to 20 MB passes too.

    What is ready already stays as it is, so that a form can do the slow work before the command
    takes the database's writer lock. Raises Refused, naming the file, at the first that fails.
    """
    uploads = list(uploads)
    if len(uploads) > MAX_FILES:
        raise Refused(
            _("一次最多交 %(most)d 个文件，您选了 %(count)d 个，请分几次交。")
            % {"most": MAX_FILES, "count": len(uploads)}
        )
    return [u if isinstance(u, Ready) else _one(u, papers=papers) for u in uploads]


def random_name(media_type: str) -> str:
    """A file name that nobody can guess and that owes nothing to the sender: 128 random bits."""
    return secrets.token_hex(16) + (".pdf" if media_type == "application/pdf" else ".jpg")


def shown_name(name: str | None) -> str:
    """The sender's file name fit to be shown: last part only, nothing invisible, 24 characters."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ").strip()
    if len(seen) > 24:
        seen = f"{seen[:14]}…{seen[-9:]}"
    return seen or _("没有名字的文件")


def _one(upload, *, papers: bool) -> Ready:
    name = shown_name(upload.name)
    upload.seek(0)
    start = upload.read(5)
    is_paper = papers and start == b"%PDF-"
    most = MAX_PAPER_MB if is_paper else MAX_MB
    # One byte more than allowed is enough to know, whatever size the sender claims.
    raw = start + upload.read(most * 1024 * 1024 + 1 - len(start))
    if not raw:
        raise Refused(_("“%(name)s”是空文件，请重新选一个。") % {"name": name})
    if len(raw) > most * 1024 * 1024:
        raise Refused(
            _("“%(name)s”太大了，最大 %(most)d MB，请换一个小一点的。")
            % {"name": name, "most": most}
        )
    if is_paper:
        return Ready(name, "application/pdf", raw)
    return _picture(name, raw, papers=papers)


def _picture(name: str, raw: bytes, *, papers: bool) -> Ready:
    head, rest = _decode(raw)
    if "error" in head:
        raise Refused(_sentence(head["error"], papers) % {"name": name})
    split = head["split"]
    return Ready(name, "image/jpeg", rest[:split], rest[split:], head["width"], head["height"])


def _sentence(error: str, papers: bool) -> str:
    if error == "too_many_pixels":
        return _("“%(name)s”的尺寸太大（超过 4000 万像素），请用手机的普通模式重拍一张。")
    if error == "broken":
        return _("“%(name)s”打不开，可能没有传完整，请重拍一张或换一张。")
    if papers:
        return _("“%(name)s”不是照片，也不是 PDF 文件。请选照片（JPG、PNG、WEBP、HEIC）或 PDF。")
    return _("“%(name)s”不是照片。请选手机拍的照片（JPG、PNG、WEBP、HEIC）。")


def _decode(raw: bytes) -> tuple[dict, bytes]:
    """Run the decoder on the bytes; when it dies or dawdles, the picture is broken."""
    with _places:
        try:
            # -I: neither the environment nor the working directory decides what is imported.
            child = subprocess.run(
                [sys.executable, "-I", str(DECODER)],
                input=raw,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                env={},
                cwd="/",
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": "broken"}, b""
    line, _newline, rest = child.stdout.partition(b"\n")
    if child.returncode or not line:
        return {"error": "broken"}, b""
    return json.loads(line), rest
