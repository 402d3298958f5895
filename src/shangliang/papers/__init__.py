"""Papers for walls and pockets: result card, receipt slip and wall poster, as PDF. No models inside.

They are always in Chinese, whatever the language of the desk: villagers read them.
"""

from .documents import receipt_slip, result_card, wall_poster
from .shapes import AgreedItem, Milestone, ReceiptSlip, ResultCard, WallPoster

__all__ = [
    "AgreedItem",
    "Milestone",
    "ReceiptSlip",
    "ResultCard",
    "WallPoster",
    "receipt_slip",
    "result_card",
    "wall_poster",
]
