"""How fast a round of votes becomes a map, how much memory that takes, and how near to the truth it comes.

    python bench/opinions.py                  1,000,000 people on 2,000 statements; beside red-dwarf 10,000 on 1,000
    python bench/opinions.py --size small     50,000 people in place of the million, fewer seeds
    python bench/opinions.py --people 200000  so many in place of the million; limits of time go with them, in part
    python bench/opinions.py --peer-large     besides: 100,000 on 1,000 beside red-dwarf, which needs some seven minutes
    python bench/opinions.py --plant          with mistakes planted into ours: it must turn red

Prints one JSON line, and a table for people to stderr; status 1 if a promise does not hold. Each log is made up, each
measurement runs in a process of its own. The peer, red-dwarf 0.4.0 (Polis's way in Python), is installed into an
environment of its own under the user's cache. Each value stands beside another of the same run: the peer's, the
oracle's, or the time that NumPy needs to count the same log's people and statements once.
"""

import sys

sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

PEER = "red-dwarf==0.4.0"
#: People, statements, classes: the large round, those beside the peer, and one in which classes are looked for.
LARGE, BESIDE, LOOKED = (1_000_000, 2_000, 5), (10_000, 1_000, 4), (10_000, 200, 4)
BESIDE_LARGE = (100_000, 1_000, 4)
#: Votes of each person, in the middle.
VOTES = 59.5
ROUNDS = Path(__file__).resolve().parent / "rounds"


class Bench:
    """What is asked, where logs are kept, and the rows so far."""

    def __init__(self, asked, folder):
        self.asked, self.folder, self.rows = asked, Path(folder), []

    def log(self, people, statements, classes) -> Path:
        """The folder of a made-up log of this size."""
        made = self.folder / f"{people}-{statements}"
        if not made.exists():
            made.mkdir()
            sizes = [people, statements, int(people * VOTES), classes, 1]
            subprocess.run([sys.executable, ROUNDS / "planted.py", made, *map(str, sizes)], check=True)
        return made

    def ours(self, *words) -> dict:
        """What our process says."""
        plant = ["--plant"] if self.asked.plant else []
        return _told([sys.executable, ROUNDS / "ours.py", *map(str, words), *plant])

    def row(self, measure, value, unit, limit, peer, holds, **more):
        """One promise; ``peer`` is what it is held against in this run."""
        ratio = None if not peer else round(value / peer, 4)
        self.rows.append({
            "measure": measure, "value": round(value, 3), "unit": unit, "limit": limit,
            "peer": peer and round(peer, 3), "ratio": ratio, "holds": bool(holds), **more,
        })  # fmt: skip
        print(f"{'ok ' if holds else 'RED'} {measure:58s} {value:10.3f} {unit:7s} limit {limit!s:>6}  {more}",
              file=sys.stderr, flush=True)  # fmt: skip


def _told(words) -> dict:
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def large(bench):
    """The large round, cold from its arrays: with numba, with SciPy alone, and the latent classes besides."""
    people, statements, classes = LARGE[0] if bench.asked.people is None else bench.asked.people, *LARGE[1:]
    made, share = bench.log(people, statements, classes), 0.4 + 0.6 * people / LARGE[0]
    name = f"{people:,} × {statements:,}"
    for way, most, words in (("numba", 4, ()), ("SciPy alone", 30, ("--scipy", "--times", 1))):
        told = bench.ours("map", made, *words)
        value, more = told["seconds"], {"cpu": round(told["cpu"], 2), "votes": told["votes"]}
        bench.row(f"{name} cold, {way}", value, "s", most * share, told["bare"], value <= most * share, **more)
        bench.row(f"{name} peak memory, {way}", told["mib"] / 1024, "GiB", 1.5, None, told["mib"] <= 1536)
        if way == "numba":
            more = {"cpu": round(told["refined_cpu"], 2)}
            bench.row(f"{name} latent classes besides", told["refined"], "s", 3 * share, told["bare"],
                      told["refined"] <= 3 * share, **more)  # fmt: skip
            _near(bench, name, told)


