"""Records to be listed: the lamp thread of the public pages, and blank forms as other offices send them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.styles import Font

from shangliang.ledgers import commands
from tests.portal.conftest import browser, lamp, members, rated, voice  # noqa: F401


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(raw: bytes, name="季度报表.xlsx"):
    return SimpleUploadedFile(name, raw)


@pytest.fixture
def quarter():
    """A quarter form as an office sends it: a merged title, figures, a list with five empty lines, a sum below."""
    book = Workbook()
    page = book.active
    page.title = "季报"
    page.merge_cells("A1:D1")
    page["A1"] = "基层协商情况季报"
    page["A1"].font = Font(bold=True, size=18)
    page["A2"] = "填报单位：{{单位}}　填报人：{{填报人}}"
    page["A3"], page["B3"] = "收到反映（件）", "{{收到反映}}"
    page["C3"], page["D3"] = "其中安富街道", "｛｛收到反映.安富街道｝｝"
    for number, (head, word) in enumerate([("事项", "台账7.事项"), ("主办", "台账7.主办"), ("时限", "台账7.时限")], 1):
        page.cell(4, number, head)
        page.cell(5, number, f"{{{{{word}}}}}")
    page["A11"], page["B11"] = "合计", "=COUNTA(A5:A10)"
    page.column_dimensions["A"].width = 41
    return book


@pytest.fixture
def blank(office_staff, committee, quarter):
    return commands.keep(
        by=office_staff, committee=committee, title="基层协商季报", office="市政协", due="每季度末", file=uploaded(saved(quarter))
    )
