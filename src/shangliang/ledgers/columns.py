"""A column of a list or ledger, and how its cells are written into a sheet so that no text becomes a formula."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from ..cases.masking import mask


@dataclass(frozen=True)
class Column:
    """One column: its heading, how its cell is read from a record, its width in Excel, whether the page shows it.

    A column of the kind ``serial`` reads nothing: it numbers the lines. Columns of the kinds ``link`` and ``title``
    lead to the record; texts of the kinds ``link`` and ``code`` are numbers, addresses and digests, never masked.
    """

    title: object
    cell: Callable | None
    width: int = 14
    on_page: bool = True
    kind: str = "text"

    def told(self, record, line: int):
        """The cell of a record as a ledger tells it, on the page and in the sheet alike: personal data is masked."""
        value = line if self.kind == "serial" else self.cell(record) if self.cell else None
        if isinstance(value, dt.datetime):
            value = timezone.localtime(value).date()
        return mask(value) if isinstance(value, str) and self.kind in ("text", "title", "state") else value


def write(sheet, line: int, number: int, value, format=None) -> None:
    """Write a cell; every text is written as text, so that nothing a person typed becomes a formula."""
    if value is None:
        sheet.write_blank(line, number, None, format)
        return
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, dt.date):
        sheet.write_datetime(line, number, dt.datetime.combine(value, dt.time()), format)
    elif isinstance(value, str):
        sheet.write_string(line, number, value, format)
    else:
        sheet.write_number(line, number, value, format)
