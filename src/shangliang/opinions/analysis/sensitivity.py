"""How much of a map would be there again: with other people of the same kind, and with a few who play false.

Three questions. Other people: everybody is drawn anew with repetition (bootstrap, Efron 1979; with independent Poisson
numbers, Hanley & MacGibbon 2006). Fewer people: is the number of groups the same with one of five left out?
Infiltrators: one of twenty people more, who answer like the largest group that is not for a statement, and agree with
that one.
What is drawn depends on what people said alone, so the order of people changes nothing.
"""

from functools import partial

import numpy as np
from scipy import special

from . import bridging, choice, classes, groups, plane, polis, statements
from .analyse import ACCEPTED, LISTED, Map
from .passes import Here, tally
from .votes import AGREE, KINDS, Votes

#: Redraws of everybody, and of the number of groups with a share left out; statements lifted by a share of people.
REDRAWS, FEWER, LEFT, LIFTED, FALSE = 40, 3, 0.2, 3, 0.05
#: The level of the intervals.
LEVEL = 0.9


def report(found: Map, redraws: int = REDRAWS, fewer: int = FEWER, share: float = FALSE) -> dict:
    """The report on a map as plain values for JSON.

    ``stays``: the mean share of redraws in which a statement of the consensus list is listed again. ``statements``: for
    each of the list its score, in what share of the redraws it was ``listed`` and ``accepted``, and the ``interval``
    (90 %) of its score, by the groups as they were drawn (frozen). ``groups``: how alike the groups are when they are
    fitted anew to each redraw (adjusted Rand index on the same people; kind and number kept), and ``same_number``, the
    share of runs with one of five people left out in which the number of groups, chosen anew, is the same. ``false``:
    what infiltrators (``share`` of the people) change, see :func:`infiltrated`. ``asked`` people were looked at, a
    ``sample`` where there are more than ``choice.PEOPLE``.
    """
    votes = found.votes.sampled(choice.PEOPLE)
    labels = found.labels[np.searchsorted(found.votes.people, votes.people)]
    again = [_redrawn(votes, labels, found, seed) for seed in range(redraws)]
    told = _statements(votes, labels, found.k, [scores for scores, _alike in again])
    alike = [alike for _scores, alike in again]
    numbers = [_number(votes, found.kind, seed) for seed in range(fewer)] if found.kind != "polis" else []
    return {
        "asked": votes.shape[0], "people": found.votes.shape[0], "sample": votes.shape[0] < found.votes.shape[0],
        "redraws": redraws, "stays": _mean([each["listed"] for each in told]), "statements": told,
        "groups": {
            "frozen_for": ["statements"], "fitted_for": ["alike", "false"], "alike": _mean(alike),
            "alike_least": min(alike, default=None), "numbers": numbers,
            "same_number": _mean([number == found.k for number in numbers]),
        },
        "false": infiltrated(votes, labels, found, share),
    }  # fmt: skip


def _mean(values) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _weights(votes: Votes, seed: int) -> np.ndarray:
    """(N,) how often each is drawn, Poisson with mean one; people who said the same are drawn apart; never nobody."""
    order = np.argsort(votes.marks, kind="stable")
    marks = votes.marks[order]
    first = np.flatnonzero(np.concatenate([[True], marks[1:] != marks[:-1]]))
    nth = np.arange(len(marks)) - np.repeat(first, np.diff(np.append(first, len(marks))))
    chance = _chances(marks + nth.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15), seed)
    weights = np.empty(len(marks), np.int64)
    weights[order] = (chance[:, None] > special.pdtr(np.arange(12), 1.0)).sum(axis=1)
    return weights if weights.any() else np.ones_like(weights)  # a draw of nobody is none


