"""Other offices' forms: placeholders become figures and rows, looks and formulas stay, and no file does harm."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from shangliang.journal.models import Entry
from shangliang.ledgers import commands, opening
from shangliang.ledgers.filling import filled, preview
from shangliang.ledgers.models import Blank
from shangliang.ledgers.words import Vocabulary
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests.journeys import walk

from .conftest import saved, uploaded

YEAR = {"since": "2023-01-01", "until": "2023-12-31"}


@pytest.fixture
def year(office_staff):
    return Vocabulary(office_staff, dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def one(value):
    book = Workbook()
    book.active["A1"] = value
    return book


def test_a_clerk_fills_a_quarter_form(rated, office_staff, account, client_as, quarter):
    client = client_as(office_staff)
    kept = client.post("/desk/forms/", {"title": "基层协商季报", "office": "市政协", "due": "每季度末月 25 日前",
                                        "file": uploaded(saved(quarter))}, follow=True)  # fmt: skip
    assert "每个占位词会填成什么" in kept.content.decode()
    (address, _status) = kept.redirect_chain[0]
    assert client.get("/desk/forms/").content.decode().count("基层协商季报") == 1
    with clock.at(dt.date(2023, 7, 3)):
        shown = client.get(address).content.decode()  # the last quarter stands there by itself
        assert 'value="2023-04-01"' in shown and "1 行，第一行是" in shown and "不认识" not in shown
        sent = client.post(f"{address}fill/", {"since": "2023-04-01", "until": "2023-06-30"})
    page = load_workbook(io.BytesIO(sent.content))["季报"]
    assert (page["B3"].value, page["D3"].value) == (1, 1)
    assert page["A2"].value == f"填报单位：{office_staff.committee.name}　填报人：{office_staff.name}"
    assert page["B5"].value == "安富街道办事处" and page["C5"].value.year == 2023 and page["A6"].value is None
    assert page["B11"].value == "=COUNTA(A5:A10)" and str(page.merged_cells) == "A1:D1"
    assert page["A1"].font.sz == 18 and page.column_dimensions["A"].width == 41
    entry = Entry.objects.get(event="ledgers.blank_filled")
    assert entry.fields["rows"] == 1 and "2023年4月1日" in entry.fields["part"]
    register = client_as(account(Role.AUDITOR)).get("/desk/ledgers/17/").content.decode()
    assert "基层协商季报" in register and office_staff.name in register


def test_the_same_form_is_filled_again_for_another_period(blank, rated, office_staff):
    first = commands.fill(by=office_staff, blank=blank, since=dt.date(2023, 4, 1), until=dt.date(2023, 6, 30))
    again = commands.fill(by=office_staff, blank=blank, since=dt.date(2024, 1, 1), until=dt.date(2024, 3, 31))
    assert (first.rows, again.rows) == (1, 0)
    page = load_workbook(io.BytesIO(again.body))["季报"]
    assert page["B3"].value == 0 and not page["A5"].value


def test_unknown_words_are_named_with_their_cell_and_a_near_one(rated, office_staff, committee, client_as):
    book = one("{{收到反应}}")
    blank = commands.keep(by=office_staff, committee=committee, title="表", office="某办", due="", file=uploaded(saved(book)))
    client = client_as(office_staff)
    text = client.get(f"/desk/forms/{blank.pk}/?since=2023-01-01&until=2023-12-31").content.decode()
    assert "Sheet A1" in text and "{{收到反映}}" in text and "填好并下载" not in text
    refused = client.post(f"/desk/forms/{blank.pk}/fill/", YEAR)
    assert refused.status_code == 422 and "不认识" in refused.content.decode()
    client.post(f"/desk/forms/{blank.pk}/replace/", {"file": uploaded(saved(one("{{收到反映.累计}}")))})
    sent = client.post(f"/desk/forms/{blank.pk}/fill/", YEAR)
    assert load_workbook(io.BytesIO(sent.content)).active["A1"].value == 1
    client.post(f"/desk/forms/{blank.pk}/retire/")
    assert Blank.objects.get(pk=blank.pk).state == "retired"
    assert client.post(f"/desk/forms/{blank.pk}/fill/", YEAR).status_code == 422


def test_text_of_people_never_becomes_a_formula(committee, courtyard, year):
    walk.report(committee, courtyard, key="f" * 40, text="=HYPERLINK(\"http://evil\",\"13812345678\")")
    with clock.at(dt.date(2100, 1, 1)):
        everything = Vocabulary(year.account, dt.date(2000, 1, 1), dt.date(2100, 1, 1))
        made = filled(one("{{台账3.反映内容}}"), everything)
    cell = load_workbook(io.BytesIO(made.body)).active["A1"]
    assert cell.data_type == "s" and cell.value.startswith("=HYPERLINK") and "138****5678" in cell.value


def test_few_people_of_a_part_are_not_told(rated, year):
    few = Vocabulary(year.account, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert few.means("到会人数") == 0
    from shangliang.figures.definitions import BY_KEY

    assert year.means("到会人数") == 7 and BY_KEY["persons"].least == 5
    object.__setattr__(BY_KEY["persons"], "least", 9)
    try:
        assert "不公布" in Vocabulary(year.account, year.since, year.until).means("到会人数")
    finally:
        object.__setattr__(BY_KEY["persons"], "least", 5)


def test_a_list_without_room_is_refused_with_the_numbers(committee, courtyard, year):
    for number in range(3):
        walk.report(committee, courtyard, key=f"room-{number}" + "x" * 30)
    book = one("{{台账3.序号}}")
    book.active["A3"] = "合计"
    everything = Vocabulary(year.account, dt.date(2000, 1, 1), dt.date(2100, 1, 1))
    with pytest.raises(Refused, match="只有 2 行空位，这段时间有 3 条"):
        filled(book, everything)
    book.active["A3"] = None
    book.active.merge_cells("B1:C1")
    book.active["A1"] = "{{台账3.序号}}"
    page = load_workbook(io.BytesIO(filled(book, everything).body)).active
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == [1, 2, 3]
    assert sorted(map(str, page.merged_cells.ranges)) == ["B1:C1", "B2:C2", "B3:C3"]


def test_two_ledgers_in_one_line_are_refused(committee, year):
    book = one("{{台账3.序号}}")
    book.active["B1"] = "{{台账7.序号}}"
    with pytest.raises(Refused, match="一行只能放一本"):
        filled(book, year)


def test_a_form_asks_no_more_for_many_cells_of_the_same_list(rated, year, count_queries):
    book = one("{{台账7.事项}}")
    few = count_queries(lambda: preview(book, Vocabulary(year.account, year.since, year.until)))
    for column in range(2, 9):
        book.active.cell(1, column, "{{台账7.主办}}")
    assert count_queries(lambda: preview(book, Vocabulary(year.account, year.since, year.until))) == few


def test_ledgers_that_somebody_may_not_find_are_unknown_words(year, committee):
    assert year.means("台账17.导出登记.经办人") is None and year.means("台账10.活动.内容")


def test_only_those_who_are_asked_for_forms_keep_them(blank, member_account, client_as, committee, office_staff):
    with pytest.raises(Refused):
        commands.retire(by=member_account, blank=blank)
    assert client_as(member_account).get(f"/desk/forms/{blank.pk}/").status_code == 403
    assert client_as(office_staff).get("/desk/forms/words/").content.decode().count("data-copy") > 200


def part(raw, name, body):
    """The workbook with one part more, or another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, body)
    return out.getvalue()


