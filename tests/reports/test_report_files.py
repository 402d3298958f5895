"""The files of a report: every number has a footnote that leads to its page, and a settled one never changes."""

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
import zlib

from django.conf import settings
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from shangliang.reports import papers
from shangliang.reports.filling import number
from shangliang.shared import clock
from tests.journeys import walk
from tests.papers.conftest import needs_fonts


def addresses(report):
    return [settings.PUBLIC_ADDRESS + number(row).path for row in report.content["numbers"]]


def test_the_word_file_has_a_footnote_with_a_link_for_every_number(settled):
    raw = papers.docx(settled)
    document = Document(io.BytesIO(raw))
    references = list(document.element.body.iter(qn("w:footnoteReference")))
    expected = addresses(settled)
    assert len(references) == len(expected) == 7
    parts = zipfile.ZipFile(io.BytesIO(raw))
    notes = parse_xml(parts.read("word/footnotes.xml"))
    links = {
        rel.get("Id"): (rel.get("Target"), rel.get("TargetMode"))
        for rel in parse_xml(parts.read("word/_rels/footnotes.xml.rels"))
    }  # fmt: skip
    found = {}
    for note in notes.iter(qn("w:footnote")):
        for link in note.iter(qn("w:hyperlink")):
            found[note.get(qn("w:id"))] = links[link.get(qn("r:id"))]
    assert [found[each.get(qn("w:id"))] for each in references] == [(address, "External") for address in expected]
    said = "".join(node.text for node in notes.iter(qn("w:t")))
    assert "“收到反映”第1版，数到2024-01-06" in said
    assert b"footnotes+xml" in parts.read("[Content_Types].xml")
    assert "w:footnotePr" in parts.read("word/settings.xml").decode()


def test_the_word_file_keeps_the_page_and_the_faces_of_the_standard(settled):
    document = Document(io.BytesIO(papers.docx(settled)))
    section = document.sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28, 26] and round(section.bottom_margin.mm) == 35
    line = next(p for p in document.paragraphs if p.text.startswith("2023年收到反映1件"))
    assert line.text.endswith("到会7人次、7人。") and line.paragraph_format.line_spacing.pt == 29
    written = [run for run in line.runs if run.text]
    assert {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in written} == {"仿宋_GB2312"}
    assert {run.font.size.pt for run in written} == {16}
    assert document.paragraphs[0].text == settled.committee.name


def test_a_draft_says_so_and_bears_no_red_mark(draft):
    document = Document(io.BytesIO(papers.docx(draft)))
    assert document.paragraphs[0].text == "2023年度协商工作报告（草稿）"


@needs_fonts
def test_the_pdf_holds_the_numbers_and_their_links(settled):
    raw = papers.pdf(settled)
    assert raw.startswith(b"%PDF")
    plain = raw + b"".join(_inflated(raw))
    found = [link.decode() for link in re.findall(rb"/URI\s*\(([^)]*)\)", plain)]
    assert set(found) == set(addresses(settled))
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=raw, capture_output=True, check=True)
        said = re.sub(r"\s", "", done.stdout.decode())
        assert "2023年度协商工作报告" in said and "到会7" in said and settled.digest in said


def _inflated(raw):
    for start in re.finditer(rb"stream\r?\n", raw):
        try:
            yield zlib.decompressobj().decompress(raw[start.end() :])
        except zlib.error:
            continue


@needs_fonts
def test_a_settled_report_stays_the_same_bytes_when_the_records_change(browser, committee, courtyard, published):
    path = published.get_absolute_url()[:-1]
    before = [browser.get(f"{path}.{ending}").content for ending in ("docx", "pdf")]
    with clock.at(dt.date(2023, 8, 1)):
        walk.report(committee, courtyard, key="l" * 30)
    with clock.at(dt.date(2024, 6, 1)):
        after = [browser.get(f"{path}.{ending}") for ending in ("docx", "pdf")]
    assert [answer.content for answer in after] == before
    assert 'filename="report-2023-' in after[0]["Content-Disposition"]
