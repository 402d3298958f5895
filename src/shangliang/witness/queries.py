"""Reading the log: its tiles, its latest checkpoint, proofs, and who has witnessed it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from ..journal.models import Entry
from . import note
from .models import Checkpoint, Cosignature, Tile
from .tree import Tree, tiles_near

WITNESSED_FOR = 30


def origin() -> str:
    """The name of our log; it never changes, wherever the installation is served."""
    return settings.LOG_ORIGIN


def log_key() -> note.Key:
    """The public key under which our checkpoints stand."""
    return note.Key(origin(), note.SIGN, note.public_bytes(settings.LOG_KEY))


def witness_key() -> note.Key:
    """The public key with which we co-sign the logs of others."""
    return note.Key(origin(), note.COSIGN, note.public_bytes(settings.WITNESS_KEY))


def read(level: int, number: int) -> bytes:
    """The bytes of a tile; none for one that does not exist."""
    found = Tile.objects.filter(level=level, number=number).values_list("data", flat=True).first()
    return bytes(found) if found is not None else b""


def latest() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def has_unpublished() -> bool:
    """Whether the journal holds entries that are not in the log yet."""
    last = latest()
    return Entry.objects.filter(seq__gt=last.size if last else 0).exists()


def tree(size: int, near: int | None = None) -> Tree:
    """The log as it was with so many leaves; the tiles that a proof for leaf ``near`` needs are read in one query."""
    wanted = tiles_near(near, size) if near is not None else set()
    rows = Tile.objects.filter(
        level__in={level for level, _n in wanted}, number__in={number for _level, number in wanted}
    )
    known = {(row.level, row.number): bytes(row.data) for row in rows} if wanted else {}
    return Tree(read, size, {key: data for key, data in known.items() if key in wanted})


def published_note(checkpoint) -> str:
    """The checkpoint with its own signature and those of the neighbours."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class Witnessed:
    """Who co-signed our log, when last, and how many records that covers."""

    name: str
    at: dt.datetime
    size: int


def witnessed() -> list[Witnessed]:
    """Each neighbour's latest co-signature; asked at most twice a minute, because many pages show it."""
    found = cache.get("witnessed")
    if found is None:
        rows: dict[int, Witnessed] = {}
        for row in Cosignature.objects.select_related("watched").order_by("-checkpoint_id")[:60]:
            rows.setdefault(row.watched_id, Witnessed(row.watched.name, row.signed_at, row.checkpoint_id))
        found = list(rows.values())
        cache.set("witnessed", found, WITNESSED_FOR)
    return found


def moment(second: int) -> dt.datetime:
    """A second since 1970 as an aware time."""
    return dt.datetime.fromtimestamp(second, tz=timezone.get_default_timezone())
