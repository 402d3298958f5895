"""How many groups there are, and whether there are any: judged by votes that were hidden before anything was fitted.

Three pictures of the same people are compared by how well they foretell hidden votes: everybody alike, classes of
people (:mod:`classes`), and places along lines (:mod:`bridging`). Only what foretells better, surely, is kept.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from . import bridging, classes, groups, plane
from .passes import Here
from .votes import KINDS, PASS, Votes

#: The share of votes hidden, how often, the most classes tried, and the most people asked.
HIDDEN, TIMES, MOST, PEOPLE = 0.1, 3, 8, 4_000
#: So many standard errors make a gain sure.
SURE = 2.0
#: Along so many lines people may differ.
LINES = (1, 3)
#: Fewer votes on this many statements place nobody.
VOTES = 7


@dataclass(frozen=True, eq=False)
class Chosen:
    """``loss`` {k: mean log-loss of the hidden votes}, ``k`` the classes that foretell best without one too many,
    ``lines``: whether places along lines foretell better than the classes, and how many votes were ``hidden``."""

    loss: dict[int, float]
    k: int
    lines: bool
    hidden: int


def sample(votes: Votes, most: int = PEOPLE) -> Votes:
    """At most so many people, chosen by what they said alone; all of them where there are no more."""
    if votes.shape[0] <= most:
        return votes
    order = np.argsort(votes.marks, kind="stable")
    return votes.taken(np.sort(order[:most]))


def _beginnings(machine, found: plane.Plane) -> dict[int, np.ndarray]:
    """{k: (N,) labels by places in the plane}, −1 for who gave too few votes to stand anywhere."""
    votes = machine.votes
    placed = votes.counts >= min(VOTES, votes.shape[1])
    stand = plane.positions(machine, found)[:, : plane.DIMENSIONS]
    most = min(MOST, len(np.unique(stand[placed], axis=0)))
    return {k: groups.labelled(stand, placed, partial(groups.split, k=k)) for k in range(2, most + 1)}


def chosen(votes: Votes) -> Chosen:
    """How many classes these votes bear; ``k`` is 1 where nothing foretells better than that all are alike."""
    votes = sample(votes)
    tries = [_hidden_once(votes, seed) for seed in range(TIMES)]
    tries = [each for each in tries if each]
    if not tries:
        return Chosen({1: float("nan")}, 1, False, 0)
    people = np.concatenate([each[0] for each in tries])
    losses, off = (_together([each[part] for each in tries]) for part in (1, 2))
    mean, wrong = ({name: float(told.mean()) for name, told in each.items()} for each in (losses, off))
    loss = {k: mean[k] for k in mean if isinstance(k, int)}
    k = _least(people, losses, loss, sorted(loss))
    # Classes must foretell better than places along lines, by either way of drawing lines.
    lines = any(mean[name] < mean[k] for name in mean if name not in loss)
    lines = lines or any(wrong[name] < wrong[k] for name in wrong if name not in loss)
    return Chosen(loss, k, k > 1 and lines, len(people))


def _together(parts) -> dict:
    names = set.intersection(*[set(part) for part in parts])
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _least(people, losses, mean, ks) -> int:
    """The fewest classes that foretell as well as the best number; one where the best gains nothing surely."""
    best = min(ks, key=mean.get)
    if best == 1 or mean[1] - mean[best] <= SURE * _error(people, losses[1] - losses[best]):
        return 1
    within = [k for k in ks if 1 < k <= best and mean[k] - mean[best] <= _error(people, losses[k] - losses[best])]
    return min(within)


def _error(people, gains) -> float:
    """The standard error of the mean, votes of one person taken together."""
    _who, of = np.unique(people, return_inverse=True)
    sums = np.bincount(of.ravel(), gains - gains.mean())
    return float(np.sqrt((sums**2).sum()) / len(gains))


def _hidden_once(votes, seed):
    """(person of each hidden vote, {k: log-loss of each}, {k or "lines": squared error of each}); None without any."""
    said = (votes.codes % KINDS != PASS + 1) & ~votes.out[votes.codes // KINDS]
    hidden = said & (votes.draws(seed + 100) < HIDDEN)
    if not hidden.any():
        return None
    left = votes.without(hidden)
    machine = Here(left)
    counts = plane.tallied(machine)
    found = plane.fitted(machine, counts, dimensions=max(LINES))
    people, columns = votes.person[hidden], (votes.codes[hidden] // KINDS).astype(np.int64)
    agree = votes.codes[hidden] % KINDS == PASS + 2
    chance = {1: classes.base(counts)[columns]}
    for k, beginning in _beginnings(machine, found).items():
        made, _likelihood = classes.fitted(machine, counts, beginning)
        chance[k] = (classes.belonging(machine, made)[people] * made.agree[columns]).sum(axis=1)
    off = {k: (agree - told) ** 2 for k, told in chance.items()}
    for width in LINES:
        straight = bridging.fitted(left, found.axes[:, :width])
        chance[f"curved {width}"] = bridging.curved(left, straight).chance(people, columns)
        off[f"straight {width}"] = (agree - (1 + np.clip(straight.score(people, columns), -1, 1)) / 2) ** 2
    return people, {name: -np.log(np.where(agree, p, 1 - p)) for name, p in chance.items()}, off
