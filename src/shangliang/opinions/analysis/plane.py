"""The plane that shows most of the differences: principal components of the votes, never made dense.

A vote that was not given is taken for the statement's mean (Small et al. 2021, "Polis: Scaling deliberation by mapping
high dimensional opinion spaces"). Its centred value is nought, so that the centred matrix is as sparse as the votes.
"""

from dataclasses import dataclass

import numpy as np

from .passes import COARSE, Here, exact, project, tally, there_and_back
from .votes import KINDS

#: Lanes of a reading, the most readings, and how far from an axis the found one may be (of the largest eigenvalue).
LANES, READINGS, TOLERANCE = 8, 24, 1e-6
DIMENSIONS = 2
#: Lanes drawn at random beside axes that are known already, and how far these may be.
WARM, WARM_NEAR = 2, 1e-4
#: The widest basis, and how much of it is kept then: so small that a library never shares the work out to threads,
#: which costs more here than it gives.
WIDE, KEPT = 24, 16
#: Votes of nobody, which draw to the middle who gave few: √(M / n) alone throws them to the edge, where they pass for a
#: group (Polis, red-dwarf #2 and #97).
CALM = 7
#: Of more people than ``MANY`` the axes of ``FEW`` are found first, with less care, and more of them than asked for;
#: everybody then needs few readings. The axes of so many people move by more than ``NEAR`` if a few more vote.
MANY, FEW, NEAR, ROUGH, BEGUN = 200_000, 50_000, 3e-4, 3e-3, 4


@dataclass(frozen=True, eq=False)
class Plane:
    """``means`` (M,) of the votes on each statement, ``axes`` (M, 2) of length one, ``spread`` (2,): the sum of
    squares along each. A statement that was moderated out has nought in all of them. ``calm``: the votes of nobody by
    which :func:`positions` are scaled."""

    means: np.ndarray
    axes: np.ndarray
    spread: np.ndarray
    calm: int = CALM

    @property
    def table(self) -> np.ndarray:
        """(3M, 2): what one vote adds to a position before scaling."""
        return exact(_offsets(self.means)[:, None] * np.repeat(self.axes, KINDS, axis=0))


def extremity(plane: Plane) -> np.ndarray:
    """(M,) how far from the middle each statement stands in Polis: where somebody stands who agreed with it alone."""
    return np.sqrt(len(plane.means)) * np.sqrt((((1 - plane.means)[:, None] * plane.axes) ** 2).sum(axis=1))


def tallied(machine) -> np.ndarray:
    """(M, 3): how many disagreed, passed and agreed, by statement; everybody counts."""
    size = KINDS * machine.votes.shape[1]
    labels = np.zeros(machine.votes.shape[0], np.int8)
    return machine.added(tally, 1, size, by_row=(labels,))[0].reshape(-1, KINDS)


def fitted(machine, counts, dimensions=DIMENSIONS, tolerance=TOLERANCE, start=None, calm=CALM) -> Plane:
    """The plane of these votes, or as many axes as asked for; ``counts`` (M, 3) as :func:`tallied` gives them.

    Block Krylov with Rayleigh–Ritz (Musco & Musco 2015) on the sparse centred matrix. ``start`` (M, D) are axes of
    nearly the same votes, from which fewer readings are needed.
    """
    out, size = machine.votes.out, machine.votes.shape[1]
    seen = counts.sum(axis=1)
    means = np.where(out, 0, (counts[:, 2] - counts[:, 0]) / np.maximum(seen, 1))
    offsets = _offsets(means)
    offsets[np.repeat(out, KINDS)] = 0

    def applied(block):
        found = machine.added(there_and_back, exact(offsets[:, None] * np.repeat(block, KINDS, axis=0)))
        return (offsets[:, None] * found).reshape(size, KINDS, -1).sum(axis=1)

    if start is not None:
        drawn = np.random.default_rng(1).standard_normal((size, WARM))
        block, tolerance = np.hstack([start, drawn]), WARM_NEAR
    elif machine.votes.shape[0] > MANY:
        few = Here(machine.votes.sampled(FEW))
        block, tolerance = fitted(few, tallied(few), BEGUN, ROUGH).axes, NEAR
    else:
        block = np.random.default_rng(1).standard_normal((size, min(LANES, size)))
    block[out] = 0
    axes, spread = _krylov(applied, block, dimensions, tolerance)
    axes[out] = 0
    return Plane(means, axes, spread, calm)


