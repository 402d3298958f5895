"""Asking people, taking their votes, and keeping what came of it."""

from .exchange import bring_in, export
from .results import draw, forget_sources
from .rounds import begin, cancel, close, extend, open, print_slips, publish, take_back
from .statements import add_statements, admit, say, turn_down, withdraw_statement
from .votes import enter_sheet, join, vote

__all__ = [
    "add_statements", "admit", "begin", "bring_in", "cancel", "close", "draw", "enter_sheet", "export", "extend",
    "forget_sources", "join", "open", "print_slips", "publish", "say", "take_back", "turn_down", "vote",
    "withdraw_statement",
]  # fmt: skip