def _near(bench, name, told):
    """How near the classes come to what anybody could know."""
    value = told["rand"] / told["oracle"]
    bench.row(f"{name} planted classes, share of the oracle's Rand", value, "", 0.95, told["oracle"], value >= 0.95,
              classes=told["classes"], foretell=told["foretell"])  # fmt: skip


def beside(bench, size=BESIDE, times=50, memory=4):
    """The same log through the peer."""
    made, name = bench.log(*size), f"{size[0]:,} × {size[1]:,}"
    ours, peer = bench.ours("map", made, "--times", 5), _told([_environment(), ROUNDS / "red.py", made])
    for words, key, least in (("the same", "alike", times), ("and the choice by hidden votes", "seconds", None)):
        value, cpu = peer["seconds"] / ours[key], {"alike": "alike_cpu", "seconds": "cpu"}[key]
        more = {"ours": round(ours[key], 3), "theirs": round(peer["seconds"], 2)}
        more |= {"of_cpu": round(peer["cpu"] / ours[cpu], 1)}
        holds = least is None or value >= least
        bench.row(f"{name} times as fast as red-dwarf: {words}", value, "×", least, peer["seconds"], holds, **more)
    value, more = peer["mib"] / ours["mib"], {"ours": round(ours["mib"]), "theirs": round(peer["mib"])}
    bench.row(f"{name} times less memory", value, "×", memory, peer["mib"], value >= memory, **more)


def beside_large(bench):
    """The largest that the peer can do in a few minutes."""
    if bench.asked.peer_large:
        beside(bench, BESIDE_LARGE, 700, 12)


def _environment() -> Path:
    """The Python of the peer's own environment, made once."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "shangliang" / f"{PEER.replace('==', '-')}-py{sys.version_info[0]}.{sys.version_info[1]}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=True, stdout=sys.stderr)
        (home / "ready").touch()
    return python


def looked(bench):
    """Classes where there are some, and none where there are none."""
    _near(bench, f"{LOOKED[0]:,} × {LOOKED[1]:,}", bench.ours("map", bench.log(*LOOKED), "--times", 1))
    told = bench.ours("none", 20 if bench.asked.size == "small" else 100)
    share = told["none"] / told["seeds"]
    bench.row("rounds without structure that are told so", share, "", 0.95, 1.0, share >= 0.95, seeds=told["seeds"])


def arriving(bench):
    """One vote more in the large round, the first of a person since the map and a later one; and a warm refit."""
    people, statements, classes = LARGE[0] if bench.asked.people is None else bench.asked.people, *LARGE[1:]
    told, name = bench.ours("live", bench.log(people, statements, classes)), f"{people:,} × {statements:,}"
    for words, key in (("first of a person", "first"), ("later", "later")):
        bench.row(f"{name} one vote more, {words}", told[key], "µs", 20, None, told[key] <= 20)
    bench.row(f"{name} warm refit", told["refit"], "s", 1.0, None, told["refit"] <= 1, mib=round(told["mib"]))


#: Each adds its rows.
PARTS = (looked, beside, large, arriving, beside_large)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=("small", "full"), default="full")
    parser.add_argument("--people", type=int)
    parser.add_argument("--peer-large", action="store_true")
    parser.add_argument("--plant", action="store_true")
    asked = parser.parse_args()
    if asked.size == "small" and asked.people is None:
        asked.people = 50_000
    with tempfile.TemporaryDirectory(prefix="shangliang-opinions-") as folder:
        bench = Bench(asked, folder)
        for part in PARTS:
            part(bench)
    holds = all(row["holds"] for row in bench.rows)
    print(json.dumps({"bench": "opinions", "holds": holds, "load": os.getloadavg()[0], "measures": bench.rows}))
    sys.exit(not holds)


if __name__ == "__main__":
    main()
