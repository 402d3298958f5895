"""Signs that votes may have been steered: bursts, copied answers, one source. Signs to look at, never a verdict.

A village that votes together in its hall gives a burst from one source, and people who hold a creed answer alike. Each
sign says how unlikely it is that chance alone makes it, after counting how many places were looked at (Bonferroni), and
how many of its people are verified. Nothing is left out of the map because of a sign.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from .votes import KINDS, Votes, from_log

#: What chance makes less often than this is a sign.
UNLIKELY = 1e-4
#: Lengths of the windows in seconds; each is held against so many on each side, and against the same hour of others.
WINDOWS, AROUND, DAY = (60, 600, 3600), 24, 86_400
#: The fewest people of a burst, answers of a copied row, and people of one source.
PEOPLE, ANSWERS, SHARING = 5, 10, 5
#: The most statements named with a burst.
NAMED = 5


@dataclass(frozen=True)
class Sign:
    """``kind``: "people" (many new people at once), "votes" (many people voting at once), "copies" (the same answers),
    "source" (many people from one source). Names of the ``people`` and ``statements`` concerned, from ``since`` to
    ``until`` (seconds, as the times given), ``chance``: how often chance alone makes as much somewhere in the round,
    ``verified``: how many of the people are verified."""

    kind: str
    people: tuple
    statements: tuple
    since: float
    until: float
    chance: float
    verified: int


@dataclass(frozen=True, eq=False)
class _Round:
    """The log in the order of times, people numbered; ``times`` from nought, whole seconds after ``start``."""

    names: np.ndarray
    person: np.ndarray
    statements: np.ndarray
    times: np.ndarray
    start: float
    verified: np.ndarray

    def sign(self, kind, rows, people, statements, chance) -> Sign:
        since, until = (self.start + float(self.times[rows].min()), self.start + float(self.times[rows].max()))
        verified = int(self.verified[people].sum())
        return Sign(kind, tuple(self.names[people].tolist()), tuple(statements), since, until, float(chance), verified)


def signs(people, statements, votes, times, source=None, verified=None) -> list[Sign]:
    """All signs in a log, the least likely first.

    Arrays of one length, a row for each vote: names of ``people`` and ``statements``, ``votes`` (+1, 0, −1), ``times``
    in seconds, ``source`` (an opaque keyed digest of the address, None or "" where there is none), ``verified`` whether
    this person is known to be one person. Raises ValueError for arrays of different length or votes that are none.
    """
    people, statements, votes = (np.asarray(each) for each in (people, statements, votes))
    times = np.asarray(times, float)
    source = np.full(len(people), None) if source is None else np.asarray(source, object)
    verified = np.zeros(len(people), bool) if verified is None else np.asarray(verified, bool)
    if not len(people) == len(statements) == len(votes) == len(times) == len(source) == len(verified):
        raise ValueError("the columns differ in length")
    if not len(people):
        return []
    order = np.lexsort((votes, statements, people, times))
    people, statements, votes, times, source, verified = (
        each[order] for each in (people, statements, votes, times, source, verified)
    )  # fmt: skip
    names, person = np.unique(people, return_inverse=True)
    of_person = np.zeros(len(names), bool)
    of_person[person[verified]] = True
    log = _Round(names, person.ravel(), statements, times - times[0], float(times[0]), of_person)
    found = [*_bursts(log), *_copies(log, from_log(people, statements, votes)), *_sources(log, source)]
    return sorted(found, key=lambda each: (each.chance, each.kind, each.since, str(each.people)))


# --- bursts ---------------------------------------------------------------------------------


def _bursts(log) -> list[Sign]:
    """Windows with more new people, or more people voting, than the rest of the round and its neighbourhood would make.

    People are counted, not votes: one eager person is one event, and votes of one sitting are not independent.
    """
    first = np.unique(log.person, return_index=True)[1]
    looked = sum(2 * (int(log.times[-1] // length) + 1) for length in WINDOWS) * 2
    found = []
    for kind, rows in (("people", np.sort(first)), ("votes", np.arange(len(log.times)))):
        windows = []
        for length in WINDOWS:
            for shift in (0, length / 2):
                windows += _windows(log, rows, length, shift, looked)
        found += _merged(log, kind, rows, windows)
    return found


def _windows(log, rows, length, shift, looked) -> list[tuple[float, float, float]]:
    """(chance, from, to) of the windows of this length that are too full."""
    of = ((log.times[rows] + shift) // length).astype(np.int64)
    sittings = np.unique(of * len(log.names) + log.person[rows]) // len(log.names)
    counts = np.bincount(sittings, minlength=int((log.times[-1] + shift) // length) + 1)
    full = np.flatnonzero(counts >= PEOPLE)
    chance = np.minimum(_unlikely(counts, full, length) * looked, 1)
    return [
        (float(one), n * length - shift, (n + 1) * length - shift)
        for n, one in zip(full.tolist(), chance, strict=True) if one < UNLIKELY
    ]  # fmt: skip


def _unlikely(counts, full, length) -> np.ndarray:
    """The chance of as many in each of the ``full`` windows, by the rate of the windows it is held against; the most
    cautious of three.

    Given the sum of a window and of m others, its own count is binomial with 1 / (m + 1), however high the rate is
    (Przyborowski & Wilenski 1940): the rate need not be known. Held against: all others; the neighbours; the windows at
    the same hour (an evening is no burst), where the round is longer than two days.
    """
    number, own = len(counts), counts[full]
    against = [(counts.sum() - own, np.full(len(full), number - 1))]
    upto = np.concatenate([[0], np.cumsum(counts)])
    low, high = np.maximum(full - AROUND, 0), np.minimum(full + AROUND + 1, number)
    against.append((upto[high] - upto[low] - own, high - low - 1))
    if number * length > 2 * DAY:
        hour = (np.arange(number) * length % DAY // 3600).astype(np.int64)
        sums, windows = np.bincount(hour, counts)[hour[full]], np.bincount(hour)[hour[full]]
        against.append((sums - own, windows - 1))
    tails = [
        np.where(windows > 0, special.bdtrc(own - 1, np.rint(others + own).astype(int), 1 / (windows + 1)), 1)
        for others, windows in against
    ]  # fmt: skip
    return np.max(tails, axis=0)


def _merged(log, kind, rows, windows) -> list[Sign]:
    """One sign for windows that overlap: the one that is least likely."""
    found, kept = [], []
    for chance, since, until in sorted(windows):
        if all(until <= other[0] or since >= other[1] for other in kept):
            kept.append((since, until))
            inside = rows[(log.times[rows] >= since) & (log.times[rows] < until)]
            then = (log.times >= since) & (log.times < until)
            found.append(log.sign(kind, inside, np.unique(log.person[inside]), _favoured(log, then), chance))
    return found


def _favoured(log, then) -> list:
    """The statements that got more of the votes then than otherwise, surely."""
    statements, of = np.unique(log.statements, return_inverse=True)
    inside, whole = np.bincount(of.ravel()[then], minlength=len(statements)), np.bincount(of.ravel())
    share = (whole - inside + 1) / (len(then) - then.sum() + len(statements))
    chance = special.bdtrc(inside - 1, int(then.sum()), np.minimum(share, 1)) * len(statements)
    order = np.argsort(chance, kind="stable")
    return [statements[j].item() for j in order[:NAMED] if chance[j] < UNLIKELY]


# --- copies ---------------------------------------------------------------------------------


def _copies(log, votes: Votes) -> list[Sign]:
    """People whose answers to ten statements or more are all the same, where the common answers would differ.

    If answers were given independently, each by the shares of everybody, a row would have the chance q (a product over
    its statements). Of n people with so many answers, c − 1 more would have it with the chance of a Poisson number of
    mean n·q; which statements each saw is taken for certain, which is the cautious side.
    """
    rows = np.flatnonzero(votes.counts >= ANSWERS)
    if len(rows) < 2:
        return []
    tally = np.bincount(votes.codes, minlength=KINDS * votes.shape[1]).reshape(-1, KINDS)
    logs = np.log(tally + 0.5) - np.log(tally.sum(axis=1, keepdims=True) + 1.5)
    _marks, of, copies = np.unique(votes.marks[rows], return_inverse=True, return_counts=True)
    order = np.argsort(of.ravel(), kind="stable")
    upto, found = np.cumsum(copies), []
    for n in np.flatnonzero(copies > 1):
        same = rows[order[upto[n] - copies[n] : upto[n]]]
        codes = votes.rows(same[0], same[0] + 1)[1]
        mean = len(rows) * np.exp(logs.ravel()[codes].sum())
        chance = min(special.gammainc(len(same) - 1, mean) * len(rows), 1)
        if chance < UNLIKELY:
            told = votes.statements[np.sort(codes // KINDS)].tolist()
            found.append(log.sign("copies", np.flatnonzero(np.isin(log.person, same)), same, told, chance))
    return found


# --- sources --------------------------------------------------------------------------------


def _sources(log, source) -> list[Sign]:
    """Sources with far more people than others have. The numbers are held against a geometric law with the mean of the
    other sources, which has a longer tail than Poisson's: households and offices share an address."""
    given = np.array([bool(each) for each in source])
    if not given.any():
        return []
    names, of = np.unique(source[given].astype(str), return_inverse=True)
    pairs = np.unique(of.ravel() * np.int64(len(log.names)) + log.person[given])
    places, who = np.divmod(pairs, len(log.names))
    counts = np.bincount(places, minlength=len(names))
    found = []
    for place in np.flatnonzero(counts >= SHARING):
        mean = (counts.sum() - counts[place] + 1) / max(len(names) - 1, 1)
        # One source alone has no others to be held against; then everybody comes from it, and that is no sign.
        chance = min((mean / (mean + 1)) ** float(counts[place] - 1) * len(names), 1) if len(names) > 1 else 1.0
        if chance < UNLIKELY:
            people = who[places == place]
            rows = np.flatnonzero(given)[of.ravel() == place]
            found.append(log.sign("source", rows, people, (), chance))
    return found
