"""The log as files: the same as behind its addresses, for any web server or a stick (C2SP tlog-tiles)."""

from pathlib import Path

from . import queries
from .models import Tile, Watched
from .tree import SIZE, WIDTH, tile_path


def bundle(data: bytes) -> bytes:
    """Entries as tlog-tiles wants them: each after its length in two bytes, big endian."""
    return b"".join(b"\x00\x20" + data[at : at + SIZE] for at in range(0, len(data), SIZE))


def keys() -> str:
    """The log's key and those of its witnesses, one in a line."""
    rows = Watched.objects.filter(ended_at=None).order_by("pk").values_list("witness_key", flat=True)
    return "".join(f"{key}\n" for key in [str(queries.log_key()), *rows])


def export(folder: Path) -> int:
    """Write the newest state of the log into the folder; returns its size. Raises ValueError when it is empty."""
    newest = queries.latest()
    if newest is None:
        raise ValueError("the log is empty")
    for row in Tile.objects.order_by("level", "number").iterator(chunk_size=500):
        data, name = bytes(row.data), "entries" if row.level == Tile.ENTRIES else row.level
        path = folder / tile_path(name, row.number, len(data) // SIZE or WIDTH)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle(data) if row.level == Tile.ENTRIES else data)
    (folder / "checkpoint").write_text(queries.published_note(newest), encoding="utf-8")
    (folder / "keys").write_text(keys(), encoding="utf-8")
    return newest.size