def _offsets(means) -> np.ndarray:
    """(3M,): disagree, pass and agree less the statement's mean."""
    return (np.arange(-1, 2)[None, :] - means[:, None]).ravel()


def _krylov(applied, block, dimensions, tolerance) -> tuple[np.ndarray, np.ndarray]:
    size = len(block)
    basis, images, small = np.empty((size, 0)), np.empty((size, 0)), np.empty((0, 0))
    axes, values = np.empty((size, 0)), np.empty(0)
    block = _orthogonal(block, basis)
    for _reading in range(READINGS):
        if not block.shape[1]:
            break
        image = applied(block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        small = _grown(small, _times(basis.T, image))
        values, mixed = (found[..., ::-1] for found in np.linalg.eigh(small))
        axes = _times(basis, mixed[:, :dimensions])
        left = _times(images, mixed[:, :dimensions]) - axes * values[:dimensions]
        if values[0] <= 0 or np.sqrt((left**2).sum(axis=0)).max() <= tolerance * values[0]:
            break
        block = _orthogonal(image, basis)
        if basis.shape[1] + block.shape[1] > WIDE:  # a thick restart (Wu & Simon 2000)
            kept = mixed[:, :KEPT]
            basis, images, small = _times(basis, kept), _times(images, kept), np.diag(values[:KEPT])
    values = values[:dimensions]
    axes = np.pad(axes, ((0, 0), (0, dimensions - axes.shape[1])))
    values = np.pad(values, (0, dimensions - len(values)))
    top = axes[np.abs(axes).argmax(axis=0), np.arange(dimensions)]
    return axes * np.where(top < 0, -1, 1), np.maximum(values, 0)


def _grown(small, column) -> np.ndarray:
    """The symmetric matrix with this block below and, turned, to the right."""
    before = len(small)
    grown = np.zeros((len(column), len(column)))
    grown[:before, :before], grown[:, before:], grown[before:] = small, column, column.T
    return grown


def _orthogonal(block, basis) -> np.ndarray:
    """The part of the block outside the basis, orthonormal; what is nearly inside is left out."""
    length = np.sqrt((block**2).sum(axis=0))
    block = block[:, length > 0] / length[length > 0]
    for _twice in range(2):
        block = block - _times(basis, _times(basis.T, block))
    found = np.empty((len(block), 0))
    for column in block.T:
        for _twice in range(2):
            column = column - (found * (found * column[:, None]).sum(axis=0)).sum(axis=1)
        length = np.sqrt((column**2).sum())
        if length > 1e-9:
            found = np.hstack([found, column[:, None] / length])
    return found


def _times(left, right) -> np.ndarray:
    """A product whose sums do not depend on the number of threads of a library."""
    return np.einsum("ij,jk->ik", left, right)


def positions(machine, plane: Plane, size: int | None = None) -> np.ndarray:
    """(N, 2): where each person stands; nought for who gave no vote that counts.

    Scaled by √((M + calm) / (n + calm)), M statements (``size``, or all) that were not moderated out and n votes on
    them (Small et al. 2021 has √(M / n)). In Polis the ``calm`` is the number of those that were: its code takes them
    for voted on by everybody (``named_matrix.clj``: the column becomes nought), and its recorded places follow only so.
    """
    votes = machine.votes
    size = int((~votes.out).sum()) if size is None else size
    scale = np.sqrt((size + plane.calm) / np.maximum(votes.given + plane.calm, 1))
    return exact(machine.joined(project, plane.table) * scale[:, None], COARSE)
