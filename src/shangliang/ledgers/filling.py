"""Filling another office's form: placeholders become figures and rows, everything else stays as it is."""

import datetime as dt
import io
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText

from ..shared import clock
from ..shared.refusals import Refused
from ..shared.sheets import clean
from . import book as books
from .words import PLACE, Field, Vocabulary

#: The most rows of a ledger in a form, and the most letters that a cell takes.
MOST_ROWS, LONGEST = 5_000, 32_000


@dataclass(frozen=True)
class Spot:
    """A cell with placeholders: its sheet, its place (B5), its text, and the words between the braces."""

    sheet: str
    cell: Cell
    text: str
    words: tuple


@dataclass(frozen=True)
class Shown:
    """One placeholder before the form is filled: where it stands, what it becomes, or which known word is near it."""

    sheet: str
    place: str
    word: str
    becomes: str
    known: bool
    near: str = ""


@dataclass(frozen=True)
class Filled:
    """A filled form: its bytes, and how many rows of ledgers it holds."""

    body: bytes
    rows: int


def spots(book) -> list[Spot]:
    """Every cell of the form with a placeholder, sheet by sheet, from the top; formulas are none."""
    found = []
    for page in book.worksheets:
        for cell in sorted(page._cells.values(), key=lambda cell: (cell.row, cell.column)):
            is_text = isinstance(cell.value, (str, CellRichText)) and cell.data_type != "f"
            words = PLACE.findall(str(cell.value)) if is_text else []
            if words:
                found.append(Spot(page.title, cell, str(cell.value), tuple(words)))
    return found


def preview(book, vocabulary: Vocabulary) -> list[Shown]:
    """What each placeholder becomes, in the order of the form; a ledger is counted once and its first row shown."""
    first: dict = {}
    shown = []
    for spot in spots(book):
        for word in spot.words:
            meaning = vocabulary.means(word)
            if isinstance(meaning, Field):
                if meaning.place not in first:
                    first[meaning.place] = _first(meaning, vocabulary)
                becomes = _told_first(meaning, first[meaning.place])
            else:
                becomes = _words(meaning)
            near = vocabulary.near(word) if meaning is None else ""
            shown.append(Shown(spot.sheet, spot.cell.coordinate, word, becomes, meaning is not None, near))
    return shown


def filled(book, vocabulary: Vocabulary) -> Filled:
    """The form with everything filled in. Raises Refused where a word is unknown or a list has no room."""
    lines: dict = {}
    for spot in spots(book):
        meanings = [vocabulary.means(word) for word in spot.words]
        if None in meanings:
            word = spot.words[meanings.index(None)]
            raise Refused(_("“%(sheet)s”%(place)s 的 {{%(word)s}} 不认识，请在空白表里改好再传。")
                          % {"sheet": spot.sheet, "place": spot.cell.coordinate, "word": word})  # fmt: skip
        places = {meaning.place for meaning in meanings if isinstance(meaning, Field)}
        line = lines.setdefault((spot.sheet, spot.cell.row), ([], set()))
        line[0].append(spot)
        line[1].update(places)
    rows = 0
    # From the bottom, so that the room below a list is still what the form says.
    for (title, number), (found, places) in reversed(lines.items()):
        if not places:
            for spot in found:
                put(spot.cell, _text(spot, lambda word: vocabulary.means(word)))
            continue
        if len(places) > 1:
            two = _("“%(sheet)s”第 %(row)s 行放了两本台账的栏目，一行只能放一本。")
            raise Refused(two % {"sheet": title, "row": number})
        rows += _list(book[title], number, found, vocabulary)
    book.calculation.fullCalcOnLoad = True  # formulas are kept and never computed here
    out = io.BytesIO()
    book.save(out)
    return Filled(out.getvalue(), rows)


def _list(page, first: int, found: list[Spot], vocabulary: Vocabulary) -> int:
    """Fill one line of the form once for each row of the ledger, downwards; returns how many rows there were."""
    one = next(m for spot in found for word in spot.words if isinstance(m := vocabulary.means(word), Field))
    rows = one.sheet.chosen(vocabulary.account, vocabulary.asked, clock.today())[: MOST_ROWS + 1]
    columns, asked = one.sheet.columns, vocabulary.asked
    told = [dict(zip(columns, cells, strict=True)) for _row, cells in books.told(one.sheet, rows, asked)]
    room = _room(page, first, {spot.cell.column for spot in found})
    if len(told) > MOST_ROWS or (room is not None and len(told) > room):
        raise Refused(
            _("“%(sheet)s”第 %(row)s 行起只有 %(room)s 行空位，这段时间有 %(rows)s 条。请在空白表里加够行，"
              "或者选短一点的时间。")
            % {"sheet": page.title, "row": first, "room": MOST_ROWS if room is None else room, "rows": len(told)}
        )
    if room is None:
        _same_look(page, first, len(told))
    for offset, cells in enumerate(told or [{}]):
        for spot in found:
            value = _text(spot, lambda word, cells=cells: _cell(vocabulary.means(word), cells))
            put(page.cell(first + offset, spot.cell.column), value)
    return len(told)


def _cell(meaning, cells: dict):
    return cells.get(meaning.column, "") if isinstance(meaning, Field) else meaning


def _room(page, first: int, columns: set) -> int | None:
    """How many lines the form leaves for a list from this row on; None where nothing stands below it."""
    below = [cell.row for cell in page._cells.values() if cell.row > first and cell.value is not None]
    merged = [area.min_row for area in page.merged_cells.ranges if area.min_row > first and area.size["rows"] > 1]
    ends = min([*below, *merged], default=None)
    return None if ends is None else ends - first


def _same_look(page, first: int, lines: int) -> None:
    """Give the new lines below the form the looks of the first one: format, height, cells merged across."""
    styles = [page.cell(first, column)._style for column in range(1, page.max_column + 1)]
    height = page.row_dimensions[first].height
    merged = [area for area in page.merged_cells.ranges if area.min_row == area.max_row == first]
    for row in range(first + 1, first + lines):
        for column, style in enumerate(styles, 1):
            page.cell(row, column)._style = copy(style)
        page.row_dimensions[row].height = height
        for area in merged:
            page.merge_cells(start_row=row, end_row=row, start_column=area.min_col, end_column=area.max_col)


def _text(spot: Spot, means):
    """What the cell becomes: the value itself where it holds one placeholder and nothing else, else a text."""
    if len(spot.words) == 1 and PLACE.fullmatch(spot.text.strip()):
        return means(spot.words[0])
    return PLACE.sub(lambda found: _words(means(found[1])), spot.text)


def put(cell: Cell, value) -> None:
    """Write a value; a text stays a text whatever it begins with, and a day looks like one."""
    if isinstance(value, (dt.date, int, float, Decimal)):
        general = cell.number_format == "General"
        cell.value = value
        if general and isinstance(value, dt.date):
            cell.number_format = "yyyy-mm-dd"
        return
    cell.value = clean(value)[:LONGEST]
    cell.data_type = "s"


def _words(value) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def _first(meaning: Field, vocabulary: Vocabulary):
    rows = meaning.sheet.chosen(vocabulary.account, vocabulary.asked, clock.today())
    told = next(books.told(meaning.sheet, rows[:1], vocabulary.asked), None)
    return rows.count(), told and told[1]


def _told_first(meaning: Field, found) -> str:
    count, cells = found
    if not count:
        return _("这段时间没有记录，留空")
    value = _words(cells[meaning.sheet.columns.index(meaning.column)])
    return _("%(n)s 行，第一行是“%(value)s”") % {"n": count, "value": value[:30]}
