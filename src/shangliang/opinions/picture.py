"""The result of a round as its pages show it: of an open one as it was last drawn, of one that is over all its votes.

Groups of fewer than ``FEWEST`` people are never shown, nor any count from which they could be worked out.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace

from .models import Round, Statement
from .queries import FEWEST, drawing_of, sizes, tallied

#: The longest list of statements.
LISTED = 5
#: From this lower bound on every group is said to accept a statement; from this gap on the groups are apart.
ACCEPTED, APART = 0.5, 0.2
#: The side of the map, and what is kept free at its edges.
SIDE, EDGE = 100.0, 9.0


@dataclass(frozen=True)
class Bar:
    """How many disagreed, passed and agreed."""

    disagree: int = 0
    passed: int = 0
    agree: int = 0

    @property
    def seen(self) -> int:
        """All who answered."""
        return self.disagree + self.passed + self.agree

    @property
    def known(self) -> bool:
        """Whether enough people answered to say how."""
        return self.seen >= FEWEST

    @property
    def percents(self) -> dict[str, int]:
        """Whole percents of the three that add up to a hundred (largest remainders)."""
        exact = {side: 100 * getattr(self, side) / max(self.seen, 1) for side in ("agree", "passed", "disagree")}
        told = {side: int(value) for side, value in exact.items()}
        left = 100 - sum(told.values()) if self.seen else 0
        for side in sorted(exact, key=lambda side: told[side] - exact[side])[:left]:
            told[side] += 1
        return told

    def share(self, side: str) -> float:
        """The part of ``agree``, ``passed`` or ``disagree``, 0 … 1."""
        return getattr(self, side) / self.seen if self.seen else 0.0


@dataclass(frozen=True)
class Told:
    """One statement: its bars, the side every group is nearest to, and between what its least group's share lies."""

    statement: Statement
    all: Bar
    groups: dict[int, Bar]
    verified: Bar
    others: Bar
    agree: bool = True
    low: float = 0.0
    high: float = 0.0
    gap: float = 0.0
    #: Whether enough of every group answered to say what all of them accept.
    measured: bool = False

    @property
    def accepted(self) -> bool:
        """Whether every group is on one side, surely."""
        return self.low >= ACCEPTED


@dataclass(frozen=True)
class Rule:
    """What makes a group in a sentence: who gives these answers (statement, whether agreed) is of it in ``right`` of
    all cases; as it was when the map was drawn."""

    answers: list[tuple[Statement, bool]]
    right: float


@dataclass(frozen=True)
class Group:
    """A group of people who answer alike, by a letter; the statements that tell it from the others come first. How many
    are ``verified`` is None where one or the other would be a few people."""

    id: int
    people: int
    verified: int | None
    own: list = field(default_factory=list)
    rule: Rule | None = None

    @property
    def letter(self) -> str:
        """A, B, C … by its identity, which it keeps as votes come."""
        return letter(self.id)


