"""Reading what other systems give out: JSON lines, CSV in the usual encodings, xlsx and xls, whatever the name says.

Rows come out as plain dicts with the field names of the reader's columns; nothing is computed, a formula stays the
text it is.
"""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from .refusals import Refused

#: A sheet is read as a full rectangle: one stray cell in its last corner would ask for all the memory there is.
BYTES_PER_CELL = 20
#: So many rows may stand above the headings, for a title.
MOST_ABOVE = 5
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Columns:
    """What a reader looks for: the headings that mean each field, and the fields of which one must be there."""

    headings: dict
    needed: tuple

    @cached_property
    def fields(self) -> dict:
        """Heading → field."""
        return {word: field for field, words in self.headings.items() for word in words.split()}

    def field_of(self, heading) -> str | None:
        """Our name of a column, or None for one that is not taken over."""
        plain = unicodedata.normalize("NFKC", str(heading)).strip().lower().replace(" ", "")
        return self.fields.get(plain)

    def named(self, record: dict) -> dict:
        """The fields that we know, of the first heading that holds anything."""
        row: dict = {}
        for heading, value in record.items():
            field = self.field_of(heading)
            if field and not row.get(field):
                row[field] = value
        return row


def read(raw: bytes, columns: Columns, most: int) -> list[tuple[int, dict | None]]:
    """The rows of a file as (row number as a spreadsheet counts, {field: value}); None for a row that is no record.

    ``most`` is the largest size in bytes. Raises Refused for a file that cannot be read.
    """
    if len(raw) > most:
        raise Refused(_("文件超过 %(most)s MB，请分成几个再导入。") % {"most": most >> 20})
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return list(_table(_workbook(raw, most), columns))
    text = _decoded(raw).lstrip("\ufeff")
    if text.lstrip()[:1] == "{":
        return list(_json_lines(text, columns))
    if text.lstrip()[:1] == "<":
        raise Refused(_("这是网页格式的表格。请用表格软件打开，另存为 xlsx 再导入。"))
    return list(_table(_csv(text), columns))


def grid(raw: bytes, most: int) -> tuple[list[list], list[tuple[int, int, int]]]:
    """All rows of a table, row 1 first, and its cells merged downwards as (top, left, bottom), counted from nought.

    ``most`` is the largest size in bytes. Raises Refused for a file that cannot be read.
    """
    if len(raw) > most:
        raise Refused(_("文件超过 %(most)s MB，请分成几个再导入。") % {"most": most >> 20})
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        sheet = _sheet(raw, most)
        return ([[_plain(cell) for cell in row] for row in sheet.iter_rows()], _merged(sheet)) if sheet else ([], [])
    text = _decoded(raw).lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        raise Refused(_("这是网页格式的表格。请用表格软件打开，另存为 xlsx 再导入。"))
    return list(_csv(text)), []


def _merged(sheet) -> list[tuple[int, int, int]]:
    ranges, (_first, shift) = sheet.merged_cell_ranges or [], sheet.start  # rows begin at the first column in use
    return [(top, left - shift, bottom) for (top, left), (bottom, _right) in ranges if bottom > top]


def _decoded(raw: bytes) -> str:
    """The text of UTF-8 (with or without mark), UTF-16 with mark, or GB18030, which every older system writes."""
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("看不懂这个文件的文字编码。请另存为 UTF-8 的 CSV 或 xlsx 再导入。"))


def _json_lines(text: str, columns: Columns):
    # Only real line ends: JSON may carry U+2028 inside a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        yield number, columns.named(record) if isinstance(record, dict) else None


def _table(rows: Iterable[list], columns: Columns) -> Iterator[tuple[int, dict]]:
    """The rows below the headings; empty rows are passed over, a title above the headings too."""
    headings: list[str] = []
    above: list[str] = []
    for number, row in enumerate(rows, 1):
        if not any(_filled(cell) for cell in row):
            continue
        if headings:
            yield number, columns.named(dict(_cells(headings, row)))
            continue
        words = [str(cell or "").strip() for cell in row]
        if {columns.field_of(word) for word in words} & set(columns.needed):
            headings = words
        else:
            above.append("、".join(word for word in words if word))
            if len(above) == MOST_ABOVE:
                break
    if not headings:
        first, *others = columns.headings[columns.needed[0]].split()
        raise Refused(
            _("没有找到“%(first)s”这一栏（也可以写作 %(others)s）。开头写的是：%(found)s")
            % {"first": first, "others": "、".join(others), "found": "；".join(above)[:200] or _("空的")}
        )


def _filled(cell) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())


def _cells(headings, row):
    for heading, cell in zip(headings, row, strict=False):
        if heading and _filled(cell):
            yield heading, cell


def _csv(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t，", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    try:
        return list(reader)
    except csv.Error as error:
        raise Refused(
            _("CSV 第 %(line)s 行读不下去，多半是引号没有成对。") % {"line": reader.line_num}
        ) from error


def _workbook(raw: bytes, most: int) -> Iterator[list]:
    """The rows of the first sheet that holds anything."""
    sheet = _sheet(raw, most)
    return ([_plain(cell) for cell in row] for row in sheet.iter_rows()) if sheet else iter(())


def _sheet(raw: bytes, most: int):
    """The first sheet that holds anything, or None. The library knows xlsx from xls by their content."""
    try:
        _require_bounded(raw, most)
        book = CalamineWorkbook.from_object(io.BytesIO(raw))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        return next((sheet for sheet in sheets if sheet.total_height), None)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(_("这个表格打不开：文件坏了，或者加了密码。请另存为 xlsx 再导入。")) from error


def _require_bounded(raw: bytes, most: int) -> None:
    """Refuse a packed workbook that would not fit into memory. Raises Refused."""
    if not raw.startswith(b"PK"):
        return  # an xls ends at 65,536 rows and 256 columns
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(member.file_size for member in packed.infolist()) > 4 * most:
            raise Refused(_("这个表格解开后太大，请分成几个再导入。"))
        for member in packed.namelist():
            if member.startswith("xl/worksheets/") and _area(packed.open(member)) > most // BYTES_PER_CELL:
                raise Refused(_("表格最远的一格太远了。请删掉数据以外的行和列，再导入。"))


def _area(sheet) -> int:
    """Rows × columns up to the furthest cell of a sheet's XML."""
    row = column = 0
    rest = b""
    with sheet:
        while block := sheet.read(1 << 20):
            for letters, digits in _CELL.findall(rest + block):
                row, column = max(row, int(digits)), max(column, _column(letters))
            rest = block[-20:]
    return row * column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _plain(cell):
    """A cell as text, or as the date it is; whole numbers without their decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, (str, dt.date)) else str(cell)


def clean(value) -> str:
    """A value as text that every database takes: no control characters or broken ones, ends trimmed."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def moment_of(value) -> dt.datetime | None:
    """The moment of a date, a time or of what people write for one; a day alone means nine in the morning."""
    if not isinstance(value, dt.date):
        plain = unicodedata.normalize("NFKC", clean(value))
        plain = re.sub(r"[年月/.](?=\s*\d)", "-", plain, count=2)
        plain = plain.replace("日", " ").replace("时", ":").replace("分", "")
        plain = " ".join(plain.split()).rstrip(":")
        try:
            value = parse_date(plain) if len(plain) <= 10 else parse_datetime(plain)
        except ValueError:
            return None
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time(9))
    try:
        return timezone.make_aware(value) if timezone.is_naive(value) else value.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
