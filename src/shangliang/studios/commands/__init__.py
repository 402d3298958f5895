"""Every verb of a studio: the studio itself, who sits there and when, its standards, its work, what is made public."""

from .house import close, establish, hang_sign, open, reopen, revise
from .people import seat, set_hours, unseat
from .publishing import publish_activity, publish_promise, publish_sign, withdraw_activity, withdraw_promise
from .standards import add_checklist, check, retire_checklist, review, revise_checklist, seed_checklists
from .work import add_activity, keep_promise, promise, receive_visitor, write_log

__all__ = [
    "add_activity", "add_checklist", "check", "close", "establish", "hang_sign", "keep_promise", "open", "promise",
    "publish_activity", "publish_promise", "publish_sign", "receive_visitor", "reopen", "retire_checklist", "review",
    "revise", "revise_checklist", "seat", "seed_checklists", "set_hours", "unseat", "withdraw_activity",
    "withdraw_promise", "write_log",
]  # fmt: skip
