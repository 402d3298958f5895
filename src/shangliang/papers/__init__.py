"""Papers for walls and pockets: result card, receipt slip and wall poster, as PDF. No models inside.

They are always in Chinese, whatever the language of the desk: villagers read them.
"""

from .documents import receipt_slip, report_pdf, result_card, wall_poster, work_report
from .shapes import AgreedItem, Milestone, Note, ReceiptSlip, ReportPaper, ResultCard, WallPoster, WorkPaper

__all__ = [
    "AgreedItem",
    "Milestone",
    "Note",
    "ReceiptSlip",
    "ReportPaper",
    "ResultCard",
    "WallPoster",
    "WorkPaper",
    "receipt_slip",
    "report_pdf",
    "result_card",
    "wall_poster",
    "work_report",
]
