"""What was handed in, as rows of cells: workbooks, CSV, tables of Word, pasted tables and pasted press text."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from ..shared import sheets
from ..shared.refusals import Refused, require
from ..shared.sheets import clean

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_AREAS = 5000
MOST_TAGS = 2_000_000
#: Characters of one cell that are kept.
LONGEST = 1000
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DAY = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


@dataclass
class Grid:
    """Rows that hold anything as (number, cells), and what merged cells stand for: {"row,column": text}."""

    rows: list = field(default_factory=list)
    merged: dict = field(default_factory=dict)


def from_file(name: str, raw: bytes) -> Grid:
    """The rows of an uploaded file. Raises Refused for one that cannot be read, in words."""
    if _is_word(raw):
        return _checked(_word(raw))
    rows, merged = sheets.grid(raw, MOST_BYTES)
    return _checked(rows, merged)


def from_text(text: str) -> Grid:
    """The rows of what was pasted: a table with tabs or commas, else press text, a row for each dated sentence."""
    require(len(text) <= MOST_BYTES // 4, _("粘贴的文字太长，请分成几次。"), field="text")
    text = clean(text)
    if "\t" in text or _is_csv(text):
        delimiter = "\t" if "\t" in text else ","
        try:
            return _checked(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
        except csv.Error as error:
            raise Refused(_("这张表读不下去：多半是引号没有成对。请从表格软件里重新复制。"), field="text") from error
    return _checked(_sentences(text))


def _is_csv(text) -> bool:
    first = [line for line in text.split("\n") if line.strip()][:3]
    return len(first) > 1 and len({line.count(",") for line in first}) == 1 and "," in first[0]


def _sentences(text) -> list:
    """(date, what, place) of each sentence with a day; a day without year has that of the sentence before."""
    rows, year = [], ""
    for sentence in _SENTENCE.findall(text):
        if hit := _DAY.search(sentence):
            year = hit[1] or hit[4] or year
            month, day = hit[2] or hit[5], hit[3] or hit[6]
            rows.append([f"{year}-{month}-{day}" if year else hit[0], sentence.strip(), sentence.strip()])
    require(rows, _("没有认出带日期的句子，也不是表格。请从表格软件里复制，或者每句写明哪年哪月哪日。"), field="text")
    return [["日期", "内容", "地点"], *rows]


def _is_word(raw) -> bool:
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return "word/document.xml" in packed.namelist()
    except zipfile.BadZipFile:
        return False


def _word(raw) -> list:
    """The rows of all tables, one below the other."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]
            whole = sum(part.file_size for part in packed.infolist()) <= 4 * MOST_BYTES
            # Seven bytes make a row: the elements are counted before a tree is made of them.
            few = whole and sum(packed.read(part).count(b"<") for part in parts) <= MOST_TAGS
            require(few, _("这个文件解开后太大。"), field="file")
        body = Document(io.BytesIO(raw)).element.body
    except Refused:
        raise
    except Exception as error:  # whatever a broken file makes the library say
        raise Refused(_("这个 Word 文件打不开：文件坏了，或者加了密码。"), field="file") from error
    rows = [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iterchildren(qn("w:tc"))]
        for row in body.iter(qn("w:tr"))
    ]
    require(rows, _("这个 Word 文件里没有表格。文字请直接粘贴。"), field="file")
    return rows


def _checked(rows, merged=None) -> Grid:
    made = Grid()
    for number, row in enumerate(rows, 1):
        cells = [clean(cell)[:LONGEST] for cell in row[:MOST_COLUMNS]]
        if any(cells):
            made.rows.append([number, cells])
            require(len(made.rows) <= MOST_ROWS, _("超过 20000 行，请分成几个文件。"), field="file")
    require(made.rows, _("这里面没有内容。"), field="file")
    # An area of merged cells counts from its first cell; the number of a meeting is never multiplied by it.
    areas = merged or ()
    require(len(areas) <= MOST_AREAS, _("合并的单元格太多，请取消合并后再传。"), field="file")
    for top, left, bottom in areas:
        words = clean(rows[top][left])[:LONGEST] if top < len(rows) and left < len(rows[top]) else ""
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            made.merged[f"{row + 1},{left}"] = words
    return made
