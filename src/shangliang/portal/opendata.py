"""The open data: what there is, and each file at an address that stays."""

import json
import re

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import condition, require_safe

from ..figures.opendata import LICENCE, folder
from ..figures.tables import TABLES

TYPES = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet", "json": "application/json", "geojson": "application/geo+json",
    "md": "text/markdown; charset=utf-8", "py": "text/x-python; charset=utf-8",
    "": "text/plain; charset=utf-8",
}  # fmt: skip
NAME = re.compile(r"[A-Za-z0-9]+(\.[a-z]+)?")


def _path(request, name):
    """The file of that name in the committee's bundle; None where there is none."""
    if request.committee is None or not NAME.fullmatch(name):
        return None
    path = folder(request.committee) / name
    return path if path.is_file() else None


def _sums(committee) -> dict[str, str]:
    """SHA-256 by name, as the bundle tells them."""
    sums = folder(committee) / "SHA256SUMS"
    rows = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    return {name: digest for digest, name in (row.split("  ", 1) for row in rows)}


def _etag(request, name):
    known = _sums(request.committee).get(name) if _path(request, name) else None
    return f'"{known}"' if known else None


@require_safe
def index(request):
    """What the bundle holds, of when it is, under which licence, and how to count the figures again."""
    if request.committee is None:
        raise Http404
    package = folder(request.committee) / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8")) if package.is_file() else None
    context = {
        "told": told, "made_at": told and parse_datetime(told["created"]), "tables": TABLES, "licence": LICENCE,
        "sizes": {path.name: path.stat().st_size for path in folder(request.committee).iterdir()} if told else {},
        "sums": _sums(request.committee),
    }  # fmt: skip
    return render(request, "portal/opendata.html", context)


@require_safe
@condition(etag_func=_etag)
def file(request, name):
    """One file; a client that has it already is told so."""
    path = _path(request, name)
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type=TYPES.get(path.suffix[1:], TYPES[""]))
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    return response
