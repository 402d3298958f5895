"""Reading what other systems give out: JSON lines, CSV in the usual encodings, xlsx and xls, whatever the name says.

Rows come out as plain dicts with our own field names; nothing is computed, a formula stays the text it is.
"""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from ..shared.refusals import Refused

MAX_BYTES = 200 * 1024 * 1024
#: A sheet is read as a full rectangle: one stray cell in its last corner would ask for all the memory there is.
MAX_CELLS = 10_000_000
#: So many rows may stand above the headings, for a title.
MOST_ABOVE = 5
#: Of the headings that give-outs of hotlines and mailboxes use, which means what.
HEADINGS = {
    "id": "编号 留言编号 工单编号 诉求编号 id no",
    "title": "标题 主题 留言主题 诉求标题 事项 title subject",
    "text": "内容 正文 留言内容 留言详情 诉求内容 反映内容 问题描述 text body content message",
    "time": "时间 日期 留言时间 反映时间 来信时间 来电时间 登记时间 time date created_at reported_at",
    "place": "地点 地址 位置 事发地点 村 村(社区) 镇街 place address location region",
    "name": "姓名 名字 联系人 反映人 来电人 name",
    "phone": "电话 电话号码 联系电话 手机 手机号 联系方式 phone tel telephone mobile",
    "channel": "渠道 来源 来源渠道 channel source",
}
FIELDS = {word: field for field, words in HEADINGS.items() for word in words.split()}
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def read(path: Path) -> list[tuple[int, dict | None]]:
    """The rows of a file as (row number as a spreadsheet counts, {field: value}); None for a row that is no record.

    Raises Refused for a file that cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise Refused(_("文件超过 200 MB，请分成几个再导入。"))
    raw = path.read_bytes()
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return list(_table(_workbook(raw)))
    text = _decoded(raw).lstrip("\ufeff")
    if text.lstrip()[:1] == "{":
        return list(_json_lines(text))
    if text.lstrip()[:1] == "<":
        raise Refused(_("这是网页格式的表格。请用表格软件打开，另存为 xlsx 再导入。"))
    return list(_table(_csv(text)))


def _decoded(raw: bytes) -> str:
    """The text of UTF-8 (with or without mark), UTF-16 with mark, or GB18030, which every older system writes."""
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("看不懂这个文件的文字编码。请另存为 UTF-8 的 CSV 或 xlsx 再导入。"))


def _json_lines(text: str):
    # Only real line ends: JSON may carry U+2028 inside a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        yield number, _named(record) if isinstance(record, dict) else None


def _named(record: dict) -> dict:
    """The fields that we know, of the first heading that holds anything."""
    row: dict = {}
    for heading, value in record.items():
        field = field_of(heading)
        if field and not row.get(field):
            row[field] = value
    return row


def field_of(heading) -> str | None:
    """Our name of a column, or None for one that we do not take over."""
    plain = unicodedata.normalize("NFKC", str(heading)).strip().lower().replace(" ", "")
    return FIELDS.get(plain)


def _table(rows: Iterable[list]) -> Iterator[tuple[int, dict]]:
    """The rows below the headings; empty rows are passed over, a title above the headings too."""
    headings: list[str] = []
    above: list[str] = []
    for number, row in enumerate(rows, 1):
        if not any(_filled(cell) for cell in row):
            continue
        if headings:
            yield number, _named(dict(_cells(headings, row)))
            continue
        words = [str(cell or "").strip() for cell in row]
        if {field_of(word) for word in words} & {"text", "title"}:
            headings = words
        else:
            above.append("、".join(word for word in words if word))
            if len(above) == MOST_ABOVE:
                break
    if not headings:
        raise Refused(
            _("没有找到“内容”这一栏（也可以写作 %(words)s）。开头写的是：%(found)s")
            % {"words": "、".join(HEADINGS["text"].split()), "found": "；".join(above)[:200] or _("空的")}
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


def _workbook(raw: bytes) -> Iterator[list]:
    """The rows of the first sheet that holds anything. The library knows xlsx from xls by their content."""
    try:
        _require_bounded(raw)
        book = CalamineWorkbook.from_object(io.BytesIO(raw))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        sheet = next((sheet for sheet in sheets if sheet.total_height), None)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(_("这个表格打不开：文件坏了，或者加了密码。请另存为 xlsx 再导入。")) from error
    return ([_plain(cell) for cell in row] for row in sheet.iter_rows()) if sheet else iter(())


def _require_bounded(raw: bytes) -> None:
    """Refuse a packed workbook that would not fit into memory. Raises Refused."""
    if not raw.startswith(b"PK"):
        return  # an xls ends at 65,536 rows and 256 columns
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(member.file_size for member in packed.infolist()) > 4 * MAX_BYTES:
            raise Refused(_("这个表格解开后太大，请分成几个再导入。"))
        for member in packed.namelist():
            if member.startswith("xl/worksheets/") and _area(packed.open(member)) > MAX_CELLS:
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
