"""Bringing in voices from files of every make, good and bad."""

import datetime as dt
import json

import pytest
import xlsxwriter
from django.utils import timezone

from shangliang.journal.models import Entry
from shangliang.journal.verify import verify
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices import importing
from shangliang.voices.commands.intake import MAX_BROUGHT_IN
from shangliang.voices.models import Contact, Voice

TODAY = dt.datetime(2026, 3, 2, 9, 0)


@pytest.fixture
def bring_in(committee, tmp_path):
    """Import what is given (dicts, text, bytes or rows of a sheet) and return the report."""

    def run(content, name="file.jsonl", **options):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_bytes(content.encode())
        elif content and isinstance(content[0], dict):
            path.write_text("\n".join(json.dumps(row) for row in content), encoding="utf-8")
        else:
            workbook(path, content)
        with clock.at(TODAY):
            return importing.run(path, **options)

    return run


def workbook(path, rows):
    """An xlsx with these rows."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(number, column, cell, None, "算好的")
                elif cell != "":
                    sheet.write(number, column, cell)


def message(number=188006, **fields):
    """One message of a mayor's mailbox."""
    return {
        "id": number, "user": "A000102948", "title": "路灯坏了", "time": "2019-02-28 11:25:05",
        "body": "A市A3区村口的路灯坏了三个月。", "oppose": 0, "like": 0, **fields,
    }  # fmt: skip


def reasons(found) -> dict:
    """Rows per reason."""
    return {why: len(rows) for why, rows in found.items()}


def test_a_message_becomes_a_voice_that_waits_to_be_screened_from_today_on(bring_in, county):
    report = bring_in([message()])
    voice = Voice.objects.select_related("case", "deadline").get()
    assert report.taken == 1
    assert voice.text == "路灯坏了\nA市A3区村口的路灯坏了三个月。"
    assert (voice.state, voice.channel, voice.region) == ("screening", "import", county)
    assert timezone.localtime(voice.reported_at).isoformat() == "2019-02-28T11:25:05+08:00"
    assert voice.deadline.started_on == dt.date(2026, 3, 2) < voice.deadline.due_on
    assert not voice.deadline.is_overdue(dt.date(2026, 3, 2))


def test_each_row_has_its_own_entries_and_the_chain_holds(bring_in):
    bring_in([message(1), message(2), message(3)])
    received = Entry.objects.filter(event="voices.received")
    assert received.count() == 3
    assert all(entry.fields["raised_at"].startswith("2019-02-28T11:25:05") for entry in received)
    assert Entry.objects.filter(event="voices.screening_begun").count() == 3
    assert verify().whole


def test_running_twice_takes_nothing_twice_even_from_another_file_or_for_another_place(bring_in, village):
    bring_in([message(1), message(2)])
    again = bring_in([message(2), message(3)], "other.jsonl", region_code=village.code)
    assert (again.taken, reasons(again.skipped)) == (1, {"以前已经导入": 1})
    assert Voice.objects.count() == 3


def test_the_same_row_twice_in_a_file_is_taken_once(bring_in):
    report = bring_in([message(1), message(1), message(2)])
    assert report.taken == 2
    assert report.skipped == {"与前面的一行完全相同": [2]}


def test_what_cannot_be_taken_is_counted_with_its_rows(bring_in):
    lines = [
        json.dumps(message(1)), "{broken", json.dumps(message(2, body=" ", title="")),
        json.dumps(message(3, time="去年")), json.dumps(message(4, time="2031-01-01")), "[" * 90_000,
        json.dumps(message(5, time="0001-01-01 00:00:00")), json.dumps(message(6, body={"a": 1}, title=None)), "3",
    ]  # fmt: skip
    report = bring_in("\n".join(lines))
    assert report.taken == 1
    assert report.skipped == {
        "这一行不是一条记录": [2, 6, 9], "内容为空": [3, 8], "时间看不懂，或在将来": [4, 5, 7],
    }  # fmt: skip
    assert "第 2、6、9 行" in str(report)


