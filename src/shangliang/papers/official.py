"""Official papers as docx after GB/T 9704-2012: what an office edits further, prints and signs.

The file names the customary fonts (方正小标宋, 仿宋_GB2312 …) and carries none: they belong to their makers. Equal
papers give equal bytes.
"""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .footnotes import Footnotes

#: GB/T 9704-2012 5.2, 7: sizes in points of 二号, 三号, 四号; margins in millimetres; 22 lines a page.
TITLE, BODY, SMALL, MARK = 22, 16, 14, 40
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
LINE = 29
#: Width of the text block in millimetres; thick and thin rules of 版记 (0.35 and 0.25 mm) in eighths of a point.
WIDTH, THICK, THIN = 156, 8, 6
RED = RGBColor(0xC0, 0x00, 0x00)
SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
#: What stands in for a customary face where it is not installed; Word and WPS read it from the font table.
STAND_INS = {SONG: "SimSun", FANG: "FangSong", HEI: "SimHei", KAI: "KaiTi", "宋体": "SimSun"}
FACES = {"h1": HEI, "h2": KAI, "h3": FANG, "p": FANG}
#: What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What follows the borders among the properties of a paragraph, in the order of the schema.
AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr",
)  # fmt: skip
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Block:
    """A paragraph of the body: a heading of the first to third level (h1, h2, h3) or plain text (p).

    ``pieces`` are pairs (text, Note or None) and follow the text in the same face; each note becomes a footnote.
    """

    kind: str
    text: str
    pieces: tuple = ()


@dataclass(frozen=True)
class OfficialPaper:
    """A paper: the red mark of who issues it, its number, title, recipients, body, signature, day and copies.

    ``reported_to`` and ``copies`` stand in the record at the end (版记); ``signer`` is the post beside the number.
    """

    mark: str
    number: str
    title: str
    recipients: str
    blocks: list = field(default_factory=list)
    signature: str = ""
    on: dt.date | None = None
    copies: tuple = ()
    reported_to: tuple = ()
    signer: str = ""


def docx(paper: OfficialPaper) -> bytes:
    """The paper as a docx file; raises ValueError for a block of an unknown kind."""
    document = Document()
    _page(document)
    if paper.mark:
        # A long name is set smaller, so that the mark stays one line as wide as the text block at most.
        size = min(MARK, int(Mm(WIDTH).pt) // len(paper.mark))
        _line(document, paper.mark, SONG, size, centre=True, colour=RED, pitch=None)
        number = _number(document, paper)
        _rule(number, RED, 18)
        _line(document, "", FANG, BODY)
    _line(document, paper.title, SONG, TITLE, centre=True, pitch=34)
    _line(document, "", FANG, BODY)
    if paper.recipients:
        _line(document, f"{paper.recipients}：", FANG, BODY)
    notes = Footnotes()
    for block in paper.blocks:
        face = FACES.get(block.kind) or _unknown(block)
        for text in block.text.split("\n"):
            if text.strip():
                _line(document, text.strip(), face, BODY, indent=True)
        if block.pieces:
            _noted(document, block.pieces, face, notes)
    notes.attach(document)
    _foot(document, paper)
    _number_pages(document.sections[0])
    return _settled(document, paper.on)


def _noted(document, pieces, face, notes):
    """One paragraph of pieces, each with its footnote."""
    line = _line(document, "", face, BODY, indent=True)
    for text, note in pieces:
        _run(line, text, face, BODY)
        if note:
            notes.refer(line, note)


def _number(document, paper):
    """The number under the mark; with a signer the two stand at the ends of the line (GB/T 9704 7.2.6)."""
    if not paper.signer:
        return _line(document, paper.number, FANG, BODY, centre=True)
    line = _line(document, f"{paper.number}\t签发人：{paper.signer}", FANG, BODY)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(BODY)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(2 * BODY), WD_TAB_ALIGNMENT.RIGHT)
    return line


def _unknown(block):
    raise ValueError(f"a paper has no block of kind {block.kind!r}")


def _page(document):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FANG, Pt(BODY)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)


def _line(document, text, face, size, *, centre=False, indent=False, colour=None, pitch=LINE, right=0):
    """One paragraph in one face; ``pitch`` is the fixed distance of lines in points."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if pitch:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        shape.first_line_indent = Pt(2 * size)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.right_indent = Pt(right * size)
    if text:
        run = _run(paragraph, text, face, size)
        if colour is not None:
            run.font.color.rgb = colour
    return paragraph


def _run(paragraph, text, face, size):
    run = paragraph.add_run(FORBIDDEN.sub("", text))
    run.font.size, run.font.name = Pt(size), face
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def _rule(paragraph, colour, eighths, side="bottom"):
    """A line under or over a paragraph, as wide as the text block; its strength in eighths of a point."""
    shape = paragraph._p.get_or_add_pPr()
    borders = shape.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        shape.insert_element_before(borders, *AFTER_BORDERS)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", str(colour))):
        line.set(qn(f"w:{name}"), value)
    # The order that the schema asks for: the top before the bottom.
    borders.insert(0, line) if side == "top" else borders.append(line)


def _foot(document, paper):
    """Signature and date two lines below the body, the date with Arabic digits; then the record of who gets it."""
    if paper.signature or paper.on:
        _line(document, "", FANG, BODY)
    if paper.signature:
        _line(document, paper.signature, FANG, BODY, right=2)
    if paper.on:
        _line(document, _day(paper.on), FANG, BODY, right=2)
    rows = [("报送", paper.reported_to), ("抄送", paper.copies)]
    _record(document, [f"{word}：{'，'.join(names)}。" for word, names in rows if names], paper)


def _record(document, rows, paper):
    """版记 in 四号: a thick rule first and last, thin ones between; who printed it and when at the ends of a line."""
    if not rows:
        return
    lines = [*rows, f"{paper.signature}\t{_day(paper.on)}印发"] if paper.signature and paper.on else rows
    _line(document, "", FANG, BODY)
    for place, text in enumerate(lines):
        line = _line(document, text, FANG, SMALL)
        shape = line.paragraph_format
        shape.left_indent = shape.right_indent = Pt(SMALL)
        shape.keep_together = shape.keep_with_next = True
        shape.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(2 * SMALL), WD_TAB_ALIGNMENT.RIGHT)
        if place == 0:
            _rule(line, "000000", THICK, "top")
        _rule(line, "000000", THICK if place == len(lines) - 1 else THIN)


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _number_pages(section):
    """— 1 — in 四号宋体 under the text block."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(SMALL), "宋体"
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        for kind in ("begin", "instr", "end") if code else ():
            part = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
            if kind == "instr":
                part.text = code
            else:
                part.set(qn("w:fldCharType"), kind)
            run._element.append(part)


def _settled(document, on) -> bytes:
    """The file with the paper's own day in its properties and one day in its archive, so that equal stays equal."""
    day = dt.datetime.combine(on or dt.date(2000, 1, 1), dt.time())
    properties = document.core_properties
    properties.created = properties.modified = day
    properties.author = properties.last_modified_by = ""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            body = source.read(name)
            target.writestr(entry, _with_stand_ins(body) if name == "word/fontTable.xml" else body)
    return out.getvalue()


def _with_stand_ins(table: bytes) -> bytes:
    """The font table with the customary faces and what may stand in for each."""
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/></w:font>' for face, other in STAND_INS.items()
    )
    return table.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())
