"""The passes over all votes as compiled loops (numba, the extra ``shangliang[fast]``); the same results as SciPy's.

Every sum is of multiples of a power of two small enough that none is rounded, so that no order of adding, no number of
threads and no library changes a bit of it. Tables are flat and have two lanes, four, or a multiple of eight, which the
compiler adds up in wide registers; indices have no sign, so that none is asked whether it counts from the end.
"""

import numba
import numpy as np
from numba import njit, uint64

# Four neighbouring sums become one instruction; numba leaves that out unless told.
numba.config.SLP_VECTORIZE = 1
settings = {"nogil": True, "cache": True, "fastmath": False}


@njit(**settings)
def counted(rows, shift, counts):
    """counts[row >> shift] += 1 for each row."""
    for n in range(uint64(len(rows))):
        counts[uint64(rows[n]) >> uint64(shift)] += 1


@njit(**settings)
def dealt(rows, columns, votes, shift, bits, place, packed):
    """Deal a part of the log out to parts of 2^shift rows, each from ``place`` on, in the order of the log; one number
    holds the row within its part above ``bits``, and the code below."""
    mask = (uint64(1) << uint64(shift)) - uint64(1)
    for n in range(uint64(len(rows))):
        row = uint64(rows[n])
        part = row >> uint64(shift)
        at = place[part]
        packed[at] = ((row & mask) << uint64(bits)) | uint64(columns[n] * 3 + votes[n] + 1)
        place[part] = at + uint64(1)