def test_a_report_shows_only_the_first_five_rows_of_a_reason(bring_in):
    report = bring_in("\n".join([json.dumps(message()), *["null"] * 9]))
    assert "这一行不是一条记录：9 行（第 2、3、4、5、6 行 等）" in str(report)


def test_a_long_text_is_kept_whole_and_a_boundless_one_is_cut_and_reported(bring_in):
    report = bring_in([message(1, body="长" * 6999), message(2, body="长" * 300_000)])
    texts = sorted(len(text) for text in Voice.objects.values_list("text", flat=True))
    assert texts == [7004, MAX_BROUGHT_IN]
    assert report.noted == {"太长，只留下前 20000 字": [2]}


def test_a_bad_row_takes_no_other_with_it(bring_in, monkeypatch):
    def receive(*, text, **told):
        if "二" in text:
            raise Refused("不行。")
        return receive_as_ever(text=text, **told)

    receive_as_ever = importing.receive
    monkeypatch.setattr(importing, "receive", receive)
    report = bring_in([message(1), message(2, body="二"), message(3)])
    assert (report.taken, report.skipped) == (2, {"不行。": [2]})
    assert Voice.objects.count() == 2
    assert verify().whole


def test_a_place_is_recognised_and_an_unknown_one_kept_in_words(bring_in, village, county):
    report = bring_in("内容,地点\n甲,安富街道普陀村五社\n乙,月球背面\n丙,\n", "a.csv")
    found = {voice.text: (voice.region, voice.place_note) for voice in Voice.objects.select_related("region")}
    assert found["甲"] == (village, "安富街道普陀村五社")
    assert found["乙"] == (county, "月球背面")
    assert found["丙"] == (county, "")
    assert report.noted["地点认不出，记在荣昌区，原话留在具体位置里"] == [3]


def test_rows_without_a_place_stand_where_the_caller_says(bring_in, village):
    bring_in([message()], region_code=village.code)
    assert Voice.objects.get().region == village


def test_a_place_outside_the_county_is_refused(bring_in):
    with pytest.raises(Refused, match="没有代码为 511083 的地方"):
        bring_in([message()], region_code="511083")
    assert Voice.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_usual_encodings(bring_in, encoding):
    text = "留言内容;时间;联系电话;姓名;来源渠道\n𠮷村的沟堵了;2023年5月12日;13800000000;张三;12345 热线\n"
    report = bring_in(text.encode(encoding), "表.csv")
    voice = Voice.objects.get()
    assert report.taken == 1
    assert (voice.text, voice.channel) == ("𠮷村的沟堵了", "hotline")
    assert timezone.localtime(voice.reported_at).date() == dt.date(2023, 5, 12)
    assert Contact.objects.get().phone.startswith("aes256gcm:")


def test_an_unknown_encoding_is_refused_in_words(bring_in):
    with pytest.raises(Refused, match="文字编码"):
        bring_in("内容\n".encode() + b"\xff\xff\x81", "a.csv")


def test_an_xlsx_is_read_with_its_dates_below_a_title_and_empty_rows_passed_over(bring_in):
    rows = [["2023 年留言汇总"], [], ["编号", "内容", "时间"], *[[]] * 3000,
            [7, "沟堵了", dt.datetime(2023, 5, 12, 8, 30)]]  # fmt: skip
    report = bring_in(rows, "a.xlsx")
    voice = Voice.objects.get()
    assert (report.read, report.taken, voice.text) == (1, 1, "沟堵了")
    assert timezone.localtime(voice.reported_at).isoformat() == "2023-05-12T08:30:00+08:00"


def test_a_workbook_or_a_csv_named_xls_is_known_by_its_content(bring_in):
    assert bring_in([["内容"], ["一"]], "a.xls").taken == 1
    assert bring_in("内容\n二\n", "b.xls").taken == 1
    assert bring_in(json.dumps(message()), "c.csv").taken == 1


