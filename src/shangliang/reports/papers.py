"""A report as papers: Word after GB/T 9704 and PDF, each number with a footnote that leads to its page."""

import datetime as dt

from django.utils import timezone

from ..papers import Note, WorkPaper, official, work_report
from .filling import number
from .queries import content_of


def docx(workreport) -> bytes:
    """The report as an official paper; only a settled one carries the committee's red mark."""
    content = content_of(workreport)
    on = _on(content)
    blocks = [official.Block(kind, "", pieces) for kind, pieces in _blocks(content)]
    paper = official.OfficialPaper(
        mark=content["committee"] if workreport.settled else "", number="",
        title=content["title"] + ("" if workreport.settled else "（草稿）"), recipients="",
        blocks=[*blocks, official.Block("p", _proof(workreport, content))],
        signature=content["committee"], on=on,
    )  # fmt: skip
    return official.docx(paper)


def pdf(workreport) -> bytes:
    """The report as a PDF with page numbers."""
    content = content_of(workreport)
    return work_report(
        WorkPaper(
            committee=content["committee"], title=content["title"], on=_on(content), blocks=tuple(_blocks(content)),
            proof=_proof(workreport, content), draft="" if workreport.settled else "（草稿，数字还会变）",
        )
    )  # fmt: skip


#: How a report can be taken home: ending → (maker, media type).
FORMS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


def name_of(workreport, ending) -> str:
    """The name of its file, which tells the period."""
    period = f"{workreport.year}" + (f"q{workreport.quarter}" if workreport.quarter else "")
    return f"report-{period}-{workreport.pk}.{ending}"


def _blocks(content) -> list[tuple[str, tuple]]:
    numbers = [number(row) for row in content["numbers"]]
    notes = [
        Note(f"“{each.name}”第{each.version}版，数到{_on(content)}。", content["site"] + each.path) for each in numbers
    ]
    return [
        (kind, tuple((text, None if place is None else notes[place]) for text, place in pieces))
        for kind, pieces in content["blocks"]
    ]  # fmt: skip


def _on(content) -> dt.date:
    return timezone.localtime(dt.datetime.fromisoformat(content["at"])).date()


def _proof(workreport, content) -> str:
    told = f"本报告的数字由记录数出，数到记录第{content['entries']}条；脚注里的地址打开是这个数的定义和每一条记录。"
    return told + (f"定稿摘要 {workreport.digest}。" if workreport.settled else "")
