"""Steps of a brief: the author's, the editor's, those above, and the periodical."""

from .above import adopt, close, follow, instruct, keep, note_adoption, send, send_further
from .drafting import begin, forget_reporter, hear, rewrite, submit, withdraw
from .editing import edit, send_back, sign, take_edit
from .periodical import make_issue

__all__ = [
    "adopt", "begin", "close", "edit", "follow", "forget_reporter", "hear", "instruct", "keep", "make_issue",
    "note_adoption", "rewrite", "send", "send_back", "send_further", "sign", "submit", "take_edit", "withdraw",
]  # fmt: skip
