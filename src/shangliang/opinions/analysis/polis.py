"""Polis's own clustering, rule by rule, from a cold start (``math/src/polismath/math/{conversation,clusters}.clj``).

Its recorded groups depend on the order in which votes came, because it starts from its last result; nobody can give
exactly these again. Here the people stand in the order of their names, which in Polis is that of their arrival.
"""

import numpy as np

#: In a conversation: people with so many votes; if they are fewer than FEW, those with the most votes besides.
VOTES, FEW = 7, 15
#: The most base clusters, and their rounds; rounds of the groups (asked for 100, but the wrong key is passed).
BASE, BASE_ROUNDS, ROUNDS, NEAR = 100, 100, 20, 0.01


def taking_part(counts: np.ndarray, statements: int) -> np.ndarray:
    """(N,) who is in the conversation: at least min(7, M) votes, topped up to 15 by vote count."""
    inside = counts >= min(VOTES, statements)
    if inside.sum() < FEW:
        order = np.argsort(-counts, kind="stable")
        inside[[row for row in order[:FEW] if counts[row]]] = True
    return inside


def groups(positions: np.ndarray) -> np.ndarray:
    """(N,) labels: k-means with 100 base clusters, then of their centres for k = 2 … 5, the best mean silhouette."""
    centres, of = _base(positions)
    weights = np.bincount(of, minlength=len(centres)).astype(float)
    best, most = None, min(5, 2 + len(centres) // 12)
    for k in range(2, max(most, 2) + 1):
        labels = _means(centres, weights, centres[:k].copy(), ROUNDS)
        value = _silhouette(centres, labels)
        if best is None or value > best[0]:
            best = value, labels
    return best[1][of]


def _base(positions):
    _distinct, first = np.unique(positions, axis=0, return_index=True)
    centres = positions[np.sort(first)[:BASE]].copy()
    labels = _means(positions, np.ones(len(positions)), centres, BASE_ROUNDS)
    used, of = np.unique(labels, return_inverse=True)
    return centres[used], of.ravel()


def _means(points, weights, centres, rounds) -> np.ndarray:
    """Labels of Lloyd's rounds until no centre moves by ``NEAR``; the centres are moved in place."""
    for _round in range(rounds):
        labels = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        size = np.bincount(labels, weights, len(centres))
        sums = np.stack([np.bincount(labels, weights * points[:, axis], len(centres)) for axis in (0, 1)], axis=1)
        moved = np.where(size[:, None] > 0, sums / np.maximum(size, 1e-300)[:, None], centres)
        far = np.sqrt(((moved - centres) ** 2).sum(axis=1)).max()
        centres[:] = moved
        if far < NEAR:
            break
    return ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)


def _silhouette(points, labels) -> float:
    """The mean silhouette of the base clusters, each counted once; nought for one that is alone."""
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    k = labels.max() + 1
    member = (labels[:, None] == np.arange(k)).astype(float)
    size, sums, rows = member.sum(axis=0), apart @ member, np.arange(len(points))
    own = sums[rows, labels] / np.maximum(size[labels] - 1, 1)
    means = np.where(size > 0, sums / np.maximum(size, 1), np.inf)
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    value = np.where(
        (size[labels] > 1) & np.isfinite(other), (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0
    )
    return float(value.mean())
