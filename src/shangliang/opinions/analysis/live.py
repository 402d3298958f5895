"""Votes as they arrive: the person's place and group and the counts of the groups are right at once.

What was fitted stays frozen (means, axes, centres or classes); only sums change. Each is a sum of multiples of a power
of two, as in :mod:`passes`, so adding and taking away is exact: the state depends on the votes alone, not on the way to
them. (Who votes stands in the group of the nearest middle, which by Polis's rules may be another than that of the fit.)
:func:`refit.refit` fits anew from where the last fit ended; :func:`analyse.analysed` fits from nothing.
"""

import math
from bisect import bisect_left

import numpy as np

from . import classes, plane
from .analyse import Map
from .growing import Rows, widened
from .passes import COARSE, Here, exact, project
from .polis import VOTES
from .votes import AGREE, DISAGREE, KINDS, PASS, Votes

try:
    from . import arrival
except ImportError:  # the extra is not installed
    arrival = None

#: Lanes of a person's sums: the place (2), votes on fitted statements that count, yes and no on fitted ones, then one
#: for each class.
SEEN, SAID, LOGS = 2, 3, 4


class Live:
    """A map that votes go into, one by one, about ten microseconds each. Not for several threads at once.

    A statement that the map did not know is counted, but places nobody until the refit. A person who comes to the map
    belongs to no group (−1) before as many votes as :func:`polis.taking_part` asks for, or for classes before the first
    yes or no. Who has not voted since the fit keeps the group of the fit.
    """

    def __init__(self, fitted: Map):
        votes = fitted.votes
        self.fitted, self.rows = fitted, Rows(votes)
        number, self.known = votes.shape
        self.statements, self._came = votes.statements.tolist(), []
        self._names = None if votes.people.dtype.kind == "U" else memoryview(votes.people)
        self._row: dict = {}
        self._column = {name: column for column, name in enumerate(self.statements)}
        self._table = _table(fitted)
        self._adds = list(self._table)
        self.prior = exact(np.log(fitted.made.share)) if fitted.made else np.empty(0)
        self._sums = widened(Here(votes).joined(project, self._table), number + 1)
        self._sums[:, LOGS:] += self.prior
        self._labels = widened(fitted.labels.astype(np.int64), number + 1, fill=-1)
        self._positions = widened(fitted.positions, number + 1)
        self._counts = fitted.counts.reshape(fitted.k, -1).copy()
        self._everybody = fitted.everybody.reshape(-1).astype(np.int64)
        self._seen()
        self.centres = centres(fitted.positions, fitted.labels, fitted.k)
        self._middles = np.array(self.centres).reshape(-1, 2)
        self.calm = fitted.plane.calm
        self._wide = int((~votes.out).sum()) + self.calm
        self.by_class, self.enough = fitted.made is not None, min(VOTES, self.known)

    def _seen(self) -> None:
        self._label, self._place = memoryview(self._labels), memoryview(self._positions)
        self._count, self._of_all = memoryview(self._counts), memoryview(self._everybody)

    @property
    def people(self) -> list:
        """The names of all people, in the order of ``labels`` and ``positions``."""
        return self.fitted.votes.people.tolist() + self._came

    @property
    def counts(self) -> np.ndarray:
        """(G, M, 3) of disagree, pass and agree by group; the columns are those of ``statements``."""
        return self._counts[:, : KINDS * len(self.statements)].reshape(len(self._counts), -1, KINDS)

    @property
    def labels(self) -> np.ndarray:
        """(N,) the group of each of ``people``, −1 for none."""
        return self._labels[: self.rows.number]

    @property
    def positions(self) -> np.ndarray:
        """(N, 2) where each of ``people`` stands."""
        return self._positions[: self.rows.number]

    @property
    def everybody(self) -> np.ndarray:
        """(M, 3) of all people, also of those who belong to no group."""
        return self._everybody[: KINDS * len(self.statements)].reshape(-1, KINDS)

    def vote(self, person, statement, vote: int) -> int:
        """Take one vote, which overrules an earlier one of this person on this statement; the person's group now.

        ``person`` and ``statement`` are names, as in the votes of the map; ``vote`` +1 agree, 0 pass, −1 disagree.
        Raises ValueError for a vote that is none, or a name of another kind than the others.
        """
        if vote not in (AGREE, PASS, DISAGREE):
            raise ValueError("a vote is 1 (agree), 0 (pass) or -1 (disagree)")
        _same_kind(person, self.fitted.votes.people.item(0))
        _same_kind(statement, self.statements[0])
        column, row = self._column.get(statement), self._row.get(person)
        if column is None:
            column = self._new_statement(statement)
        if row is None:
            row = self._found(person)
        code = KINDS * column + int(vote) + 1
        if arrival:
            group = self._compiled(row, code)
            if group == arrival.NO_ROOM:
                self.rows.own(row)
                group = self._compiled(row, code)
            return group
        old = self.rows.put(row, column, code)
        if old != code:
            self._of_all[code] += 1
            if old >= 0:
                self._of_all[old] -= 1
            self._moved(row, code, old, column)
        return self._label[row]

    def _compiled(self, row, code) -> int:
        """What :meth:`_moved` does with the vote put in, as compiled code."""
        return arrival.voted(
            self.rows.store(row), self.rows.held, row, code, self._table, self._sums, self._positions, self._labels,
            self._counts, self._everybody, self._middles, self.enough, self.by_class, self._wide, self.calm,
        )  # fmt: skip

    def _moved(self, row, code, old, column) -> None:
        """Put the person and the counts right after a vote; ``old`` is the code it overrules, or −1."""
        before, counts = self._label[row], self._count
        if column < self.known:
            sums = self._sums[row]
            sums += self._adds[code]
            if old >= 0:
                sums -= self._adds[old]
            after = self._group(row, sums, before)
        else:
            after = before
        if after == before:
            if before >= 0:
                counts[before, code] += 1
                if old >= 0:
                    counts[before, old] -= 1
            return
        codes = self.rows.of(row)
        if before >= 0:
            self._counts[before, codes] -= 1
            counts[before, code] += 1
            if old >= 0:
                counts[before, old] -= 1
        if after >= 0:
            self._counts[after, codes] += 1
        self._label[row] = after

    def _group(self, row, sums, before) -> int:
        """Where the person stands now, and the group of that place."""
        told = sums.tolist()
        scale = math.sqrt(self._wide / (told[SEEN] + self.calm or 1)) / COARSE
        x, y = round(told[0] * scale) * COARSE, round(told[1] * scale) * COARSE
        self._place[row, 0], self._place[row, 1] = x, y
        if self.by_class:
            logs = told[LOGS:]
            return logs.index(max(logs)) if told[SAID] else -1
        if before < 0 and told[SEEN] < self.enough:
            return -1
        apart = [(x - a) ** 2 + (y - b) ** 2 for a, b in self.centres]
        return apart.index(min(apart))

    def _found(self, person) -> int:
        """The row of a person, who may be new."""
        names, first = self.fitted.votes.people, self.rows.first
        at = bisect_left(names if names.dtype.kind == "U" else self._names, person)
        if at == first or names[at] != person:
            at = self.rows.added()
            self._came.append(person)
            if at >= len(self._labels):
                self._labels = widened(self._labels, at + 1, fill=-1)
                self._positions, self._sums = (widened(part, at + 1) for part in (self._positions, self._sums))
                self._seen()
            self._sums[at, LOGS:] = self.prior
        self._row[person] = at
        return at

    def _new_statement(self, statement) -> int:
        column = self._column[statement] = len(self.statements)
        self.statements.append(statement)
        size = KINDS * len(self.statements)
        if size > len(self._everybody):
            self._counts, self._everybody = widened(self._counts, size, axis=1), widened(self._everybody, size)
            self._seen()
        return column

    def now(self) -> Map:
        """The map as it stands, with what was fitted frozen; people and statements again in the order of names."""
        return _frozen(self)


