"""The shift agrees with known pairs within a metre, and leaves the rest of the world where it is."""

from math import cos, hypot, radians

import pytest

from shangliang.shared.gcj02 import from_wgs84


@pytest.mark.parametrize(
    "wgs, gcj",
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_pairs_agree_within_a_metre(wgs, gcj):
    longitude, latitude = from_wgs84(*wgs)
    metres = hypot((longitude - gcj[0]) * cos(radians(latitude)), latitude - gcj[1]) * 111_320
    assert metres < 1


@pytest.mark.parametrize("point", [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9), (139.7, 35.7), (0, 0)])
def test_outside_china_nothing_moves(point):
    assert from_wgs84(*point) == point