def test_formulas_and_hostile_texts_stay_texts(bring_in):
    hostile = "=cmd|'/C calc'!A0 <script>alert(1)</script> '; DROP TABLE x; --"
    bring_in([["内容"], ["=1+1"]], "a.xlsx")
    bring_in([message(1, title="", body=f"{hostile}\x00\x07\ud800")])
    assert set(Voice.objects.values_list("text", flat=True)) == {"算好的", hostile}


def test_nul_bytes_in_a_csv_do_no_harm(bring_in):
    assert bring_in(b"text\na\x00b\n", "a.csv").taken == 1
    assert Voice.objects.get().text == "ab"


def test_a_stray_cell_in_the_last_corner_is_refused_before_it_eats_the_memory(bring_in, tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "内容")
        sheet.write(1_048_575, 16_383, "远")
    with pytest.raises(Refused, match="最远的一格"):
        importing.run(path)
    assert Voice.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04broken", "打不开"),
        (b"\xd0\xcf\x11\xe0" + b"a" * 4000, "打不开"),
        (b"<html><table><tr><td>1</td></tr></table>", "网页格式"),
        (b"a,b\n1,2\n", "没有找到“内容”"),
        (b"", "没有找到“内容”"),
        (b'text\n"' + b"a" * 200_000, "引号没有成对"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(bring_in, content, says):
    with pytest.raises(Refused, match=says):
        bring_in(content, "a.xls")
    assert Voice.objects.count() == 0


def test_the_limit_counts_rows_taken_and_the_next_run_goes_on(bring_in):
    rows = [message(number) for number in range(5)]
    first, second = bring_in(rows, limit=2), bring_in(rows, limit=2)
    assert (first.taken, second.taken, Voice.objects.count()) == (2, 2, 4)
    assert reasons(second.skipped) == {"以前已经导入": 2, "超出了要收的行数": 1}


def test_a_row_without_a_time_is_taken_as_of_today_and_says_so(bring_in):
    report = bring_in("内容\n沟堵了\n", "a.csv")
    assert timezone.localtime(Voice.objects.get().reported_at).date() == dt.date(2026, 3, 2)
    assert reasons(report.noted) == {"没有写时间，记作今天": 1}


def test_with_two_committees_the_caller_names_one(bring_in, other_committee):
    with pytest.raises(Refused, match="--committee"):
        bring_in([message()])
    assert bring_in([message()], committee_code="RC").taken == 1
    with pytest.raises(Refused, match="没有这个委员会"):
        bring_in([message()], committee_code="XX")


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2019/1/8 8:05", "2019-01-08T08:05:00+08:00"),
        ("2019.01.08", "2019-01-08T09:00:00+08:00"),
        ("2019年1月8日", "2019-01-08T09:00:00+08:00"),
        ("2019年1月8日 8时5分", "2019-01-08T08:05:00+08:00"),
        ("２０１９-01-08T08:05:00Z", "2019-01-08T16:05:00+08:00"),
        (dt.date(2019, 1, 8), "2019-01-08T09:00:00+08:00"),
        ("2019-13-01", None),
        ("9" * 400, None),
        ("9999-12-31 23:59:59-12:00", None),
    ],
)
def test_dates_are_read_as_people_write_them(written, means):
    found = importing.moment_of(written)
    assert (timezone.localtime(found).isoformat() if found else None) == means


def test_the_key_of_an_imported_voice_is_none_that_a_public_form_could_send(committee):
    words = {"id": "1", "place": "", "phone": "", "name": ""}
    key = importing.key_of(committee, words, "沟堵了", None)
    assert key.startswith("import:") and len(key) <= 64


def test_headings_are_known_in_both_languages_and_widths():
    assert [importing.COLUMNS.field_of(word) for word in (" Body ", "村（社区）", "联系电话", "点赞")] == [
        "text", "place", "phone", None,
    ]  # fmt: skip
