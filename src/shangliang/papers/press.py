"""The press: sets a typst template with given values and prints it.

Values reach the template as JSON data and are never part of its source, so nothing a citizen writes
can become an instruction. The template runs in a folder of its own and can read nothing outside it.
"""

import json
import shutil
import tempfile
import unicodedata
from pathlib import Path

import segno
import typst
from django.utils.translation import gettext as _

from ..shared.refusals import Refused
from . import fonts

TEMPLATES = Path(__file__).with_name("typst")
#: The old printers' mark for a character that is not in the case.
MISSING = "〓"


def printed(template: str, values: dict, *, codes=None, pictures=None, kind="pdf"):
    """The finished paper as bytes (as png: a list of bytes where it has several pages).

    ``codes`` maps file names to what their QR code holds, ``pictures`` file names to JPEG bytes.
    Equal values give equal bytes. Raises Refused without Chinese fonts or with a broken picture.
    """
    letters = fonts.case()
    data = {**_clean(values, letters), "sans": letters.sans, "serif": letters.serif}
    with tempfile.TemporaryDirectory(prefix="shangliang-paper-") as name:
        folder = Path(name)
        for source in (TEMPLATES / "house.typ", TEMPLATES / template):
            shutil.copyfile(source, folder / source.name)
        (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
        for file, content in (codes or {}).items():
            _qr(content).save(str(folder / file), kind="svg", border=0, dark="#0b2b2e", xmldecl=False)
        for file, body in (pictures or {}).items():
            (folder / file).write_bytes(body)
        try:
            return typst.compile(
                str(folder / template),
                root=name,
                font_paths=letters.fonts,
                ignore_system_fonts=True,
                format=kind,
                ppi=96 if kind == "png" else None,
            )
        except typst.TypstError as why:
            if pictures and "decode" in str(why):
                raise Refused(_("有一张照片打不开，请换一张再打印。")) from why
            raise


def _qr(content: str):
    try:
        return segno.make(content, error="m", micro=False, boost_error=True)
    except segno.DataOverflowError as why:
        raise Refused(_("网址太长，印不成二维码。")) from why


def _clean(value, letters):
    """The values with only characters that can be printed; containers keep their shape."""
    if isinstance(value, str):
        return _printable(value, letters)
    if isinstance(value, dict):
        return {key: _clean(item, letters) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item, letters) for item in value]
    return value


def _printable(text: str, letters) -> str:
    """One line of visible characters: emoji and marks of direction go, unknown characters become 〓."""
    kept = []
    for char in " ".join(unicodedata.normalize("NFC", text).split()):
        kind = unicodedata.category(char)
        if kind[0] == "C" or kind == "Mn":
            continue
        if letters.draws(char):
            kept.append(char)
        elif kind[0] == "L":
            kept.append(MISSING)
    return "".join(kept)
