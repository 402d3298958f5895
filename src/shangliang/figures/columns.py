"""Figures of very many records: their days, places and carriers as columns on disk, brought up to date by the journal.

Counting 600,000 rows takes a database a second; the same columns take NumPy some milliseconds. They are not a second
truth. They say up to which entry of the journal they were read. Whatever a later entry tells of, by the number of its
case, is left out of them and read from the tables at the moment of asking, so that the answer is always that of the
tables: ``tests/figures/test_columns.py`` compares both after every step of random people. The clock writes the columns
anew when the journal has moved on by ``BEHIND`` entries; a small installation never gets so far and has none.
"""

import json
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from django_scopes import get_scope

from .. import __version__
from ..cases.models import Case
from ..journal.models import Entry, Head
from .view import View, read, some

#: A journal with fewer entries needs no columns: the tables answer as fast.
MANY = 20_000
#: By how many entries the columns may lag: so many matters are read when a worker is asked for the first time.
BEHIND = 500


def folder(committee) -> Path:
    """Where the committee's columns stand; ``current`` names the set that holds."""
    return settings.HOME / "columns" / committee.code


def refresh(committee, figures) -> bool:
    """Write the columns of the committee in scope anew if the journal has moved on far enough; whether it was done."""
    head = Head.objects.first()
    known = _current(folder(committee))
    if head is None or head.count < (known["seq"] + BEHIND if known else MANY):
        return False
    write(committee, figures, head)
    return True


def write(committee, figures, head) -> None:
    """Write the columns of every figure that knows its case, then let them hold at once.

    The head was read before the records, so that whatever is entered meanwhile is newer than the columns claim to be.
    """
    place, name = folder(committee), f"{head.count}-{head.digest[-12:]}"
    made = place / name
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for figure in figures:
        if figure.case:
            for column, values in read(figure, figure.rows()).items():
                with (made / f"{figure.key}.{column}.npy").open("wb") as file:
                    np.lib.format.write_array(file, values)
    told = {"set": name, "seq": head.count, "digest": head.digest, "release": __version__,
            "figures": {figure.key: figure.version for figure in figures if figure.case}}  # fmt: skip
    kept = {name, (_told(place) or told)["set"]}  # who read the last name a moment ago still finds its files
    half = place / "current.part"
    half.write_text(json.dumps(told), encoding="utf-8")
    half.replace(place / "current")
    for old in place.iterdir():
        if old.is_dir() and old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)


def latest(figure):
    """The columns of a figure as of now for the committee in scope; None where there are none."""
    committee = get_scope().get("committee")
    if not figure.case or committee is None:
        return None
    place = folder(committee)
    told = _told(place)
    if told is None or told["figures"].get(figure.key) != figure.version:
        return None
    head, key = Head.objects.get(), (place, figure.key)
    seen = _seen.get(key)
    if seen is None or seen.told != told or not (seen.of(head) or seen.before(head)):
        if not _holds(told):
            return None
        stored = _stored(place / told["set"], figure.key)
        seen = _Seen(told, told["seq"], told["digest"], View(figure, stored))
    if not seen.of(head):
        changed = _changed(committee.pk, seen.seq, f"{head.count} {head.digest}")
        seen = _Seen(told, head.count, head.digest, seen.view.with_anew(changed))
    _seen[key] = seen
    return seen.view


@dataclass(frozen=True)
class _Seen:
    """What was last read of a figure: by the set that told ``told``, brought up to this entry of the journal."""

    told: dict
    seq: int
    digest: str
    view: View

    def of(self, head) -> bool:
        """Whether it is up to date."""
        return (self.seq, self.digest) == (head.count, head.digest)

    def before(self, head) -> bool:
        """Whether it is of the same journal, some entries ago: a restored copy may have gone another way since."""
        return self.seq < head.count and Entry.objects.filter(seq=self.seq, digest=self.digest).exists()


#: What this worker read last, by folder and figure: after an entry only the matter it tells of is read anew.
_seen: dict[tuple[Path, str], _Seen] = {}


def _current(place) -> dict | None:
    """What the set that holds says of itself; None where there is none, or where it is not of this journal: a restored
    copy may have gone another way since."""
    told = _told(place)
    return told if told and _holds(told) else None


def _holds(told) -> bool:
    return Entry.objects.filter(seq=told["seq"], digest=told["digest"]).exists()


def _told(place) -> dict | None:
    """What the set of this release says of itself."""
    try:
        told = json.loads((place / "current").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return told if told["release"] == __version__ and "figures" in told else None


@lru_cache(maxsize=64)
def _stored(place: Path, key: str) -> dict[str, np.ndarray]:
    """The columns of one figure, mapped into memory: every worker of the machine shares the same pages."""
    return {file.name.split(".")[1]: np.load(file, mmap_mode="r") for file in place.glob(f"{key}.*.npy")}


@lru_cache(maxsize=8)
def _changed(_committee: int, seq: int, _head: str) -> list[int]:
    """The cases of the committee in scope that entries after this one tell of; every figure of a page asks for them."""
    told = Entry.objects.filter(seq__gt=seq).exclude(case_no="").order_by()
    numbers = list(told.values_list("case_no", flat=True).distinct())
    return [pk for nos in some(numbers) for pk in Case.objects.filter(no__in=nos).values_list("pk", flat=True)]
