"""Votes of a round as one row of codes for each person, from a log in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from . import passes, rows

#: The three things a person can say of a statement.
AGREE, PASS, DISAGREE = 1, 0, -1
#: Codes of one statement, in the order disagree, pass, agree; not seen has none.
KINDS = rows.KINDS
#: So many votes go through a pass at once: large enough for the machine, small enough to be shared out.
BLOCK = 1 << 20


class NotEnough(ValueError):
    """There are too few votes to say anything; the text is a sentence for people."""


@dataclass(frozen=True, eq=False)
class Votes:
    """The last vote of each person on each statement.

    Row i is ``codes[starts[i]:starts[i + 1]]``; a code is ``3·statement + vote + 1``. ``people`` (N,) and
    ``statements`` (M,) are their names in ascending order, so that the rows do not depend on the order of the log.
    ``out`` (M,) marks statements that were moderated out. ``times`` (V,) says when each vote came, where that was kept.
    """

    starts: np.ndarray
    codes: np.ndarray
    people: np.ndarray
    statements: np.ndarray
    out: np.ndarray
    times: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(people, statements)."""
        return len(self.starts) - 1, len(self.statements)

    @cached_property
    def counts(self) -> np.ndarray:
        """(N,) how many statements each person voted on."""
        return np.diff(self.starts)

    @cached_property
    def given(self) -> np.ndarray:
        """(N,) how many statements that were not moderated out each person voted on."""
        if not self.out.any() or not self.shape[0]:
            return self.counts
        return passes.Here(self).joined(passes.sums, np.repeat(~self.out, KINDS).astype(np.int64))

    @cached_property
    def blocks(self) -> list[tuple[int, int]]:
        """(first row, last row + 1) of parts with about ``BLOCK`` votes each; they depend on the rows alone."""
        size = len(self.codes)
        bounds = np.searchsorted(self.starts, np.arange(0, size, BLOCK)[1:], side="left")
        edges = np.unique(np.concatenate([[0], bounds, [self.shape[0]]]))
        return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))

    def rows(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """(starts beginning at 0, codes) of rows ``first`` to ``last`` − 1."""
        starts = self.starts[first : last + 1]
        return starts - starts[0], self.codes[starts[0] : starts[-1]]

    def taken(self, chosen: np.ndarray) -> "Votes":
        """The rows of these people alone (``chosen``: mask of shape (N,), or row numbers in ascending order)."""
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        counts = self.counts[rows]
        starts = np.concatenate([[0], np.cumsum(counts)])
        at = np.repeat(self.starts[rows] - starts[:-1], counts) + np.arange(starts[-1])
        return Votes(starts, self.codes[at], self.people[rows], self.statements, self.out)

    def sampled(self, most: int) -> "Votes":
        """At most so many people, chosen by what they said alone; all of them where there are no more.

        Who said nothing at all is asked last. Of people who said the same, each has a chance of its own.
        """
        return self if self.shape[0] <= most else self.taken(self.drawn(most))

    def drawn(self, most: int) -> np.ndarray:
        """The rows of :meth:`sampled`, in ascending order; ``most`` is not more than there are."""
        last = np.partition(self.chances, most - 1)[most - 1]
        return np.flatnonzero(self.chances <= last)[:most]

    @cached_property
    def chances(self) -> np.ndarray:
        """(N,) numbers by whose order people are asked: the same ones, whatever the order of people."""
        order = np.argsort(self.marks, kind="stable")
        ordered = self.marks[order]
        first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        among = np.arange(len(order)) - np.repeat(first, np.diff(np.concatenate([first, [len(order)]])))
        found = np.empty_like(ordered)
        found[order] = _mixed(ordered + among.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
        found[self.counts == 0] |= np.uint64(1 << 63)
        return found

    def without(self, hidden: np.ndarray) -> "Votes":
        """The same people without these votes (``hidden``: mask over the codes)."""
        upto = np.concatenate([[0], np.cumsum(~hidden)])
        return Votes(upto[self.starts], self.codes[~hidden], self.people, self.statements, self.out)

    @cached_property
    def person(self) -> np.ndarray:
        """(V,) the row of each code."""
        return np.repeat(np.arange(self.shape[0], dtype=np.int32), self.counts)

    @cached_property
    def marks(self) -> np.ndarray:
        """(N,) a number for each row that depends on what it says alone: chances drawn by it know no order."""
        table = np.random.default_rng(20).integers(0, 2**63, KINDS * self.shape[1], dtype=np.uint64)
        return passes.Here(self).joined(passes.sums, table) if self.shape[0] else np.empty(0, np.uint64)

    def draws(self, seed: int) -> np.ndarray:
        """(V,) numbers in [0, 1), one for each vote, that depend on the row's content and the statement alone."""
        table = np.random.default_rng(seed).integers(0, 2**63, KINDS * self.shape[1], dtype=np.uint64)
        mixed = _mixed(self.marks[self.person] ^ table[self.codes])
        return (mixed >> np.uint64(11)).astype(float) * 2.0**-53


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014): every bit depends on every bit."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def from_log(
    people, statements, votes, times=None, out: Sequence = (), known: Sequence | None = None, timed: bool = False
) -> Votes:
    """Votes from a log: three arrays of the same length, whatever their order.

    ``people`` and ``statements`` are names (integers or strings), ``votes`` +1 agree, 0 pass, −1 disagree. Of several
    votes of one person on one statement the one with the latest of ``times`` holds, of equal times the later in the
    log. ``out`` names statements that were moderated out. ``known`` lists the statements that there are: votes on
    others are refused. ``timed`` keeps the times, unless all are the same.

    Raises ValueError for a vote that is none, a name that is missing, arrays of different length, or a statement that
    is not known.
    """
    people, statements, votes = (np.asarray(column) for column in (people, statements, votes))
    if not len(people) == len(statements) == len(votes):
        raise ValueError("people, statements and votes differ in length")
    votes = _checked(votes)
    if times is not None and len(times):
        times = np.asarray(times)
        order = np.argsort(times, kind="stable")
        people, statements, votes, times = people[order], statements[order], votes[order], times[order]
    top = _dense(people)
    person, row = (np.arange(top), people) if top else _numbered(people)
    known, column = _numbered(statements) if known is None else _among(np.unique(np.asarray(known)), statements)
    found = from_numbers(row, column, votes, person, known, np.isin(known, np.asarray(list(out), known.dtype)))
    if not timed or times is None or not len(times) or times[0] == times[-1]:
        return found
    return replace(found, times=_last(found, people, column, times))


