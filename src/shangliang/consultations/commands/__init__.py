"""Every verb of a consultation: the meeting and its minutes."""

from .meeting import (
    adjourn,
    cancel,
    check_in,
    convene,
    count_guests,
    hold,
    mark_joint,
    open,
    plan,
    postpone,
    register,
    take_statements,
)
from .minutes import archive, circulate, confirm, draft_minutes, issue, report

__all__ = [
    "adjourn",
    "archive",
    "cancel",
    "check_in",
    "circulate",
    "confirm",
    "convene",
    "count_guests",
    "draft_minutes",
    "hold",
    "issue",
    "mark_joint",
    "open",
    "plan",
    "postpone",
    "register",
    "report",
    "take_statements",
]
