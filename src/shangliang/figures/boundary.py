"""The boundary file: lines of the county and its towns, drawn only with the approval number (审图号) of their map.

The product brings no lines: in mainland China a map for the public needs an approved source. Whoever runs the
installation supplies one (GeoJSON, WGS-84 or CGCS2000); without it the pages draw a scheme that is no map.
"""

import json
import math
import os
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ..regions.models import Region
from ..shared.refusals import require

NAME = "boundary.geojson"
MOST_BYTES, MOST_POINTS = 5 * 1024 * 1024, 200_000
#: 审图号, for instance 渝S（2023）045号 or GS(2024)0650号.
APPROVAL = re.compile(r"[A-Z\u4e00-\u9fff]{1,6} ?[(（〔\[]20\d\d[)）〕\]] ?\d{1,6} ?号")
#: Longitudes and latitudes of China; whatever lies outside is another projection, or the two are exchanged.
EAST, NORTH = (73, 136), (3, 54)


def install(content: bytes, approval: str, county: Region | None = None) -> int:
    """Check the file and put it into the installation's home with its number; how many divisions it draws.

    With a county it draws that one and its towns alone and stands before the file of the whole installation, so that
    one committee cannot draw another's. Raises Refused, by the field, with what is wrong, and leaves what was there.
    """
    right = APPROVAL.fullmatch(approval.strip())
    require(right, _("审图号要像“渝S（2023）045号”这样写。"), field="approval")
    features = _features(content, county.code if county else "")
    drawn = {"type": "FeatureCollection", "approval": approval.strip(), "features": features}
    path = _path(county)
    half = path.with_suffix(".part")
    half.write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    os.replace(half, path)
    return len(features)


def current(county: Region) -> dict | None:
    """The lines of this county and its towns with their approval number; None without a file, or without lines here."""
    path = next((path for path in (_path(county), _path()) if path.exists()), None)
    if path is None:
        return None
    found = _read(path, path.stat().st_mtime_ns)
    features = [one for one in found["features"] if one["properties"]["code"].startswith(county.code)]
    return {**found, "features": features} if features else None


def _path(county: Region | None = None) -> Path:
    return settings.HOME / (f"boundary-{county.code}.geojson" if county else NAME)


@lru_cache(maxsize=4)
def _read(path, _changed) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _features(content, within="") -> list[dict]:
    """The features of divisions within a code that the register knows, with nothing but their code, name and lines."""
    require(len(content) <= MOST_BYTES, _("文件太大，请压缩到 5 MB 以内。"), field="file")
    try:
        told = json.loads(content)
        rows = [(one["properties"], one["geometry"]) for one in told["features"]]
        named = [(str(about.get("code") or about.get("adcode") or ""), shape) for about, shape in rows]
        shapes = [(code, {"type": shape["type"], "coordinates": shape["coordinates"]}) for code, shape in named]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        require(False, _("这不是 GeoJSON 的 FeatureCollection，打不开。"), field="file")
    known = dict(Region.objects.within(within).filter(level__in=["county", "town"]).values_list("code", "name"))
    kept, points = [], 0
    for code, shape in shapes:
        short = code if code in known else code[:9] if code[9:] == "000" else ""
        if short in known:
            points += _points(shape)
            require(points <= MOST_POINTS, _("点太多，请先简化界线。"), field="file")
            kept.append({"type": "Feature", "properties": {"code": short, "name": known[short]}, "geometry": shape})
    require(kept, _("文件里没有登记在册的区县或镇街：每个图形要有 code（区划代码）。"), field="file")
    return kept


def _points(shape) -> int:
    """How many points a polygon has; refuses lines that are not closed rings of longitude and latitude in China."""
    rings = shape["coordinates"]
    if shape["type"] == "MultiPolygon" and isinstance(rings, list):
        require(all(isinstance(part, list) for part in rings), _("界线要是闭合的多边形。"), field="file")
        rings = [ring for part in rings for ring in part]
    else:
        require(shape["type"] == "Polygon" and isinstance(rings, list), _("界线要是闭合的多边形。"), field="file")
    for ring in rings:
        closed = isinstance(ring, list) and len(ring) > 3 and ring[0] == ring[-1]
        require(closed, _("界线要是闭合的多边形。"), field="file")
        here = _("坐标要是中国境内的经度在前、纬度在后（WGS-84 或 2000 国家大地坐标系）。")
        require(all(map(_is_here, ring)), here, field="file")
    require(rings, _("界线要是闭合的多边形。"), field="file")
    return sum(map(len, rings))


def _is_here(point) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    if not all(isinstance(value, (int, float)) and math.isfinite(value) for value in point[:2]):
        return False
    return EAST[0] <= point[0] <= EAST[1] and NORTH[0] <= point[1] <= NORTH[1]