def _last(found, people, column, times) -> np.ndarray:
    """(V,) when the vote came that holds; the log in the order of ``times``."""
    size = len(found.statements)
    keys, at = np.unique((np.searchsorted(found.people, people) * size + column)[::-1], return_index=True)
    own = found.person.astype(np.int64) * size + found.codes // KINDS
    return times[::-1][at][np.searchsorted(keys, own)]


def _checked(votes: np.ndarray) -> np.ndarray:
    whole = votes.dtype.kind in "iub" or (votes.dtype.kind == "f" and bool((votes == np.rint(votes)).all()))
    if not whole or (len(votes) and not (votes.min() >= DISAGREE and votes.max() <= AGREE)):
        raise ValueError("a vote is 1 (agree), 0 (pass) or -1 (disagree)")
    return votes.astype(np.int8, copy=False)


def _dense(names: np.ndarray) -> int:
    """One more than the largest of names that are integers from nought, without wide gaps; else nought."""
    if names.dtype.kind not in "iu" or not len(names) or names.min() < 0:
        return 0
    top = int(names.max()) + 1
    return top if top <= 4 * len(names) else 0


def _numbered(names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(names in ascending order, the number of each); dense integers from nought are told without sorting."""
    top = _dense(names)
    if top:
        seen = np.zeros(top, bool)
        for first in range(0, len(names), BLOCK):
            seen[names[first : first + BLOCK]] = True
            if seen.all():
                return np.arange(top), names
        return np.flatnonzero(seen), (np.cumsum(seen, dtype=np.int32 if top < 2**31 else np.int64) - 1)[names]
    if names.dtype.kind == "f" and len(names):
        raise ValueError("names of people and statements are integers or words")
    return np.unique(names, return_inverse=True)


def _among(known: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.minimum(np.searchsorted(known, names), len(known) - 1)
    strange = names[known[at] != names] if len(known) else names
    if len(strange):
        raise ValueError(f"a vote on a statement that there is not: {strange[0]}")
    return known, at


def from_numbers(row, column, given, people, statements, out) -> Votes:
    """The same from row and column numbers; the order of the log tells which vote is the last. Rows without a vote are
    left out."""
    starts, codes = rows.by_row(row, column, given, len(people), len(statements))
    present = starts[1:] > starts[:-1]
    if not present.all():
        starts, people = np.concatenate([starts[:1], starts[1:][present]]), people[present]
    return Votes(starts, codes, people, statements, out)
