"""What neighbours cost: letters between two installations, and the public log, each beside the bare cost of the work.

    python bench/neighbours.py             one JSON line per promise; status 1 if one does not hold
    python bench/neighbours.py --plant     with a slowness planted into each measurement: it must turn red
    python bench/neighbours.py --only log  or: --only letters

Letters: two real installations with servers of their own, on SQLite and, where its programs are found, on PostgreSQL;
10,000 statements are queued first, and the seconds are those from the first request until the last is acknowledged.
The peer is a POST of the same bytes to a bare server. Log: a tree of 10 million leaves is filled past the commands;
appending is the real publishing of journal entries; verifiers read a log of 1 million entries.
"""

import sys

sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import contextlib
import hashlib
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

LETTERS, LEAVES, VERIFIED, ENTRIES = 10_000, 10_000_000, 1_000_000, 20_000


def told(measure, value, unit, peer, limit, holds, **more):
    """Print one promise; returns whether it holds."""
    row = {"bench": "neighbours", "measure": measure, "value": round(value, 3), "unit": unit, "peer": round(peer, 3)}
    row |= {"ratio": round(value / peer, 1) if peer else None, "limit": limit, **more, "holds": bool(holds)}
    print(json.dumps(row, ensure_ascii=False), flush=True)
    return holds


# --- letters ---


def letters(plant) -> bool:
    """Both databases, one after the other."""
    held = [_letters("SQLite", ("", ""), plant)]
    from tools import test as machine

    if machine.postgresql_programs():
        with machine.postgresql() as address, _second(address) as other:
            held.append(_letters("PostgreSQL", (address, other), plant))
    return all(held)