def _chances(marks, seed) -> np.ndarray:
    """Numbers in [0, 1) by marks and seed (SplitMix64, Steele, Lea & Flood 2014)."""
    numbers = marks ^ np.random.default_rng(seed + 500).integers(0, 2**63, dtype=np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return ((numbers ^ (numbers >> np.uint64(31))) >> np.uint64(11)).astype(float) * 2.0**-53


def _redrawn(votes, labels, found, seed) -> tuple[np.ndarray, float]:
    """(score of each statement with the groups frozen, how alike the groups fitted anew are)."""
    rows = np.repeat(np.arange(votes.shape[0]), _weights(votes, seed))
    drawn = votes.taken(rows)
    scores = statements.consensus(_counts(drawn, labels[rows], found.k)).score
    if found.k < 2:
        return scores, 1.0
    return scores, alike(labels, grouped(drawn, found, votes))


def _counts(votes, labels, k) -> np.ndarray:
    return Here(votes).added(tally, k, KINDS * votes.shape[1], by_row=(labels,)).reshape(k, -1, KINDS)


def _listed(score, out) -> np.ndarray:
    """The columns of the list of consensus, the surest first."""
    return np.argsort(np.where(out, np.inf, -score), kind="stable")[: min(LISTED, int((~out).sum()))]


def _statements(votes, labels, k, again) -> list[dict]:
    score = statements.consensus(_counts(votes, labels, k)).score
    lists = [set(_listed(each, votes.out).tolist()) for each in again]
    scores = np.array(again).reshape(len(again), -1)
    told = []
    for j in _listed(score, votes.out).tolist():
        low, high = np.quantile(scores[:, j], [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(again) else (None, None)
        told.append({
            "statement": votes.statements[j].item(), "score": float(score[j]),
            "listed": _mean([j in each for each in lists]), "accepted": _mean(scores[:, j] >= ACCEPTED),
            "interval": [low and float(low), high and float(high)],
        })  # fmt: skip
    return told


def grouped(votes: Votes, of: Map, asked: Votes | None = None) -> np.ndarray:
    """(N,) labels of groups fitted to ``votes``, of the kind and number of the map ``of``, of the people of ``asked``
    (or of the same). The plane is sought from that of the map, the groups from nothing.
    """
    machine, kind, k = Here(votes, 1), of.kind, of.k
    everybody = plane.tallied(machine)
    found = plane.fitted(machine, everybody, start=of.plane.axes, calm=of.plane.calm)
    positions, inside = plane.positions(machine, found), polis.taking_part(votes.counts, votes.shape[1])
    if kind == "none" or len(np.unique(positions[inside], axis=0)) < 2:
        labels = np.where(inside, 0, -1)
    elif kind == "polis":
        labels = polis.grouped(votes, positions)
    else:
        labels = groups.labelled(positions, inside, partial(groups.split, k=k))
    there = machine if asked is None else Here(asked, 1)
    if kind == "classes":
        made, _likelihood = classes.fitted(machine, everybody, labels)
        chance = classes.belonging(there, made)
        said = np.bincount(there.votes.person, there.votes.codes % KINDS != 1, there.votes.shape[0]) > 0
        return np.where(said, chance.argmax(axis=1), -1)
    return labels if asked is None else _near(plane.positions(there, found), positions, labels, there.votes)


def _near(asked, positions, labels, votes) -> np.ndarray:
    """The group whose middle is nearest, for those who take part."""
    inside, k = labels >= 0, int(labels.max()) + 1
    size = np.maximum(np.bincount(labels[inside], minlength=k), 1)
    middle = np.stack([np.bincount(labels[inside], positions[inside, axis], k) / size for axis in (0, 1)], axis=1)
    nearest = ((asked[:, None] - middle[None]) ** 2).sum(axis=2).argmin(axis=1)
    return np.where(polis.taking_part(votes.counts, votes.shape[1]), nearest, -1)


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """The adjusted Rand index of two partitions of those who are in a group in both (Hubert & Arabie 1985)."""
    both = (one >= 0) & (other >= 0)
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one[both], other[both]), 1)
    of_both, of_one, of_other = ((n * (n - 1) / 2).sum() for n in (table, table.sum(axis=1), table.sum(axis=0)))
    pairs = both.sum() * (both.sum() - 1) / 2
    expected = of_one * of_other / pairs if pairs else 0.0
    most = (of_one + of_other) / 2
    return float((of_both - expected) / (most - expected)) if most > expected else 1.0


def _number(votes, kind, seed) -> int:
    """How many groups there are with a share of the people left out, chosen from nothing."""
    kept = votes.taken(_chances(votes.marks, seed + 100) >= LEFT)
    chosen = choice.chosen(kept)
    if kind == "lines" and (chosen.lines or chosen.k == 1):
        machine = Here(kept, 1)
        positions = plane.positions(machine, plane.fitted(machine, plane.tallied(machine)))
        return int(groups.labelled(positions, polis.taking_part(kept.counts, kept.shape[1]), groups.best).max()) + 1
    return chosen.k


def infiltrated(votes: Votes, labels: np.ndarray, found: Map, share: float = FALSE) -> dict:
    """What some people more who play false change: each copies somebody of the largest group that is not for a
    statement, and agrees with it, so that the statement seems to bridge (compdemocracy/polis#976). The most divisive
    statements are lifted, one at a time; groups are fitted anew with kind and number kept.

    ``holds``: the share of the consensus list that stays in it, over all attacks. For each attack the rank (1 is first)
    before and after of the ``lifted`` statement and of the first ones, in the ``lower`` bound consensus, Polis's
    ``group_aware`` one, and the ``bridging`` score.
    """
    counts = _counts(votes, labels, found.k)
    before = _ranks(votes, counts, found.plane.axes)
    first = _listed(statements.consensus(counts).score, votes.out)
    attacks = []
    for column, group in _divisive(counts, votes.out):
        with_them = _joined(votes, labels, column, group, share)
        after = _ranks(with_them, _counts(with_them, grouped(with_them, found), found.k), found.plane.axes)
        attacks.append({
            "lifted": votes.statements[column].item(),
            "rank": {way: [int(before[way][column]), int(after[way][column])] for way in before},
            "first": {way: [_fall(votes, before[way], after[way], j) for j in _leading(before[way])] for way in before},
            "holds": _mean(after["lower"][first] <= LISTED),
        })  # fmt: skip
    return {"share": share, "holds": _mean([each["holds"] for each in attacks]), "attacks": attacks}


def _leading(rank) -> list[int]:
    return np.argsort(rank, kind="stable")[:LISTED].tolist()


def _fall(votes, before, after, j) -> dict:
    return {"statement": votes.statements[j].item(), "rank": [int(before[j]), int(after[j])]}


def _ranks(votes, counts, axes) -> dict[str, np.ndarray]:
    """(M,) ranks from 1 by each way; what was moderated out comes last."""
    ways = {
        "lower": statements.consensus(counts).score, "group_aware": statements.group_aware(counts),
        "bridging": bridging.fitted(bridging.said(votes), axes).ground,
    }  # fmt: skip
    ranks = {}
    for way, score in ways.items():
        ranks[way] = np.empty(len(score), np.int64)
        ranks[way][np.argsort(np.where(votes.out, np.inf, -score), kind="stable")] = np.arange(1, len(score) + 1)
    return ranks


def _divisive(counts, out) -> list[tuple[int, int]]:
    """(statement, the largest group that is not for it) of the statements that part the groups most."""
    if len(counts) < 2:
        return []
    share = (counts[..., 2] + 1) / (counts.sum(axis=2) + 2)
    size = np.where(np.arange(len(counts))[:, None] == share.argmax(axis=0), -1, counts.sum(axis=(1, 2))[:, None])
    other = size.argmax(axis=0)
    apart = np.where(out, -1, share.max(axis=0) - share[other, np.arange(len(other))])
    return [(int(j), int(other[j])) for j in np.argsort(-apart, kind="stable")[:LIFTED]]


def _joined(votes, labels, column, group, share) -> Votes:
    """The votes with the infiltrators below them."""
    rows = np.flatnonzero(labels == group)
    order = np.argsort(_chances(votes.marks[rows], column + 900), kind="stable")
    wanted = max(round(share * votes.shape[0]), 1)
    parts = [votes.codes]
    for row in np.resize(rows[order], wanted):
        codes = votes.rows(row, row + 1)[1]
        parts.append(np.append(codes[codes // KINDS != column], codes.dtype.type(KINDS * column + AGREE + 1)))
    counts = np.concatenate([votes.counts, [len(part) for part in parts[1:]]])
    starts = np.concatenate([[0], np.cumsum(counts)])
    people = np.arange(len(counts))  # new people have no names yet
    return Votes(starts, np.concatenate(parts), people, votes.statements, votes.out)
