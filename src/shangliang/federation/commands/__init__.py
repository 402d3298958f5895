"""Every verb between us and a neighbour: our keys, whom we know, what goes out, what came in."""

from .alarm import rewind
from .inbox import retry, set_aside, take
from .outbox import acknowledge, miss, queue, queue_again, remember_nonce, take_out, take_receipt
from .own import make_key, next_key
from .peers import acquaint, begin_epoch, meet, pause, resume, revoke, rotate_key

__all__ = [
    "acknowledge", "acquaint", "begin_epoch", "make_key", "meet", "miss", "next_key", "pause", "queue", "queue_again",
    "remember_nonce", "resume", "retry", "revoke", "rewind", "rotate_key",
    "set_aside", "take", "take_out", "take_receipt",
]  # fmt: skip
