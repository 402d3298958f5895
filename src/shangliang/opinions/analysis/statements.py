"""What groups hold of statements: counts, tests, representative lists and consensus, by Polis's formulas and by ours.

Counts are arrays (G, M, 3) of disagree, pass and agree; *seen* is their sum (a pass counts as seen). Formulas of Polis
are those of its Clojure code (``math/src/polismath/math/{stats,repness,conversation}.clj``, 2024-10-23).
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

#: One-sided normal quantile of 90 %.
SURE = 1.2816
#: The most statements of a list, and the level of our intervals.
LISTED, LEVEL = 5, 0.9


@dataclass(frozen=True, eq=False)
class Tests:
    """(G, M) each: chance to agree ``pa`` and disagree ``pd`` (Laplace), their z against one half, the ratio to the
    other groups and its z."""

    pa: np.ndarray
    pd: np.ndarray
    pat: np.ndarray
    pdt: np.ndarray
    ra: np.ndarray
    rd: np.ndarray
    rat: np.ndarray
    rdt: np.ndarray


def tests(counts) -> Tests:
    """Every group's tests on every statement; ``counts`` (G, M, 3)."""
    seen = counts.sum(axis=2)
    made = {}
    for name, votes in (("a", counts[..., 2]), ("d", counts[..., 0])):
        made[f"p{name}"] = (votes + 1) / (seen + 2)
        made[f"p{name}t"] = _one_proportion(votes, seen)
        others, seen_else = votes.sum(axis=0) - votes, seen.sum(axis=0) - seen
        made[f"r{name}"] = made[f"p{name}"] / ((others + 1) / (seen_else + 2))
        made[f"r{name}t"] = _two_proportions(votes, others, seen, seen_else)
    return Tests(**made)


def _one_proportion(votes, seen):
    return 2 * np.sqrt(seen + 1) * ((votes + 1) / (seen + 1) - 0.5)


def _two_proportions(votes, others, seen, seen_else):
    """The pooled two-proportion z with one added to all four counts; nought where everybody did the same."""
    votes, others, seen, seen_else = votes + 1, others + 1, seen + 1, seen_else + 1
    pooled = (votes + others) / (seen + seen_else)
    apart = votes / seen - others / seen_else
    wide = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / seen + 1 / seen_else))
    return np.where(pooled >= 1, 0, apart / np.where(wide > 0, wide, 1))


@dataclass(frozen=True)
class Representative:
    """A statement that tells a group from the others: its column, the side it takes, how often, against the others."""

    statement: int
    agree: bool
    votes: int
    seen: int
    chance: float
    chance_test: float
    ratio: float
    ratio_test: float

    @property
    def metric(self) -> float:
        """By what the list is ordered."""
        return self.ratio * self.ratio_test * self.chance * self.chance_test


def representative(counts, out=None) -> list[list[Representative]]:
    """For each group at most ``LISTED`` statements, agreed ones before disagreed ones; never none (Polis's rules)."""
    told = tests(counts)
    return [_of_group(counts[g], told, g, out) for g in range(len(counts))]


def _of_group(counts, told, g, out) -> list[Representative]:
    left = np.ones(len(counts), bool) if out is None else ~out
    agrees = (told.rat[g] > SURE) & (told.pat[g] > SURE)
    disagrees = (told.rdt[g] > SURE) & (told.pdt[g] > SURE)
    good = [_side(counts[j], told, g, j) for j in np.flatnonzero(left & (agrees | disagrees)).tolist()]
    best = None
    if left.any() and not good:
        # Where none passes the tests, the one that shows the group best stands alone.
        j = int(np.where(left, np.maximum(told.rat[g], told.rdt[g]), -np.inf).argmax())
        best = _side(counts[j], told, g, j)
    return _listed(counts, told, g, good, best, _most_agreed(counts, told, g, left))


def _most_agreed(counts, told, g, left) -> int | None:
    """The statement that the group agrees with most, by how it differs or else by how sure it is; Polis looks at one
    after the other, and what it compares by depends on the best so far."""
    differs = (told.ra * told.rat * told.pa * told.pat)[g].tolist()
    sure, ratio = (told.pa * told.pat)[g].tolist(), told.ra[g].tolist()
    first = ((told.pat[g] > SURE) | ((told.ra[g] > 1) & (told.pa[g] > 0.5))).tolist()
    best = None
    for j in np.flatnonzero(left & (counts[:, [0, 2]].sum(axis=1) > 0)).tolist():
        if best is None:
            better = first[j]
        elif ratio[best] > 1:
            better = differs[j] > differs[best]
        else:
            better = sure[j] > sure[best]
        if better:
            best = j
    return best


