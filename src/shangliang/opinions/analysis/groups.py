"""Groups of people who stand near one another in the plane: weighted k-means that knows no order."""

from dataclasses import dataclass

import numpy as np

#: The most groups looked for, starts of each (fewer of more than ``SOME`` people), and rounds of each start.
MOST, STARTS, FEW_STARTS, ROUNDS = 5, 16, 6, 100
#: More different places than this are gathered in the cells of a grid: the finest whose cells are not more, of more
#: than ``SOME`` people not more than ``FEW``; so many cells along each axis.
PLACES, CELLS, SOME, FEW = 1200, (96, 72, 54, 40, 30, 22), 5_000, 600


@dataclass(frozen=True, eq=False)
class Places:
    """Different places with how many people stand there: ``points`` (C, 2), ``weights`` (C,), and of each person the
    place ``of`` (N,)."""

    points: np.ndarray
    weights: np.ndarray
    of: np.ndarray


def places(positions: np.ndarray) -> Places:
    """The places where people stand; of very many the means of the cells of a grid (a coreset)."""
    positions = np.ascontiguousarray(positions, float)
    if len(np.unique(positions[:SOME].view(complex))) <= PLACES:
        points, of, weights = _distinct(positions)
        if len(points) <= PLACES:
            return Places(points, weights.astype(float), of)
    low, high = positions.min(axis=0), positions.max(axis=0)
    for cells in CELLS:
        cell = np.minimum((positions - low) * (cells / np.maximum(high - low, 1e-300)), cells - 1).astype(np.int32)
        cell = cell[:, 0] * cells + cell[:, 1]
        weights = np.bincount(cell, minlength=cells * cells)
        if (weights > 0).sum() <= (PLACES if len(positions) <= SOME else FEW):
            break
    of = (np.cumsum(weights > 0) - 1)[cell]
    weights = weights[weights > 0].astype(float)
    sums = np.stack([np.bincount(of, positions[:, axis]) for axis in (0, 1)], axis=1)
    return Places(sums / weights[:, None], weights, of)


def _distinct(positions) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(different points (C, 2) in ascending order, of each position the point, how many of each)."""
    # Complex numbers sort by their first part, then by their second, and much faster than rows of two.
    points, of, weights = np.unique(positions.view(complex).ravel(), return_inverse=True, return_counts=True)
    return points.view(float).reshape(-1, 2), of.ravel(), weights


def labelled(positions: np.ndarray, inside: np.ndarray, way) -> np.ndarray:
    """(N,) labels by where those ``inside`` (mask) stand, −1 for the others; ``way`` groups the places."""
    labels = np.full(len(positions), -1)
    there = places(positions[inside])
    labels[inside] = way(there)[there.of]
    return labels


def split(found: Places, k: int, starts: int = STARTS) -> np.ndarray:
    """(C,) the group of each place, from 0, the largest first; the tightest of several starts."""
    return min(_optima(found, k, starts), key=lambda each: each[1])[0]


def best(found: Places) -> np.ndarray:
    """(C,) the groups with the best silhouette among all that k-means comes to with 2 … ``MOST``.

    The tightest groups of a number are not always the clearest: that one measure decides about both.
    """
    apart = _distances(found)
    starts = STARTS if found.of.size <= SOME else FEW_STARTS
    ends = [_optima(found, k, starts) for k in range(2, min(MOST, len(found.points)) + 1)]
    tried = [labels for each in ends for labels, _inertia in each]
    if not tried:
        return np.zeros(len(found.points), np.int64)
    return max(tried, key=lambda labels: silhouette(found, labels, apart))


def _optima(found, k, starts=STARTS) -> list[tuple[np.ndarray, float]]:
    """(labels, inertia) of every different end of k-means from several starts; the same for the same places."""
    k = min(k, len(found.points))
    chance, ends = np.random.default_rng(k), {}
    for _start in range(starts):
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
        distance = _apart(points, chosen[None])[0]
        near = distance if len(centres) == 1 else np.minimum(near, distance)
    return centres


def _lloyd(found, centres) -> tuple[np.ndarray, float]:
    points, weights = found.points, found.weights
    weighted = [weights * points[:, axis] for axis in range(points.shape[1])]
    labels = None
    for _round in range(ROUNDS):
        distance = _apart(points, centres)
        new = distance.argmin(axis=0)
        if labels is not None and (new == labels).all():
            break
        labels = new
        size = np.bincount(labels, weights, len(centres))
        for axis, sums in enumerate(weighted):
            moved = np.bincount(labels, sums, len(centres)) / np.maximum(size, 1e-300)
            centres[:, axis] = np.where(size > 0, moved, centres[:, axis])
    return labels, float((weights * distance.min(axis=0)).sum())


def _apart(points, centres) -> np.ndarray:
    """(K, C) squares of the distances; one axis after the other, which is quick where there are two."""
    return sum((centres[:, axis, None] - points[:, axis]) ** 2 for axis in range(points.shape[1]))


def _distances(found) -> np.ndarray:
    return np.sqrt(_apart(found.points, found.points))


def silhouette(found: Places, labels: np.ndarray, apart: np.ndarray) -> float:
    """The mean silhouette over the people (Rousseeuw 1987): how much nearer the own group is than the next; −1 for one
    group, nought for who is alone in a group. ``apart`` (C, C) are the distances of the places."""
    k = labels.max() + 1
    if k < 2:
        return -1.0
    size = np.bincount(labels, found.weights, k)
    rows = np.arange(len(labels))
    member = np.zeros((k, len(labels)))
    member[labels, rows] = found.weights
    sums = np.einsum("ij,kj->ik", apart, member)
    own = sums[rows, labels] / np.maximum(size[labels] - 1, 1)
    means = sums / size
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    value = np.where(size[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0)
    return float((value * found.weights).sum() / found.weights.sum())
