"""Made-up rounds of votes: people in known classes, and what anybody could know of them who knew every chance.

    python bench/rounds/planted.py FOLDER PEOPLE STATEMENTS VOTES CLASSES SEED

A third of the statements divides nobody, an eighth of the votes are passes, few people give most votes (log-normal, at
most 0.6 of the statements), some statements are shown more than others, and the log is in no order. Written to the
folder: ``people.npy``, ``statements.npy``, ``votes.npy`` (the log), ``classes.npy`` and ``oracle.npy`` (by person: the
class, and the likeliest class by the true chances).
"""

import sys
from pathlib import Path

import numpy as np

#: People made at once.
BLOCK = 50_000


def planted(people, statements, votes, classes, seed=0, apart=1.2):
    """(log of three arrays, class of each person, likeliest class of each by the true chances).

    There are ``votes`` votes, or a few less where few people give that many.
    """
    chance = np.random.default_rng(seed)
    share = chance.dirichlet(np.full(classes, 8.0))
    of = chance.choice(classes, people, p=share)
    lean = chance.normal(0, apart, (statements, classes)) * (chance.random(statements) >= 0.3)[:, None]
    agree = 1 / (1 + np.exp(-(chance.normal(0.3, 1, statements)[:, None] + (lean if classes > 1 else 0))))
    shown = chance.gamma(1.5, 1, statements)
    parts = [
        _block(chance, np.arange(first, min(first + BLOCK, people)), of, agree, shown / shown.sum(), votes / people)
        for first in range(0, people, BLOCK)
    ]  # fmt: skip
    rows, columns, given = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = chance.permutation(len(rows))[:votes]
    rows, columns, given = rows[order], columns[order], given[order]
    return (rows, columns, given), of, _likeliest(rows, columns, given, people, agree, np.log(share))


def _block(chance, people, of, agree, shown, mean):
    """The votes of these people: statements drawn by how often they are shown, the same one once."""
    size = len(shown)
    wanted = 1.25 * mean * chance.lognormal(-0.605, 1.1, len(people))
    number = np.clip(wanted, 1, 0.6 * size).astype(int)
    rows = np.repeat(np.arange(len(people)), number)
    drawn = np.minimum(np.searchsorted(np.cumsum(shown), chance.random(len(rows))), size - 1)
    rows, columns = np.divmod(np.unique(rows * size + drawn), size)
    yes = chance.random(len(rows)) < agree[columns, of[people[rows]]]
    given = np.where(chance.random(len(rows)) < 0.12, 0, np.where(yes, 1, -1))
    return people[rows].astype(np.int32), columns.astype(np.int32), given.astype(np.int8)


def _likeliest(rows, columns, given, people, agree, share):
    logs = np.tile(share, (people, 1))
    for k in range(len(share)):
        told = np.stack([np.log1p(-agree[:, k]), np.zeros(len(agree)), np.log(agree[:, k])])
        for first in range(0, len(rows), 1 << 22):
            part = slice(first, first + (1 << 22))
            logs[:, k] += np.bincount(rows[part], told[given[part] + 1, columns[part]], people)
    return logs.argmax(axis=1)


def main(folder, people, statements, votes, classes, seed):
    log, of, oracle = planted(people, statements, votes, classes, seed)
    told = dict(zip(("people", "statements", "votes"), log, strict=True)) | {"classes": of, "oracle": oracle}
    for name, values in told.items():
        np.save(Path(folder) / f"{name}.npy", values)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
