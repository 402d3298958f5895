"""How many people live where: census figures as data, each with its year and its source; never estimated."""

import csv
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SHIPPED = Path(__file__).parent / "data" / "census.csv"
#: The installation's own figures, with the same columns; a division named there is read there.
OWN = "census.csv"
#: No county has more; whatever is above is a slip of the pen.
MOST = 100_000_000


@dataclass(frozen=True)
class Census:
    """The residents of a division, the year of the count and who published it."""

    residents: int
    year: int
    source: str


def residents() -> dict[str, Census]:
    """Census figures by the code of the division; rows that cannot be read are left out."""
    own = settings.HOME / OWN
    found = dict(_read(SHIPPED, SHIPPED.stat().st_mtime_ns))
    if own.exists():
        found |= _read(own, own.stat().st_mtime_ns)
    return found


@lru_cache(maxsize=4)
def _read(path, _changed) -> dict[str, Census]:
    """The file's rows; ``_changed`` makes a changed file be read anew."""
    found = {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            code, year, number = ((row.get(name) or "").strip() for name in ("code", "year", "residents"))
            readable = all(text.isascii() and text.isdecimal() and len(text) < 13 for text in (code, year, number))
            if readable and 0 < int(number) < MOST:
                found[code] = Census(int(number), int(year), (row.get("source") or "").strip()[:120])
    return found


def keep(code: str, census: Census) -> None:
    """Write the residents of a division into the installation's own file, in place of what it said of it before."""
    own = settings.HOME / OWN
    kept = _read(own, own.stat().st_mtime_ns) if own.exists() else {}
    half = own.with_suffix(".part")
    with half.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "year", "residents", "source"])
        for name, row in sorted({**kept, code: census}.items()):
            rows.writerow([name, row.year, row.residents, row.source])
    os.replace(half, own)
