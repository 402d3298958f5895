"""One reading of all votes for each question: sums along the rows, sums along the statements, counts by group.

A pass is a function of one block of rows. It runs on the threads of this machine (:class:`Here`) or on many machines
(:mod:`cluster`); what the blocks give is added up in their order. With numba the loops are compiled, without it SciPy
multiplies sparse matrices.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import sparse

try:
    from . import fast
except ImportError:  # the extra is not installed
    fast = None

#: Numbers that are added up are multiples of these, so that sums are exact: of tables along a row, and of rows.
FINE, COARSE = 2.0**-30, 2.0**-20


def exact(values: np.ndarray, grain: float = FINE) -> np.ndarray:
    """The values as multiples of ``grain``."""
    return np.rint(values / grain) * grain


def project(starts, codes, table) -> np.ndarray:
    """(rows, lanes): for each row the sum of ``table[code]``; ``table`` (codes, lanes) of multiples of ``FINE``."""
    if fast:
        wide = _wide(table, least=2)
        found = np.empty((len(starts) - 1, wide.shape[1]))
        fast.gather(starts, codes, wide.ravel(), wide.shape[1], found.ravel())
        return found[:, : table.shape[1]]
    return _indicator(starts, codes, len(table)) @ table


def spread(starts, codes, values, size) -> np.ndarray:
    """(codes, lanes): for each code the sum of ``values`` over the rows that have it; multiples of ``COARSE``."""
    if fast:
        wide = _wide(values)
        found = np.zeros((size, wide.shape[1]))
        fast.scatter(starts, codes, wide.ravel(), wide.shape[1], found.ravel())
        return found[:, : values.shape[1]]
    return _indicator(starts, codes, size).T @ values


def there_and_back(starts, codes, table) -> np.ndarray:
    """(codes, lanes): :func:`spread` of what :func:`project` gives, in one reading."""
    if fast:
        wide = _wide(table)
        found = np.zeros(wide.shape)
        fast.there_and_back(starts, codes, wide.ravel(), wide.shape[1], COARSE, found.ravel())
        return found[:, : table.shape[1]]
    votes = _indicator(starts, codes, len(table))
    return votes.T @ exact(votes @ table, COARSE)


def _wide(values, least=4) -> np.ndarray:
    """The same with lanes of nought, as many as a compiled loop takes: ``least``, four, or a multiple of eight."""
    lanes = values.shape[1]
    wanted = least if lanes <= least else 4 if lanes <= 4 else -(-lanes // 8) * 8
    if lanes == wanted:
        return np.ascontiguousarray(values, float)
    wide = np.zeros((len(values), wanted))
    wide[:, :lanes] = values
    return wide


def tally(starts, codes, labels, groups, size) -> np.ndarray:
    """(groups, codes): how many rows of each group have each code; rows with a negative label are left out."""
    if fast:
        found = np.zeros((groups, size), np.int64)
        fast.tally(starts, codes, labels, size, found.ravel())
        return found
    label = np.repeat(labels, np.diff(starts)).astype(np.int64)
    kept = label >= 0
    return np.bincount(label[kept] * size + codes[kept], minlength=groups * size).reshape(groups, size)


def sums(starts, codes, table) -> np.ndarray:
    """(rows,): for each row the sum of ``table[code]``, of whole numbers (codes,) that may overflow."""
    if fast:
        found = np.empty(len(starts) - 1, table.dtype)
        fast.sums(starts, codes, table, found)
        return found
    upto = np.concatenate([np.zeros(1, table.dtype), np.cumsum(table[codes], dtype=table.dtype)])
    return upto[starts[1:]] - upto[starts[:-1]]


def _indicator(starts, codes, size):
    ones = np.ones(len(codes))
    return sparse.csr_matrix((ones, codes.astype(np.int32), starts.astype(np.int32)), shape=(len(starts) - 1, size))


class Here:
    """The votes on this machine, read by some threads."""

    def __init__(self, votes, threads: int | None = None):
        self.votes = votes
        self.threads = threads or os.cpu_count() or 1

    def over(self, work, *shared, by_row=()) -> list:
        """``work(starts, codes, *parts of by_row, *shared)`` for each block, in the order of the blocks."""

        def one(block):
            first, last = block
            return work(*self.votes.rows(first, last), *(column[first:last] for column in by_row), *shared)

        if self.threads == 1 or len(self.votes.blocks) == 1:
            return [one(block) for block in self.votes.blocks]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(one, self.votes.blocks))

    def added(self, work, *shared, by_row=()) -> np.ndarray:
        """The sum of what the blocks give."""
        first, *others = self.over(work, *shared, by_row=by_row)
        for other in others:
            first += other
        return first

    def joined(self, work, *shared, by_row=()) -> np.ndarray:
        """What the blocks give, one below the other."""
        return np.concatenate(self.over(work, *shared, by_row=by_row))
