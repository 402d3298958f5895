"""What people do with press reports: take them in, open and close them, answer notices, keep feeds and sources."""

from .capture import LONGEST, MOST, capture
from .notices import counter, erase_contact, expire_contact, heed, notify, reopen, reveal_contact, turn_away, uphold
from .publication import link, publish, restore, take_down
from .sources import allow_host, drop_subscription, forbid_host, keep_subscription

__all__ = [
    "LONGEST", "MOST", "allow_host", "capture", "counter", "drop_subscription", "erase_contact", "expire_contact",
    "forbid_host", "heed",
    "keep_subscription", "link", "notify", "publish", "reopen", "restore", "reveal_contact", "take_down", "turn_away",
    "uphold",
]  # fmt: skip
