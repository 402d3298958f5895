"""Verifying the log from what is stored: each rule has a number, and what breaks one names it (docs/log.md)."""

from pathlib import Path

from ..journal.models import Entry
from . import note, queries
from .commands import _commitment as commitment
from .models import Checkpoint, Cosignature, Salt, Tile
from .tree import SIZE, WIDTH, Tree, cut, fold, leaf_hash

#: The verifier for strangers; it shares no code with this one.
VERIFIER = Path(__file__).parents[1] / "static/shangliang/verify_log.py"


def faults(most: int = 20) -> list[str]:
    """What is wrong with our log, at most so many sentences; empty when nothing is."""
    found: list[str] = []
    for check in (_checkpoints, _entries, _tiles, _cosignatures):
        for fault in check():
            found.append(fault)
            if len(found) == most:
                return found
    return found


def _tile_rows(level):
    rows = Tile.objects.filter(level=level).order_by("number")
    return {number: bytes(data) for number, data in rows.values_list("number", "data").iterator(chunk_size=2000)}


def _checkpoints():
    key, previous = queries.log_key(), 0
    newest = queries.latest()
    for row in Checkpoint.objects.order_by("size").iterator(chunk_size=500):
        try:
            told = note.read_note(row.note)
        except note.Malformed as fault:
            yield f"L1: checkpoint {row.size}: {fault}"
            continue
        if told.checkpoint.size != row.size or told.checkpoint.origin != key.name:
            yield f"L1: checkpoint {row.size} says another size or log"
        if not note.is_signed(told, key):
            yield f"L2: checkpoint {row.size} is not signed by our key"
        if row.pk == newest.pk or row.cosignatures.exists():
            yield from _root(row, told)
        previous = row.size
    if previous and Entry.objects.count() < previous:
        yield f"L1: the log has {previous} leaves, the journal fewer entries"


def _root(row, told):
    try:
        root = Tree(queries.read, row.size).root()
    except ValueError as fault:
        yield f"L3: {fault}"
        return
    if root != told.checkpoint.root:
        yield f"L3: the root of checkpoint {row.size} does not follow from the tiles"


def _entries():
    """Commitments ↔ the journal, and leaf hashes ↔ commitments."""
    newest = queries.latest()
    size = newest.size if newest else 0
    bundles, leaves = _tile_rows(Tile.ENTRIES), _tile_rows(0)
    salts = dict(Salt.objects.values_list("seq", "salt"))
    digests = Entry.objects.filter(seq__lte=size).order_by("seq").values_list("seq", "digest")
    if len(salts) != size:
        yield f"L4: {size} leaves have {len(salts)} salts"
    if sum(map(len, bundles.values())) != size * SIZE or sum(map(len, leaves.values())) != size * SIZE:
        yield "L4: the bundles or the tiles of leaves hold another number than the checkpoint"
        return
    for seq, digest in digests.iterator(chunk_size=5000):
        number, inside = divmod(seq - 1, WIDTH)
        at = inside * SIZE
        held = bundles.get(number, b"")[at : at + SIZE]
        salt = salts.get(seq)
        if salt and commitment(salt, digest) != held:
            yield f"L4: entry {seq} is not what its leaf commits to"
        if leaf_hash(held) != leaves.get(number, b"")[at : at + SIZE]:
            yield f"L5: leaf {seq - 1} is not the hash of its entry"


def _tiles():
    """Each full tile has its root in the level above, and nothing else is there."""
    level, below = 0, _tile_rows(0)
    while below:
        above = _tile_rows(level + 1)
        expected = {number: fold(cut(data)) for number, data in below.items() if len(data) == WIDTH * SIZE}
        held = {number * WIDTH + at: digest for number, data in above.items() for at, digest in enumerate(cut(data))}
        for number in sorted(expected.keys() | held.keys()):
            if expected.get(number) != held.get(number):
                yield f"L6: tile {level}/{number} does not match the level above"
        level, below = level + 1, above


def _cosignatures():
    for row in Cosignature.objects.select_related("checkpoint", "watched").iterator(chunk_size=500):
        try:
            state = note.read_note(row.checkpoint.note).checkpoint
            at = note.cosigned_at(state, row.line, note.read_key(row.watched.witness_key))
        except note.Malformed:
            at = None
        if at is None or queries.moment(at) != row.signed_at:
            yield f"L7: the signature of {row.watched.name} under checkpoint {row.checkpoint_id} is not good"


def summary() -> str:
    """How long the log is and who witnessed it, in one line."""
    newest = queries.latest()
    named = ", ".join(f"{one.name} ({one.size})" for one in queries.witnessed())
    return f"log whole: {newest.size if newest else 0} leaves, witnessed by {named or 'nobody'}"
