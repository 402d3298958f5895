"""Every verb of a proposal, by who takes the step: who makes it, the office that decides, the system that follows."""

from .follow import close, distribute, evaluate, redo, remind, replied
from .review import bring_in, convert, decline, file, merge, send_back, take_review
from .writing import decline_signing, draft, edit, hear, invite_signers, sign, submit, withdraw

__all__ = [
    "bring_in", "close", "convert", "decline", "decline_signing", "distribute", "draft", "edit", "evaluate", "file",
    "hear", "invite_signers", "merge", "redo", "remind", "replied", "send_back", "sign", "submit", "take_review",
    "withdraw",
]  # fmt: skip
