"""How many groups there are, and whether there are any: judged by votes that were hidden before anything was fitted.

Three pictures of the same people are compared by how well they foretell hidden votes: everybody alike, classes of
people (:mod:`classes`), and places along lines (:mod:`bridging`). Only what foretells better, surely, is kept.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

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
#: Votes are hidden again until so many were, and more classes are tried until so many numbers in a row gained nothing.
ENOUGH, PATIENCE = 20_000, 2
#: The care taken where the people asked are a sample, which itself tells less than this loses.
HASTE = {"starts": 4, "rounds": 30, "enough": 1e-5}


@dataclass(frozen=True, eq=False)
class Chosen:
    """``loss`` {k: mean log-loss of the hidden votes}, ``k`` the classes that foretell best without one too many,
    ``lines``: whether places along lines foretell better than the classes, and how many votes were ``hidden``."""

    loss: dict[int, float]
    k: int
    lines: bool
    hidden: int


def chosen(votes: Votes) -> Chosen:
    """How many classes these votes bear; ``k`` is 1 where nothing foretells better than that all are alike."""
    tries = _tries(votes.sampled(PEOPLE))
    if not tries:
        return Chosen({1: float("nan")}, 1, False, 0)
    with ThreadPoolExecutor(1) as pool:
        drawn = [pool.submit(each.add_lines) for each in tries]
        loss = _tried(tries, HASTE if votes.shape[0] > PEOPLE else {})
        for each in drawn:
            each.result()
    people = np.concatenate([each.people for each in tries])
    losses, off = (_together([getattr(each, part) for each in tries]) for part in ("loss", "off"))
    mean, wrong = ({name: float(told.mean()) for name, told in each.items()} for each in (losses, off))
    k = _least(people, losses, loss, sorted(loss))
    # Classes must foretell better than places along lines, by either way of drawing lines.
    lines = any(mean[name] < mean[k] for name in mean if name not in loss)
    lines = lines or any(wrong[name] < wrong[k] for name in wrong if name not in loss)
    return Chosen(loss, k, k > 1 and lines, len(people))


def _tried(tries, haste) -> dict[int, float]:
    """{k: log-loss of the hidden votes} of one class and of more, until more gain nothing."""
    loss = {1: _mean(tries, 1)}
    for k in range(2, min(MOST, *[len(each.places.points) for each in tries]) + 1):
        for each in tries:
            each.add_classes(k, **haste)
        loss[k] = _mean(tries, k)
        if k - min(loss, key=loss.get) >= PATIENCE:
            break
    return loss


def _tries(votes) -> list["_Try"]:
    """What is hidden, once or a few times over: until enough votes tell."""
    tries = []
    for seed in range(TIMES):
        said = (votes.codes % KINDS != PASS + 1) & ~votes.out[votes.codes // KINDS]
        hidden = said & (votes.draws(seed + 100) < HIDDEN)
        if hidden.any():
            tries.append(_Try(votes, hidden))
        if sum(len(each.people) for each in tries) >= ENOUGH:
            break
    return tries


def _mean(tries, name) -> float:
    return float(np.concatenate([each.loss[name] for each in tries]).mean())


class _Try:
    """One time that votes were hidden: ``loss`` {picture: log-loss of each hidden vote}, ``off`` {picture: squared
    error of each}; a picture is a number of classes, or the name of a way to draw lines."""

    def __init__(self, votes, hidden):
        self.votes, self.machine = votes, Here(votes.without(hidden))
        self.counts = plane.tallied(self.machine)
        self.plane = plane.fitted(self.machine, self.counts, dimensions=max(LINES))
        self.people, self.columns = votes.person[hidden], (votes.codes[hidden] // KINDS).astype(np.int64)
        self.agree = votes.codes[hidden] % KINDS == PASS + 2
        # Who gave too few votes stands nowhere.
        self.placed = self.machine.votes.counts >= min(VOTES, votes.shape[1])
        stand = plane.positions(self.machine, self.plane)[:, : plane.DIMENSIONS]
        self.places = groups.places(stand[self.placed])
        self.loss, self.off = {}, {}
        self._add(1, classes.base(self.counts)[self.columns])

    def _add(self, name, chance):
        self.loss[name] = -np.log(np.where(self.agree, chance, 1 - chance))
        self.off[name] = (self.agree - chance) ** 2

    def add_classes(self, k, starts=groups.STARTS, **care):
        """So many latent classes, begun from groups in the plane; ``care`` as :func:`classes.fitted` takes it."""
        beginning = np.full(len(self.placed), -1)
        beginning[self.placed] = groups.split(self.places, k, starts)[self.places.of]
        made, _likelihood = classes.fitted(self.machine, self.counts, beginning, **care)
        belonging = classes.belonging(self.machine, made)
        self._add(k, (belonging[self.people] * made.agree[self.columns]).sum(axis=1))

    def add_lines(self):
        """Places along lines: logistic ones are judged by the log-loss, straight ones by the square."""
        told = bridging.said(self.machine.votes)
        for width in LINES:
            straight = bridging.fitted(told, self.plane.axes[:, :width])
            chance = bridging.curved(told, straight).chance(self.people, self.columns)
            self.loss[f"curved {width}"] = -np.log(np.where(self.agree, chance, 1 - chance))
            near = (1 + np.clip(straight.score(self.people, self.columns), -1, 1)) / 2
            self.off[f"straight {width}"] = (self.agree - near) ** 2


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
