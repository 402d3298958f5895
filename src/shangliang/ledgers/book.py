"""A ledger as an Excel workbook: heading, customary columns, ready for A4 landscape; written row by row."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from ..shared import clock
from ..shared.formats import day, moment
from .columns import write
from .shape import Asked, Ledger, Sheet

#: The most rows of one sheet; a heavy district has 15,000 voices a year.
MOST = 50_000
CHUNK = 1000
#: xlsx knows A4 by this number.
A4 = 9
_BAD = str.maketrans("", "", "[]:*?/\\'")


@dataclass
class Book:
    """A finished workbook: its bytes, and how many rows each sheet has."""

    body: bytes = b""
    rows: dict = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Rows of all sheets."""
        return sum(self.rows.values())


def part_words(asked: Asked) -> str:
    """What was asked for, in words: for the heading, and for the register of exports."""
    words = []
    if asked.since or asked.until:
        words.append(f"{day(asked.since) or '…'}—{day(asked.until) or '…'}")
    if asked.town:
        words.append(asked.town.name)
    if asked.state:
        words.append(_("按状态筛选"))
    if asked.text:
        words.append(_("按文字筛选"))  # the words themselves may be somebody's name
    return "，".join(words) or _("全部")


def told(sheet: Sheet, rows, asked: Asked, line: int = 0) -> Iterator[tuple]:
    """(record, its cells) one after the other, a thousand read at a time; ``line`` is the number of the one before."""
    records = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(records, CHUNK)):
        for record in sheet.completed(chunk, asked):
            line += 1
            yield record, [column.told(record, line) for column in sheet.columns]


def workbook(ledger: Ledger, sheets: Iterable[Sheet], account, asked: Asked) -> Book:
    """The sheets of a ledger that are asked for, with what the account may read; queries do not grow with the rows."""
    out, made = io.BytesIO(), Book()
    # Row by row onto the disk: fifty thousand rows take no more memory than one.
    book = Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bg_color": "#E8EFEC", "border": 1, "text_wrap": True}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"border": 1, "valign": "top", "num_format": "yyyy-mm-dd"}),
    }
    heading = _("%(unit)s　截至 %(at)s　范围：%(part)s") % {
        "unit": account.committee.name, "at": moment(clock.now()), "part": part_words(asked),
    }  # fmt: skip
    for sheet in sheets:
        name = str(ledger.name if len(ledger.sheets) == 1 else sheet.name)
        page = book.add_worksheet(name.translate(_BAD)[:31])
        _set_up(page, sheet)
        title = ledger.name if len(ledger.sheets) == 1 else f"{ledger.name}　{sheet.name}"
        page.write_string(0, 0, str(title), looks["title"])
        page.write_string(1, 0, heading)
        for number, column in enumerate(sheet.columns):
            page.write_string(2, number, str(column.title), looks["head"])
        rows = sheet.chosen(account, asked, clock.today())[:MOST]
        made.rows[sheet.key] = _fill(page, told(sheet, rows, asked), looks)
    book.close()
    made.body = out.getvalue()
    return made


def _set_up(page, sheet: Sheet) -> None:
    """Columns, and a page that any office printer takes: A4 across, one page wide, the headings on each."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.set_footer(_("&C第 &P 页，共 &N 页"))
    page.freeze_panes(3, 2)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)


def _fill(page, rows, looks) -> int:
    line = 0
    for line, (_record, cells) in enumerate(rows, 1):
        for number, value in enumerate(cells):
            look = looks["date"] if hasattr(value, "isoformat") else looks["cell"]
            write(page, line + 2, number, value, look)
    return line