@njit(**settings)
def by_row(packed, bits, counts, statements, placed):
    """Put one part row by row (counting sort), of several votes on one statement the last; ``counts`` (rows,) gives
    how many each row keeps. Returns how many are kept in all; ``placed`` has them at its beginning."""
    bits, ends = uint64(bits), np.zeros(len(counts) + 1, np.uint32)
    for n in range(uint64(len(packed))):
        ends[(uint64(packed[n]) >> bits) + uint64(1)] += np.uint32(1)
    for row in range(uint64(len(counts))):
        ends[row + uint64(1)] += ends[row]
    mask = (uint64(1) << bits) - uint64(1)
    for n in range(uint64(len(packed))):
        row = uint64(packed[n]) >> bits
        placed[uint64(ends[row])] = uint64(packed[n]) & mask
        ends[row] += np.uint32(1)
    last = np.zeros(statements, np.uint32)
    kept, first = uint64(0), uint64(0)
    for row in range(uint64(len(counts))):
        begin = kept
        for n in range(first, uint64(ends[row])):
            code = placed[n]
            before = uint64(last[uint64(code // 3)])
            if before > begin:
                placed[before - uint64(1)] = code
            else:
                placed[kept] = code
                kept += uint64(1)
                last[uint64(code // 3)] = kept
        first = uint64(ends[row])
        counts[row] = kept - begin
    return kept


@njit(**settings)
def sums(starts, codes, table, out):
    """out[i] = Σ table[code] over row i, of one lane of whole numbers that may overflow."""
    for row in range(uint64(len(starts) - 1)):
        total = table[uint64(0)] - table[uint64(0)]
        for n in range(uint64(starts[row]), uint64(starts[row + uint64(1)])):
            total += table[uint64(codes[n])]
        out[row] = total


@njit(**settings)
def _two(codes, first, last, table):
    a = b = 0.0
    for n in range(first, last):
        at = uint64(codes[n]) * uint64(2)
        a += table[at]
        b += table[at + uint64(1)]
    return a, b


@njit(**settings)
def _four(codes, first, last, table):
    a = b = c = d = 0.0
    for n in range(first, last):
        at = uint64(codes[n]) * uint64(4)
        a += table[at]
        b += table[at + uint64(1)]
        c += table[at + uint64(2)]
        d += table[at + uint64(3)]
    return a, b, c, d


@njit(**settings)
def _give_four(codes, first, last, told, out):
    a, b, c, d = told
    for n in range(first, last):
        at = uint64(codes[n]) * uint64(4)
        out[at] += a
        out[at + uint64(1)] += b
        out[at + uint64(2)] += c
        out[at + uint64(3)] += d


@njit(**settings)
def _eight(codes, first, last, table, lanes, lane):
    """Eight lanes are one line of the cache: read once rather than twice."""
    a = b = c = d = e = f = g = h = 0.0
    for n in range(first, last):
        at = uint64(codes[n]) * lanes + lane
        a += table[at]
        b += table[at + uint64(1)]
        c += table[at + uint64(2)]
        d += table[at + uint64(3)]
        e += table[at + uint64(4)]
        f += table[at + uint64(5)]
        g += table[at + uint64(6)]
        h += table[at + uint64(7)]
    return a, b, c, d, e, f, g, h


@njit(**settings)
def _give_eight(codes, first, last, told, out, lanes, lane):
    a, b, c, d, e, f, g, h = told
    for n in range(first, last):
        at = uint64(codes[n]) * lanes + lane
        out[at] += a
        out[at + uint64(1)] += b
        out[at + uint64(2)] += c
        out[at + uint64(3)] += d
        out[at + uint64(4)] += e
        out[at + uint64(5)] += f
        out[at + uint64(6)] += g
        out[at + uint64(7)] += h


@njit(**settings)
def _taken(values, at):
    """Eight neighbouring values."""
    return (
        values[at], values[at + uint64(1)], values[at + uint64(2)], values[at + uint64(3)],
        values[at + uint64(4)], values[at + uint64(5)], values[at + uint64(6)], values[at + uint64(7)],
    )  # fmt: skip


@njit(**settings)
def gather(starts, codes, table, lanes, out):
    """out[i] = Σ table[code] over row i; two lanes, four, or a multiple of eight."""
    lanes = uint64(lanes)
    for row in range(uint64(len(starts) - 1)):
        first, last, at = uint64(starts[row]), uint64(starts[row + uint64(1)]), row * lanes
        if lanes == uint64(2):
            out[at], out[at + uint64(1)] = _two(codes, first, last, table)
        elif lanes == uint64(4):
            a, b, c, d = _four(codes, first, last, table)
            out[at], out[at + uint64(1)], out[at + uint64(2)], out[at + uint64(3)] = a, b, c, d
        else:
            for lane in range(uint64(0), lanes, uint64(8)):
                told = _eight(codes, first, last, table, lanes, lane)
                for n in range(8):
                    out[at + lane + uint64(n)] = told[n]


@njit(**settings)
def scatter(starts, codes, values, lanes, out):
    """out[code] += values[i] over row i; four lanes or a multiple of eight."""
    lanes = uint64(lanes)
    for row in range(uint64(len(starts) - 1)):
        first, last, at = uint64(starts[row]), uint64(starts[row + uint64(1)]), row * lanes
        if lanes == uint64(4):
            told = values[at], values[at + uint64(1)], values[at + uint64(2)], values[at + uint64(3)]
            _give_four(codes, first, last, told, out)
        else:
            for lane in range(uint64(0), lanes, uint64(8)):
                _give_eight(codes, first, last, _taken(values, at + lane), out, lanes, lane)


@njit(**settings)
def there_and_back(starts, codes, table, lanes, grain, out):
    """out[code] += Σ table[code] over row i as a multiple of ``grain``; four lanes or a multiple of eight."""
    lanes, inverse, row_sums = uint64(lanes), 1 / grain, np.empty(8)
    for row in range(uint64(len(starts) - 1)):
        first, last = uint64(starts[row]), uint64(starts[row + uint64(1)])
        if lanes == uint64(4):
            a, b, c, d = _four(codes, first, last, table)
            a, b = np.rint(a * inverse) * grain, np.rint(b * inverse) * grain
            c, d = np.rint(c * inverse) * grain, np.rint(d * inverse) * grain
            _give_four(codes, first, last, (a, b, c, d), out)
        else:
            for lane in range(uint64(0), lanes, uint64(8)):
                told = _eight(codes, first, last, table, lanes, lane)
                for n in range(8):
                    row_sums[n] = np.rint(told[n] * inverse) * grain
                _give_eight(codes, first, last, _taken(row_sums, uint64(0)), out, lanes, lane)


@njit(**settings)
def tally(starts, codes, labels, size, out):
    """out[label of row i · size + code] += 1; rows with a negative label are left out."""
    for row in range(uint64(len(starts) - 1)):
        if labels[row] >= 0:
            at = uint64(labels[row]) * uint64(size)
            for n in range(uint64(starts[row]), uint64(starts[row + uint64(1)])):
                out[at + uint64(codes[n])] += 1
