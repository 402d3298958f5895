"""Nothing in a published log can be changed unnoticed: single changes of files and columns, forked histories.

    python proof/log.py                        10,000 changes, 1,000 forks; one JSON line per promise
    python proof/log.py --changes 1000 --seed 7
    python proof/log.py --plant no-leaf-hash   a verifier that does not hash the leaves: it must turn red
    python proof/log.py --plant any-proof      a witness that does not look at the proof: it must turn red

A log of some hundred entries is made by the product's own commands, co-signed and exported. Every change is one bit,
byte, cut or swapped pair of bytes in one file, or one value in one column; after each the verifier is asked, and the
change undone.
"""

import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import json
import os
import random
import tempfile
from collections import Counter
from pathlib import Path

PLANTS = ("no-leaf-hash", "any-proof")
NEIGHBOUR, WITNESS = "11" * 32, "22" * 32
COLUMNS = {
    "witness_tile": ("id", ["level", "number", "data"]), "witness_salt": ("seq", ["salt"]),
    "witness_checkpoint": ("size", ["note"]), "witness_cosignature": ("id", ["line", "signed_at"]),
    "journal_entry": ("seq", ["digest"]),
}  # fmt: skip


def mutate(whole: bytes, chance) -> bytes:
    """One small change of some bytes."""
    kind, at = chance.randrange(5), chance.randrange(len(whole))
    if kind == 0:
        return whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
    if kind == 1:
        return whole[:at] + whole[at + 1 :]
    if kind == 2:
        return whole[:at] + bytes([chance.randrange(256)]) + whole[at:]
    if kind == 3:
        return whole[: max(at, 1) - 1]
    other, swapped = chance.randrange(len(whole)), bytearray(whole)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return bytes(swapped)


def verifier() -> dict:
    """The independent verifier in this process, because ten thousand starts of Python take long."""
    from shangliang.witness.verify import VERIFIER

    space = {"__name__": "verifier"}
    exec(compile(VERIFIER.read_text(), str(VERIFIER), "exec"), space)
    return space


def establish(home: Path):
    """An installation whose log a neighbour has co-signed."""
    os.environ |= {"SHANGLIANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shangliang.settings"}
    os.environ.pop("SHANGLIANG_DATABASE", None)
    import django

    django.setup()
    from django.core.management import call_command

    from shangliang.people import commands as people
    from shangliang.people.actors import CLOCK
    from shangliang.people.tenancy import within
    from shangliang.regions.commands import load
    from shangliang.regions.models import Region
    from shangliang.witness import commands, note, queries

    call_command("migrate", interactive=False, verbosity=0)
    load(by=CLOCK, codes=["500153"])
    region = Region.objects.get(code="500153")
    committee = people.establish_committee(by=CLOCK, code="RC", name="proof", short_name="proof", region=region)
    with within(committee):
        for n in range(600):
            people.add_unit(by=CLOCK, committee=committee, name=f"unit {n}", kind="department", region=None)
    commands.publish(by=CLOCK)
    log = note.Key("neighbour.example/log", note.SIGN, note.public_bytes(NEIGHBOUR))
    witness = note.Key("neighbour.example/log", note.COSIGN, note.public_bytes(WITNESS))
    watched = commands.watch(by=CLOCK, name="neighbour", log_key=str(log), witness_key=str(witness))
    commands.publish(by=CLOCK)
    newest = queries.latest()
    line = note.cosigned(note.read_note(newest.note).checkpoint, witness.name, WITNESS, 1_700_000_000)
    assert commands.keep(by=CLOCK, watched=watched, size=newest.size, line=line)
    return newest.size


