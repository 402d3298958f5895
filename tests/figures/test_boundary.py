"""The boundary file: drawn only with its approval number, refused in words, and nothing of it but lines kept."""

import json

import pytest

from shangliang.figures import boundary
from shangliang.shared.refusals import Refused

NO = "渝S（2023）045号"
SQUARE = [[105.5, 29.3], [105.6, 29.3], [105.6, 29.4], [105.5, 29.4], [105.5, 29.3]]


@pytest.fixture
def home(settings, tmp_path, county):
    settings.HOME = tmp_path
    return tmp_path


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(code="500153005", shape="Polygon", at=None, **more):
    at = at if at is not None else [SQUARE]
    return {"type": "Feature", "properties": {"code": code, **more}, "geometry": {"type": shape, "coordinates": at}}


def test_without_a_file_there_is_no_map(home, county):
    assert boundary.current(county) is None


def test_it_is_kept_with_its_number_and_without_anything_else(home, county):
    content = collection(
        feature(phone="13812345678", name="<script>"), feature("500153112000"), feature("500153", "MultiPolygon", [[SQUARE]]),
        feature("500111"), feature("511083"),
    )  # fmt: skip
    assert boundary.install(content, f" {NO} ") == 4
    found = boundary.current(county)
    assert found["approval"] == NO
    assert [one["properties"] for one in found["features"]] == [
        {"code": "500153005", "name": "安富街道"}, {"code": "500153112", "name": "清流镇"},
        {"code": "500153", "name": "荣昌区"},
    ]
    assert "13812345678" not in (home / "boundary.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content, approval, words",
    [
        (collection(feature()), "", "审图号"), (collection(feature()), "无", "审图号"),
        (collection(feature()), "审图号未定（2023）号", "审图号"),
        (b"not json", NO, "GeoJSON"), (b"[" * 100_000, NO, "GeoJSON"), (b"\xff\xfe", NO, "GeoJSON"), (b"{}", NO, "GeoJSON"),
        (b'{"features": [1]}', NO, "GeoJSON"), (b'{"features": [{"properties": null, "geometry": null}]}', NO, "GeoJSON"),
        (collection(), NO, "登记在册"), (collection(feature("999999")), NO, "登记在册"),
        (collection(feature(shape="Point", at=[105.5, 29.3])), NO, "闭合"), (collection(feature(at=[])), NO, "闭合"),
        (collection(feature(at=[SQUARE[:-1]])), NO, "闭合"), (collection(feature(at="x")), NO, "闭合"),
        (collection(feature(shape="MultiPolygon", at=[7])), NO, "闭合"), (collection(feature(at=[7])), NO, "闭合"),
        (collection(feature(at=[[[y, x] for x, y in SQUARE]])), NO, "经度在前"),
        (collection(feature(at=[[["a", "b"]] * 5])), NO, "经度在前"), (collection(feature(at=[[[float("nan"), 29]] * 5])), NO, "经度在前"),
        (collection(feature(at=[[[11750000, 3400000]] * 5])), NO, "经度在前"), (collection(feature(at=[[7] * 5])), NO, "经度在前"),
        (b" " * (5 * 1024 * 1024 + 1), NO, "5 MB"),
    ],
    ids=range(23),
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_last_one_stays(home, county, content, approval, words):
    boundary.install(collection(feature()), NO)
    with pytest.raises(Refused, match=words):
        boundary.install(content, approval)
    assert len(boundary.current(county)["features"]) == 1


def test_too_many_points_are_refused(home, county, monkeypatch):
    monkeypatch.setattr(boundary, "MOST_POINTS", 9)
    with pytest.raises(Refused, match="点太多"):
        boundary.install(collection(feature(), feature("500153112")), NO)


def test_a_county_without_lines_of_its_own_has_no_map(home, county):
    boundary.install(collection(feature("511083")), NO)
    assert boundary.current(county) is None
