"""A version of a report as a paper: Word by GB/T 9704, PDF by the press, and its numbered sentences for the page."""

from django.utils import timezone

from ..papers import ReportPaper, official, report_pdf
from .sentences import paragraphs, sentences


def docx(report, version) -> bytes:
    """The version as an official paper; only the final one carries the committee's red mark."""
    paper = official.OfficialPaper(
        mark=report.committee.name if version.final else "", number="", title=_titled(report, version),
        recipients=report.delivered_to, blocks=[official.Block(kind, text) for kind, text in paragraphs(version.text)],
        signature=_authors(report), on=timezone.localdate(version.saved_at),
    )  # fmt: skip
    return official.docx(paper)


def pdf(report, version) -> bytes:
    """The version as a PDF with page numbers."""
    return report_pdf(
        ReportPaper(
            committee=report.committee.name, title=report.title, authors=_authors(report),
            edition="" if version.final else str(version), on=timezone.localdate(version.saved_at),
            blocks=tuple(paragraphs(version.text)), digest=version.digest,
        )
    )  # fmt: skip


def _titled(report, version) -> str:
    return report.title if version.final else f"{report.title}（{version}）"


def _authors(report) -> str:
    return "、".join(str(author) for author in report.authors.select_related("member"))


def numbered(text: str) -> list[tuple]:
    """(kind, words or numbered sentences) of each line: what the page shows and a clause can point at."""
    found, rest = [], list(sentences(text))
    paragraph = 0
    for kind, line in paragraphs(text):
        if kind == "p":
            paragraph += 1
            found.append((kind, [row for row in rest if row.paragraph == paragraph]))
        else:
            found.append((kind, line))
    return found
