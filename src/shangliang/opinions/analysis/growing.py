"""Rows of codes that grow: votes of a fitted map stay where they are, a row that changes moves to one with slack."""

import numpy as np

from .votes import KINDS, Votes

#: Codes of one store: a row lies within one, so that no store ever has to be copied as a whole.
STORE = 1 << 20
#: Room of a new row, and the slack of a row that moves (one vote more for every so many).
ROOM, SLACK = 8, 4
#: What is held of each row: its store, where it begins there, how many codes it has and how many it has room for.
STORED, AT, GIVEN, WITHIN = range(4)
#: A row of so many codes is searched faster without NumPy.
SHORT = 150


def widened(array: np.ndarray, size: int, axis: int = 0, fill=0) -> np.ndarray:
    """The array with at least ``size`` places along an axis; some more, so that growing costs little for each."""
    have = array.shape[axis]
    if size <= have:
        return array
    shape = list(array.shape)
    shape[axis] = size + size // 4 + 64
    wide = np.full(shape, fill, array.dtype)
    wide[tuple(slice(length) for length in array.shape)] = array
    return wide


class Rows:
    """The codes of each row, begun from ``votes`` without copying them; new rows come after the last one."""

    def __init__(self, votes: Votes):
        number = votes.shape[0]
        self.base, self.number, self.first = votes, number, number
        self.stores, self.read, self.full = [votes.codes], [memoryview(votes.codes)], STORE
        # Side by side: a person who is drawn from a million is in no cache, and four arrays are four waits.
        self.held = np.zeros((number, 4), np.int64)
        self.held[:, AT], self.held[:, GIVEN] = votes.starts[:-1], votes.counts
        self.moved: list[int] = []
        self._seen()

    def _seen(self) -> None:
        # One number is read from a memoryview in half the time that it takes from an array.
        self._held = memoryview(self.held)

    def of(self, row: int) -> np.ndarray:
        """The codes of a row, as they are now; a view."""
        at = self._held[row, AT]
        return self.store(row)[at : at + self._held[row, GIVEN]]

    def store(self, row: int) -> np.ndarray:
        """The store that the row lies in."""
        return self.stores[self._held[row, STORED]]

    def added(self) -> int:
        """The number of a new, empty row."""
        row = self.number
        if row >= len(self.held):
            self.held = widened(self.held, row + 1)
            self._seen()
        self.number = row + 1
        return row

    def put(self, row: int, column: int, code: int) -> int:
        """Append the code, or replace the one that the row has on this column; the code that was there, −1 for none."""
        held = self._held
        store, at, given = held[row, STORED], held[row, AT], held[row, GIVEN]
        place, old = _place(self.stores[store], self.read[store], at, given, KINDS * column)
        if old == code:
            return old
        if held[row, WITHIN] < given + (old < 0):
            self.own(row)
            store, at = held[row, STORED], held[row, AT]
        self.read[store][at + place] = code
        if old < 0:
            held[row, GIVEN] = given + 1
        return old

    def own(self, row: int) -> None:
        """Move the row to a place with room for more."""
        codes, held = self.of(row), self._held
        room = max(ROOM, len(codes) + 1 + len(codes) // SLACK)
        if self.full + room > STORE:
            self.stores.append(np.empty(max(STORE, room), np.uint32))
            self.read.append(memoryview(self.stores[-1]))
            self.full = 0
        if row < self.first and not held[row, WITHIN]:  # it still lies among the fitted votes
            self.moved.append(row)
        self.stores[-1][self.full : self.full + len(codes)] = codes
        held[row, STORED], held[row, AT], held[row, WITHIN] = len(self.stores) - 1, self.full, room
        self.full += room

    def ordered(self, order: np.ndarray, before: np.ndarray, renamed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(starts, codes) of all rows, the new ones among the others.

        ``order`` are the new rows in the order of their names, ``before`` the number of the fitted row before which
        each goes, ``renamed`` (codes,) what each code is called now. Rows that never changed are copied in long
        stretches.
        """
        given = self.held[:, GIVEN]
        special = sorted([(row, 1, row) for row in self.moved] + [
            (place, 0, row) for place, row in zip(before.tolist(), order.tolist(), strict=True)
        ], key=lambda each: each[:2])  # fmt: skip
        codes = np.empty(int(given[: self.number].sum()), renamed.dtype)
        starts, base, done, full = self.base.starts, self.base.codes, 0, 0
        size = KINDS * self.base.shape[1]
        if (renamed[:size] != np.arange(size)).any():
            base = renamed[base]
        for place, fitted, row in special:
            full = _copied(codes, full, base[starts[done] : starts[place]])
            full = _copied(codes, full, renamed[self.of(row)])
            done = place + fitted
        _copied(codes, full, base[starts[done] :])
        counts = np.insert(given[: self.first], before, given[order])
        return np.concatenate([[0], np.cumsum(counts)]), codes


def _place(store, read, at, given, first) -> tuple[int, int]:
    """(where in the row, code) of the code ``first`` to ``first`` + 2; (``given``, −1) if the row has none."""
    if given > SHORT:
        same = store[at : at + given] // KINDS == first // KINDS
        place = int(same.argmax())
        return (place, store.item(at + place)) if same[place] else (given, -1)
    codes = read[at : at + given].tolist()
    for code in (first, first + 1, first + 2):
        if code in codes:
            return codes.index(code), code
    return given, -1


def _copied(codes, full, part) -> int:
    codes[full : full + len(part)] = part
    return full + len(part)
