"""What the papers are made of: plain values, already masked by whoever fills them in."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AgreedItem:
    """One thing that was agreed: what, by which unit, until when."""

    text: str
    unit: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Milestone:
    """One date on the way, with a label of two to four characters (反映, 协商, 交办, 办成, 评价)."""

    label: str
    on: dt.date


@dataclass(frozen=True)
class ResultCard:
    """The card on the courtyard wall that tells what became of a matter.

    ``before`` and ``after`` are the bytes of public JPEG pictures; ``rating`` is in words and empty
    while nobody has rated; ``address`` is the full address of the public page, printed as a code.
    Of the milestones the last five are shown, so pass the main ones.
    """

    committee: str
    case_no: str
    title: str
    place: str
    raised: str
    done: str
    address: str
    agreed: tuple[AgreedItem, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    rating: str = ""
    before: bytes | None = field(default=None, repr=False)
    after: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ReceiptSlip:
    """The slip that the person who raised a voice takes home.

    ``groups`` are the digits of the receipt code as they are read aloud, ``ask_at`` the short address
    to be typed, ``address`` the full one to be scanned, ``phone`` whom to ring without a phone that
    scans.
    """

    committee: str
    groups: tuple[str, ...]
    place: str
    received_on: dt.date
    ask_at: str
    address: str
    phone: str = ""


@dataclass(frozen=True)
class WallPoster:
    """The poster with a place's wall code.

    ``address`` is what the code holds, ``short_address`` what a person can type, ``paper`` is a4 or a5.
    """

    committee: str
    place: str
    address: str
    short_address: str
    phone: str = ""
    paper: str = "a4"


@dataclass(frozen=True)
class ReportPaper:
    """A research report set as pages of A4.

    ``blocks`` are pairs (kind, text) with kind h1, h2 or p; ``edition`` says which draft it is and is empty for the
    final version; ``digest`` is the SHA-256 of the text, printed small at the end.
    """

    committee: str
    title: str
    authors: str
    on: dt.date
    blocks: tuple[tuple[str, str], ...]
    edition: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Note:
    """What a footnote says of the number before it, and the address that it leads to."""

    words: str
    address: str


@dataclass(frozen=True)
class WorkPaper:
    """A committee's report on a period set as pages of A4, each number with a footnote that can be pressed.

    ``blocks`` are pairs (kind, pieces) with kind h1, h2 or p and pieces pairs (text, Note or None); ``draft`` says
    that it is not settled; ``proof`` stands small at the end.
    """

    committee: str
    title: str
    on: dt.date
    blocks: tuple[tuple[str, tuple], ...]
    proof: str
    draft: str = ""
