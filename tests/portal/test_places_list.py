"""The public list of places: what is open, narrowed by the address, in a fixed number of queries."""

import pytest

from shangliang.venues import commands as venues
from tests import factories


@pytest.fixture
def yards(committee, village, other_village):
    """Three courtyards in two towns, one of them closed."""
    made = [
        factories.courtyard(village, committee=committee, name="桂花院子"),
        factories.courtyard(other_village, committee=committee, name="竹林湾小院"),
        factories.courtyard(village, committee=committee, name="老水井小院"),
    ]
    venues.close_venue(by=factories.clerk_of_register(committee), venue=made[2])
    return made


def names(client, query=""):
    page = client.get(f"/places/{query}")
    assert page.status_code == 200
    return [name for name in ("桂花院子", "竹林湾小院", "老水井小院") if name in page.content.decode()]


def test_the_open_places_are_listed_and_narrowed(yards, client):
    assert names(client) == ["桂花院子", "竹林湾小院"]
    assert names(client, "?town=500153112") == ["竹林湾小院"]
    assert names(client, "?q=桂花") == ["桂花院子"]
    assert names(client, "?kind=courtyard") == ["桂花院子", "竹林湾小院"]
    assert names(client, "?kind=studio") == []


@pytest.mark.parametrize("query", ["?town=999999999", "?kind=nonsense", "?page=99", "?q=%00", "?page=x"])
def test_what_makes_no_sense_is_left_out(query, yards, client):
    assert names(client, query) == ["桂花院子", "竹林湾小院"]


def test_the_list_needs_the_same_queries_for_one_place_as_for_many(
    committee, village, client, django_assert_max_num_queries
):
    factories.courtyard(village, committee=committee)
    client.get("/places/")
    with django_assert_max_num_queries(6):
        client.get("/places/")
    for n in range(12):
        factories.courtyard(village, committee=committee, name=f"第{n}院")
    with django_assert_max_num_queries(6):
        client.get("/places/")
