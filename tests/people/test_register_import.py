"""Bringing in units and members from a sheet: every row is looked at first, and taken or not with its reason."""

import datetime as dt
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shangliang.journal.models import Entry
from shangliang.people import register_import
from shangliang.people.models import Member, Unit
from tests import factories

UNITS = [
    ["荣昌区承办单位一览"],
    ["名称", "类别", "镇街"],
    ["安富街道办事处", "镇街", ""],
    ["清流镇人民政府", "镇街", "清流镇"],
    ["区城市管理局", "区级部门", ""],
    ["普陀村村民委员会", "村", "安富街道普陀村"],
    ["区城市管理局", "部门", ""],
    ["自来水公司", "公司", "荣昌区"],
    ["石燕桥镇政府", "镇街", "石燕桥镇"],
    ["某某单位", "看不懂", ""],
    ["", "区级部门", ""],
    ["黄泥村委会", "村（社区）", ""],
]
MEMBERS = [
    ["序号", "姓名", "界别", "届次", "起始日期", "手机"],
    [1, "张三", "农业界", "第十五届", dt.datetime(2022, 1, 10), "13800000000"],
    [2, "李四", "医药卫生界", 15, "2022年1月", ""],
    [3, "王五", "教育界", "", "", ""],
    [4, "赵六", "", 15, "2022.1.10", ""],
    [5, "钱七", "文艺界", "十几", "2022-01-10", ""],
    [6, "孙八", "文艺界", 15, "不记得", ""],
    [7, "张三", "农业界", 15, "2022-01-10", ""],
]


def workbook(rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(number, column, cell, date)
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def csv(rows) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


@pytest.fixture
def desk(client_as, office_staff):
    return client_as(office_staff)


def show(desk, what, content, name="表.xlsx", **fields):
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("people:import_sheet"), {"what": what, "file": file, **fields})


def packed(answer) -> str:
    return re.search(r'name="rows" value="([^"]+)"', answer.content.decode())[1]


def take(desk, what, rows):
    return desk.post(reverse("people:import_sheet"), {"what": what, "rows": rows})


def reasons(answer) -> dict:
    """Row number → why, as the page says it."""
    page = answer.content.decode()
    found = re.findall(r'第 (\d+) 行</td><td data-label="内容">[^<]*</td><td data-label="为什么">([^<]+)<', page)
    return {int(number): why for number, why in found}


@pytest.mark.parametrize(("make", "name"), [(workbook, "单位.xlsx"), (csv, "单位.csv")])
def test_units_are_looked_at_and_then_taken(desk, committee, make, name):
    shown = show(desk, "units", make(UNITS), name)
    assert shown.status_code == 200 and Unit.objects.count() == 0
    assert "读到 10 行：能登记 5 行，不能登记 5 行" in shown.content.decode()
    assert reasons(shown) == {
        7: "与第 5 行相同", 9: "“石燕桥镇”不是本区县的镇街或村。",
        10: "类别看不懂，请写区级部门、镇街、村（社区）或其他单位。", 11: "单位名称：这个字段是必填项。",
        12: "所在镇街或村：镇街、村（社区）要写明在哪里。",
    }
    before = Entry.objects.count()
    done = take(desk, "units", packed(shown))
    assert "登记了 5 行，没有登记 0 行" in done.content.decode()
    told = {unit.name: (unit.kind, unit.region and unit.region.code) for unit in Unit.objects.select_related("region")}
    assert told == {
        "安富街道办事处": ("town", "500153005"), "清流镇人民政府": ("town", "500153112"),
        "区城市管理局": ("department", None), "普陀村村民委员会": ("village", "500153005200"),
        "自来水公司": ("other", None),
    }
    assert Entry.objects.count() == before + 5


def test_members_are_looked_at_and_then_taken(desk, committee):
    shown = show(desk, "members", workbook(MEMBERS))
    assert reasons(shown) == {
        4: "没有写届次。", 5: "界别：这个字段是必填项。", 6: "届次看不懂，请写数字，如 15。",
        7: "起始日期看不懂，请写成 2022-01-10 的样子。", 8: "与第 2 行相同",
    }
    take(desk, "members", packed(shown))
    told = {member.name: (member.sector, member.term, member.term_from) for member in Member.objects.all()}
    assert told == {
        "张三": ("农业界", 15, dt.date(2022, 1, 10)), "李四": ("医药卫生界", 15, dt.date(2022, 1, 1)),
    }


