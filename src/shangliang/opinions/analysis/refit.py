"""A warm refit: the map of the votes as they are now, begun where the last fit ended."""

import numpy as np

from . import classes, plane
from .analyse import Map
from .live import Live, centres
from .passes import Here, tally
from .polis import VOTES
from .votes import KINDS, PASS

#: Rounds of EM, or of moving the centres.
ROUNDS = 2


def refit(live: Live, threads: int | None = None, rounds: int = ROUNDS) -> Map:
    """A new map of the votes as they are now, begun at the old axes and at the old centres or classes.

    ``rounds`` of EM or of moving the centres: few are enough after few votes. It keeps the kind and the number of
    groups and the number of each group (not by size). It depends on
    the votes and on where it starts, not on the order in which votes came since. Because the start is the result of an
    earlier fit, it is for the screen between two fits from nothing; the map that is published and can be checked by
    others is that of :func:`analyse.analysed`.
    """
    begun = live.now()
    machine = Here(begun.votes, threads)
    found = plane.fitted(machine, begun.everybody, start=begun.plane.axes, calm=begun.plane.calm)
    positions = plane.positions(machine, found)
    made = membership = None
    if begun.made:
        made = classes.stepped(machine, begun.everybody, begun.membership)
        if rounds > 1:
            made, _likelihood = classes.refined(machine, begun.everybody, made, rounds - 1)
        membership = classes.belonging(machine, made)
        labels = membership.argmax(axis=1)
        unsure = np.flatnonzero(begun.labels < 0)
        labels[unsure[~_said(begun.votes.taken(unsure))]] = -1
    else:
        inside = (begun.labels >= 0) | (begun.votes.counts >= min(VOTES, begun.votes.shape[1]))
        labels = np.full(len(positions), -1)
        labels[inside] = _nearest(positions[inside], begun.labels[inside], begun.k, rounds)
    return Map(
        begun.votes, begun.kind, labels, positions, _counted(begun, labels), begun.everybody, found, membership,
        begun.chosen, made,
    )  # fmt: skip


def _said(votes) -> np.ndarray:
    """(N,) whether each said yes or no to anything."""
    return np.bincount(votes.person, votes.codes % KINDS != PASS + 1, votes.shape[0]) > 0


def _counted(begun: Map, labels) -> np.ndarray:
    """The counts of the groups after these people went from one to another; only they are read."""
    gone = np.flatnonzero(begun.labels != labels)
    machine, size = Here(begun.votes.taken(gone)), KINDS * begun.votes.shape[1]
    if not len(gone):
        return begun.counts
    left, joined = (machine.added(tally, begun.k, size, by_row=(of[gone],)) for of in (begun.labels, labels))
    return begun.counts + (joined - left).reshape(begun.counts.shape)


def _nearest(positions, labels, k, rounds) -> np.ndarray:
    """Labels of Lloyd's rounds from the centres of these labels; a group that nobody is in has its centre at nought."""
    x, y = positions[:, 0].copy(), positions[:, 1].copy()
    for _round in range(rounds):
        new, least = np.zeros(len(x), np.int64), np.full(len(x), np.inf)
        for g, (a, b) in enumerate(centres(positions, labels, k)):
            apart = (x - a) ** 2 + (y - b) ** 2
            new[apart < least] = g
            np.minimum(apart, least, out=least)
        if (new == labels).all():
            break
        labels = new
    return labels
