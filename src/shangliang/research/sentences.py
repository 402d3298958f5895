"""Cutting a report's text into headings and numbered sentences, so that a clause can point at the very sentence.

The text is plain: one paragraph a line; a line that begins 一、 is a heading, one that begins （一） a smaller heading.
"""

import re
from dataclasses import dataclass

_H1 = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_H2 = re.compile(r"^（[一二三四五六七八九十]{1,3}）")
_LONGEST_HEADING = 40
#: The end of a sentence with the closing marks that belong to it.
_END = re.compile(r"(?<=[。！？；])(?![”’』」）])|(?<=[。！？；][”’』」）])")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report with its number, counted from 1 through the whole text, and its paragraph's number."""

    number: int
    paragraph: int
    text: str


def paragraphs(text: str) -> list[tuple[str, str]]:
    """(kind, line) of every line that is not empty; kinds are h1, h2 and p."""
    return [(_kind(line), line) for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _kind(line: str) -> str:
    """A heading is short and has no full stop; “（一）做强龙头。引进……” is a paragraph."""
    if len(line) <= _LONGEST_HEADING and "。" not in line:
        if _H1.match(line):
            return "h1"
        if _H2.match(line):
            return "h2"
    return "p"


def sentences(text: str) -> list[Sentence]:
    """The sentences of the paragraphs; headings have no number."""
    found: list[Sentence] = []
    paragraph = 0
    for kind, line in paragraphs(text):
        if kind == "p":
            paragraph += 1
            for part in filter(None, map(str.strip, _END.split(line))):
                found.append(Sentence(len(found) + 1, paragraph, part))
    return found
