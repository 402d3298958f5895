"""Votes of made-up people in known classes, and what anybody could know of them who knew every chance."""

import numpy as np

from shangliang.opinions.analysis.votes import from_log


def planted(people, statements, classes, seen=30, apart=1.2, seed=0):
    """(votes, class of each person, what the true chances would say): a third of the statements divides nobody."""
    chance = np.random.default_rng(seed)
    share = chance.dirichlet(np.full(classes, 8.0))
    of = chance.choice(classes, people, p=share)
    lean = chance.normal(0, apart, (statements, classes))
    lean[chance.random(statements) < 0.3] = 0
    agree = 1 / (1 + np.exp(-(chance.normal(0.3, 1, statements)[:, None] + (lean if classes > 1 else 0))))
    given = np.clip(chance.lognormal(np.log(seen), 0.8, people), 1, 0.6 * statements).astype(int)
    order = np.argsort(chance.random((people, statements)) / chance.gamma(1.5, 1, statements), axis=1)
    rows = np.repeat(np.arange(people), given)
    columns = order[np.arange(statements) < given[:, None]]
    yes = chance.random(len(rows)) < agree[columns, of[rows]]
    votes = np.where(chance.random(len(rows)) < 0.12, 0, np.where(yes, 1, -1))
    logs = np.zeros((people, classes))
    for k in range(classes):
        told = np.where(votes == 1, np.log(agree[columns, k]), np.where(votes == -1, np.log1p(-agree[columns, k]), 0))
        logs[:, k] = np.bincount(rows, told, people) + np.log(share[k])
    shuffled = chance.permutation(len(rows))
    return from_log(rows[shuffled], columns[shuffled], votes[shuffled]), of, logs.argmax(axis=1)


def adjusted_rand(one, other) -> float:
    """The adjusted Rand index of two partitions (Hubert & Arabie 1985)."""
    table = np.zeros((int(max(one)) + 2, int(max(other)) + 2))
    np.add.at(table, (np.asarray(one) + 1, np.asarray(other) + 1), 1)
    pairs = [(counts * (counts - 1) / 2).sum() for counts in (table, table.sum(axis=1), table.sum(axis=0))]
    whole = table.sum() * (table.sum() - 1) / 2
    expected = pairs[1] * pairs[2] / whole
    return (pairs[0] - expected) / ((pairs[1] + pairs[2]) / 2 - expected)
