"""Papers for walls and pockets: result card, receipt slip and wall poster, as PDF. No models inside.

They are always in Chinese, whatever the language of the desk: villagers read them.
"""

from .documents import receipt_slip, report_pdf, result_card, wall_poster
from .shapes import AgreedItem, Milestone, ReceiptSlip, ReportPaper, ResultCard, WallPoster

__all__ = [
    "AgreedItem",
    "Milestone",
    "ReceiptSlip",
    "ReportPaper",
    "ResultCard",
    "WallPoster",
    "receipt_slip",
    "report_pdf",
    "result_card",
    "wall_poster",
]