@contextlib.contextmanager
def _second(address):
    """A second database on the same server."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE neighbour TEMPLATE template0")
    yield address.rsplit("/", 1)[0] + "/neighbour"


def _letters(database, addresses, plant) -> bool:
    from proof.neighbours import Side

    with tempfile.TemporaryDirectory(prefix="shangliang-bench-") as work:
        a, b = (Side(key, Path(work) / key, None) for key in ("rongchang", "neijiang"))
        for side, address in zip((a, b), addresses, strict=True):
            side.env |= {"SHANGLIANG_DATABASE": address, "SHANGLIANG_ADDRESS": f"http://127.0.0.1:{side.port}"}
        try:
            seconds, wrote = _exchange(a, b, plant)
            parcels = _parcels(a)
        finally:
            for side in (a, b):
                side.kill("serve")
        peer = _bare_posts(parcels)
    name = f"{LETTERS} envelopes between two installations, {database}"
    return told(name, seconds, "s", peer, 60, seconds <= 60, queued_in=round(wrote, 1), requests=len(parcels))


def _exchange(a, b, plant) -> tuple[float, float]:
    cards = [side.run("establish", side.key) for side in (a, b)]
    a.run("meet", b.env["SHANGLIANG_ADDRESS"], given=cards[1])
    b.run("meet", a.env["SHANGLIANG_ADDRESS"], given=cards[0])
    for side in (a, b):
        side.start("serve")
        side.wait_open()
    a.run("propose"), b.run("accept"), a.run("begin", 50), b.run("agree")
    began = time.monotonic()
    a.run("write", LETTERS // (100 if plant else 1), 1)
    wrote = time.monotonic() - began
    began = time.monotonic()
    a.run("send", *(["slow"] if plant else []))
    seconds = time.monotonic() - began
    counts = a.dump()
    assert counts["waiting"] == 0 and counts["sent"] == counts["acked"], counts["error"]
    return seconds * (100 if plant else 1), wrote


def _parcels(side) -> list[bytes]:
    """The bodies that were sent, as large and as many."""
    return [bytes(size) for size in json.loads(side.run("parcels"))]


def _bare_posts(bodies) -> float:
    """The same bytes to a server that does nothing with them."""
    from proof.neighbours import free_port
    from shangliang.federation import door
    from shangliang.settings.home import networks

    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "proof.crossing.bare", str(port)])
    near = networks("127.0.0.0/8")
    try:
        for _n in range(100):
            with contextlib.suppress(door.DoorShut):
                door.post(f"http://127.0.0.1:{port}/", b"x", {}, near)
                break
            time.sleep(0.1)
        began = time.monotonic()
        for body in bodies:
            door.post(f"http://127.0.0.1:{port}/", body, {"Content-Type": "application/json"}, near)
        return time.monotonic() - began
    finally:
        server.terminate()
        server.wait()


# --- the log ---


def log(plant) -> bool:
    """The tree, in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="shangliang-bench-") as home:
        os.environ |= {"SHANGLIANG_HOME": home, "DJANGO_SETTINGS_MODULE": "shangliang.settings"}
        os.environ.pop("SHANGLIANG_DATABASE", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", interactive=False, verbosity=0)
        held = [appending(plant), verifying(Path(home), plant), proving(plant)]
        connection.close()
    return all(held)


def _journal(number):
    """So many made-up entries, straight into the table: the log reads their digests alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT (SELECT count(*) FROM journal_entry) + 1 UNION ALL SELECT i + 1 FROM n"
            " WHERE i < %s) INSERT INTO journal_entry (seq, at, entered_at, case_no, event, subject, subject_id, actor,"
            " actor_role, verb, source, target, why, data, prev, digest)"
            " SELECT i, '', '', '', 'bench', '', 0, '', '', '', '', '', '', '{}', '', 'sha256:' || printf('%%064x', i)"
            " FROM n",
            [number],
        )


def appending(plant) -> bool:
    """The real publishing: salts, commitments, tiles, a signed checkpoint."""
    from shangliang.people.actors import CLOCK
    from shangliang.witness import commands, tree

    _journal(ENTRIES)
    if plant:
        real = tree.fold
        tree.fold = lambda hashes: next(real(hashes) for _n in range(400))
    began = time.process_time()
    assert commands.publish(by=CLOCK) == ENTRIES
    rate = ENTRIES / (time.process_time() - began)
    began = time.process_time()
    hashes = [hashlib.sha256(b"\x00" + n.to_bytes(32, "big")).digest() for n in range(ENTRIES)]
    while len(hashes) > 1:
        hashes = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=False)]
    bare = ENTRIES / (time.process_time() - began)
    if plant:
        tree.fold = real
    return told("appending to the log", rate, "entries/s CPU", bare, 5000, rate >= 5000)


def verifying(home, plant) -> bool:
    """Our verifier and the independent one over a log of a million entries."""
    from shangliang.people.actors import CLOCK
    from shangliang.witness import commands, verify
    from shangliang.witness.export import export

    _journal(VERIFIED)
    while commands.publish(by=CLOCK):
        pass
    folder = home / "export"
    export(folder)
    began = time.monotonic()
    for _n in range(2 if plant else 1):
        assert verify.faults() == []
    ours = time.monotonic() - began
    began = time.monotonic()
    subprocess.run([sys.executable, "-I", verify.VERIFIER, folder], check=True, stdout=subprocess.DEVNULL)
    theirs = time.monotonic() - began
    began = time.monotonic()
    for n in range(VERIFIED):
        hashlib.sha256(b"\x00" + n.to_bytes(32, "big")).digest()
        hashlib.sha256(b"\x01" + bytes(64)).digest()
    bare = time.monotonic() - began
    limit = 1 if plant else 20
    first = told("our verifier, 1 million entries", ours, "s", bare, limit, ours <= limit)
    return told("the independent verifier, 1 million entries", theirs, "s", bare, limit, theirs <= limit) and first


def proving(plant) -> bool:
    """A proof of inclusion out of ten million leaves, tiles read from the database."""
    from shangliang.witness import queries, tree
    from shangliang.witness.models import Tile

    size = queries.latest().size
    held: dict = {}

    def read(level, number):
        return held.get((level, number)) or queries.read(level, number)

    while size < LEAVES:
        step = min(LEAVES - size, 256 * 256)
        grown = (hashlib.sha256(n.to_bytes(8, "big")).digest() for n in range(size, size + step))
        size, changed = tree.grow(read, size, grown)
        held = {key: data for key, data in changed.items() if len(data) < 256 * 32}
        rows = [Tile(level=level, number=number, data=data) for (level, number), data in changed.items()]
        Tile.objects.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["level", "number"], update_fields=["data"]
        )
    chance, took, bare = random.Random(1), [], []
    for _n in range(300):
        index = chance.randrange(size)
        began = time.perf_counter()
        path = queries.tree(size, index).inclusion(index)
        if plant:
            queries.tree(size).consistency(index)
            [queries.tree(size).inclusion(index) for _k in range(8)]
        took.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        digest = bytes(32)
        for other in path:
            digest = hashlib.sha256(b"\x01" + other + digest).digest()
        bare.append((time.perf_counter() - began) * 1000)
    value, worst = statistics.median(took), sorted(took)[int(len(took) * 0.99)]
    name = f"proof of inclusion in a log of {LEAVES} entries"
    return told(name, value, "ms", statistics.median(bare), 5, value <= 5, p99=round(worst, 2), path=len(path))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What neighbours cost.")
    parser.add_argument("--plant", action="store_true", help="put a slowness in, to see this turn red")
    parser.add_argument("--only", choices=["letters", "log"])
    chosen = parser.parse_args()
    parts = [part for part in (letters, log) if chosen.only in (None, part.__name__)]
    sys.exit(not all(part(chosen.plant) for part in parts))