def _side(counts, told, g, j) -> Representative:
    agree = bool(told.rat[g, j] > told.rdt[g, j])
    pick = (told.pa, told.pat, told.ra, told.rat) if agree else (told.pd, told.pdt, told.rd, told.rdt)
    chance, chance_test, ratio, ratio_test = (float(values[g, j]) for values in pick)
    votes = int(counts[2] if agree else counts[0])
    return Representative(j, agree, votes, int(counts.sum()), chance, chance_test, ratio, ratio_test)


def _listed(counts, told, g, good, best, best_agree) -> list[Representative]:
    ordered = sorted(good, key=lambda one: -one.metric)
    first = [] if best_agree is None else [_side(counts[best_agree], told, g, best_agree)]
    if not ordered and not first:
        return [best] if best else []
    taken = (first + [one for one in ordered if one.statement != (first[0].statement if first else -1)])[:LISTED]
    return [one for one in taken if one.agree] + [one for one in taken if not one.agree]


def group_aware(counts) -> np.ndarray:
    """(M,) Π over the groups of (A + 1) / (S + 2), Polis's group-aware consensus for agreement."""
    return ((counts[..., 2] + 1) / (counts.sum(axis=2) + 2)).prod(axis=0)


def of_all(counts, out=None) -> list[tuple[int, bool]]:
    """(statement, whether it is agreed with): Polis's consensus of all voters, at most five agreed ones, then at most
    five rejected ones. ``counts`` (M, 3) of everybody; a share over one half, surely, by share times z."""
    seen, found = counts.sum(axis=1), []
    for agree, votes in ((True, counts[:, 2]), (False, counts[:, 0])):
        share, sure = (votes + 1) / (seen + 2), _one_proportion(votes, seen)
        good = (share > 0.5) & (sure > SURE) & (True if out is None else ~out)
        best = np.argsort(-share * sure, kind="stable")
        found += [(j, agree) for j in best[good[best]][:LISTED].tolist()]
    return found


def priorities(counts, extremity, meta=None) -> np.ndarray:
    """(M,) Polis's weights for the next card; ``counts`` (M, 3) of all who are in a group, ``extremity`` (M,) of each
    statement."""
    seen, agree, passed = counts.sum(axis=1), counts[:, 2], counts[:, 1]
    importance = (1 - (passed + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2)
    weight = (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2
    return weight if meta is None else np.where(meta, 49.0, weight)


def lower(votes, seen, level=LEVEL) -> np.ndarray:
    """The lower end of the Jeffreys interval of a proportion (Brown, Cai & DasGupta 2001); nought where nothing is."""
    low = special.betaincinv(votes + 0.5, seen - votes + 0.5, (1 - level) / 2)
    return np.where(votes > 0, low, 0.0)


def upper(votes, seen, level=LEVEL) -> np.ndarray:
    """Its upper end; one where nobody differs."""
    high = special.betaincinv(votes + 0.5, seen - votes + 0.5, (1 + level) / 2)
    return np.where(votes < seen, high, 1.0)


@dataclass(frozen=True, eq=False)
class Consensus:
    """(M,) each: what the least group accepts (its lower bound), the same for rejecting, and the interval of the share
    of that group; ``agree`` tells which side is the stronger."""

    score: np.ndarray
    agree: np.ndarray
    low: np.ndarray
    high: np.ndarray


def consensus(counts) -> Consensus:
    """What every group accepts, or every group rejects: the least group's lower bound of the share among those who saw
    the statement. Small groups are not drawn to one half and the number of groups does not change the scale."""
    seen = counts.sum(axis=2)
    found = []
    for side in (2, 0):
        low = lower(counts[..., side], seen)
        least = low.argmin(axis=0)
        columns = np.arange(counts.shape[1])
        high = upper(counts[..., side], seen)[least, columns]
        found.append((low[least, columns], high))
    (yes, yes_high), (no, no_high) = found
    agree = yes >= no
    score = np.where(agree, yes, no)
    return Consensus(score, agree, score, np.where(agree, yes_high, no_high))