def of_files(folder: Path, number, chance, plant) -> tuple[int, Counter]:
    """(changes that went unnoticed, how often each rule was named)."""
    space = verifier()
    source, keys = space["Source"](str(folder)), (folder / "keys").read_text().splitlines()
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "keys")
    weights = [path.stat().st_size for path in files]
    if plant == "no-leaf-hash":
        kept = {path: path.read_bytes() for path in files}
        real = source.get
        source.get = lambda path: kept[folder / path] if "entries" in path else real(path)
    missed, rules = 0, Counter()
    for n in range(number):
        path = chance.choices(files, weights)[0] if n % 2 else chance.choice(files)
        whole = path.read_bytes()
        changed = mutate(whole, chance)
        while changed == whole:
            changed = mutate(whole, chance)
        path.write_bytes(changed)
        try:
            space["check"](source, keys, None, None)
            missed += 1
        except (space["Broken"], ValueError, KeyError, OSError) as fault:
            rules[str(fault)[:2] if isinstance(fault, space["Broken"]) else type(fault).__name__] += 1
        path.write_bytes(whole)
    return missed, rules


def of_columns(each, chance) -> tuple[int, int]:
    """(changes made, changes that our own verifier did not notice)."""
    from django.db import connection, transaction

    from shangliang.witness.verify import faults

    made = missed = 0
    for table, (key, columns) in COLUMNS.items():
        for column in columns:
            for _n in range(each):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SELECT {key}, {column} FROM {table}")
                    row, value = chance.choice(cursor.fetchall())
                    sql = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"
                    cursor.execute(sql, [_spoiled(value, chance), row])
                    made, missed = made + 1, missed + (not faults(1))
                    transaction.set_rollback(True)
    return made, missed


def _spoiled(value, chance):
    if isinstance(value, int):
        return value + 7
    if isinstance(value, bytes):
        at = chance.randrange(len(value))
        return value[:at] + bytes([value[at] ^ (1 << chance.randrange(8))]) + value[at + 1 :]
    text = str(value)
    # Of a time, the figures: what stands between day and hour says nothing.
    at = chance.choice([at for at in range(min(len(text), 18)) if text[at] != " " or isinstance(value, str)])
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


def forks(number, chance, plant) -> int:
    """How many forged continuations a witness signed."""
    from shangliang.people.actors import CLOCK
    from shangliang.witness import commands, note, tree

    if plant == "any-proof":
        commands.is_beginning = lambda *args: True
    leaves = [tree.leaf_hash(str(n).encode()) for n in range(400)]

    def grown(hashes):
        size, tiles = tree.grow(lambda level, at: b"", 0, hashes)
        return tree.Tree(lambda level, at: tiles.get((level, at), b""), size)

    def signed(size, root):
        state = note.Checkpoint("neighbour.example/log", size, root)
        return str(note.Note(state, (note.signed(state, NEIGHBOUR),)))

    known = grown(leaves[:200])
    assert commands.cosign(by=CLOCK, request=note.ask(0, [], signed(200, known.root()))).status == 200
    fooled = 0
    for n in range(number):
        size = chance.randrange(200, 400)
        forged = leaves[:size]
        forged[chance.randrange(200)] = tree.leaf_hash(f"other {n}".encode())
        other = grown(forged)
        proof = chance.choice([grown(leaves[:size]), other]).consistency(200)
        fooled += commands.cosign(by=CLOCK, request=note.ask(200, proof, signed(size, other.root()))).status == 200
        if fooled and plant:
            break
    return fooled


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--forks", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=PLANTS)
    told = parser.parse_args()
    chance, held = random.Random(told.seed), []
    with tempfile.TemporaryDirectory(prefix="shangliang-log-") as work:
        size = establish(Path(work))
        from shangliang.witness.export import export

        folder = Path(work) / "export"
        export(folder)
        missed, rules = of_files(folder, told.changes, chance, told.plant)
        made, unseen = of_columns(max(told.changes // 500, 2), chance)
        rows = [
            ("changes of files that the independent verifier missed", missed, told.changes),
            ("changes of columns that our verifier missed", unseen, made),
            ("forks that the witness signed", forks(told.forks, chance, told.plant), told.forks),
        ]
        for measure, value, tried in rows:
            held.append(value == 0)
            print(json.dumps({"measure": measure, "value": value, "limit": 0, "tried": tried, "holds": value == 0}))
        print(json.dumps({"seed": told.seed, "entries": size, "rules named": dict(sorted(rules.items()))}))
        from django.db import connection

        connection.close()
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
