"""What can happen between us and a neighbour, besides what the messages themselves tell."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("federation.key_made", says=_("制作签名钥匙 %(key)s"))
class KeyMade:
    """Our committee got a signing key."""

    key: str


@event("federation.key_rotated", says=_("换用新的签名钥匙 %(key)s"), tone="waiting")
class KeyRotated:
    """A new key takes over; the old one signed the message that says so."""

    key: str


@event("federation.peer_met", says=_("登记毗邻方：%(name)s，钥匙 %(key)s"), tone="done")
class PeerMet:
    """A neighbour's card was taken in, after a person compared the fingerprint."""

    name: str
    key: str


@event("federation.peer_paused", says=_("暂停与%(name)s的往来"), tone="waiting")
class PeerPaused:
    """Nothing is sent or taken until somebody resumes."""

    name: str


@event("federation.peer_resumed", says=_("恢复与%(name)s的往来"), tone="info")
class PeerResumed:
    """Messages flow again."""

    name: str


@event("federation.peer_revoked", says=_("断开与%(name)s的往来，其钥匙作废"), tone="stopped")
class PeerRevoked:
    """Its keys are worth nothing any more; what it said stays on record."""

    name: str


@event("federation.peer_rewound", says=_("与%(name)s的记录对不上，已停止往来：%(found)s"), tone="stopped")
class PeerRewound:
    """One side went back to an older state of its records: noticed, told, and never silently merged."""

    name: str
    found: str


@event("federation.epoch_begun", says=_("与%(name)s重新对账，从第 %(epoch)s 期开始"), tone="info")
class EpochBegun:
    """After both sides looked into it, numbering begins anew."""

    name: str
    epoch: int


@event("federation.letter_kept", says=_("收到%(name)s第 %(seq)s 号消息，暂未登记：%(note)s"), tone="waiting")
class LetterKept:
    """A message could not be entered; it is kept and shown until a person or a newer release deals with it."""

    name: str
    seq: int
    note: str


@event("federation.letter_set_aside", says=_("搁置%(name)s第 %(seq)s 号消息"), tone="stopped")
class LetterSetAside:
    """A person decided that a message will not be entered."""

    name: str
    seq: int


@event("federation.letter_retried", says=_("再次登记%(name)s第 %(seq)s 号消息"))
class LetterRetried:
    """A kept message was tried again."""

    name: str
    seq: int
