"""Every change to places of consultation, to the codes on their walls and to those who look after them."""

from .places import close_venue, issue_wall_code, open_venue, revoke_wall_code, update_venue
from .stewards import appoint_steward, end_steward, erase_steward, reveal_steward, update_steward

__all__ = [
    "appoint_steward",
    "close_venue",
    "end_steward",
    "erase_steward",
    "issue_wall_code",
    "open_venue",
    "reveal_steward",
    "revoke_wall_code",
    "update_steward",
    "update_venue",
]
