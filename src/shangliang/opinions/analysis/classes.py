"""Latent classes: groups of people who answer alike, where *not seen* is not *neutral* and a pass says nothing.

Each class has a share of the people and, for each statement, a chance to agree (Lazarsfeld & Henry 1968; EM of
Dempster, Laird & Rubin 1977). A class that few have answered for a statement is drawn to the chance of everybody.
"""

from dataclasses import dataclass

import numpy as np

from .passes import COARSE, exact, project, spread
from .votes import KINDS

#: Votes of nobody that draw a class's chance to that of everybody, and most rounds.
PRIOR, ROUNDS = 4.0, 60
#: The gain for each vote at which the rounds end.
ENOUGH = 1e-6


@dataclass(frozen=True, eq=False)
class Classes:
    """``share`` (K,) of the people, ``agree`` (M, K): the chance that a member who says yes or no says yes, ``out``
    (M,): the statements that tell nothing, because they were moderated out."""

    share: np.ndarray
    agree: np.ndarray
    out: np.ndarray

    @property
    def table(self) -> np.ndarray:
        """(3M, K): log-likelihood of one vote; nought for a pass, and of what was moderated out."""
        logs = np.zeros((*self.agree.shape, KINDS))
        logs[..., 0], logs[..., 2] = np.log1p(-self.agree), np.log(self.agree)
        logs[self.out] = 0
        return exact(logs.transpose(0, 2, 1).reshape(-1, len(self.share)))

    def taken(self, order) -> "Classes":
        """The same classes in this order."""
        return Classes(self.share[order], self.agree[:, order], self.out)


def members(starts, codes, table, prior) -> np.ndarray:
    """(rows, K + 1): the chance that each row belongs to each class, and the log-likelihood of the row."""
    logs = project(starts, codes, table) + prior
    top = _folded(np.maximum, logs)
    found = np.empty((len(logs), logs.shape[1] + 1))
    chance = np.exp(logs - top[:, None], out=found[:, :-1])
    whole = _folded(np.add, chance)
    chance /= whole[:, None]
    found[:, -1] = top + np.log(whole)
    return found


def _folded(way, values) -> np.ndarray:
    """The columns taken together from left to right; for a few long columns several times faster than by rows."""
    found = values[:, 0].copy()
    for column in values.T[1:]:
        way(found, column, out=found)
    return found


def _round(starts, codes, table, prior) -> np.ndarray:
    """(3M + 1, K + 1): how many of each class gave each vote, then their number; at the end the log-likelihood."""
    found = members(starts, codes, table, prior)
    found[:, :-1] = exact(found[:, :-1], COARSE)
    found[:, -1] = exact(found[:, -1], COARSE)
    counts = spread(starts, codes, found[:, :-1], len(table))
    return np.vstack([np.pad(counts, ((0, 0), (0, 1))), found.sum(axis=0)])


def chances(counts, everybody) -> np.ndarray:
    """(M, K) from (3M, K) counts of disagree, pass and agree, drawn to everybody's chance."""
    by_kind = counts.reshape(len(everybody), KINDS, -1)
    said = by_kind[:, 0] + by_kind[:, 2]
    return (by_kind[:, 2] + PRIOR * everybody[:, None]) / (said + PRIOR)


def base(counts) -> np.ndarray:
    """(M,): the chance that anybody who says yes or no says yes; ``counts`` (M, 3)."""
    return (counts[:, 2] + 1) / (counts[:, 0] + counts[:, 2] + 2)


def fitted(machine, counts, beginning, rounds=ROUNDS, enough=ENOUGH) -> tuple[Classes, float]:
    """(classes, log-likelihood) from a beginning of labels (N,); −1 belongs to none yet.

    ``counts`` (M, 3) of everybody, as :func:`plane.tallied` gives them.
    """
    begun = (beginning[:, None] == np.arange(beginning.max() + 1)).astype(float)
    return refined(machine, counts, stepped(machine, counts, begun), rounds, enough)


def refined(machine, counts, found: Classes, rounds=ROUNDS, enough=ENOUGH) -> tuple[Classes, float]:
    """The same from classes that are nearly right: at most so many rounds on, until one gains less than ``enough`` for
    each vote."""
    votes, before = max(int(counts[:, [0, 2]].sum()), 1), -np.inf
    for _one in range(rounds):
        told = machine.added(_round, found.table, np.log(found.share))
        likelihood = float(told[-1, -1])
        if likelihood - before < enough * votes:
            break
        found, before = _made(told[:-1, :-1], told[-1, :-1], base(counts), found.out), likelihood
    return found, likelihood


def _made(counts, people, everybody, out) -> Classes:
    return Classes((people + 1) / (people.sum() + len(people)), chances(counts, everybody), out)


def stepped(machine, counts, membership) -> Classes:
    """The classes of people who belong to them by these chances (N, K); ``counts`` (M, 3) of everybody."""
    known = exact(membership, COARSE)
    table = machine.added(spread, KINDS * machine.votes.shape[1], by_row=(known,))
    return _made(table, known.sum(axis=0), base(counts), machine.votes.out)


def belonging(machine, found: Classes) -> np.ndarray:
    """(N, K): the chance of each person to belong to each class."""
    return machine.joined(members, found.table, np.log(found.share))[:, :-1]
