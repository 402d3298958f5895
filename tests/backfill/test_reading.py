"""Bad input: days, numbers and files as people really hand them in; each is read, or refused in a plain sentence."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from docx import Document

from shangliang.backfill import commands, grids, reading
from shangliang.backfill.forms import ProveForm
from shangliang.backfill.judging import judge
from shangliang.figures import past
from shangliang.figures.counting import Scope
from shangliang.figures.definitions import BY_KEY
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

TODAY = dt.date(2024, 1, 20)


@pytest.mark.parametrize(
    "written", ["2023.5.8", "2023年5月8日", "2023-05-08", "2023/5/8 上午", "２０２３．５．８", "45054", "45054.0",
                "二〇二三年五月八日", "2023-05-08 14:30:00"],
)  # fmt: skip
def test_days_are_known_in_all_their_shapes(written):
    assert reading.day(written.replace(" 上午", " (上午)"), TODAY) == dt.date(2023, 5, 8)


@pytest.mark.parametrize(
    ("written", "said"),
    [("2023-05", "只写到月份"), ("2023年5月", "只写到月份"), ("去年五月", "看不出是哪一天"), ("2023.13.45", "没有"),
     ("", "没有写日期"), ("2099-01-01", "在将来"), ("1900-01-01", "太早"), ("12", "看不出")],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_words(written, said):
    with pytest.raises(Refused, match=said):
        reading.day(written, TODAY)


@pytest.mark.parametrize(
    ("written", "number"),
    [("９人", (9, False)), ("30", (30, False)), ("1,200", (1200, False)), ("约30人", (30, True)),
     ("30余人", (30, True)), ("50人左右", (50, True)), ("", (0, False)), ("12.0", (12, False))],
)  # fmt: skip
def test_numbers_written_as_text(written, number):
    assert reading.number(written) == number


@pytest.mark.parametrize("written", ["很多", "3-5人", "=SUM(A1)", "-4", "9999999999"])
def test_what_is_no_number_is_refused_in_words(written):
    with pytest.raises(Refused, match="看不出是多少"):
        reading.number(written)


def test_about_thirty_counts_only_as_a_statement_and_when_asked(bring, office, courtyard):
    batch = bring(text="日期\t地点\t人数\n2022-05-08\t毛万二小院\t约30人")
    (row,) = judge(batch, clock.today()).bad
    assert "不是确数" in row.wrong[0]
    commands.match(by=office, batch=batch, rough=True)
    commands.take_in(by=office, batch=batch, grade="minutes", proof="档案")
    assert past.by_grade(BY_KEY["attendances"], Scope()) == [("说明", 30)]
    assert past.by_grade(BY_KEY["consultations"], Scope()) == [("签字纪要", 1)]


def test_a_formula_written_out_is_refused_and_never_computed(bring, courtyard):
    batch = bring(text="日期\t地点\t人数\n2022-05-08\t毛万二小院\t=1+1")
    assert "是公式" in judge(batch, clock.today()).bad[0].wrong[0]


def book(fill, **options) -> bytes:
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, options) as made:
        fill(made, made.add_worksheet())
    return raw.getvalue()


def test_of_a_formula_in_a_workbook_the_value_is_taken():
    raw = book(lambda _b, sheet: (sheet.write(0, 0, "人数"), sheet.write_formula(1, 0, "=1+2", None, 3)))
    assert grids.from_file("a.xlsx", raw).rows == [[1, ["人数"]], [2, ["3"]]]


def test_sixty_five_thousand_empty_rows_do_no_harm():
    def fill(made, sheet):
        grey = made.add_format({"bg_color": "#eeeeee"})
        sheet.write_row(0, 0, ["日期", "地点"])
        sheet.write_row(1, 0, ["2022-05-08", "普陀村"])
        for row in range(2, 65_000):
            sheet.write_blank(row, 0, None, grey)

    assert len(grids.from_file("a.xlsx", book(fill)).rows) == 2


def test_merged_days_and_places_hold_for_the_rows_below_but_numbers_do_not(bring, courtyard):
    def fill(_made, sheet):
        sheet.write_row(0, 1, ["日期", "地点", "议题", "人数"])
        sheet.merge_range(1, 1, 2, 1, "2022-05-08")
        sheet.merge_range(1, 2, 2, 2, "毛万二小院")
        sheet.merge_range(1, 4, 2, 4, 30)
        sheet.write(1, 3, "路灯")
        sheet.write(2, 3, "水渠")

    rows = judge(bring(name="a.xlsx", raw=book(fill)), clock.today()).good
    assert [(str(row.on), row.venue.name, row.topic, row.present) for row in rows] == [
        ("2022-05-08", "毛万二小院", "路灯", 30), ("2022-05-08", "毛万二小院", "水渠", 0),
    ]  # fmt: skip


def test_csv_of_both_encodings_and_a_csv_called_xls_are_read():
    text = "日期,地点\n2022-05-08,普陀村\n"
    for raw in (text.encode("utf-8-sig"), text.encode("gb18030")):
        for name in ("a.csv", "a.xls"):
            assert grids.from_file(name, raw).rows[1] == [2, ["2022-05-08", "普陀村"]]


def bomb() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (100 << 20))
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<html><table></table></html>", "网页格式"), (b'<?xml version="1.0"?><Workbook/>', "网页格式"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "打不开"), (b"PK\x03\x04broken", "打不开"), (bomb(), "太大"),
        (b"\xff\xff\xff\xff\x80", "编码"), (b" \n \n", "没有内容"), ("日期\n".encode() * 20_001, "20000"),
    ],
    ids=["html", "xml", "encrypted", "broken", "bomb", "bytes", "empty", "long"],
)  # fmt: skip
def test_files_that_cannot_be_used_are_refused_in_words(raw, said):
    with pytest.raises(Refused, match=said):
        grids.from_file("a.xls", raw)


def test_tables_of_word_are_read_and_a_word_file_without_one_is_refused():
    made, raw = Document(), io.BytesIO()
    made.add_paragraph("走访记录")
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip([c for row in table.rows for c in row.cells], ["日期", "地点", "2022-05-08", "普陀村"], strict=True):
        cell.text = words
    made.save(raw)
    assert grids.from_file("a.docx", raw.getvalue()).rows == [[1, ["日期", "地点"]], [2, ["2022-05-08", "普陀村"]]]
    empty = io.BytesIO()
    Document().save(empty)
    with pytest.raises(Refused, match="没有表格"):
        grids.from_file("a.docx", empty.getvalue())


def test_a_small_word_file_with_millions_of_rows_is_refused_before_it_is_read():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<w:tr/>" * (grids.MOST_TAGS + 1))
    with pytest.raises(Refused, match="解开后太大"):
        grids.from_file("a.docx", raw.getvalue())


def test_a_pasted_cell_without_an_end_is_refused_in_words():
    with pytest.raises(Refused, match="引号"):
        grids.from_text('日期\t地点\n"' + "长" * 200_000 + "\t1")


def test_rows_as_ranges_are_not_written_out():
    form = ProveForm({"rows": "1-999999、5", "grade": "minutes"})
    assert form.is_valid() and form.cleaned_data["rows"] == [(1, 999_999), (5, 5)]


def test_press_text_gives_a_row_for_each_dated_sentence(bring, courtyard, village):
    text = "2022年5月8日，普陀村的人坐到毛万二小院商量路灯。大家很高兴。6月9日，普陀村又商量了水渠。"
    rows = judge(bring("solved", text=text), clock.today()).good
    assert [(str(row.on), row.region, bool(row.venue)) for row in rows] == [
        ("2022-05-08", village, True), ("2022-06-09", village, False),
    ]  # fmt: skip
