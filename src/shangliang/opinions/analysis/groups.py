"""Groups of people who stand near one another in the plane: weighted k-means that knows no order."""

from dataclasses import dataclass

import numpy as np

#: The most groups looked for, starts of each, and cells of the grid along each axis.
MOST, STARTS, CELLS = 5, 16, 96
ROUNDS = 100
#: More different places than this are gathered in the cells of the grid.
PLACES = 1200


@dataclass(frozen=True, eq=False)
class Places:
    """Different places with how many people stand there: ``points`` (C, 2), ``weights`` (C,), and of each person the
    place ``of`` (N,)."""

    points: np.ndarray
    weights: np.ndarray
    of: np.ndarray


def places(positions: np.ndarray) -> Places:
    """The places where people stand; of very many the means of the cells of a grid (a coreset)."""
    points, of, weights = np.unique(positions, axis=0, return_inverse=True, return_counts=True)
    of = of.ravel()
    if len(points) <= PLACES:
        return Places(points, weights.astype(float), of)
    low, high = positions.min(axis=0), positions.max(axis=0)
    cell = np.minimum((positions - low) * (CELLS / np.maximum(high - low, 1e-300)), CELLS - 1).astype(np.int64)
    _used, of = np.unique(cell[:, 0] * CELLS + cell[:, 1], return_inverse=True)
    weights = np.bincount(of).astype(float)
    sums = np.stack([np.bincount(of, positions[:, axis]) for axis in (0, 1)], axis=1)
    return Places(sums / weights[:, None], weights, of)


def labelled(positions: np.ndarray, inside: np.ndarray, way) -> np.ndarray:
    """(N,) labels by where those ``inside`` (mask) stand, −1 for the others; ``way`` groups the places."""
    labels = np.full(len(positions), -1)
    there = places(positions[inside])
    labels[inside] = way(there)[there.of]
    return labels


def split(found: Places, k: int) -> np.ndarray:
    """(C,) the group of each place, from 0, the largest first; the tightest of several starts."""
    return min(_optima(found, k), key=lambda each: each[1])[0]


def best(found: Places) -> np.ndarray:
    """(C,) the groups with the best silhouette among all that k-means comes to with 2 … ``MOST``.

    The tightest groups of a number are not always the clearest: that one measure decides about both.
    """
    apart = _distances(found)
    tried = [labels for k in range(2, min(MOST, len(found.points)) + 1) for labels, _inertia in _optima(found, k)]
    if not tried:
        return np.zeros(len(found.points), np.int64)
    return max(tried, key=lambda labels: silhouette(found, labels, apart))


def _optima(found, k) -> list[tuple[np.ndarray, float]]:
    """(labels, inertia) of every different end of k-means from several starts; the same for the same places."""
    k = min(k, len(found.points))
    chance, ends = np.random.default_rng(k), {}
    for _start in range(STARTS):
        labels, inertia = _lloyd(found, _spread_out(found, k, chance))
        labels = by_size(labels, found.weights)
        ends.setdefault(labels.tobytes(), (labels, inertia))
    return list(ends.values())


def by_size(labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The labels renamed from 0 so that the heaviest group comes first; equal ones by their first place."""
    present, first, of = np.unique(labels, return_index=True, return_inverse=True)
    size = np.bincount(of.ravel(), weights)
    rank = np.empty(len(present), np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(present))
    return rank[of.ravel()]


def _spread_out(found, k, chance) -> np.ndarray:
    """Centres far from one another (Arthur & Vassilvitskii 2007)."""
    points, weights = found.points, found.weights
    centres, near = np.empty((0, points.shape[1])), np.ones(len(points))
    for _centre in range(k):
        mass = np.cumsum(weights * near)
        chosen = points[min(np.searchsorted(mass, chance.random() * mass[-1], side="right"), len(points) - 1)]
        centres = np.vstack([centres, chosen])
        distance = ((points - chosen) ** 2).sum(axis=1)
        near = distance if len(centres) == 1 else np.minimum(near, distance)
    return centres


def _lloyd(found, centres) -> tuple[np.ndarray, float]:
    points, weights = found.points, found.weights
    labels = None
    for _round in range(ROUNDS):
        distance = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2)
        new = distance.argmin(axis=1)
        if labels is not None and (new == labels).all():
            break
        labels = new
        size = np.bincount(labels, weights, len(centres))
        for axis in range(points.shape[1]):
            sums = np.bincount(labels, weights * points[:, axis], len(centres))
            centres[:, axis] = np.where(size > 0, sums / np.maximum(size, 1e-300), centres[:, axis])
    return labels, float((weights * distance.min(axis=1)).sum())


def _distances(found) -> np.ndarray:
    return np.sqrt(((found.points[:, None, :] - found.points[None]) ** 2).sum(axis=2))


def silhouette(found: Places, labels: np.ndarray, apart: np.ndarray) -> float:
    """The mean silhouette over the people (Rousseeuw 1987): how much nearer the own group is than the next; −1 for one
    group, nought for who is alone in a group. ``apart`` (C, C) are the distances of the places."""
    k = labels.max() + 1
    if k < 2:
        return -1.0
    size = np.bincount(labels, found.weights, k)
    member = np.zeros((len(labels), k))
    member[np.arange(len(labels)), labels] = found.weights
    sums = np.einsum("ij,jk->ik", apart, member)
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(size[labels] - 1, 1)
    means = sums / size
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    value = np.where(size[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0)
    return float((value * found.weights).sum() / found.weights.sum())
