"""Steps of a brief: the author's, the editor's, those above, and the periodical."""

from .above import adopt, close, follow, instruct, note_adoption, send, send_further
from .drafting import draft, forget_informant, rewrite, see, submit, withdraw
from .editing import edit, keep, send_back, sign, take_edit
from .periodical import make_issue

__all__ = [
    "adopt", "close", "draft", "edit", "follow", "forget_informant", "instruct", "keep", "make_issue",
    "note_adoption", "rewrite", "see", "send", "send_back", "send_further", "sign", "submit", "take_edit", "withdraw",
]  # fmt: skip
