"""Logs of votes as CSV, as Polis exports them: timestamp, datetime, comment-id, voter-id, vote, in any order."""

import csv
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from .votes import NotEnough, Votes, from_log

#: What a column may be called, in Polis's exports and elsewhere.
NAMES = {
    "statement": ("comment-id", "comment_id", "statement", "statement-id", "tid"),
    "person": ("voter-id", "voter_id", "participant", "participant-id", "pid"),
    "vote": ("vote",),
    "time": ("timestamp", "timestamp_ms", "time", "created"),
}
NEEDED = ("statement", "person", "vote")
VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}


#: Characters of a name; as an array of words all take the room of the longest.
LONGEST = 200


class Unreadable(ValueError):
    """The file is no log of votes; the text says where and why."""


def read(lines: Iterable[str], out: Iterable[str] = (), timed: bool = False) -> Votes:
    """The votes of a log; ``lines`` as an open text file gives them, ``out`` the statements that were moderated out,
    ``timed`` keeps when each vote came.

    Raises Unreadable with the line for a missing column, a missing name or a vote that is none, and NotEnough where
    there is no vote at all.
    """
    people, said, votes, times = [], [], array("b"), []
    for row in rows(lines):
        people.append(row.person)
        said.append(row.statement)
        votes.append(row.vote)
        if row.time is not None:
            times.append(row.time)
    if not votes:
        raise NotEnough("there are no votes")
    known = {str(name).strip() for name in out}
    statements = _names(said)
    return from_log(
        _names(people), statements, np.frombuffer(votes, np.int8), times or None,
        [name for name in np.unique(statements).tolist() if str(name) in known], timed=timed,
    )  # fmt: skip


class Row(NamedTuple):
    """One line of a log; ``time`` is None where the file has no such column."""

    person: str
    statement: str
    vote: int
    time: float | None


def rows(lines: Iterable[str]) -> Iterator[Row]:
    """The lines of a log one by one, in the order of the file; raises Unreadable as :func:`read` does."""
    found = csv.reader(lines)
    try:
        heading = next(found, None)
        if heading is None:
            raise Unreadable("the file is empty")
        places = _columns(heading)
        for row in found:
            if any(cell and not cell.isspace() for cell in row):
                yield _taken(row, found.line_num, places)
    except csv.Error as error:
        raise Unreadable(f"line {found.line_num}: {error}") from error


def _columns(heading) -> dict[str, int]:
    words = [cell.strip().lstrip("\ufeff").lower() for cell in heading]
    places = {}
    for name, known in NAMES.items():
        at = next((words.index(word) for word in known if word in words), None)
        if at is not None:
            places[name] = at
    missing = [NAMES[name][0] for name in NEEDED if name not in places]
    if missing and len(heading) == 1 and any(sign in heading[0] for sign in ";\t"):
        raise Unreadable("line 1: columns are to be separated by commas")
    if missing:
        raise Unreadable(f"line 1: no column {' or '.join(missing)}; expected comment-id, voter-id and vote")
    return places


def _taken(row, line, places) -> Row:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
    if cells["vote"] not in VOTES:
        raise Unreadable(f"line {line}: a vote is 1 (agree), 0 (pass) or -1 (disagree), not “{cells['vote'][:20]}”")
    if not cells["person"] or not cells["statement"]:
        raise Unreadable(f"line {line}: who voted, or on what, is missing")
    if max(len(cells["person"]), len(cells["statement"])) > LONGEST:
        raise Unreadable(f"line {line}: a name is longer than {LONGEST} characters")
    time = _time(cells["time"], line) if "time" in places else None
    return Row(cells["person"], cells["statement"], VOTES[cells["vote"]], time)


def _time(cell, line) -> float:
    try:
        when = float(cell or 0)
    except ValueError:
        raise Unreadable(f"line {line}: “{cell[:20]}” is no timestamp") from None
    if not np.isfinite(when):
        raise Unreadable(f"line {line}: “{cell[:20]}” is no timestamp")
    return when


def _names(words: list[str]) -> np.ndarray:
    """Numbers where all are written as numbers are, so that 10 comes after 9; else words: 007 is not 7."""
    try:
        numbers = [int(word) for word in words]
        if all(str(number) == word for number, word in zip(numbers, words, strict=True)):
            return np.array(numbers, np.int64)
    except (ValueError, OverflowError):
        pass
    return np.array(words)


def moderated_out(lines: Iterable[str]) -> list[str]:
    """The statements with −1 in the column ``moderated`` of Polis's ``comments.csv``.

    Raises Unreadable where it has no such columns.
    """
    found = csv.reader(lines)
    try:
        words = [cell.strip().lstrip("\ufeff").lower().replace("_", "-") for cell in next(found, [])]
        if not {"comment-id", "moderated"} <= set(words):
            raise Unreadable("comments: no column comment-id or moderated")
        name, moderated = words.index("comment-id"), words.index("moderated")
        wide = max(name, moderated)
        return [row[name].strip() for row in found if len(row) > wide and row[moderated].strip() == "-1"]
    except csv.Error as error:
        raise Unreadable(f"comments, line {found.line_num}: {error}") from error
