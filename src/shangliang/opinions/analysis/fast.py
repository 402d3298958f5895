"""The passes over all votes as compiled loops (numba, the extra ``shangliang[fast]``); the same results as SciPy's.

Every sum is of multiples of a power of two small enough that none is rounded, so that no order of adding, no number of
threads and no library changes a bit of it.
"""

import numpy as np
from numba import njit

settings = {"nogil": True, "cache": True, "fastmath": False}


@njit(**settings)
def by_row(rows, codes, starts, placed):
    """Put the codes row by row, each row in the order of the log (counting sort)."""
    place = starts[:-1].copy()
    for n in range(len(codes)):
        row = rows[n]
        placed[place[row]] = codes[n]
        place[row] += 1


@njit(**settings)
def overruled(starts, codes, statements, marked):
    """Mark the votes after which the same person voted on the same statement again."""
    last = np.full(statements, -1, np.int64)
    for row in range(len(starts) - 1):
        for n in range(starts[row], starts[row + 1]):
            statement = codes[n] // 3
            if last[statement] >= starts[row]:
                marked[last[statement]] = True
            last[statement] = n


@njit(**settings)
def gather(starts, codes, table, out):
    """out[i] = Σ table[code] over row i; ``table`` (codes, lanes)."""
    lanes = table.shape[1]
    for row in range(len(starts) - 1):
        for n in range(starts[row], starts[row + 1]):
            code = codes[n]
            for lane in range(lanes):
                out[row, lane] += table[code, lane]


@njit(**settings)
def scatter(starts, codes, values, out):
    """out[code] += values[i] over row i; ``values`` (rows, lanes)."""
    lanes = values.shape[1]
    for row in range(len(starts) - 1):
        for n in range(starts[row], starts[row + 1]):
            code = codes[n]
            for lane in range(lanes):
                out[code, lane] += values[row, lane]


@njit(**settings)
def tally(starts, codes, labels, out):
    """out[label of row i, code] += 1; rows with a negative label are left out."""
    for row in range(len(starts) - 1):
        label = labels[row]
        if label >= 0:
            for n in range(starts[row], starts[row + 1]):
                out[label, codes[n]] += 1
