"""One way of ours in a process of its own, so that its memory is its own.

    python bench/rounds/ours.py map FOLDER [--scipy] [--plant] [--times 3]     the log of bench/rounds/planted.py
    python bench/rounds/ours.py none SEEDS [--plant]                           made-up rounds without any structure
    python bench/rounds/ours.py live FOLDER [--plant]                          votes that come after the map

Prints one JSON line. What is compiled is compiled on a small log before.
"""

import sys

sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 3)[0])

import argparse
import json
import statistics
import time
from dataclasses import replace

import numpy as np

from bench.rounds.planted import planted
from bench.rounds.red import peak
from shangliang.opinions.analysis import analyse, choice, classes, live, passes, plane, refit
from shangliang.opinions.analysis import statements as lists
from shangliang.opinions.analysis.votes import from_log
from tests.opinions.planted import adjusted_rand

#: So many people vote once more, and then once again.
VOTED = 20_000


def along_lines(votes):
    """The choice as it is made, and then lines: the way without the refinement by latent classes."""
    return replace(choice_made(votes), lines=True)


choice_made = choice.chosen


def as_the_peer(_votes):
    """No choice at all: groups in the plane with the best silhouette, which is what the peer gives."""
    return choice.Chosen({}, 2, True, 0)


def cold(log, way):
    """(map, votes) from the arrays of the log: rows, plane, positions, choice, groups, counts, lists, consensus."""
    choice.chosen = way
    votes = from_log(*log)
    found = analyse.analysed(votes)
    lists.representative(found.counts, votes.out)
    lists.consensus(found.counts)
    lists.group_aware(found.counts)
    return found


def timed(work):
    """(seconds, CPU seconds, answer)."""
    began, worked = time.perf_counter(), time.process_time()
    answer = work()
    return time.perf_counter() - began, time.process_time() - worked, answer


def refined(found, everybody, machine):
    """(N,) the likeliest latent class of each, from where people stand."""
    inside = found.labels >= 0
    made = analyse._classes(machine, everybody, found.positions, inside, found.chosen.k)
    return classes.belonging(machine, made).argmax(axis=1)


def of_log(folder, times, plant):
    log = [np.load(f"{folder}/{name}.npy") for name in ("people", "statements", "votes")]
    of, oracle = (np.load(f"{folder}/{name}.npy") for name in ("classes", "oracle"))
    warm(log)
    bare = min(timed(lambda: [np.bincount(column) for column in log[:2]])[0] for _n in range(3))
    rounds = [timed(lambda: [cold(log, along_lines) for _once in range(3 if plant else 1)][-1]) for _n in range(times)]
    told = {"bare": bare, "mib": peak(), "votes": len(log[0]), "people": len(of)}
    told |= {"seconds": statistics.median(one[0] for one in rounds), "cpu": statistics.median(one[1] for one in rounds)}
    found = rounds[-1][2]
    peer = [timed(lambda: [cold(log, as_the_peer) for _once in range(3 if plant else 1)]) for _n in range(times)]
    told |= {"alike": statistics.median(one[0] for one in peer), "alike_cpu": statistics.median(one[1] for one in peer)}
    told |= {"groups": found.k, "classes": found.chosen.k, "foretell": choice_made(found.votes).lines is False}
    if found.chosen.k > 1:
        machine = passes.Here(found.votes)
        seconds, worked, labels = timed(lambda: refined(found, plane.tallied(machine), machine))
        if plant:
            labels[::4] = 0
        people = found.votes.people
        told |= {
            "refined": seconds, "refined_cpu": worked,
            "rand": adjusted_rand(of[people], labels), "oracle": adjusted_rand(of[people], oracle[people]),
        }  # fmt: skip
    return told


def warm(log):
    """Have every loop compiled, for the kinds of numbers that this log has."""
    small, _of, _oracle = planted(400, 40, 8000, 2)
    small = [column.astype(like.dtype) for column, like in zip(small, log, strict=True)]
    found = cold(small, along_lines)
    machine = passes.Here(found.votes)
    for k in (2, 3, 5):
        labels = np.arange(found.votes.shape[0]) % k
        classes.belonging(machine, classes.fitted(machine, plane.tallied(machine), labels, rounds=2)[0])


def of_none(seeds, plant):
    """How many rounds without structure are told to have none."""
    told = 0
    for seed in range(seeds):
        log, _of, _oracle = planted(300, 40, 9000, 2 if plant else 1, seed=seed)
        told += analyse.analysed(from_log(*log)).kind == "none"
    return {"none": told, "seeds": seeds}


def of_live(folder, plant):
    """Votes as they arrive in a round that is drawn: first ones of people, later ones of the same, and a warm refit."""
    log = [np.load(f"{folder}/{name}.npy") for name in ("people", "statements", "votes")]
    warm(log)
    found = cold(log, along_lines)
    own, chance = live.Live(found), np.random.default_rng(3)
    people = chance.choice(found.votes.people, VOTED, replace=False).tolist()
    own.vote(*_drawn(chance, found, people[:1])[0])
    told = {}
    for name in ("first", "later"):
        rows = _drawn(chance, found, people) * (3 if plant else 1)
        told[name] = 1e6 * timed(lambda rows=rows: [own.vote(*row) for row in rows])[0] / VOTED
    refits = [timed(lambda: refit.refit(own))[0] for _n in range(3)]
    return told | {"refit": statistics.median(refits), "mib": peak()}


def _drawn(chance, found, people) -> list[tuple]:
    statements = chance.choice(found.votes.statements, len(people)).tolist()
    return list(zip(people, statements, chance.integers(-1, 2, len(people)).tolist(), strict=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("map", "none", "live"))
    parser.add_argument("of")
    parser.add_argument("--scipy", action="store_true", help="as if numba were not installed")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--plant", action="store_true")
    asked = parser.parse_args()
    if asked.scipy:
        passes.fast = None
    elif passes.fast is None:
        sys.exit("numba is not installed")
    ways = {
        "map": lambda: of_log(asked.of, asked.times, asked.plant), "none": lambda: of_none(int(asked.of), asked.plant),
        "live": lambda: of_live(asked.of, asked.plant),
    }  # fmt: skip
    print(json.dumps(ways[asked.what]()))


if __name__ == "__main__":
    main()
