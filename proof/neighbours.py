"""Two real installations, a bad line between them, servers and relays killed at random: nothing lost, nothing doubled.

    python proof/neighbours.py                              10,000 messages; one JSON line per promise, status 1 or 0
    python proof/neighbours.py --messages 300 --lines 8     a small run
    python proof/neighbours.py --plant no-deduplication     the same with a bug in the inbox: it must turn red
    python proof/neighbours.py --plant answer-before-commit

Each side has a home, a database, a server, a relay and a writer. Everything between them passes a proxy that drops,
delays, doubles, reorders, cuts and spoils requests and answers. SIGKILL ends a server or a relay at random moments.
At the end the line is mended, both sides come to rest, and what each knows is compared line by line.
"""

import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from proof.crossing.proxy import Line

ROOT = Path(__file__).resolve().parents[1]
PLANTS = ("no-deduplication", "answer-before-commit")
SIDES = ("rongchang", "neijiang")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Side:
    """One installation and its processes."""

    def __init__(self, key, home: Path, plant):
        self.key, self.port, self.running = key, free_port(), {}
        home.mkdir()
        self.env = {
            **os.environ, "SHANGLIANG_HOME": str(home), "PORT": str(self.port), "SHANGLIANG_DATABASE": "",
            "SHANGLIANG_PEERS": "127.0.0.0/8", "SHANGLIANG_ADDRESS": f"http://{key}.test",
            "SHANGLIANG_HOSTS": "*", "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }  # fmt: skip
        self.log = (home / "log").open("ab")
        self.plant = plant

    def command(self, *words):
        return [sys.executable, "-m", "proof.crossing.side", *map(str, words)]

    def run(self, *words, given=""):
        done = subprocess.run(self.command(*words), env=self.env, cwd=ROOT, input=given, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.key} {words[0]}: {done.stderr[-3000:]}")
        return done.stdout

    def start(self, what):
        env = self.env | ({"PROOF_PLANT": self.plant} if self.plant and what == "serve" else {})
        self.running[what] = subprocess.Popen(
            self.command(what), env=env, cwd=ROOT, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, what):
        process = self.running.pop(what, None)
        if process:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def wait_open(self):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit(f"{self.key}: the server did not start")

    def dump(self):
        return json.loads(self.run("dump"))


class Run:
    """One run of the proof."""

    def __init__(self, work: Path, told):
        self.told, self.chance, self.kills = told, random.Random(told.seed), 0
        self.a, self.b = (Side(key, work / key, told.plant) for key in SIDES)
        self.sides = (self.a, self.b)
        self.lines = [Line(self.b.port, told.seed), Line(self.a.port, told.seed + 1)]

    def establish(self):
        """Committees, cards and a partnership, over a good line."""
        cards = [side.run("establish", side.key) for side in self.sides]
        for side, card, out, back in ((self.a, cards[1], 0, 1), (self.b, cards[0], 1, 0)):
            # Each is reached, and knows itself, by the address of the line that leads to it.
            side.env["SHANGLIANG_ADDRESS"] = f"http://127.0.0.1:{self.lines[back].port}"
            side.run("meet", f"http://127.0.0.1:{self.lines[out].port}", given=card)
        faults = dict(_faults())
        _set_faults({})
        for side in self.sides:
            side.start("serve")
        for side in self.sides:
            side.wait_open()
        self.a.run("propose")
        self.b.run("accept")
        for side in self.sides:
            side.run("begin", self.told.lines)
        for side in self.sides:
            side.run("agree")
        _set_faults(faults)

    def go(self):
        """Write on both sides while the line is bad and processes are killed; then mend everything and wait."""
        began = time.monotonic()
        writers = [
            subprocess.Popen(side.command("write", self.told.messages // 2, self.told.seed), env=side.env, cwd=ROOT,
                             stdout=side.log, stderr=side.log)
            for side in self.sides
        ]  # fmt: skip
        for side in self.sides:
            side.start("relay")
        while any(writer.poll() is None for writer in writers) or not self._enough():
            time.sleep(self.chance.uniform(0.2, 1.0) * self.told.life)
            victim, what = self.chance.choice(self.sides), self.chance.choice(["serve", "relay", "relay"])
            victim.kill(what)
            victim.start(what)
            self.kills += 1
            if time.monotonic() - began > self.told.seconds:
                break
        for writer in writers:
            writer.wait(self.told.seconds)
        self.bad = time.monotonic() - began
        _set_faults({})
        self.settled = self._settle()

    def _enough(self):
        return sum(line.faults for line in self.lines) >= self.told.faults

    def _settle(self):
        """Until nothing waits any more, or nothing moves."""
        began, known = time.monotonic(), None
        while time.monotonic() - began < self.told.seconds:
            for side in self.sides:
                for what in ("serve", "relay"):
                    if side.running[what].poll() is not None:
                        side.start(what)
            time.sleep(1)
            now = [(told["sent"], told["acked"], told["heard"]) for told in (self.a.dump(), self.b.dump())]
            if all(sent == acked for sent, acked, _heard in now) and now[0][0] == now[1][2] and now[1][0] == now[0][2]:
                return time.monotonic() - began
            known = now if now != known else known
        return time.monotonic() - began

    def end(self):
        for side in self.sides:
            for what in ("relay", "serve"):
                side.kill(what)
        for line in self.lines:
            line.close()

    def promises(self):
        a, b = (side.dump() for side in self.sides)
        wrote = {side.key: set() for side in self.sides}
        codes = {"RC": "rongchang", "NJ": "neijiang"}
        lost, doubled, order = 0, 0, 0
        for told in (a, b):
            seen: dict[str, list] = {}
            for line in told["lines"].values():
                for texts in line["by"].values():
                    numbers = [int(text.split("-")[1]) for text in texts]
                    order += numbers != sorted(numbers)
                    for text in texts:
                        seen.setdefault(text.split("-")[0], []).append(text)
            for code in codes:
                texts = seen.get(code, [])
                doubled += len(texts) - len(set(texts))
                lost += self.told.messages // 2 - len(set(texts))
                wrote[codes[code]] |= set(texts)
        faults = sum((line.count for line in self.lines), start=type(self.lines[0].count)())
        exact = [
            ("messages lost", lost, 0), ("messages entered twice", doubled, 0),
            ("out of order within a matter", order, 0),
            ("matters that differ between the sides", _differing(a, b), 0),
            ("messages not entered", a["not entered"] + b["not entered"], 0),
            ("messages still waiting", a["waiting"] + b["waiting"], 0),
            ("journals broken", bool(a["broken"]) + bool(b["broken"]), 0),
            ("sides that stopped", (a["state"] != "active") + (b["state"] != "active"), 0),
        ]  # fmt: skip
        least = [
            ("messages", a["sent"] + b["sent"], self.told.messages), ("faults", sum(faults.values()), self.told.faults),
            ("kills", self.kills, 1),
        ]  # fmt: skip
        rows = [_line(name, value, limit, value <= limit) for name, value, limit in exact]
        rows += [_line(name, value, limit, value >= limit) for name, value, limit in least]
        counts = {
            "seed": self.told.seed, "faults by kind": dict(faults), "seconds of bad line": round(self.bad, 1),
            "seconds to rest": round(self.settled, 1), "errors": [a["error"], b["error"]],
        }  # fmt: skip
        return rows, counts


def _faults():
    from proof.crossing import proxy

    return proxy.FAULTS


def _set_faults(faults):
    from proof.crossing import proxy

    proxy.FAULTS.clear()
    proxy.FAULTS.update(faults)


def _differing(a, b):
    keys = a["lines"].keys() | b["lines"].keys()
    return sum(a["lines"].get(key) != b["lines"].get(key) for key in keys)


def _line(name, value, limit, holds):
    return {"measure": name, "value": value, "limit": limit, "holds": bool(holds)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--faults", type=int, default=None, help="at least so many; 3,000 of 10,000 by default")
    parser.add_argument("--lines", type=int, default=60, help="lines of the plan that each side begins")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--life", type=float, default=8, help="a process is killed about each so many seconds")
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--plant", choices=PLANTS)
    told = parser.parse_args()
    told.faults = told.messages * 3 // 10 if told.faults is None else told.faults
    with tempfile.TemporaryDirectory(prefix="shangliang-neighbours-") as work:
        run = Run(Path(work), told)
        try:
            run.establish()
            run.go()
            rows, counts = run.promises()
        finally:
            run.end()
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    print(json.dumps(counts, ensure_ascii=False))
    sys.exit(not all(row["holds"] for row in rows))


if __name__ == "__main__":
    main()
