"""One vote put into a map as compiled code (numba); :mod:`live` without it gives the same bits."""

import math

import numpy as np
from numba import njit

from .fast import settings

#: What :func:`voted` answers, having changed nothing, if the row has no room for one code more.
NO_ROOM = -2


@njit(**settings)
def voted(
    codes, held, row, code, table, sums, positions, labels, counts, everybody, centres, enough, by_class, wide, calm
):  # fmt: skip
    """One vote of :class:`live.Live`, whose parts these are, put in and told to place, group and counts; the group.

    ``codes`` is the store that the row lies in, ``held`` (rows, 4) of :class:`growing.Rows`. An index below is never
    negative, so that none has to be wrapped.
    """
    at, given, first = held[row, 1], held[row, 2], code - code % 3
    place = _sought(codes, at, given, first)
    old = -1
    if place < given:
        old = int(codes[at + place])
        if old == code:
            return labels[row]
    if held[row, 3] < given + (old < 0):
        return NO_ROOM
    codes[at + place] = code
    held[row, 2] = max(given, place + 1)
    before = after = labels[row]
    _counted(everybody, code, old)
    if code < len(table):
        for lane in range(table.shape[1]):
            sums[row, lane] += table[code, lane] - (table[old, lane] if old >= 0 else 0.0)
        _placed(sums[row], positions[row], wide, calm)
        if by_class:
            after = _likeliest(sums[row])
        elif before >= 0 or sums[row, 2] >= enough:
            after = _nearest(positions[row], centres)
    if before >= 0:
        _counted(counts[before], code, old)
    if after != before:
        _gone(codes[at : at + held[row, 2]], counts, before, after)
        labels[row] = after
    return after


@njit(**settings)
def _sought(codes, at, given, first):
    """Where in the row a code of ``first`` to ``first`` + 2 is; ``given`` if nowhere."""
    for n in range(given):
        if first <= codes[at + n] < first + 3:
            return n
    return given


@njit(**settings)
def _counted(counts, code, old):
    counts[code] += 1
    if old >= 0:
        counts[old] -= 1


@njit(**settings)
def _placed(sums, position, wide, calm):
    scale = math.sqrt(wide / max(sums[2] + calm, 1.0)) / 2.0**-20
    position[0], position[1] = round(sums[0] * scale) * 2.0**-20, round(sums[1] * scale) * 2.0**-20


@njit(**settings)
def _likeliest(sums):
    if not sums[3]:
        return -1
    best = 0
    for g in range(1, len(sums) - 4):
        if sums[4 + g] > sums[4 + best]:
            best = g
    return best


@njit(**settings)
def _nearest(position, centres):
    best, least = 0, np.inf
    for g in range(len(centres)):
        apart = (position[0] - centres[g, 0]) ** 2 + (position[1] - centres[g, 1]) ** 2
        if apart < least:
            best, least = g, apart
    return best


@njit(**settings)
def _gone(codes, counts, before, after):
    """Count a person in another group than before."""
    for code in codes:
        if before >= 0:
            counts[before, code] -= 1
        if after >= 0:
            counts[after, code] += 1
