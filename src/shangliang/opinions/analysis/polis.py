"""Polis's own clustering, rule by rule (``math/src/polismath/math/{conversation,clusters}.clj``), update by update.

Polis begins each of its updates at the result of the last one, so that its groups follow from the order in which votes
came. That history is gone through again; where the log does not tell when votes came (:attr:`Votes.times`), people are
taken to have come one after the other, as Polis numbers them.
"""

import numpy as np

from . import plane
from .passes import Here
from .votes import Votes

#: In a conversation: people with so many votes; if they are fewer than FEW, those with the most votes besides.
VOTES, FEW = 7, 15
#: The most base clusters, and their rounds; rounds of the groups (asked for 100, but the wrong key is passed).
BASE, BASE_ROUNDS, ROUNDS, NEAR = 100, 100, 20, 0.01
#: The most groups, and how many updates in a row must want another number until it is shown.
MOST, STEADY = 5, 4
#: Updates into which the history is cut (Polis has one for each second in which somebody votes; of more the recorded
#: groups are not met better), and the most people whose history is gone through: of more Polis samples.
UPDATES, REPLAYED = 250, 10_000


def taking_part(counts: np.ndarray, statements: int) -> np.ndarray:
    """(N,) who is in the conversation: at least min(7, M) votes, topped up to 15 by vote count."""
    inside = counts >= min(VOTES, statements)
    if inside.sum() < FEW:
        order = np.argsort(-counts, kind="stable")
        inside[[row for row in order[:FEW] if counts[row]]] = True
    return inside


def grouped(votes: Votes, positions: np.ndarray) -> np.ndarray:
    """(N,) labels, −1 for who is not in the conversation; ``positions`` (N, 2) of all votes."""
    running = Running(votes.shape[0])
    if votes.shape[0] <= REPLAYED:
        for part, size, places in _history(votes):
            running.update(places, part.counts, size)
    running.update(positions, votes.counts, votes.shape[1])
    return running.labels


def _history(votes):
    """(votes, statements, positions) at each update but the last."""
    when = votes.person if votes.times is None else votes.times
    order = np.lexsort((votes.codes, votes.person, when))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    axes = None
    for cut in np.unique(np.linspace(0, len(rank), UPDATES + 1).astype(np.int64))[1:-1]:
        part = votes.without(rank >= cut)
        machine = Here(part, 1)
        everybody = plane.tallied(machine)
        there = everybody.any(axis=1)
        found = plane.fitted(machine, everybody, start=axes, calm=int((part.out & there).sum()))
        axes = found.axes
        yield part, int(there.sum()), plane.positions(machine, found, int((~part.out & there).sum()))


