"""Numbers that a report claims, by the figure that they are about. Pure text work without Django."""

import re
from dataclasses import dataclass

#: (figure, pattern); the first group is the number. In the words of the press of the committees.
_PATTERNS = (
    ("consultations", r"协商(?:活动|会议?)?\D{0,6}?(?<!\d)(\d[\d,，]{0,11})\s*(?:余)?(?:场次|场|次)"),
    ("attendances", r"(?:参与|参加|到会)\D{0,8}?(?<!\d)(\d[\d,，]{0,11})\s*(?:余)?人次"),
    ("solved", r"(?:解决|办成|办结)\D{0,12}?(?:问题|实事|诉求)\D{0,4}?(?<!\d)(\d[\d,，]{0,11})\s*(?:余)?[个件]"),
    ("studios", r"(?<!\d)(\d[\d,，]{0,11})\s*个[^，。；]{0,8}?委员工作室"),
    ("visits", r"走访\D{0,6}?(?<!\d)(\d[\d,，]{0,11})\s*(?:余)?(?:次|户次)"),
)


@dataclass(frozen=True)
class Claim:
    """A number that a text claims, with the words around it."""

    figure: str
    number: int
    words: str


def claims(text: str) -> list[Claim]:
    """Every claim of a text, in its order, each figure's first number once."""
    found = []
    for figure, pattern in _PATTERNS:
        if hit := re.search(pattern, text):
            number = int(re.sub(r"\D", "", hit[1]))
            found.append((hit.start(), Claim(figure, number, hit[0].strip())))
    return [claim for _at, claim in sorted(found, key=lambda pair: pair[0])]
