"""Drawing the map of a round from all its votes: what :mod:`analysis` finds, as plain values that can be stored."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from ..shared import clock
from .analysis import analyse, explain, lineage, votes
from .analysis.polis import VOTES
from .doubts import doubts
from .models import Participant, Round, Statement, Vote
from .queries import CHUNK, drawing_of

#: Cells of the map along each side: people in one cell are one dot.
CELLS = 28
#: How often the doubts about an open round are looked at.
LOOKED_AT = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Drawn:
    """What :func:`commands.draw` keeps: the map ``found``, its ``doubts`` where looked at now (else None), and
    {group: [participants]} whose group is another now."""

    at: object
    votes: int
    people: int
    found: dict
    changed: dict = field(default_factory=dict)
    doubts: dict | None = None


def drawn(round) -> Drawn:
    """The map of all votes of the round at this moment; every statement that was withdrawn is left out of it.

    Groups keep their identity from the last map (:mod:`analysis.lineage`). What casts doubt on it is looked at once the
    round is closed, and of an open one each hour.
    """
    at, before = clock.now(), drawing_of(round)
    people, said, given = _log(round)
    groups = dict(Participant.objects.filter(round=round).values_list("pk", "group"))
    if not len(given):
        return _nothing(at, people, given, groups)
    down = round.statements.exclude(state=Statement.State.SHOWN).values_list("pk", flat=True)
    try:
        found = analyse.analysed(votes.from_log(people, said, given, out=list(down)))
    except votes.NotEnough:
        return _nothing(at, people, given, groups)
    kept = _followed(found, groups, before.found.get("ever", 0) if before else 0)
    now = dict(zip(found.votes.people.tolist(), kept.named(found.labels).tolist(), strict=True))
    looked = doubts(round, found) if _is_due(round, before, at) else None
    told = _told(found, kept) | _counted(round, now, people, said, given)
    return Drawn(at, len(given), found.votes.shape[0], told, _changed(groups, now), looked)


def _counted(round, now, people, said, given) -> dict:
    """The counts at this moment: ``sizes`` [group, verified, people], ``tally`` [statement, group, verified, disagree,
    pass, agree]; a group is None for who has none."""
    known = dict(Participant.objects.filter(round=round).values_list("pk", "verified"))
    group = np.array([now.get(pk, -1) for pk in people.tolist()])
    verified = np.array([known.get(pk, False) for pk in people.tolist()])
    rows, number = np.unique(np.column_stack([said, group, verified, given + 1]), axis=0, return_counts=True)
    tally: dict = {}
    for (statement, name, sure, vote), n in zip(rows.tolist(), number.tolist(), strict=True):
        tally.setdefault((statement, _group(name), bool(sure)), [0, 0, 0])[vote] = n
    of = np.unique(np.column_stack([people, group, verified]), axis=0)[:, 1:]
    pairs, sizes = np.unique(of, axis=0, return_counts=True)
    return {
        "tally": [[*key, *row] for key, row in tally.items()],
        "sizes": [
            [_group(name), bool(sure), n] for (name, sure), n in zip(pairs.tolist(), sizes.tolist(), strict=True)
        ],
    }


def _group(name) -> int | None:
    return None if name < 0 else name


def _is_due(round, before, at) -> bool:
    last = before.doubted_at if before else None
    return round.state != Round.State.OPEN or last is None or at - last >= LOOKED_AT


def _followed(found, groups, ever) -> lineage.Lineage:
    known = {pk: group for pk, group in groups.items() if group is not None}
    before = np.array(list(known.values()), np.int64)
    return lineage.followed(np.array(list(known), np.int64), before, found.votes.people, found.labels, ever)


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


def _told(found, kept) -> dict:
    names = [str(name) for name in found.votes.statements.tolist()]
    shown = [n for n in range(len(names)) if not found.votes.out[n]]
    axes = np.column_stack([found.plane.means, found.plane.axes])
    rules = explain.rules(found.votes, found.labels)
    told = {
        "kind": found.kind, "statements": len(shown), "calm": found.plane.calm, "enough": min(VOTES, len(names)),
        "ever": kept.ever,
        "axes": {names[n]: _rounded(axes[n]) for n in shown},
        "groups": [
            {
                "id": int(kept.names[g]), "kept": round(float(kept.kept[g]), 3),
                "centre": _rounded(found.positions[found.labels == g].mean(axis=0)),
                "rule": explain.told(found.votes, rules[g]),
            }
            for g in range(found.k)
        ],
        "dots": _dots(found, kept),
    }  # fmt: skip
    if found.made is not None:
        # A class that nobody is likeliest to belong to has no name; nobody is placed in it later either.
        ids = kept.names.tolist() + [None] * (len(found.made.share) - found.k)
        told["classes"] = {
            "share": _rounded(found.made.share), "ids": ids,
            "agree": {names[n]: _rounded(found.made.agree[n]) for n in shown},
        }
    return told


def _rounded(values) -> list[float]:
    return [round(float(value), 6) for value in values]


def _dots(found, kept) -> list:
    """[x, y, people, group] for each cell in which people of one group stand: nobody's own place is kept."""
    inside = found.labels >= 0
    places, labels = found.positions[inside], found.labels[inside]
    low, high = places.min(axis=0), places.max(axis=0)
    wide = np.maximum(high - low, 1e-9)
    cell = np.minimum((places - low) / wide * CELLS, CELLS - 1).astype(np.int64)
    rows, number = np.unique(np.column_stack([cell, labels]), axis=0, return_counts=True)
    middle = low + (rows[:, :2] + 0.5) / CELLS * wide
    return [[*_rounded(middle[n]), int(number[n]), int(kept.names[rows[n, 2]])] for n in range(len(rows))]
