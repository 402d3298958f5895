"""Every verb of a task, by who takes the step: the unit, the assigner, or the system following ratings and days."""

from .assigner import (
    accept,
    assign,
    assign_proposal,
    bring_in,
    check_promise,
    deny_extension,
    deny_objection,
    grant_extension,
    reject_promise,
    resume,
    send_back,
    settle_joint_review,
    suspend,
    take_review,
    uphold_objection,
)
from .follow import close, remind, return_rated
from .unit import (
    acknowledge,
    co_reply,
    contact_proposer,
    keep_promise,
    object,
    progress,
    reply,
    request_extension,
)

__all__ = [
    "accept", "acknowledge", "assign", "assign_proposal", "bring_in", "check_promise", "close", "co_reply",
    "contact_proposer", "deny_extension", "deny_objection", "grant_extension", "keep_promise", "object", "progress",
    "reject_promise", "remind", "reply", "request_extension", "resume", "return_rated", "send_back",
    "settle_joint_review", "suspend", "take_review", "uphold_objection",
]
