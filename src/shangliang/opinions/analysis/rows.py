"""From a log in any order to one row of codes for each person: a counting sort in two steps.

The log is first dealt out to parts of neighbouring rows, small enough for the processor's cache, and each part is then
put in order. Both steps keep the order of the log, so that the last vote of a person on a statement holds.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from . import passes

#: Votes have three kinds; so many rows make a part at least, about so many parts are made, and a part of the log has at
#: least so many votes (without numba: about so many).
KINDS, ROWS, PARTS, CHUNK = 3, 10, 9, 1 << 21


def by_row(rows, columns, votes, people: int, statements: int) -> tuple[np.ndarray, np.ndarray]:
    """(starts, codes) as in :class:`votes.Votes`, from row and column numbers and votes −1, 0, 1 in the log's order."""
    kind = np.uint16 if KINDS * statements < 2**16 else np.uint32
    # Rows within a part are kept as 16 bits.
    shift = min(max(ROWS, people.bit_length() - PARTS), 16)
    parts = (people >> shift) + 1
    way = _compiled if passes.fast else _plain
    counts = np.zeros(parts << shift, np.int64)
    found = way(rows, columns, votes, kind, shift, parts, statements, counts.reshape(parts, -1))
    starts = np.zeros(people + 1, np.int64)
    np.cumsum(counts[:people], out=starts[1:])
    kept = sum(map(len, found))
    whole = found[0].base
    if whole is not None and len(whole) == kept:
        return starts, whole
    return starts, np.concatenate(found)


def _compiled(rows, columns, votes, kind, shift, parts, statements, counts) -> list[np.ndarray]:
    """The codes of each part, row by row; how many each row keeps goes to ``counts`` (parts, rows)."""
    fast, size = passes.fast, len(rows)
    threads = min(os.cpu_count() or 1, size // CHUNK + 1)
    logs = [slice(size * n // threads, size * (n + 1) // threads) for n in range(threads)]
    bits = 8 * np.dtype(kind).itemsize
    packed = np.empty(size, np.uint32 if bits == 16 else np.uint64)
    with ThreadPoolExecutor(threads) as pool:
        many = np.zeros((threads, parts), np.uint64)
        list(pool.map(lambda n: fast.counted(rows[logs[n]], shift, many[n]), range(threads)))
        # In each part the earlier piece of the log comes first.
        upto = np.concatenate([np.zeros(1, np.uint64), np.cumsum(many.T.ravel(), dtype=np.uint64)])
        places = upto[:-1].reshape(parts, threads).T.copy()

        def deal(n):
            fast.dealt(rows[logs[n]], columns[logs[n]], votes[logs[n]], shift, bits, places[n], packed)

        list(pool.map(deal, range(threads)))
        bounds = upto[::threads].astype(np.int64)
        placed = np.empty(size, kind)

        def put(part):
            here = slice(bounds[part], bounds[part + 1])
            kept = fast.by_row(packed[here], bits, counts[part], statements, placed[here])
            return placed[here.start : here.start + kept]

        return list(pool.map(put, range(parts)))


def _plain(rows, columns, votes, kind, shift, parts, statements, counts) -> list[np.ndarray]:
    """The same with NumPy, whose stable sort of 16 bits is a counting sort."""
    dealt = [_dealt(rows[at], columns[at], votes[at], kind, shift, parts) for at in _pieces(len(rows))]
    found = []
    for part in range(parts):
        spans = [slice(edges[part], edges[part + 1]) for _low, _codes, edges in dealt]
        low = np.concatenate([each[0][span] for each, span in zip(dealt, spans, strict=True)])
        codes = np.concatenate([each[1][span] for each, span in zip(dealt, spans, strict=True)])
        order = np.argsort(low, kind="stable")
        low, codes = low[order], codes[order]
        kept = ~_overruled(low, codes // KINDS, statements)
        counts[part] = np.bincount(low[kept], minlength=counts.shape[1])
        found.append(codes[kept])
    return found


def _pieces(size) -> list[slice]:
    return [slice(first, first + CHUNK) for first in range(0, max(size, 1), CHUNK)]


def _dealt(rows, columns, votes, kind, shift, parts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(row within its part, code, edges of the parts) of a piece of the log."""
    part = (rows >> shift).astype(np.uint16 if parts < 2**16 else np.int64)
    order = np.argsort(part, kind="stable")
    low = (rows & ((1 << shift) - 1)).astype(np.uint16)
    codes = columns.astype(kind) * kind(KINDS) + (votes + 1).astype(kind)
    edges = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=parts))])
    return low[order], codes[order], edges


def _overruled(low, columns, statements) -> np.ndarray:
    """Whether a later vote of the same row on the same statement holds instead."""
    keys = low.astype(np.int64) * statements + columns
    ordered = np.sort(keys)
    overruled = np.zeros(len(keys), bool)
    if (ordered[1:] == ordered[:-1]).any():
        order = np.argsort(keys, kind="stable")
        overruled[order[:-1][keys[order][1:] == keys[order][:-1]]] = True
    return overruled