def _same_kind(name, other) -> None:
    if not isinstance(name, str) and isinstance(name, int) and not -(2**63) <= name < 2**63:
        raise ValueError("names that are integers are of 64 bits")
    if not isinstance(name, (str, int, np.integer)) or isinstance(name, str) != isinstance(other, str):
        raise ValueError(f"names are all integers or all words, not {str(name)[:20]!r} beside {str(other)[:20]!r}")


def _table(fitted) -> np.ndarray:
    """(3M, lanes): what one vote adds to the sums of a person."""
    size = KINDS * len(fitted.votes.statements)
    told = np.ones((size, 2))
    told[:, 0] = np.repeat(~fitted.votes.out, KINDS)
    told[1::KINDS, 1] = 0
    logs = fitted.made.table if fitted.made else np.empty((size, 0))
    return np.hstack([fitted.plane.table, told, logs])


def centres(positions, labels, k) -> list[tuple[float, float]]:
    """The mean place of each group; positions are multiples of ``COARSE``, so that no order changes a bit."""
    inside = labels >= 0
    size = np.maximum(np.bincount(labels[inside], minlength=k), 1)
    means = [np.bincount(labels[inside], positions[inside, axis], k) / size for axis in (0, 1)]
    return list(zip(*(axis.tolist() for axis in means), strict=True))


def _collected(live) -> tuple[np.ndarray, np.ndarray, Votes]:
    """(column of each statement and row of each person in the order of names, the votes)."""
    old, first, rows = live.fitted.votes, live.rows.first, live.rows
    names = np.array(live._came) if live._came else old.people[:0]
    order = np.argsort(names, kind="stable")
    before = np.searchsorted(old.people, names[order])
    statements = np.array(live.statements)
    columns = np.argsort(statements, kind="stable")
    dtype = np.uint16 if KINDS * len(statements) < 2**16 else np.uint32
    renamed = (KINDS * np.argsort(columns)[:, None] + np.arange(KINDS)).ravel().astype(dtype)
    starts, codes = rows.ordered(first + order, before, renamed)
    out = np.concatenate([old.out, np.zeros(len(statements) - live.known, bool)])[columns]
    people = np.insert(old.people.astype(np.result_type(old.people, names)), before, names[order])
    of = np.insert(np.arange(first), before, first + order)
    return columns, of, Votes(starts, codes, people, statements[columns], out)


def _frozen(live) -> Map:
    old, columns, rows, votes = live.fitted, *_collected(live)
    new = columns >= live.known
    known = np.where(new, 0, columns)
    means, axes = np.where(new, 0, old.plane.means[known]), np.where(new[:, None], 0, old.plane.axes[known])
    made = membership = None
    everybody = live.everybody[columns]
    if old.made:
        # Nobody's class is told by a statement that no class was fitted to.
        agree = np.where(new[:, None], classes.base(everybody)[:, None], old.made.agree[known])
        made = classes.Classes(old.made.share, agree, votes.out)
        logs = live._sums[rows, LOGS:]
        membership = np.exp(logs - logs.max(axis=1, keepdims=True))
        membership /= membership.sum(axis=1, keepdims=True)
    flat = plane.Plane(means, axes, old.plane.spread, live.calm)
    return Map(
        votes, old.kind, live.labels[rows], live.positions[rows], live.counts[:, columns], everybody, flat, membership,
        old.chosen, made,
    )  # fmt: skip
