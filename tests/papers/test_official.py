"""Official papers as docx: the measures of GB/T 9704, the whole text, the same bytes for the same paper."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from shangliang.papers.official import Block, OfficialPaper, docx

PAPER = OfficialPaper(
    mark="社情民意信息", number="第3期（总第17期）", title="关于村道照明的情况和建议", recipients="区委、区政府",
    blocks=[Block("h1", "一、基本情况"), Block("p", "三个村没有路灯。\n老人晚上不出门。"), Block("h2", "（一）原因"),
            Block("p", "电费无人出。")],
    signature="荣昌区政协办公室", on=dt.date(2024, 3, 5), copies=("市政协办公厅", "各委室"),
)  # fmt: skip


def opened(paper=PAPER):
    return Document(io.BytesIO(docx(paper)))


def test_the_page_has_the_measures_of_the_standard():
    section = opened().sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28, 26]
    assert round(section.bottom_margin.mm) == 35


def test_the_whole_text_is_there_in_its_order_and_faces():
    lines = [p for p in opened().paragraphs if p.text]
    assert [p.text for p in lines] == [
        "社情民意信息", "第3期（总第17期）", "关于村道照明的情况和建议", "区委、区政府：", "一、基本情况", "三个村没有路灯。",
        "老人晚上不出门。", "（一）原因", "电费无人出。", "荣昌区政协办公室", "2024年3月5日", "抄送：市政协办公厅，各委室。", "荣昌区政协办公室\t2024年3月5日印发",
    ]  # fmt: skip
    faces = {p.text: p.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) for p in lines}
    assert faces["关于村道照明的情况和建议"] == "方正小标宋简体"
    assert faces["一、基本情况"] == "黑体"
    assert faces["（一）原因"] == "楷体_GB2312"
    body = next(p for p in lines if p.text == "三个村没有路灯。")
    assert faces[body.text] == "仿宋_GB2312"
    assert body.runs[0].font.size.pt == 16
    assert body.paragraph_format.line_spacing.pt == 29
    assert body.paragraph_format.first_line_indent.pt == 32


@pytest.mark.parametrize("mark, size", [("社情民意信息", 40), ("中国人民政治协商会议重庆市荣昌区委员会", 23)])
def test_the_red_mark_stays_on_one_line(mark, size):
    found = opened(OfficialPaper(mark, "", "题", "")).paragraphs[0]
    assert found.text == mark and found.runs[0].font.size.pt == size


def test_equal_papers_are_equal_bytes_and_others_are_not():
    assert docx(PAPER) == docx(PAPER)
    assert docx(PAPER) != docx(OfficialPaper("甲", "", "乙", ""))


@pytest.mark.parametrize("text", ["制\x00表\x0b符", "<w:p>不是标签</w:p>", "😀", "a" * 50_000])
def test_whatever_people_typed_makes_a_file_that_opens(text):
    paper = OfficialPaper("", "", "题", "", [Block("p", text)])
    said = "".join(p.text for p in opened(paper).paragraphs)
    assert said.startswith("题")
    assert "\x00" not in said


def test_a_block_of_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="h9"):
        docx(OfficialPaper("", "", "题", "", [Block("h9", "文")]))


def lines_between(paper):
    """The record at the end, each line with the strengths of the rules over and under it."""
    found = []
    for paragraph in opened(paper).paragraphs:
        borders = paragraph._p.pPr.find(qn("w:pBdr")) if paragraph._p.pPr is not None else None
        if borders is not None:
            found.append((paragraph.text, {b.tag.split("}")[1]: b.get(qn("w:sz")) for b in borders}))
    return found


def test_the_record_at_the_end_has_thick_rules_outside_and_thin_ones_between():
    paper = OfficialPaper(
        "社情民意信息", "第1期", "题", "", [], "荣昌区政协办公室", dt.date(2024, 3, 5), ("各委室",),
        reported_to=("区委", "区政府"), signer="秘书长",
    )  # fmt: skip
    mark, *record = lines_between(paper)
    assert mark[0] == "第1期\t签发人：秘书长"
    assert record == [
        ("报送：区委，区政府。", {"top": "8", "bottom": "6"}), ("抄送：各委室。", {"bottom": "6"}),
        ("荣昌区政协办公室\t2024年3月5日印发", {"bottom": "8"}),
    ]  # fmt: skip


def test_the_faces_of_the_standard_have_stand_ins_where_they_are_not_installed():
    with zipfile.ZipFile(io.BytesIO(docx(PAPER))) as file:
        table = file.read("word/fontTable.xml").decode()
        assert not [name for name in file.namelist() if name.endswith((".ttf", ".odttf", ".fntdata"))]
    for face, other in (("仿宋_GB2312", "FangSong"), ("方正小标宋简体", "SimSun"), ("黑体", "SimHei")):
        assert f'<w:font w:name="{face}"><w:altName w:val="{other}"/></w:font>' in table


def test_borders_stand_where_the_schema_wants_them():
    for paragraph in opened().paragraphs:
        names = [child.tag.split("}")[1] for child in paragraph._p.pPr] if paragraph._p.pPr is not None else []
        after = names[names.index("pBdr") + 1:] if "pBdr" in names else []
        assert not {"keepNext", "keepLines", "pageBreakBefore", "widowControl"} & set(after), names
