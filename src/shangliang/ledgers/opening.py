"""Opening a form that somebody handed in: what could harm is refused in words before the library reads a byte.

openpyxl reads with the standard XML parser, makes every cell of a merged range, and drops what it does not know; so
entities, far cells and wide ranges are refused here, and whatever runs or reaches outside is not taken at all.
"""

import io
import re
import warnings
import zipfile
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from ..shared.refusals import Refused

MOST = 2 << 20
#: Unpacked, and how many parts; a form of twenty sheets has about fifty.
MOST_UNPACKED, MOST_PARTS = 30 << 20, 400
#: Rows × columns of one sheet up to its furthest cell or format, and cells of all ranges that are merged or linked.
MOST_CELLS = 100_000
#: Elements of one part: the library makes an object of each format, however small it is in the file.
MOST_ELEMENTS = 200_000
_RUNS = re.compile(r"vbaProject|macrosheets/|activeX|/embeddings/|ctrlProps", re.I)
_OUTSIDE = re.compile(r"externalLinks/|connections\.xml|queryTables/|/model/", re.I)
_XML = (b"<", b"\0<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def opened(raw: bytes) -> Workbook:
    """The form as openpyxl reads it, with its looks and formulas. Raises Refused for anything but a plain .xlsx."""
    _require_xlsx(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _require_harmless(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it drops is told on the page: lost_in()
            book = load_workbook(io.BytesIO(raw), rich_text=True)
    except Refused:
        raise
    except Exception as error:  # a hostile file raises whatever it likes inside the library
        raise Refused(_("这个表格打不开：文件坏了。请用表格软件打开，另存为 xlsx 再传。"), field="file") from error
    if not book.worksheets:
        raise Refused(_("这个文件里没有表格。"), field="file")
    return book


def lost_in(raw: bytes) -> bool:
    """Whether the form holds drawings or charts that do not come along into the filled one."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return any(name.startswith(("xl/drawings/", "xl/charts/")) for name in packed.namelist())


def _require_xlsx(raw: bytes) -> None:
    if len(raw) > MOST:
        large = _("文件超过 %(most)s MB。空白表没有这么大，请删掉多余的内容再传。")
        raise Refused(large % {"most": MOST >> 20}, field="file")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("这是旧版的 xls，或者加了密码。请用表格软件打开，去掉密码，另存为 xlsx 再传。"), field="file")
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise Refused(_("这是网页格式的表格。请用表格软件打开，另存为 xlsx 再传。"), field="file")
    if not raw.startswith(b"PK\x03\x04"):
        raise Refused(_("这不是 xlsx 表格（可能是 CSV 改了名字）。请用表格软件打开，另存为 xlsx 再传。"), field="file")


def _require_harmless(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(_("这个表格解开后太大。请删掉多余的表和格式再传。"), field="file")
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(_("这不是 xlsx 表格。请用表格软件打开，另存为 xlsx 再传。"), field="file")
    if any(_RUNS.search(name) for name in names) or b"macroEnabled" in packed.read("[Content_Types].xml"):
        raise Refused(_("这个表格带有宏或控件，不能收。请另存为不带宏的 xlsx 再传。"), field="file")
    if any(_OUTSIDE.search(name) for name in names):
        raise Refused(_("这个表格连着别的文件或数据库，不能收。请断开链接再传。"), field="file")
    for part in parts:
        # A sheet may lie under any name: what begins like XML is looked through, whatever it is called.
        body = packed.read(part)
        if part.filename.endswith((".xml", ".rels", ".vml")) or body.lstrip().startswith(_XML):
            Look().at(body)


class Look:
    """One look through an XML part: no entities, no links but plain hyperlinks, no cell too far, no range too wide."""

    def __init__(self):
        self.is_sheet = False
        self.row = self.column = self.ranged = self.elements = 0

    def at(self, body: bytes) -> None:
        """Raises Refused or ExpatError."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._element
        parser.Parse(body, True)

    def _doctype(self, *args):
        raise Refused(_("这个表格里有不该有的内容（实体定义），不能收。"), field="file")

    def _element(self, name, attributes):
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise Refused(_("这个表格解开后太大。请删掉多余的表和格式再传。"), field="file")
        kind = name.rsplit(":", 1)[-1]
        outside = kind == "Relationship" and attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Refused(_("这个表格连着别的文件或数据库，不能收。请断开链接再传。"), field="file")
        self.is_sheet = self.is_sheet or kind == "worksheet"
        if not self.is_sheet:
            return
        if kind in ("mergeCell", "hyperlink") and attributes.get("ref"):
            self._range(attributes["ref"])
        elif kind in ("row", "c"):
            self._cell(kind, attributes.get("r", ""))
        if max(self.row, 1) * max(self.column, 1) > MOST_CELLS or self.row > MOST_CELLS // 10:
            raise Refused(_("表格最远的一格太远了。请删掉表格以外的空行和空列，再传。"), field="file")

    def _cell(self, kind, place):
        """Cells without a place follow one another; a place that is none is the library's to refuse."""
        if kind == "row":
            self.row = max(self.row + 1, int(place)) if place.isdecimal() else self.row + 1
        elif found := _CELL.fullmatch(place):
            self.row = max(self.row, int(found[2]))
            number = 0
            for letter in found[1]:
                number = number * 26 + ord(letter) - 64
            self.column = max(self.column, number)
        else:
            self.column += 1

    def _range(self, ref):
        left, top, right, bottom = (edge or MOST_CELLS for edge in range_boundaries(ref))
        self.ranged += (right - left + 1) * (bottom - top + 1)
        if self.ranged > MOST_CELLS:
            raise Refused(_("表格里合并的格子太多太大。请删掉表格以外的格式，再传。"), field="file")