def renamed(raw):
    """The same workbook with its sheet called a picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            body = old.read(each).replace(b"worksheets/sheet1.xml", b"media/image1.png")
            new.writestr(each.replace("worksheets/sheet1.xml", "media/image1.png"), body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{{收到反映}}</t></is></c></row>'
RELATION = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://x/oleObject" Target="http://evil/a" TargetMode="External"/></Relationships>')  # fmt: skip


def hostile():
    plain = saved(one("{{收到反映}}"))
    wide = f"<worksheet {NS}><sheetData>{CELL}</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>"
    far = f"<worksheet {NS}><sheetData>{CELL}<row r=\"1048576\"/></sheetData></worksheet>"
    empty = f"<worksheet {NS}><sheetData>{CELL}{'<row/>' * 65000}</sheetData></worksheet>"
    corner = f"<worksheet {NS}><sheetData>{CELL}<row r=\"9000\"><c r=\"XFD9000\"/></row></sheetData></worksheet>"
    entity = f'<!DOCTYPE x [<!ENTITY a "{"x" * 999}">]><worksheet {NS}><sheetData>{CELL}</sheetData></worksheet>'
    link = f"<worksheet {NS}><sheetData>{CELL}</sheetData><hyperlinks><hyperlink ref=\"A1:XFD99999\"/></hyperlinks></worksheet>"
    odd = f"<worksheet {NS}><sheetData>{CELL}</sheetData><mergeCells><mergeCell ref=\"nonsense\"/></mergeCells></worksheet>"
    return {
        "formats": (part(plain, "xl/more.xml", b"<x>" + b"<xf/>" * 300_000 + b"</x>"), "太大"),
        "macro": (part(plain, "xl/vbaProject.bin", b"x"), "宏"),
        "control": (part(plain, "xl/activeX/activeX1.xml", b"<a/>"), "宏或控件"),
        "xlsm": (part(plain, "[Content_Types].xml", b"<Types>macroEnabled</Types>"), "宏"),
        "outside": (part(plain, "xl/externalLinks/externalLink1.xml", b"<a/>"), "连着别的文件"),
        "relation": (part(plain, "xl/worksheets/_rels/sheet1.xml.rels", RELATION), "连着别的文件"),
        "entity": (part(plain, SHEET, entity), "实体"),
        "entity in UTF-16": (part(plain, SHEET, entity.encode("utf-16")), "实体"),
        "wide merge": (part(plain, SHEET, wide), "合并的格子太多"),
        "wide link": (part(plain, SHEET, link), "合并的格子太多"),
        "odd merge": (part(plain, SHEET, odd), "打不开"),
        "far row": (part(plain, SHEET, far), "太远"),
        "sheet under another name": (renamed(part(plain, SHEET, wide)), "合并的格子太多"),
        "65,000 empty rows": (part(plain, SHEET, empty), "太远"),
        "far corner": (part(plain, SHEET, corner), "太远"),
        "bomb": (part(plain, "xl/media/x.bin", b"\0" * (40 << 20)), "解开后太大"),
        "no sheet": (part(plain, SHEET, b"<broken"), "打不开"),
        "cut": (plain[: len(plain) // 2], "打不开"),
        "some zip": (part(plain, "xl/workbook.xml", b""), "打不开"),
        "old xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版的 xls，或者加了密码"),
        "web page": ("\ufeff<html><table>".encode(), "网页格式"), "csv": ("事项,主办\n".encode("gb18030"), "CSV"),
        "large": (b"PK\x03\x04" + b"\0" * (3 << 20), "超过 2 MB"), "no word": (saved(one("什么也没写")), "还没有占位词"),
        "formula": (saved(one('="{{收到反映}}"')), "还没有占位词"),
    }  # fmt: skip


def test_no_hostile_file_is_kept_and_each_is_refused_in_words(committee, office_staff, client_as):
    client = client_as(office_staff)
    for name, (raw, words) in hostile().items():
        page = client.post("/desk/forms/", {"title": "留着的名称", "office": "某办", "file": uploaded(raw)})
        text = page.content.decode()
        assert page.status_code == 422 and words in text and "留着的名称" in text, (name, page.status_code)
    assert not Blank.objects.exists()
    assert client.post("/desk/forms/", {"title": "x", "office": "y", "file": uploaded(b"")}).status_code == 422


def test_a_plain_hyperlink_is_no_harm(committee):
    book = one("{{收到反映}}")
    book.active["B2"] = "网址"
    book.active["B2"].hyperlink = "https://www.example.gov.cn/"
    assert opening.opened(saved(book)).active["B2"].hyperlink.target == "https://www.example.gov.cn/"


def test_a_period_that_is_none_is_refused_and_kept(blank, client_as, office_staff):
    client = client_as(office_staff)
    for query in ("since=&until=", "since=2023-13-01&until=2023-12-31", "since=2024-01-01&until=2023-12-31"):
        page = client.get(f"/desk/forms/{blank.pk}/?{query}")
        assert page.status_code == 422 and "填好并下载" not in page.content.decode()
    assert client.post(f"/desk/forms/{blank.pk}/fill/", {}).status_code in (200, 422)
