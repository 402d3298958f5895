"""Rows of codes that grow: the votes of a fitted map stay where they are, a row that changes moves to one with slack."""

import numpy as np

from .votes import KINDS, Votes

#: Codes of one store: a row lies within one, so that no store ever has to be copied as a whole.
STORE = 1 << 20
#: Room of a new row, and the slack of a row that moves (one vote more for every so many).
ROOM, SLACK = 8, 4


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
        number, size = votes.shape
        self.base, self.number, self.first = votes, number, number
        self.stores, self.full = [votes.codes], STORE
        self.store, self.room = np.zeros(number, np.int32), np.zeros(number, np.int64)
        self.at, self.given = votes.starts[:-1].copy(), votes.counts.copy()
        self.moved: list[int] = []

    def of(self, row: int) -> np.ndarray:
        """The codes of a row, as they are now; a view."""
        at = self.at[row]
        return self.stores[self.store[row]][at : at + self.given[row]]

    def added(self) -> int:
        """The number of a new, empty row."""
        row = self.number
        for name in ("store", "at", "given", "room"):
            setattr(self, name, widened(getattr(self, name), row + 1))
        self.number = row + 1
        return row

    def put(self, row: int, column: int, code: int) -> int:
        """Append the code, or replace the one that the row has on this column; the code that was there, −1 for none."""
        codes = self.of(row)
        if len(codes):
            place = int((codes // KINDS == column).argmax())
            old = int(codes[place])
            if old // KINDS == column:
                if old != code:
                    self._own(row, len(codes))
                    self.stores[self.store[row]][self.at[row] + place] = code
                return old
        self._own(row, len(codes) + 1)
        self.stores[self.store[row]][self.at[row] + len(codes)] = code
        self.given[row] = len(codes) + 1
        return -1

    def _own(self, row, size) -> None:
        """Move the row to a place with room for so many codes, if it has none."""
        if self.room[row] >= size:
            return
        codes, room = self.of(row), max(ROOM, size + size // SLACK)
        if self.full + room > STORE:
            self.stores.append(np.empty(max(STORE, room), np.uint32))
            self.full = 0
        if row < self.first and not self.room[row]:  # it still lies among the fitted votes
            self.moved.append(row)
        self.stores[-1][self.full : self.full + len(codes)] = codes
        self.store[row], self.at[row], self.room[row] = len(self.stores) - 1, self.full, room
        self.full += room

    def ordered(self, order: np.ndarray, before: np.ndarray, dtype) -> tuple[np.ndarray, np.ndarray]:
        """(starts, codes) of all rows, the new ones among the others.

        ``order`` are the new rows in the order of their names, ``before`` the number of the fitted row before which
        each goes. Rows that never changed are copied in long stretches.
        """
        moved = sorted(self.moved)
        special = sorted([(row, 1, row) for row in moved] + [
            (place, 0, row) for place, row in zip(before.tolist(), order.tolist(), strict=True)
        ], key=lambda each: each[:2])  # fmt: skip
        codes = np.empty(int(self.given[: self.number].sum()), dtype)
        starts, base, done, full = self.base.starts, self.base.codes, 0, 0
        for place, fitted, row in special:
            full = _copied(codes, full, base[starts[done] : starts[place]])
            full = _copied(codes, full, self.of(row))
            done = place + fitted
        _copied(codes, full, base[starts[done] :])
        counts = np.insert(self.given[: self.first], before, self.given[order])
        return np.concatenate([[0], np.cumsum(counts)]), codes


def _copied(codes, full, part) -> int:
    codes[full : full + len(part)] = part
    return full + len(part)
