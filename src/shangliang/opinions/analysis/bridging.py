"""Common ground by factors: what of a statement's support is not explained by where people stand.

y = b_j + c_i + u_i · w_j for the votes ±1, by alternating ridge regressions (the model of Community Notes, Wojcik et
al. 2022, "Birdwatch"): ``ground`` b_j is the support that bridges the groups, and the same model tells whether opinions
lie along lines rather than in classes.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

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
        return told + (self.stand[people] * self.lean[statements]).sum(axis=1)

    def chance(self, people, statements) -> np.ndarray:
        """The chance to agree, of a logistic model (:func:`curved`)."""
        return special.expit(np.clip(self.score(people, statements), -FAR, FAR))

    def working(self, people, statements, agree) -> tuple[np.ndarray, np.ndarray]:
        """(weight, working response) of one step."""
        told = np.clip(self.score(people, statements), -FAR, FAR)
        chance = special.expit(told)
        weight = np.maximum(chance * (1 - chance), 0.02)
        return weight, told + (agree - chance) / weight


def fitted(votes, axes: np.ndarray) -> Factors:
    """The factors of these votes, begun from the plane's ``axes`` (M, D), so that nothing is left to chance."""
    people, statements, given = _said(votes)
    number, size = votes.shape
    ground = np.bincount(statements, given, size) / (np.bincount(statements, minlength=size) + 1)
    lean = axes * np.sqrt(size) * 0.3
    for _sweep in range(SWEEPS):
        ones = np.ones((len(people), 1))
        found = _ridge(people, np.hstack([ones, lean[statements]]), given - ground[statements], number, REST, REST)
        own, stand = found[:, 0], found[:, 1:]
        told = _ridge(statements, np.hstack([ones, stand[people]]), given - own[people], size, GROUND, REST)
        ground, lean = told[:, 0], told[:, 1:]
    return Factors(ground, lean, own, stand)


def curved(votes, begun: Factors) -> Factors:
    """The same places along lines by a logistic model (item response), from the linear one on: near-certain votes do
    not bend the lines. Each sweep is one step of reweighted ridge regressions (McCullagh & Nelder 1989)."""
    people, statements, given = _said(votes)
    agree = (given > 0).astype(float)
    number, size = votes.shape
    made = Factors(2 * begun.ground, 2 * begun.lean, 2 * begun.own, begun.stand)
    for _sweep in range(STEPS):
        weight, wanted = made.working(people, statements, agree)
        ones = np.ones((len(people), 1))
        rows = np.hstack([ones, made.lean[statements]])
        found = _ridge(people, rows, wanted - made.ground[statements], number, BEND, BEND, weight)
        made = Factors(made.ground, made.lean, found[:, 0], found[:, 1:])
        weight, wanted = made.working(people, statements, agree)
        rows = np.hstack([ones, made.stand[people]])
        found = _ridge(statements, rows, wanted - made.own[people], size, GROUND, BEND, weight)
        made = Factors(found[:, 0], found[:, 1:], made.own, made.stand)
    return made


def _said(votes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(people, statements, ±1) of every yes and no on what was not moderated out."""
    columns = (votes.codes // KINDS).astype(np.int64)
    said = (votes.codes % KINDS != PASS + 1) & ~votes.out[columns]
    return votes.person[said], columns[said], votes.codes[said] % KINDS - 1.0


def _ridge(rows, values, wanted, number, first, others, weight=1.0) -> np.ndarray:
    """(number, D) coefficients of a weighted ridge regression for each row's observations."""
    width = values.shape[1]
    squares, sums = np.zeros((number, width, width)), np.zeros((number, width))
    for a in range(width):
        sums[:, a] = np.bincount(rows, weight * values[:, a] * wanted, number)
        for b in range(a, width):
            squares[:, a, b] = squares[:, b, a] = np.bincount(rows, weight * values[:, a] * values[:, b], number)
    squares += np.diag([first, *[others] * (width - 1)])
    return np.linalg.solve(squares, sums[..., None])[..., 0]
