"""Common ground by factors: what of a statement's support is not explained by where people stand.

y = b_j + c_i + u_i · w_j for the votes ±1, by alternating ridge regressions (the model of Community Notes, Wojcik et
al. 2022, "Birdwatch"): ``ground`` b_j is the support that bridges the groups, and the same model tells whether opinions
lie along lines rather than in classes.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

from .votes import KINDS, PASS

#: Penalties of a statement's ground and of everything else, and sweeps.
GROUND, REST, SWEEPS = 0.5, 5.0, 12
#: Of the logistic model: the penalty, its steps, and the furthest a score goes.
BEND, STEPS, FAR = 3.0, 6, 6.0


@dataclass(frozen=True, eq=False)
class Factors:
    """``ground`` (M,), ``lean`` (M, D) of the statements; ``own`` (N,), ``stand`` (N, D) of the people."""

    ground: np.ndarray
    lean: np.ndarray
    own: np.ndarray
    stand: np.ndarray

    def score(self, people, statements) -> np.ndarray:
        """How these people stand to these statements (arrays of one length)."""
        told = self.ground[statements] + self.own[people]
        for stand, lean in zip(self.stand.T.copy(), self.lean.T.copy(), strict=True):
            told += stand[people] * lean[statements]
        return told

    def chance(self, people, statements) -> np.ndarray:
        """The chance to agree, of a logistic model (:func:`curved`)."""
        return special.expit(np.clip(self.score(people, statements), -FAR, FAR))

    def working(self, people, statements, agree) -> tuple[np.ndarray, np.ndarray]:
        """(weight, working response) of one step."""
        told = np.clip(self.score(people, statements), -FAR, FAR)
        chance = special.expit(told)
        weight = np.maximum(chance * (1 - chance), 0.02)
        return weight, told + (agree - chance) / weight


@dataclass(frozen=True, eq=False)
class Said:
    """Every yes and no on what was not moderated out: (V,) ``people``, ``statements`` and ±1 ``given``, person by
    person, each from ``starts`` (N + 1,) on; ``size`` statements."""

    people: np.ndarray
    statements: np.ndarray
    given: np.ndarray
    starts: np.ndarray
    size: int

    def matrix(self, values) -> sparse.csr_array:
        """(N, M) with these values (V,)."""
        return sparse.csr_array((values, self.statements, self.starts), shape=(len(self.starts) - 1, self.size))


def said(votes) -> Said:
    """What these votes say, passes and what was moderated out left aside; of each person by statement, so that sums
    do not depend on the order of the log."""
    columns = (votes.codes // KINDS).astype(np.int32)
    kept = (votes.codes % KINDS != PASS + 1) & ~votes.out[columns]
    starts = np.concatenate([[0], np.cumsum(kept)])[votes.starts].astype(np.int32)
    people, columns, given = votes.person[kept], columns[kept], votes.codes[kept] % KINDS - 1.0
    order = np.argsort(people * np.int64(votes.shape[1]) + columns)
    return Said(people, columns[order], given[order], starts, votes.shape[1])


def fitted(votes: Said, axes: np.ndarray) -> Factors:
    """The factors of these votes, begun from the plane's ``axes`` (M, D), so that nothing is left to chance."""
    given, seen = votes.matrix(votes.given), votes.matrix(np.ones(len(votes.given)))
    turned, seen_turned = given.T.tocsr(), seen.T.tocsr()
    ground = turned.sum(axis=1) / (seen_turned.sum(axis=1) + 1)
    lean = axes * np.sqrt(votes.size) * 0.3
    for _sweep in range(SWEEPS):
        rows = _with_one(lean)
        found = _ridge(seen @ _pairs(rows), given @ rows - seen @ (ground[:, None] * rows), REST, REST)
        own, stand = found[:, 0], found[:, 1:]
        rows = _with_one(stand)
        sums = turned @ rows - seen_turned @ (own[:, None] * rows)
        told = _ridge(seen_turned @ _pairs(rows), sums, GROUND, REST)
        ground, lean = told[:, 0], told[:, 1:]
    return Factors(ground, lean, own, stand)


def curved(votes: Said, begun: Factors) -> Factors:
    """The same places along lines by a logistic model (item response), from the linear one on: near-certain votes do
    not bend the lines. Each sweep is one step of reweighted ridge regressions (McCullagh & Nelder 1989)."""
    people, statements, agree = votes.people, votes.statements, (votes.given > 0).astype(float)
    made = Factors(2 * begun.ground, 2 * begun.lean, 2 * begun.own, begun.stand)
    for _sweep in range(STEPS):
        weight, wanted = made.working(people, statements, agree)
        rows, weights = _with_one(made.lean), votes.matrix(weight)
        sums = votes.matrix(weight * (wanted - made.ground[statements])) @ rows
        found = _ridge(weights @ _pairs(rows), sums, BEND, BEND)
        made = Factors(made.ground, made.lean, found[:, 0], found[:, 1:])
        weight, wanted = made.working(people, statements, agree)
        rows, weights = _with_one(made.stand), votes.matrix(weight)
        sums = votes.matrix(weight * (wanted - made.own[people])).T @ rows
        found = _ridge(weights.T @ _pairs(rows), sums, GROUND, BEND)
        made = Factors(found[:, 0], found[:, 1:], made.own, made.stand)
    return made


def _with_one(places) -> np.ndarray:
    return np.hstack([np.ones((len(places), 1)), places])


def _pairs(rows) -> np.ndarray:
    """(rows, D²): the products of each two columns."""
    return (rows[:, :, None] * rows[:, None, :]).reshape(len(rows), -1)


def _ridge(squares, sums, first, others) -> np.ndarray:
    """(number, D) coefficients of ridge regressions from (number, D²) squares and (number, D) sums."""
    width = sums.shape[1]
    squares = squares.reshape(-1, width, width) + np.diag([first, *[others] * (width - 1)])
    return np.linalg.solve(squares, sums[..., None])[..., 0]
