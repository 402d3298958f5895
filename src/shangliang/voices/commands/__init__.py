"""Every verb of a voice: taking in, screening, ending, and the personal data of who raised it."""

from .ending import close, close_unrated, confirm, give_result, reopen, work_again
from .intake import ask_info, begin_screening, receive, supplement
from .personal import erase_person, expire_contact, reveal_contact
from .screening import answer, guide, hand_to_topic, merge, not_accept, refer, return_from_topic, turn_to_info

__all__ = [
    "answer",
    "ask_info",
    "begin_screening",
    "close",
    "close_unrated",
    "confirm",
    "erase_person",
    "expire_contact",
    "give_result",
    "guide",
    "hand_to_topic",
    "merge",
    "not_accept",
    "receive",
    "refer",
    "reopen",
    "return_from_topic",
    "reveal_contact",
    "supplement",
    "turn_to_info",
    "work_again",
]
