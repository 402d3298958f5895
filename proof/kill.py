"""What was acknowledged is there: the real server is killed at random moments, and every receipt shown is looked for.

    python proof/kill.py                                100 kills; one JSON line per promise, status 1 if one is broken
    python proof/kill.py --kills 1000 --seed 7          more of them, other moments
    python proof/kill.py --plant answer-before-commit   the same on a server that answers too early: it must turn red

Four people report at a wall code as fast as answers come, an officer answers at the desk, and SIGKILL ends the whole
process group of the server in the midst of it. Who got no answer presses again with the same form. After each restart
every receipt shown since the last one is checked; at the end all of them again, the whole journal by the product's own
``verify``, and the outbox until nothing is left in it. On SQLite alone: PostgreSQL would have to be killed itself.
A kill is not a power cut: what the disk had not yet written is safe in the kernel here.
"""

import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import json
import random
import signal
import statistics
import tempfile
import time
from pathlib import Path

from proof.killing.installation import establish, run
from proof.killing.people import Ledger, Officer, Person
from proof.killing.server import Server, free_port

PEOPLE = 4
#: The server lives so many seconds under load, any moment as likely as another.
LIFE = (0.02, 4.0)
#: Seconds after which a run is broken off, for each kill and for the rest.
PER_KILL, BESIDES = 20, 300
PLANTS = ("answer-before-commit",)


class Run:
    """One run: the installation, its server, its people, and what was measured."""

    def __init__(self, work: Path, kills: int, seed: int, plant: str | None):
        self.kills, self.seed = kills, seed
        self.chance = random.Random(seed)
        self.installation = establish(work / "home", free_port())
        self.server = Server(self.installation, work / "server.log", planted=plant is not None)
        self.ledger, self.restarts, self.killed = Ledger(), [], 0
        from proof.killing.check import Checker

        self.checker = Checker()
        self.visitors = [
            kind(number, self.installation, self.ledger, seed)
            for number, kind in enumerate([Person] * PEOPLE + [Officer])
        ]

    def go(self) -> None:
        """Kill, restart and check as often as asked, then let everybody finish and look at everything once more."""
        over = time.monotonic() + self.kills * PER_KILL + BESIDES
        try:
            self.server.start()
            for visitor in self.visitors:
                visitor.start()
            self._open(True)
            while self.killed < self.kills and time.monotonic() < over:
                time.sleep(self.chance.uniform(*LIFE))
                self.server.kill()
                self.killed += 1
                self._open(False)
                self.restarts.append(self.server.start())
                self._open(True)
                self.checker.go_on(self.ledger)
            self._say_goodbye()
        finally:
            for visitor in self.visitors:
                visitor.stop.set()
            self.server.kill()
        self._settle()
        self.checker.again(self.ledger)

    def _open(self, is_open: bool) -> None:
        """Tell everybody whether it is worth trying."""
        for visitor in self.visitors:
            (visitor.up.set if is_open else visitor.up.clear)()

    def _say_goodbye(self) -> None:
        """Everybody brings to an end what was begun."""
        for visitor in self.visitors:
            visitor.leave.set()
        for visitor in self.visitors:
            visitor.join(60)

    def _settle(self) -> None:
        """The outbox is emptied and the journal recomputed, by the product itself."""
        from shangliang.journal.outbox import relay

        while any(relay()):
            pass
        verified = run("verify")
        if verified.returncode:
            self.checker.fault("chain", verified.stderr.strip())

    def lines(self) -> list[dict]:
        """The promises; each is a figure, its limit, and whether it holds."""
        found, counts, shown = self.checker.count, self.ledger.counts, len(self.ledger.shown)
        restarts = sorted(self.restarts) or [0.0]
        at_most = [
            ("acknowledged receipts lost", found("lost") + counts["vanished"], 0),
            ("voices or entries stored twice", found("duplicate"), 0),
            ("voices without journal, journal without voice", found("orphan"), 0),
            ("files missing or altered", found("file"), 0),
            ("outbox: rows or notices missing or double", found("outbox"), 0),
            ("receipts that changed when the form was sent again", counts["changed"], 0),
            ("journal: broken entries", found("chain"), 0),
            ("answers 5xx", counts["5xx"], 0),
            ("other answers that should not come", counts["unexpected"], 0),
            ("restart until the form opens, p50, seconds", statistics.median(restarts), 5),
            ("restart until the form opens, max, seconds", restarts[-1], 10),
        ]
        at_least = [("kills", self.killed, self.kills), ("receipts shown", shown, self.kills)]
        return [_line(*told, told[1] <= told[2]) for told in at_most] + [
            _line(*told, told[1] >= told[2]) for told in at_least
        ]

    def summary(self, seconds: float) -> dict:
        """The counts of the run in one line."""
        from proof.killing.check import left_behind

        found, counts = self.checker.count, self.ledger.counts
        return {
            "bench": "kill", "seed": self.seed, "kills": self.killed, "acked": len(self.ledger.shown),
            "pictures": sum(bool(matter.picture) for matter in self.ledger.shown),
            "answered": len(self.ledger.answered), "sent again": counts["again"], "cut off": counts["interrupted"],
            "lost": found("lost") + counts["vanished"], "duplicates": found("duplicate"), "orphans": found("orphan"),
            "5xx": counts["5xx"], "entries": self.checker.seq, "files left for the sweep": left_behind(),
            "seconds": round(seconds, 1),
        }  # fmt: skip


def _line(measure, value, limit, holds) -> dict:
    return {"bench": "kill", "measure": measure, "value": round(value, 2), "limit": limit, "holds": holds}


def main(kills: int, seed: int, plant: str | None) -> bool:
    """Do it and print it; true when every promise holds."""
    began = time.monotonic()
    # Whoever ends the proof ends its server too, which stands in a session of its own.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="shangliang-kill-") as work:
        proof = Run(Path(work), kills, seed, plant)
        proof.go()
        lines = proof.lines()
        for line in [*lines, proof.summary(time.monotonic() - began)]:
            print(json.dumps(line, ensure_ascii=False), flush=True)
        for words in [*(f"{kind}: {words}" for kind, words in proof.checker.faults), *proof.ledger.faults][:20]:
            print(words, file=sys.stderr)
        return all(line["holds"] for line in lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kill the server and look for every receipt that was shown.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plant", choices=PLANTS, help="put this bug in, to see the proof turn red")
    asked = parser.parse_args()
    sys.exit(not main(asked.kills, asked.seed, asked.plant))
