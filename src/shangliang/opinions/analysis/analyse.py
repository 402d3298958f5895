"""The whole way from votes to a map: positions, groups, what each holds, and what all of them accept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from . import bridging, choice, classes, explain, groups, plane, polis, statements, structure
from .passes import Here, tally
from .votes import KINDS, NotEnough, Votes

#: The most statements in a list of consensus, and the score from which every group is said to accept one.
LISTED, ACCEPTED = 10, 0.5
#: Of more people than ``MANY`` the classes of ``FEW`` are found first; then everybody is asked so many times.
MANY, FEW, LAST = 200_000, 25_000, 3


@dataclass(frozen=True, eq=False)
class Map:
    """What came out, by row of ``votes``.

    ``kind`` says what the groups are: "classes" (people fall into them), "lines" (people differ by degrees; where one
    group ends is a convention), "none" (no structure: one group), "polis" (Polis's own rules). ``labels`` (N,) are
    numbers of groups, the largest first, −1 for who belongs to none. ``positions`` (N, 2), ``counts`` (G, M, 3) of
    disagree, pass and agree by group, ``everybody`` (M, 3), ``membership`` (N, K) and ``made`` the classes in the order
    of the groups, or None.
    """

    votes: Votes
    kind: str
    labels: np.ndarray
    positions: np.ndarray
    counts: np.ndarray
    everybody: np.ndarray
    plane: plane.Plane
    membership: np.ndarray | None = None
    chosen: choice.Chosen | None = None
    made: classes.Classes | None = None

    @cached_property
    def ground(self) -> np.ndarray | None:
        """(M,) the bridging score of each statement, worked out when first asked for; None by Polis's rules."""
        if self.kind == "polis":
            return None
        return bridging.fitted(bridging.said(self.votes.sampled(choice.PEOPLE)), self.plane.axes).ground

    @property
    def k(self) -> int:
        """How many groups."""
        return len(self.counts)


def analysed(votes: Votes, by_polis: bool = False, threads: int | None = None, machine=None) -> Map:
    """The map of these votes, by our way or by Polis's rules (:mod:`polis`; with the times of votes its history too).

    ``machine`` reads the votes: threads of this one (:class:`passes.Here`), or many machines (:mod:`cluster`).

    Raises NotEnough where nothing can be said: nobody, no statement, or nobody who agrees or disagrees with anything.
    """
    number, size = votes.shape
    if not number or not size:
        raise NotEnough("there are no votes")
    machine = machine or Here(votes, threads)
    everybody = plane.tallied(machine)
    if votes.out.all():
        raise NotEnough("every statement was moderated out")
    if not everybody[~votes.out][:, [0, 2]].any():
        raise NotEnough("nobody agreed or disagreed with anything")
    if by_polis:
        found = plane.fitted(machine, everybody, calm=int(votes.out.sum()))
        positions = plane.positions(machine, found)
        return _map(machine, "polis", _by_polis(votes, positions), positions, everybody, found)
    inside = polis.taking_part(votes.counts, size)
    if number > choice.PEOPLE:
        votes.chances.sum()  # who is asked is worked out once, before two threads want to know
    with ThreadPoolExecutor(1) as pool:
        choosing = pool.submit(choice.chosen, votes)
        found = plane.fitted(machine, everybody)
        positions = plane.positions(machine, found)
        return _ours(machine, everybody, found, positions, inside, choosing.result())


def _by_polis(votes, positions) -> np.ndarray:
    labels = polis.grouped(votes, positions)
    inside = labels >= 0
    labels[inside] = groups.by_size(labels[inside], np.ones(inside.sum()))
    return labels


def _ours(machine, everybody, found, positions, inside, chosen) -> Map:
    votes = machine.votes
    if chosen.k == 1 and not structure.present(votes.sampled(structure.PEOPLE)):
        labels = np.where(inside, 0, -1)
        return _map(machine, "none", labels, positions, everybody, found, chosen=chosen)
    if chosen.k > 1 and not chosen.lines:
        made = _classes(machine, everybody, positions, inside, chosen.k)
        membership = classes.belonging(machine, made)
        labels = np.where(machine.joined(_said), membership.argmax(axis=1), -1)
        order = np.argsort(-np.bincount(labels[labels >= 0], minlength=chosen.k), kind="stable")
        labels = np.where(labels >= 0, np.argsort(order)[labels], -1)
        made, membership = made.taken(order), membership[:, order]
        return _map(machine, "classes", labels, positions, everybody, found, membership, chosen, made)
    labels = groups.labelled(positions, inside, groups.best)
    return _map(machine, "lines", labels, positions, everybody, found, chosen=chosen)


def _classes(machine, everybody, positions, inside, k) -> classes.Classes:
    """So many classes, begun from groups in the plane; of very many people first those of some of them."""
    votes = machine.votes
    if votes.shape[0] <= MANY:
        begun = groups.labelled(positions, inside, partial(groups.split, k=k))
        return classes.fitted(machine, everybody, begun)[0]
    rows = votes.drawn(FEW)
    few = Here(votes.taken(rows))
    begun = groups.labelled(positions[rows], inside[rows], partial(groups.split, k=k))
    found, _likelihood = classes.fitted(few, plane.tallied(few), begun)
    return classes.refined(machine, everybody, found, LAST)[0]


def _said(starts, codes) -> np.ndarray:
    """(rows,) whether anybody agreed or disagreed with anything."""
    upto = np.concatenate([[0], np.cumsum(codes % KINDS != 1)])
    return upto[starts[1:]] > upto[starts[:-1]]


def _map(machine, kind, labels, positions, everybody, found, membership=None, chosen=None, made=None) -> Map:
    votes = machine.votes
    counts = machine.added(tally, int(labels.max()) + 1, KINDS * votes.shape[1], by_row=(labels,))
    counts = counts.reshape(len(counts), -1, KINDS)
    return Map(votes, kind, labels, positions, counts, everybody, found, membership, chosen, made)


def told(found: Map) -> dict:
    """The map as plain values for JSON: ``k``, ``kind``, ``assignments``, ``groups``, ``consensus``."""
    votes = found.votes
    assignments = {
        str(person): int(label) if label >= 0 else None
        for person, label in zip(votes.people.tolist(), found.labels.tolist(), strict=True)
    }  # fmt: skip
    lists, rules = statements.representative(found.counts, votes.out), explain.rules(votes, found.labels)
    said = [
        {
            "id": g, "size": int((found.labels == g).sum()), "representative": [_one(votes, each) for each in lists[g]],
            "explanation": explain.told(votes, rules[g]),
        }
        for g in range(found.k)
    ]  # fmt: skip
    return {
        "k": found.k, "kind": found.kind, "people": votes.shape[0], "statements": votes.shape[1],
        "votes": len(votes.codes), "assignments": assignments, "groups": said, "consensus": _consensus(found),
        "group_aware_consensus": _by_name(votes, statements.group_aware(found.counts)),
    } | (_of_polis(found) if found.kind == "polis" else {})  # fmt: skip


def _of_polis(found) -> dict:
    """Polis's consensus of all voters and its weights for the next card."""
    votes = found.votes
    weights = statements.priorities(found.counts.sum(axis=0), plane.extremity(found.plane))
    return {
        "consensus_of_all": [
            {"statement": votes.statements[j].item(), "side": "agree" if agree else "disagree"}
            for j, agree in statements.of_all(found.everybody, votes.out)
        ],
        "priorities": _by_name(votes, weights),
    }  # fmt: skip


def _by_name(votes, values) -> dict:
    return {str(name): float(value) for name, value in zip(votes.statements.tolist(), values, strict=True)}


def _one(votes, each) -> dict:
    return {
        "statement": votes.statements[each.statement].item(), "side": "agree" if each.agree else "disagree",
        "votes": each.votes, "seen": each.seen, "chance": each.chance, "ratio": each.ratio,
    }  # fmt: skip


def _consensus(found: Map) -> list[dict]:
    """The statements that the least group accepts (or rejects) most surely, the surest first."""
    made, votes = statements.consensus(found.counts), found.votes
    order = [j for j in np.argsort(-made.score, kind="stable").tolist() if not votes.out[j]]
    return [
        {
            "statement": votes.statements[j].item(), "side": "agree" if made.agree[j] else "disagree",
            "score": float(made.score[j]), "interval": [float(made.low[j]), float(made.high[j])],
            "accepted": bool(made.score[j] >= ACCEPTED),
            "bridging": None if found.ground is None or np.isnan(found.ground[j]) else float(found.ground[j]),
        }
        for j in order[:LISTED]
    ]  # fmt: skip
