"""Drawing the map of a round from all its votes: what :mod:`analysis` finds, as plain values that can be stored."""

from dataclasses import dataclass

import numpy as np

from ..shared import clock
from .analysis import analyse, votes
from .analysis.polis import VOTES
from .models import Participant, Statement, Vote
from .queries import CHUNK

#: Cells of the map along each side: people in one cell are one dot.
CELLS = 28


@dataclass(frozen=True)
class Drawn:
    """What :func:`commands.draw` keeps: the map ``found``, and {group: [participants]} whose group is another now."""

    at: object
    votes: int
    people: int
    found: dict
    changed: dict


def drawn(round) -> Drawn:
    """The map of all votes of the round at this moment; every statement that was withdrawn is left out of it."""
    at = clock.now()
    people, said, given = _log(round)
    groups = dict(Participant.objects.filter(round=round).values_list("pk", "group"))
    if not len(given):
        return _nothing(at, people, given, groups)
    down = round.statements.exclude(state=Statement.State.SHOWN).values_list("pk", flat=True)
    try:
        found = analyse.analysed(votes.from_log(people, said, given, out=list(down)))
    except votes.NotEnough:
        return _nothing(at, people, given, groups)
    now = dict(zip(found.votes.people.tolist(), found.labels.tolist(), strict=True))
    return Drawn(at, len(given), found.votes.shape[0], _told(found), _changed(groups, now))


def _nothing(at, people, given, groups) -> Drawn:
    told = {"kind": "few", "axes": {}, "groups": [], "dots": []}
    return Drawn(at, len(given), len(np.unique(people)), told, _changed(groups, {}))


def _log(round):
    rows = Vote.objects.filter(round=round).values_list("participant_id", "statement_id", "value")
    table = np.fromiter(rows.iterator(chunk_size=CHUNK), np.dtype((np.int64, 3)))
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int8)


def _changed(groups, now) -> dict:
    changed: dict = {}
    for pk, group in groups.items():
        label = now.get(pk, -1)
        label = None if label < 0 else label
        if label != group:
            changed.setdefault(label, []).append(pk)
    return changed


def _told(found) -> dict:
    names = [str(name) for name in found.votes.statements.tolist()]
    kept = [n for n in range(len(names)) if not found.votes.out[n]]
    axes = np.column_stack([found.plane.means, found.plane.axes])
    told = {
        "kind": found.kind, "statements": len(names), "enough": min(VOTES, len(names)),
        "axes": {names[n]: _rounded(axes[n]) for n in kept},
        "groups": [
            {"id": g, "size": int(here.sum()), "centre": _rounded(found.positions[here].mean(axis=0))}
            for g, here in enumerate(found.labels == g for g in range(found.k))
        ],
        "dots": _dots(found),
    }  # fmt: skip
    if found.kind == "classes":
        told["classes"] = {
            "share": _rounded(found.made.share), "ids": list(range(len(found.model.share))),
            "agree": {names[n]: _rounded(found.made.agree[n]) for n in kept},
        }
    return told


def _rounded(values) -> list[float]:
    return [round(float(value), 6) for value in values]


def _dots(found) -> list:
    """[x, y, people, group] for each cell in which people of one group stand: nobody's own place is kept."""
    inside = found.labels >= 0
    places, labels = found.positions[inside], found.labels[inside]
    low, high = places.min(axis=0), places.max(axis=0)
    wide = np.maximum(high - low, 1e-9)
    cell = np.minimum((places - low) / wide * CELLS, CELLS - 1).astype(np.int64)
    rows, number = np.unique(np.column_stack([cell, labels]), axis=0, return_counts=True)
    middle = low + (rows[:, :2] + 0.5) / CELLS * wide
    return [
        [*_rounded(middle[n]), int(number[n]), int(rows[n, 2])] for n in range(len(rows))
    ]
