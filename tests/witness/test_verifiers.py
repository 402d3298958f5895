"""Both verifiers find every change of a published log, and name the rule it breaks."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from proof.log import mutate
from shangliang.people.actors import CLOCK
from shangliang.witness import commands, note, queries
from shangliang.witness.export import export
from shangliang.witness.models import Cosignature
from shangliang.witness.verify import faults

VERIFIER = Path(commands.__file__).parents[1] / "static/shangliang/verify_log.py"


@pytest.fixture
def published(log, neighbour, entries, tmp_path):
    """A log of some 300 entries with a neighbour's signature under it, as files."""
    entries(260)
    commands.publish(by=CLOCK)
    newest = queries.latest()
    watched = neighbour.watched()
    commands.publish(by=CLOCK)
    newest = queries.latest()
    state = note.read_note(newest.note).checkpoint
    line = note.cosigned(state, neighbour.name, neighbour.WITNESS, 1700000000)
    assert commands.keep(by=CLOCK, watched=watched, size=newest.size, line=line)
    assert export(tmp_path) == newest.size
    return tmp_path


def outside(folder, *more):
    done = subprocess.run([sys.executable, "-I", VERIFIER, folder, *more], capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def module():
    """The verifier in this process, because a thousand starts of Python take long."""
    space = {"__name__": "verifier"}
    exec(compile(VERIFIER.read_text(), str(VERIFIER), "exec"), space)
    return space


def test_both_say_that_it_is_whole(published):
    assert faults() == []
    status, said = outside(published)
    assert status == 0
    assert "witnessed by neijiang.example/log" in said


def test_the_verifier_shares_no_code_with_the_product():
    text = VERIFIER.read_text()
    assert "shangliang" in text and "import shangliang" not in text and "from shangliang" not in text
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_single_changes_of_the_files_are_all_found(published):
    space, chance = module(), random.Random(17)
    source, keys = space["Source"](str(published)), published.joinpath("keys").read_text().splitlines()
    files = [path for path in published.rglob("*") if path.is_file() and path.name != "keys"]
    weights = [path.stat().st_size for path in files]
    missed, rules = [], set()
    for n in range(600):
        path = chance.choices(files, weights)[0] if n % 3 else chance.choice(files)
        whole = path.read_bytes()
        changed = mutate(whole, chance)
        if changed == whole:
            continue
        path.write_bytes(changed)
        try:
            space["check"](source, keys, None, None)
        except (space["Broken"], ValueError, KeyError, OSError) as fault:
            rules.add(str(fault)[:2])
        else:
            missed.append((path.name, n))
        path.write_bytes(whole)
    assert missed == []
    assert {"L1", "L2", "L4", "L5", "L6", "L7"} <= rules


COLUMNS = {
    "witness_tile": ["level", "number", "data"], "witness_salt": ["salt"], "witness_checkpoint": ["size", "note"],
    "witness_cosignature": ["line", "signed_at"], "journal_entry": ["digest"],
}  # fmt: skip


def test_changes_of_any_column_are_found_by_our_own(published):
    chance, missed = random.Random(23), []
    for table, columns in COLUMNS.items():
        for column in columns:
            for _n in range(4):
                if not changed_and_found(table, column, chance):
                    missed.append((table, column))
    assert missed == []


def test_a_cosignature_whose_line_lost_its_dash_is_found(published):
    one = Cosignature.objects.get()
    Cosignature.objects.update(line="0" + one.line[1:])
    assert [fault[:2] for fault in faults()] == ["L7"]


def changed_and_found(table, column, chance) -> bool:
    key = {"witness_salt": "seq", "journal_entry": "seq", "witness_checkpoint": "size"}.get(table, "id")
    with connection.cursor() as cursor:
        newest = " WHERE size = (SELECT max(size) FROM witness_checkpoint)" if table == "witness_checkpoint" else ""
        cursor.execute(f"SELECT {key}, {column} FROM {table}{newest} ORDER BY {key}")
        row, value = chance.choice(cursor.fetchall())
        other = spoiled(value, chance)
        cursor.execute("SAVEPOINT spoil")
        if (table, column) == ("witness_checkpoint", "size"):
            _resize(cursor, row)
        else:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [other, row])
        found = bool(faults())
        cursor.execute("ROLLBACK TO SAVEPOINT spoil")
    return found


def _resize(cursor, size):
    cursor.execute("DELETE FROM witness_cosignature")
    cursor.execute("UPDATE witness_checkpoint SET size = size + 1 WHERE size = %s", [size])


def spoiled(value, chance):
    if isinstance(value, int):
        return value + 7
    if isinstance(value, bytes | memoryview):
        raw = bytearray(value)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)
    if isinstance(value, str):
        at = chance.randrange(len(value))
        return value[:at] + ("0" if value[at] != "0" else "1") + value[at + 1 :]
    return value.replace(year=value.year - 1)


def test_a_rewritten_history_is_whole_in_itself_and_only_an_older_checkpoint_tells(published, log):
    """An operator with root can make a new log (I02); whoever kept a checkpoint sees that it is another."""
    old = published / "old"
    old.write_text(queries.published_note(log))
    assert outside(published, "--old", str(old))[0] == 0
    forged = note.Checkpoint(queries.origin(), log.size, b"\x07" * 32)
    from django.conf import settings

    old.write_text(str(note.Note(forged, (note.signed(forged, settings.LOG_KEY),))))
    status, said = outside(published, "--old", str(old))
    assert (status, "L8" in said) == (1, True)


def test_a_verifier_that_does_not_hash_the_leaves_would_be_noticed(published):
    space = module()
    space["rebuild"].__globals__["Broken"] = type("Broken", (Exception,), {})
    source, keys = space["Source"](str(published)), published.joinpath("keys").read_text().splitlines()
    real = space["rebuild"]
    space["check"].__globals__["rebuild"] = lambda source, size: real(_Clean(source, published), size)
    bundle = next(published.glob("tile/entries/*"))
    whole = bundle.read_bytes()
    clean[bundle.name] = whole
    bundle.write_bytes(whole[:5] + b"x" + whole[6:])
    assert "whole" in space["check"](source, keys, None, None)


clean: dict[str, bytes] = {}


class _Clean:
    """A source that gives back what was there before: a planted verifier that reads its own cache."""

    def __init__(self, source, folder):
        self.source = source

    def tile(self, level, number, width):
        if level == "entries" and f"{number:03d}" in clean:
            return clean[f"{number:03d}"]
        return self.source.tile(level, number, width)


def test_the_log_is_served_as_it_is_exported(published, client):
    newest = queries.latest()
    assert client.get("/log/checkpoint").content.decode() == (published / "checkpoint").read_text()
    assert client.get("/log/keys").content == (published / "keys").read_bytes()
    for path in published.rglob("tile/**/*"):
        if path.is_file():
            assert client.get(f"/log/{path.relative_to(published)}").content == path.read_bytes()
    proof = client.get(f"/log/proof/{newest.size}").json()
    assert proof["index"] == newest.size - 1 and proof["linked"]
    for wrong in ("/log/tile/0/999", "/log/tile/x/000", "/log/tile/0/..%2f", "/log/tile/0/000.p/999", "/log/proof/0"):
        assert client.get(wrong).status_code == 404
    assert Cosignature.objects.count() == 1
