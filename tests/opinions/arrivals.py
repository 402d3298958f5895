"""People of planted classes who come one after the other and answer what some rule of order shows them."""

from functools import partial

import numpy as np

from shangliang.opinions.analysis import classes, groups, order, plane, statements
from shangliang.opinions.analysis.passes import Here
from shangliang.opinions.analysis.votes import from_log

from .planted import adjusted_rand


def by_chance(counts, unseen, seed, belonging, extremity):
    return int(np.random.default_rng(seed).choice(np.flatnonzero(unseen)))


def by_polis(counts, unseen, seed, belonging, extremity):
    left = np.flatnonzero(unseen)
    weight = statements.priorities(counts.sum(axis=0), extremity)[left]
    return int(np.random.default_rng(seed).choice(left, p=weight / weight.sum()))


def by_information(counts, unseen, seed, belonging, extremity):
    return order.next_of(counts, unseen, seed, belonging)


def fitted(rows, k, size):
    """(classes, extremity of each statement, labels) of the answers so far."""
    log = from_log(*zip(*rows, strict=True), known=range(size))
    here = Here(log, 1)
    counts = plane.tallied(here)
    flat = plane.fitted(here, counts)
    begun = groups.labelled(plane.positions(here, flat), log.counts >= 7, partial(groups.split, k=k))
    made, _likelihood = classes.fitted(here, counts, begun)
    return made, plane.extremity(flat), log, classes.belonging(here, made).argmax(axis=1)


def recovered(rule, people=600, size=60, k=3, answers=15, seed=0, every=100, apart=1.2):
    """(likeness of the groups found at the end to the planted ones, fewest votes of a statement).

    Groups are fitted again after each ``every`` people; the chances to belong of who answers now follow from the
    answers given and the last fit.
    """
    chance = np.random.default_rng(seed)
    share = chance.dirichlet(np.full(k, 8.0))
    of = chance.choice(k, people, p=share)
    lean = chance.normal(0, apart, (size, k))
    lean[chance.random(size) < 0.3] = 0
    agree = 1 / (1 + np.exp(-(chance.normal(0.3, 1, size)[:, None] + lean)))
    said, passed = chance.random((people, size)) < agree[:, of].T, chance.random((people, size)) < 0.12
    rows, made, away = [], None, np.ones(size)
    counts = np.zeros((1, size, 3))
    for person in range(people):
        if person and person % every == 0:
            made, away, log, labels = fitted(rows, k, size)
            counts = np.stack([plane.tallied(Here(log.taken(labels == g), 1)) for g in range(k)]).astype(float)
        logs, mine = (np.zeros(1), []) if made is None else (np.log(made.share), [])
        for n in range(answers):
            belonging = np.exp(logs - logs.max())
            belonging /= belonging.sum()
            column = rule(counts, ~np.isin(np.arange(size), mine), [seed, person, n], belonging, away)
            vote = 0 if passed[person, column] else (1 if said[person, column] else -1)
            mine.append(column)
            rows.append((person, column, vote))
            if made is not None:
                logs = logs + made.table[3 * column + vote + 1]
            counts[belonging.argmax(), column, vote + 1] += 1
    _made, _away, log, labels = fitted(rows, k, size)
    return adjusted_rand(of, labels), int(plane.tallied(Here(log)).sum(axis=1).min())
