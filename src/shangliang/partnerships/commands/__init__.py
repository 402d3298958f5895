"""Every verb of neighbourly cooperation: partnership, conference, plan, activities, studios, joint matters."""

from .arriving import hear
from .following import advance, approve, convene, meet, report
from .matters import (
    defer,
    endorse,
    finish,
    join_sitting,
    object,
    opine,
    raise_matter,
    resume,
    review,
    schedule,
    split,
    study,
    take_items,
    take_up,
    track,
    turn_down,
    withdraw,
)
from .partnership import (
    accept,
    attend,
    cancel,
    confirm,
    decline,
    end,
    hold,
    minute,
    plan_conference,
    propose,
    publish,
    take_back,
)
from .plan import (
    agree,
    call_off,
    carry_out,
    complete,
    drop,
    plan_activity,
    progress,
    put_forward,
    refuse,
)
from .studios import close, join, set_up, take_back_seat, tell_seat

__all__ = [
    "accept", "advance", "agree", "approve", "attend", "call_off", "cancel", "carry_out", "close", "complete",
    "confirm", "convene", "decline", "defer", "drop", "end", "endorse", "finish", "hear", "hold", "join",
    "join_sitting", "meet", "minute", "object", "opine", "plan_activity", "plan_conference", "progress", "propose",
    "publish", "put_forward", "raise_matter", "refuse", "report", "resume", "review", "schedule", "set_up", "split",
    "study", "take_back", "take_back_seat", "take_items", "take_up", "tell_seat", "track", "turn_down", "withdraw",
]  # fmt: skip
