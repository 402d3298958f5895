"""The open-data bundle: made each night in a folder of its own, then shown at once in place of the last one."""

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import duckdb
from django.conf import settings
from django.utils.translation import gettext as _

from ..journal.models import Head
from ..shared import clock
from ..studios.queries import public_places
from ..venues.models import Venue
from . import counting, history, past
from .definitions import FIGURES, LEAST
from .tables import TABLES, Table

LICENCE = {
    "name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip
RECOMPUTE = Path(__file__).with_name("recompute.py")
#: DuckDB turns the CSV into Parquet; so much memory is enough and the rest of the machine stays free.
MEMORY = "256MB"
TRIES = 3


def folder(committee) -> Path:
    """Where the committee's latest bundle stands."""
    return settings.HOME / "open-data" / committee.code


def make(committee) -> Path:
    """Make the bundle of the committee in scope and put it in the place of the last one; gives its folder.

    Tables and figures are read one after the other; where something was entered meanwhile, all is read once more, so
    that they speak of the same moment.
    """
    place = folder(committee)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{place.name}.new-", dir=place.parent) as scratch:
        for number in range(TRIES):
            made = Path(scratch) / str(number)
            if _make(committee, made) == _head().count:
                break
        _put_in_place(made, place)
    return place


def made_at(committee) -> str | None:
    """When the committee's bundle was made, as it says itself; None before the first."""
    package = folder(committee) / "datapackage.json"
    return json.loads(package.read_text(encoding="utf-8"))["created"] if package.is_file() else None


def _head():
    return Head.objects.first() or Head()


def _make(committee, made: Path) -> int:
    """Write a bundle into a new folder; gives how many entries the journal had when it was begun.

    Files: for each table CSV (UTF-8 with BOM), JSON lines and Parquet; ``figures.csv`` with every published value;
    ``corrections.csv`` with what was corrected, ``places.geojson``, ``datapackage.json`` (Frictionless Data Package),
    ``README.md``, ``recompute.py`` and ``SHA256SUMS``.
    """
    made.mkdir()
    head = _head()
    told = {"made_at": clock.now().isoformat(timespec="seconds"), "entries": head.count, "digest": head.digest}
    counts = {table.name: _write(made, table) for table in TABLES}
    _figures(made)
    _corrections(made)
    _places(made)
    shutil.copyfile(RECOMPUTE, made / "recompute.py")
    (made / "README.md").write_text(_readme(committee, told, counts), encoding="utf-8")
    package = _package(made, committee, told, counts)
    (made / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    names = sorted(path.name for path in made.iterdir())
    sums = "".join(f"{digest(made / name)}  {name}\n" for name in names)
    (made / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return head.count


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(made, target):
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)
    os.replace(made, target)
    shutil.rmtree(old, ignore_errors=True)


def _write(made: Path, table: Table) -> int:
    names, count = [column.name for column in table.columns], 0
    numbers = {column.name for column in table.columns if column.type == "integer"}
    with (made / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as sheet, \
         (made / f"{table.name}.jsonl").open("w", encoding="utf-8") as lines:  # fmt: skip
        rows = csv.writer(sheet)
        rows.writerow(names)
        for row in table.read():
            rows.writerow([_safe(value) for value in row])
            lines.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    _parquet(made, table.name, {name: "BIGINT" if name in numbers else "VARCHAR" for name in names})
    return count


def _safe(value):
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _parquet(made, name, types):
    source, target = made / f"{name}.csv", made / f"{name}.parquet"
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 1}) as db:
        db.execute(f"SET temp_directory = '{made}'")
        read = db.read_csv(str(source), header=True, columns=types, delimiter=",", quotechar='"', na_values=["\x00"])
        read.write_parquet(str(target), compression="zstd")


def _figures(made):
    """Every published value: of everything, each year, each town and each carrier."""
    today = clock.today()
    with (made / "figures.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(["figure", "version", "unit", "year", "town", "carrier", "value"])
        for figure in FIGURES:
            start = [figure.key, figure.version, str(figure.unit)]
            rows.writerow([*start, "", "", "", _value(counting.value(figure))])
            for since, _until, number in _years(figure, today):
                rows.writerow([*start, since.year, "", "", _value(number)])
            for code, _name, number in counting.by_town(figure, counting.Scope()):
                rows.writerow([*start, "", code, "", _value(number)])
            for carrier, number in counting.by_carrier(figure, counting.Scope()):
                rows.writerow([*start, "", "", carrier, _value(number)])


def _corrections(made):
    """The log of corrections, the latest first; the heading stands there also where nothing was corrected."""
    names = ["corrected_on", "figure", "version", "since", "words", "before", "after", "found_by"]
    with (made / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(names)
        for change in map(history.plain, history.changes()):
            rows.writerow(["" if change[name] is None else _safe(change[name]) for name in names])


def _years(figure, today):
    first = past.earlier(counting.first_day(figure), figure, counting.Scope())
    if first is None:
        return []
    scopes = [counting.Scope(dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in range(first.year, today.year + 1)]
    return [(scope.since, scope.until, counting.value(figure, scope)) for scope in scopes]


def _value(number):
    return "" if number is None else number


def _places(made):
    """Places that are nobody's home, with their point (WGS-84) where one was entered."""
    rows = public_places().filter(closed_on=None).exclude(kind=Venue.Kind.COURTYARD).select_related("region")
    features = [_feature(row) for row in rows.order_by("code")]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (made / "places.geojson").write_text(text, encoding="utf-8")


def _feature(row) -> dict:
    point = None
    if row.latitude is not None:
        point = {"type": "Point", "coordinates": [float(row.longitude), float(row.latitude)]}
    town = row.region.code[: counting.TOWN]
    return {
        "type": "Feature", "geometry": point,
        "properties": {"code": row.code, "kind": row.kind, "name": row.full_name, "town": town},
    }  # fmt: skip


def _package(made, committee, told, counts) -> dict:
    resources = [
        {
            "name": table.name, "path": f"{table.name}.csv", "title": str(table.words), "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8-sig", "bytes": (made / f"{table.name}.csv").stat().st_size,
            "hash": "sha256:" + digest(made / f"{table.name}.csv"),
            "schema": {
                "fields": [{"name": c.name, "type": c.type, "description": str(c.words)} for c in table.columns],
                "missingValues": [""],
            },
        }
        for table in TABLES
    ]  # fmt: skip
    return {
        "name": f"shangliang-{committee.code.lower()}", "title": _("%(name)s开放数据") % {"name": committee.short_name},
        "created": told["made_at"], "licenses": [LICENCE], "resources": resources, "journal": told, "counts": counts,
    }  # fmt: skip


def _readme(committee, told, counts) -> str:
    lines = [
        f"# {_('%(name)s开放数据') % {'name': committee.short_name}}", "",
        _("每夜由记录生成，截至 %(at)s（记录第 1–%(n)s 条，摘要 %(digest)s）。没有姓名、电话、原话，地点只到镇街。")
        % {"at": told["made_at"], "n": told["entries"], "digest": told["digest"]}, "",
        _("许可：%(licence)s。每个表有三种格式：.csv（UTF-8 带 BOM，表格软件直接打开）、.jsonl、.parquet。")
        % {"licence": LICENCE["name"]}, "",
        _("运行 python3 recompute.py，只用这里的文件把公布的数字再算一遍，与 figures.csv 对照。"), "",
    ]  # fmt: skip
    for table in TABLES:
        rows = _("%(what)s。共 %(n)s 行。") % {"what": table.words, "n": counts[table.name]}
        lines += [f"## {table.name}", "", rows, ""]
        lines += [f"- `{column.name}` ({column.type}): {column.words}" for column in table.columns] + [""]
    rows = _("公布的数字：总数，以及按年、按镇街、按平台；不足 %(n)s 人的不公布，留空。") % {"n": LEAST}
    lines += ["## figures", "", rows, ""]
    lines += [f"- `{figure.key}`: {figure.name}（{figure.unit}）{figure.words}" for figure in FIGURES] + [""]
    log = _("更正记录：哪个数字、第几版定义、从哪天起、错在哪里、原来和更正后是多少、谁发现的；没有更正过就只有表头。")
    lines += ["## corrections", "", log, ""]
    return "\n".join(lines)