def letter(name: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    return (letter(name // 26 - 1) if name >= 26 else "") + chr(ord("A") + name % 26)


@dataclass(frozen=True)
class Spot:
    """A dot of the map: its place and radius within a square of ``SIDE``, and the identity of the group."""

    x: float
    y: float
    radius: float
    group: int


@dataclass(frozen=True)
class Picture:
    """The whole result. ``kind`` is that of the analysis, or "few" where too few people answered."""

    round: Round
    drawing: object
    kind: str
    people: int
    verified: int
    votes: int
    groups: list[Group]
    told: list[Told]
    consensus: list[Told]
    disputes: list[Told]

    @property
    def unplaced(self) -> int:
        """People who are in none of the groups that are shown."""
        return self.people - sum(group.people for group in self.groups)

    @property
    def by_pk(self) -> dict[int, Statement]:
        """The statements on show by their keys."""
        return {told.statement.pk: told.statement for told in self.told}

    @staticmethod
    def moment_of(seconds: float) -> dt.datetime:
        """Seconds since 1970 as a moment."""
        return dt.datetime.fromtimestamp(seconds, dt.UTC)

    @property
    def spots(self) -> list[Spot]:
        """Where the people of the groups that are shown stand, within a square of ``SIDE``."""
        shown = {group.id: n for n, group in enumerate(self.groups)}
        if self.drawing is None or len(shown) < 1:
            return []
        dots = [dot for dot in self.drawing.found["dots"] if dot[3] in shown]
        return [Spot(*self.at(x, y), round(min(1.6 + people**0.5, 7), 1), group) for x, y, people, group in dots]

    def at(self, x, y) -> tuple[float, float]:
        """A place of the map within the square; outside of it at its edge."""
        dots = self.drawing.found["dots"]
        found = []
        for value, side in ((x, [dot[0] for dot in dots]), (-y, [-dot[1] for dot in dots])):
            low, high = min(side), max(side)
            found.append(round(EDGE + (value - low) / max(high - low, 1e-9) * (SIDE - 2 * EDGE), 1))
        return tuple(min(max(value, EDGE / 2), SIDE - EDGE / 2) for value in found)


def picture(round) -> Picture:
    """What is known of the round; of an open one as it stood when its map was drawn, because whoever loads the page
    before and after a neighbour's answer would read it from the difference; four queries."""
    drawing = drawing_of(round)
    number, counts = _stored(drawing) if round.state == Round.State.OPEN else (sizes(round), tallied(round))
    statements = [each for each in round.statements.all() if each.state == Statement.State.SHOWN]
    people, kind = sum(number.values()), drawing.found["kind"] if drawing else "few"
    groups = _groups(number, drawing, statements)
    counted = {group.id for group in groups}
    rest = sum(n for (group, _known), n in number.items() if group not in counted)
    if rest >= FEWEST or not groups:
        counted = {group for group, _known in number}
    told = [_told(each, counts[each.pk], groups, counted) for each in statements]
    if people < FEWEST:
        told, kind = [], "few"
    told = _measured(told, groups)
    verified = sum(n for (_group, known), n in number.items() if known)
    consensus = sorted((t for t in told if t.accepted and t.all.known), key=lambda t: (-t.low, t.statement.number))
    disputes = sorted((t for t in told if t.gap >= APART and t.all.known), key=lambda t: (-t.gap, t.statement.number))
    votes = sum(each.all.seen for each in told)
    return Picture(
        round, drawing, kind, people, verified, votes, _with_own(groups, told), told, consensus[:LISTED],
        disputes[:LISTED],
    )  # fmt: skip


def _stored(drawing) -> tuple[dict, dict]:
    """(people, counts) as they were drawn, in the shapes of :func:`queries.sizes` and :func:`queries.tallied`."""
    found = drawing.found if drawing else {}
    number = {(group, known): people for group, known, people in found.get("sizes", [])}
    counts: dict = defaultdict(dict)
    for statement, group, known, *row in found.get("tally", []):
        counts[statement][group, known] = row
    return number, counts


def _groups(number, drawing, statements) -> list[Group]:
    """The groups of enough people, each with how many there are now."""
    if drawing is None:
        return []
    by_pk = {each.pk: each for each in statements}
    rules = {row["id"]: _rule(row.get("rule"), by_pk) for row in drawing.found["groups"]}
    made = []
    for name in sorted({group for group, _known in number if group is not None}):
        verified, others = number.get((name, True), 0), number.get((name, False), 0)
        made.append(Group(name, verified + others, verified, rule=rules.get(name)))
    few = any(0 < n < FEWEST for group in made for n in (group.verified, group.people - group.verified))
    return [replace(group, verified=None if few else group.verified) for group in made if group.people >= FEWEST]


def _rule(told, by_pk) -> Rule | None:
    """The stored rule with its statements; none where one of them is shown no longer."""
    if not told or any(each["statement"] not in by_pk for each in told["answers"]):
        return None
    return Rule([(by_pk[each["statement"]], each["side"] == "agree") for each in told["answers"]], told["right"])


def _told(statement, counts, groups, counted) -> Told:
    def bar(wanted) -> Bar:
        rows = [row for (group, known), row in counts.items() if group in counted and wanted(group, known)]
        return Bar(*(sum(row[side] for row in rows) for side in range(3)))

    named = {group.id for group in groups}
    # Of a part of a few people the answers would follow from the others: those in no group are left out here then, and
    # where it is a group no part is told.
    if named and 0 < bar(lambda group, _known: group not in named).seen < FEWEST:
        counted = named
    verified, others = bar(lambda _group, known: known), bar(lambda _group, known: not known)
    if not (verified.known and others.known):
        verified = others = Bar()
    each = {group.id: bar(lambda g, _known, wanted=group.id: g == wanted) for group in groups}
    if any(0 < part.seen < FEWEST for part in each.values()):
        each = {group: Bar() for group in each}
    return Told(statement, bar(lambda _group, _known: True), each, verified, others)


def _measured(told, groups) -> list[Told]:
    """The same with what every group accepts and how far the groups are apart (:mod:`analysis.statements`)."""
    if not told:
        return []
    from .analysis import statements  # SciPy behind it, only where somebody looks at a result

    counts = _counts(told, groups)
    found, seen = statements.consensus(counts), counts.sum(axis=2)
    low, high = statements.lower(counts[..., 2], seen), statements.upper(counts[..., 2], seen)
    gap = low.max(axis=0) - high.min(axis=0)
    return [
        replace(
            t, agree=bool(found.agree[n]), low=float(found.low[n]), high=float(found.high[n]), gap=float(gap[n]),
            measured=True,
        ) if t.all.known and (len(groups) < 2 or all(bar.known for bar in t.groups.values())) else t
        for n, t in enumerate(told)
    ]  # fmt: skip


def _counts(told, groups):
    """(G, M, 3) of disagree, pass and agree; everybody is one group where there are not several."""
    import numpy as np

    rows = [[t.groups[g.id] for t in told] for g in groups] if len(groups) > 1 else [[t.all for t in told]]
    return np.array([[[bar.disagree, bar.passed, bar.agree] for bar in row] for row in rows])


def _with_own(groups, told) -> list[Group]:
    """Each group with the statements that tell it from the others, as (Told, whether it agrees)."""
    if len(groups) < 2 or not told:
        return groups
    from .analysis import statements

    lists = statements.representative(_counts(told, groups))
    return [
        replace(group, own=[(told[each.statement], each.agree) for each in own])
        for group, own in zip(groups, lists, strict=True)
    ]
