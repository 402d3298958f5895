"""What makes a group, in a sentence: "who agrees with 12 and disagrees with 40 belongs to it in 93 of 100 cases"."""

from dataclasses import dataclass

import numpy as np

from .passes import Here, project, tally
from .statements import lower, upper
from .votes import KINDS, Votes

#: The most statements of a rule, the least that one more must better it, and the most people it is sought among.
LONGEST, BETTER, PEOPLE = 3, 0.005, 20_000
#: How much more being right counts than finding everybody: F of one half (van Rijsbergen 1979).
RIGHT = 0.5


@dataclass(frozen=True)
class Rule:
    """``answers``: (column of the statement, whether agreed); ``right``: the share of those who answered so that are of
    the group; ``found``: the share of the group that answered so, of its people who saw all these statements;
    ``people``: how many answered so; ``seen``: how many saw all of them. Only people with a group are counted."""

    answers: tuple[tuple[int, bool], ...]
    right: float
    found: float
    people: int
    seen: int


def rules(votes: Votes, labels: np.ndarray) -> list[Rule | None]:
    """A rule of at most ``LONGEST`` statements for each group, None where no answer tells it from the others.

    ``labels`` (N,), −1 for none. The statements are taken one after the other, each the one that betters most the rule
    so far among those who saw all of it: F of being right and of finding everybody, both at the careful end of their
    intervals, the group and the others weighing the same, so that a large group is not "found" by what all say. A pass
    counts as another answer. Moderated-out statements explain nothing. What is told of a rule is counted over everybody
    (the statements are sought among at most ``PEOPLE``, drawn by what they said).
    """
    k = int(labels.max(initial=-1)) + 1
    if k < 2:
        return [None] * k
    votes, labels = _with_group(votes, labels)
    few = votes.sampled(PEOPLE)
    of = labels[np.searchsorted(votes.people, few.people)]
    found = [_sought(Here(few), of == g) for g in range(k)]
    return _told(Here(votes), labels, found)


def _with_group(votes, labels) -> tuple[Votes, np.ndarray]:
    rows = np.flatnonzero(labels >= 0)
    return (votes, labels) if len(rows) == len(labels) else (votes.taken(rows), labels[rows])


def _sought(machine, member) -> list[int]:
    """The codes of the rule of these people (mask), the most telling first."""
    codes, best = [], 0.0
    for _one in range(LONGEST):
        value, code = _next(machine, member, codes)
        if value <= best + BETTER:
            break
        codes, best = [*codes, code], value
    return codes


def _next(machine, member, codes) -> tuple[float, int]:
    """(how good the rule is with it, code) of the best further answer."""
    match, seen = _answers(machine, [codes]).T if codes else np.zeros((2, len(member)))
    fits, asked = match == len(codes), seen == len(codes)
    part = np.where(asked, 2 * member + fits, -1)
    size = KINDS * machine.votes.shape[1]
    counts = machine.added(tally, 4, size, by_row=(part,)).reshape(2, 2, -1, KINDS)
    hits, whole = counts[:, 1], counts.sum(axis=(1, 3))  # (others, members) × (statement, vote); of all who saw it
    value = _worth(hits[1][:, [0, 2]], whole[1][:, None], hits[0][:, [0, 2]], whole[0][:, None])
    value[machine.votes.out] = 0
    value[[code // KINDS for code in codes]] = 0
    column, side = np.unravel_index(value.argmax(), value.shape)
    return float(value[column, side]), int(KINDS * column + 2 * side)


def _worth(hit, members, false, others) -> np.ndarray:
    """F of careful shares; nought where the answer tells nothing."""
    found, wrong = lower(hit, members), upper(false, others)
    right = found / np.maximum(found + wrong, 1e-12)
    worth = (1 + RIGHT**2) * right * found / np.maximum(RIGHT**2 * right + found, 1e-12)
    return np.where(right > 0.5, worth, 0)


def _answers(machine, rules) -> np.ndarray:
    """(N, 2 for each rule): how many of its answers each person gave, and how many of its statements each saw."""
    table = np.zeros((KINDS * machine.votes.shape[1], 2 * len(rules)))
    for n, codes in enumerate(rules):
        table[codes, 2 * n] = 1
        for code in codes:
            table[code // KINDS * KINDS : code // KINDS * KINDS + KINDS, 2 * n + 1] = 1
    return machine.joined(project, table)


def _told(machine, labels, found) -> list[Rule | None]:
    answers, made = _answers(machine, found), []
    for g, codes in enumerate(found):
        fits, seen = answers[:, 2 * g] == len(codes), answers[:, 2 * g + 1] == len(codes)
        member = labels == g
        right = int((fits & member).sum())
        rule = Rule(
            tuple((code // KINDS, code % KINDS == 2) for code in codes), right / max(int(fits.sum()), 1),
            right / max(int((seen & member).sum()), 1), int(fits.sum()), int(seen.sum()),
        )  # fmt: skip
        made.append(rule if codes else None)
    return made


def told(votes: Votes, rule: Rule | None) -> dict | None:
    """The rule as plain values for JSON."""
    if rule is None:
        return None
    answers = [
        {"statement": votes.statements[column].item(), "side": "agree" if agree else "disagree"}
        for column, agree in rule.answers
    ]  # fmt: skip
    return {
        "answers": answers, "right": rule.right, "found": rule.found, "people": rule.people, "seen": rule.seen
    }  # fmt: skip
