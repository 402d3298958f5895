"""The papers, each a template filled with plain values."""

import datetime as dt
from dataclasses import asdict

from . import press
from .shapes import ReceiptSlip, ReportPaper, ResultCard, WallPoster, WorkPaper

MOST_MILESTONES = 5
#: Longer texts could not be read from a wall in any size; the template cuts further to fit.
MOST_CHARACTERS = 400


def result_card(card: ResultCard) -> bytes:
    """The card for the courtyard wall, one A4 page, to be read from two metres."""
    values = {
        "committee": card.committee,
        "case_no": card.case_no,
        "title": card.title,
        "place": card.place,
        "raised": card.raised[:MOST_CHARACTERS],
        "done": card.done[:MOST_CHARACTERS],
        "rating": card.rating,
        "agreed": [
            {"text": item.text[:MOST_CHARACTERS], "unit": item.unit, "due": _day(item.due_on)} for item in card.agreed
        ],
        "milestones": [
            {"label": mark.label, "day": f"{mark.on.month}月{mark.on.day}日", "year": str(mark.on.year)}
            for mark in card.milestones[-MOST_MILESTONES:]
        ],
        "before": card.before is not None,
        "after": card.after is not None,
    }
    pictures = {"before.jpg": card.before, "after.jpg": card.after}
    return press.printed(
        "result_card.typ",
        values,
        codes={"code.svg": card.address},
        pictures={name: body for name, body in pictures.items() if body is not None},
    )


def receipt_slip(slip: ReceiptSlip) -> bytes:
    """The slip with the receipt code, 80 mm wide and as long as it needs to be."""
    values = {**asdict(slip), "received_on": _day(slip.received_on)}
    return press.printed("receipt_slip.typ", values, codes={"code.svg": slip.address})


def wall_poster(poster: WallPoster) -> bytes:
    """The poster with the wall code, one page of A4 or A5."""
    return press.printed("wall_poster.typ", asdict(poster), codes={"code.svg": poster.address})


def report_pdf(paper: ReportPaper) -> bytes:
    """A research report, as many A4 pages as it needs, with their numbers."""
    values = {**asdict(paper), "on": _day(paper.on)}
    values["blocks"] = [{"kind": kind, "text": text} for kind, text in paper.blocks]
    return press.printed("report.typ", values)


def work_report(paper: WorkPaper) -> bytes:
    """A committee's report on a period, as many A4 pages as it needs."""
    values = {**asdict(paper), "on": _day(paper.on)}
    values["blocks"] = [{"kind": kind, "pieces": [_piece(*piece) for piece in pieces]} for kind, pieces in paper.blocks]
    return press.printed("work_report.typ", values)


def _piece(text, note) -> dict:
    return {"text": text, "note": note.words if note else "", "address": note.address if note else ""}


def _day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