class Running:
    """What Polis keeps from update to update: who is in the conversation, up to a hundred base clusters of them, groups
    of these for each number, and which number is shown."""

    def __init__(self, people: int):
        self.inside = np.zeros(people, bool)
        #: The name of each person's base cluster, −1 for none; {number: {base cluster: group}}.
        self.base, self.groups = np.full(people, -1), {}
        self.shown, self._wanted, self._row = 0, 0, 0

    @property
    def labels(self) -> np.ndarray:
        """(N,) the group of each person, −1 for none."""
        labels = np.full(len(self.base), -1)
        of = self.groups.get(self.shown, {})
        labels[self.inside] = [of.get(name, 0) for name in self.base[self.inside].tolist()]
        return labels

    def update(self, positions, counts, statements) -> None:
        """Go on to these positions (N, 2) and vote counts (N,) of all people, of so many statements."""
        self.inside |= taking_part(counts, statements)
        inside = np.flatnonzero(self.inside)
        if not len(inside):
            return
        weights = np.ones(len(inside))
        self.base[inside] = _moved(positions[inside], weights, self.base[inside], BASE, BASE_ROUNDS)
        names, of, size = np.unique(self.base[inside], return_inverse=True, return_counts=True)
        places = np.stack([np.bincount(of, positions[inside, axis]) / size for axis in (0, 1)], axis=1)
        values, made = {}, {}
        for k in range(2, max(min(MOST, 2 + len(names) // 12), 2) + 1 if len(names) > 1 else 2):
            was = np.array([self.groups.get(k, {}).get(name, -1) for name in names.tolist()])
            groups = _moved(places, size.astype(float), was, k, ROUNDS)
            made[k] = dict(zip(names.tolist(), groups.tolist(), strict=True))
            values[k] = _silhouette(places, np.unique(groups, return_inverse=True)[1])
        self.groups = made
        if values:
            self._show(max(values, key=lambda k: (values[k], k)))

    def _show(self, wanted) -> None:
        self._row = self._row + 1 if wanted == self._wanted else 1
        self._wanted = wanted
        if self._row >= STEADY or self.shown not in self.groups:
            self.shown = wanted


def _moved(points, weights, was, k, rounds) -> np.ndarray:
    """The name of each point's cluster after Lloyd's rounds until no centre moves by ``NEAR``.

    ``was`` are the names of before, −1 for none; if nobody has one, the first k different points begin.
    """
    names, centres = _begun(points, weights, was, k)
    for _round in range(rounds):
        labels = _apart(points, centres).argmin(axis=1)
        size = np.bincount(labels, weights, len(centres))
        kept = size > 0
        moved = _means(points, weights, labels, size)[kept]
        done = kept.all() and np.sqrt(((moved - centres) ** 2).sum(axis=1)).max() < NEAR
        labels, names, centres = (np.cumsum(kept) - 1)[labels], names[kept], moved
        if done:
            break
    return names[labels]


def _begun(points, weights, was, k) -> tuple[np.ndarray, np.ndarray]:
    """(names, centres) to begin with: those of before, and while they are too few the point farthest from all."""
    names, of = np.unique(was[was >= 0], return_inverse=True)
    different = np.unique(points, axis=0)
    if not len(names):
        _all, first = np.unique(points, axis=0, return_index=True)
        first = np.sort(first)[:k]
        return np.arange(len(first)), points[first]
    known = np.flatnonzero(was >= 0)
    label = np.full(len(points), -1)
    label[known] = of
    centres = _recentred(points, weights, label, len(names))
    centres, merged = np.unique(centres, axis=0, return_inverse=True)
    names, label[known] = _kept(names, merged.ravel(), label[known])
    while len(names) < min(k, len(different)):
        near = _apart(points, centres).min(axis=1)
        far = int(near.argmax())
        if near[far] <= 0:
            break
        label[far] = len(names)
        names = np.append(names, names.max() + 1)
        centres = _recentred(points, weights, label, len(names))
    return names, _recentred(points, weights, label, len(names))


def _kept(names, merged, label) -> tuple[np.ndarray, np.ndarray]:
    """(names, labels) after clusters at one place became one, by the name of the largest."""
    size = np.bincount(label, minlength=len(names))
    ones = range(merged.max() + 1)
    chosen = [max(np.flatnonzero(merged == one).tolist(), key=lambda at: (size[at], -at)) for one in ones]
    return names[chosen], merged[label]


def _recentred(points, weights, label, number) -> np.ndarray:
    known = label >= 0
    size = np.bincount(label[known], weights[known], number)
    return _means(points[known], weights[known], label[known], size)


def _means(points, weights, labels, size) -> np.ndarray:
    sums = [np.bincount(labels, weights * points[:, axis], len(size)) for axis in (0, 1)]
    return np.stack(sums, axis=1) / np.maximum(size, 1e-300)[:, None]


def _apart(points, centres) -> np.ndarray:
    return ((points[:, None] - centres[None]) ** 2).sum(axis=2)


def _silhouette(points, labels) -> float:
    """The mean silhouette of the base clusters, each counted once; nought for one that is alone."""
    apart = np.sqrt(_apart(points, points))
    k = labels.max() + 1
    member = (labels[:, None] == np.arange(k)).astype(float)
    size, sums, rows = member.sum(axis=0), apart @ member, np.arange(len(points))
    own = sums[rows, labels] / np.maximum(size[labels] - 1, 1)
    means = sums / size
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    value = np.where(
        (size[labels] > 1) & np.isfinite(other), (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0
    )
    return float(value.mean())
