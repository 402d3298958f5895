"""A place opens in a map app: WGS-84 for any, GCJ-02 for 高德; a courtyard in none."""

from shangliang.venues.models import Venue

from .conftest import text


def test_a_place_opens_in_a_map_app_and_a_courtyard_does_not(browser, committee, courtyard):
    rows = Venue.objects.filter(pk=courtyard.pk)
    rows.update(latitude="31.177428", longitude="121.527211", kind="room")
    page = text(browser.get(f"/places/{courtyard.code}/"))
    assert 'href="geo:31.177428,121.527211"' in page
    assert "https://uri.amap.com/marker?position=121.531542%2C31.175304&amp;" in page and "coordinate=gaode" in page
    for fields in ({"kind": "courtyard"}, {"kind": "room", "latitude": None, "longitude": None}):
        rows.update(**fields)
        page = text(browser.get(f"/places/{courtyard.code}/"))
        assert "geo:" not in page and "amap" not in page
