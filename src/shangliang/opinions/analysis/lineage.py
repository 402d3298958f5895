"""Groups keep their names from one fit to the next: by the people they share, not by their number or size."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment


@dataclass(frozen=True, eq=False)
class Lineage:
    """``names`` (G,): the lasting name of each new group, a number from 0; ``kept`` (G,): how much of the group and of
    its forerunner is the same, the people in both by the people in either (Jaccard 1901), nought for a new name;
    ``ever``: how many names were given up to now, so the first that is still free."""

    names: np.ndarray
    kept: np.ndarray
    ever: int

    def named(self, labels: np.ndarray) -> np.ndarray:
        """The names of the groups of these labels, −1 for none."""
        return np.where(labels >= 0, self.names[labels], -1) if len(self.names) else np.full(len(labels), -1)


def followed(people_before, before, people, labels, ever: int = 0) -> Lineage:
    """Which new group is which old one.

    ``before`` are the lasting names of the groups of ``people_before`` (−1 for none), ``labels`` the new groups of
    ``people``; people who are in one of both alone count for neither side's overlap. New groups take the names of old
    ones so that as many people as possible keep theirs (optimal assignment, Kuhn 1955; Crouse 2016 in SciPy); who has
    no forerunner gets a name that nobody ever had. ``ever``: how many names were given before, also to groups that are
    gone. Groups are compared in the order of their names and labels, so the same input gives the same names.
    """
    before, labels = np.asarray(before), np.asarray(labels)
    _both, old, new = np.intersect1d(people_before, people, assume_unique=True, return_indices=True)
    names, k = np.unique(before[before >= 0]), int(labels.max(initial=-1)) + 1
    inside = (before[old] >= 0) & (labels[new] >= 0)
    of = np.searchsorted(names, before[old][inside])
    shared = np.zeros((len(names), k))
    np.add.at(shared, (of, labels[new][inside]), 1)
    given, kept = np.full(k, -1), np.zeros(k)
    for a, b in zip(*linear_sum_assignment(shared, maximize=True), strict=True):
        if shared[a, b]:
            given[b] = names[a]
            either = (before == names[a]).sum() + (labels == b).sum() - shared[a, b]
            kept[b] = shared[a, b] / either
    free = max(ever, int(before.max(initial=-1)) + 1)
    fresh = np.flatnonzero(given < 0)
    given[fresh] = free + np.arange(len(fresh))
    return Lineage(given, kept, free + len(fresh))