def test_what_a_sheet_of_members_leaves_out_is_said_once_beside_it(desk, committee):
    rows = [["姓名", "界别"], ["张三", "农业界"], ["李四", "教育界"]]
    shown = show(desk, "members", csv(rows), "委员.csv", term="15", term_from="2022-01-10")
    take(desk, "members", packed(shown))
    assert set(Member.objects.values_list("name", "term", "term_from")) == {
        ("张三", 15, dt.date(2022, 1, 10)), ("李四", 15, dt.date(2022, 1, 10)),
    }


def test_the_same_sheet_again_takes_nothing(desk, committee):
    shown = show(desk, "units", workbook(UNITS))
    take(desk, "units", packed(shown))
    pressed_again = take(desk, "units", packed(shown))
    assert "登记了 0 行，没有登记 5 行" in pressed_again.content.decode()
    again = show(desk, "units", workbook(UNITS))
    assert "没有一行能登记" in again.content.decode()
    assert set(reasons(again).values()) >= {"已经登记过"}
    assert Unit.objects.count() == 5


def test_a_row_that_somebody_else_registered_meanwhile_takes_no_other_with_it(desk, committee, monkeypatch):
    shown = show(desk, "units", workbook(UNITS))
    factories.unit(committee, name="区城市管理局", kind="department")
    monkeypatch.setattr(register_import.Sheet, "known", lambda sheet: {})
    done = take(desk, "units", packed(shown))
    assert reasons(done) == {5: "同名的已经登记过。"}
    assert Unit.objects.count() == 5


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "这个文件是空的"),
        (b"%PDF-1.4", "a.pdf", "只收 .xlsx 或 .csv"),
        (b"PK\x03\x04broken", "a.xlsx", "这个表格打不开"),
        ("甲,乙\n1,2".encode(), "a.csv", "没有找到“名称”这一栏"),
        ("名称,类别\n".encode(), "a.csv", "没有内容"),
        (("名称,类别\n" + "甲,部门\n" * 1001).encode(), "a.csv", "超过 1000 行"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "超过 5 MB"),
        (b"\xff\x81\xff\xff", "a.csv", "文字编码"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_a_sentence(desk, committee, content, name, sentence):
    answer = show(desk, "units", content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Unit.objects.exists()


def test_no_file_at_all_is_refused_and_the_words_beside_it_stay(desk):
    answer = desk.post(reverse("people:import_sheet"), {"what": "members", "term": "15"})
    assert answer.status_code == 422
    assert "请先选一个表格文件" in answer.content.decode() and 'value="15"' in answer.content.decode()


@pytest.mark.parametrize("damage", ["", "nonsense", "a:b:c"])
def test_rows_that_were_damaged_on_their_way_are_refused(desk, damage):
    answer = desk.post(reverse("people:import_sheet"), {"what": "units", "rows": damage}, follow=True)
    assert "页面上的内容不完整" in answer.content.decode()


def test_rows_of_one_sheet_do_not_pass_for_another(desk, committee):
    shown = show(desk, "units", workbook(UNITS))
    answer = desk.post(reverse("people:import_sheet"), {"what": "members", "rows": packed(shown)}, follow=True)
    assert "页面上的内容不完整" in answer.content.decode() and not Member.objects.exists()


@pytest.mark.parametrize(
    ("written", "number"),
    [("15", 15), ("第15届", 15), ("第十五届", 15), ("十", 10), ("二十", 20), ("二十一届", 21), ("九", 9), ("几", None)],
)
def test_a_term_is_read_as_people_write_it(written, number):
    assert register_import.term_of(written) == number


def test_a_row_without_a_record_and_a_long_name_say_so(desk, committee):
    rows = '{"名称": "' + "长" * 61 + '", "类别": "区级部门"}\n[1, 2]\n'
    answer = show(desk, "units", rows.encode(), "a.csv")
    told = reasons(answer)
    assert set(told) == {1, 2} and "60" in told[1]
