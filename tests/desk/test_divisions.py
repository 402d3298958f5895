"""Residents and lines entered at the desk: by the office alone, checked, entered in the journal, shown at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.figures import boundary, commands
from shangliang.journal.models import Entry
from shangliang.people.roles import Role
from shangliang.regions.census import residents
from shangliang.shared.refusals import Refused
from tests.figures.test_boundary import NO, collection, feature

CENSUS = {"step": "census", "region": "500153112", "residents": "20000", "year": "2020", "source": "第七次人口普查公报"}


@pytest.fixture
def office(account, settings, tmp_path):
    settings.HOME = tmp_path
    return account(Role.COMMITTEE_OFFICE)


def lines(content, approval=NO):
    return {"step": "boundary", "approval": approval, "file": SimpleUploadedFile("a.geojson", content)}


def test_residents_are_entered_with_year_and_source_and_count_at_once(committee, office, client_as):
    client = client_as(office)
    assert client.post("/desk/divisions/", CENSUS).status_code == 302
    client.post("/desk/divisions/", CENSUS | {"region": "500153005", "residents": "3"})
    client.post("/desk/divisions/", CENSUS | {"residents": "20001"})  # in place of the first
    found = residents()
    assert (found["500153112"].residents, found["500153112"].year, found["500153005"].residents) == (20001, 2020, 3)
    assert Entry.objects.filter(event="figures.census_entered").count() == 3
    assert "第七次人口普查公报" in client.get("/desk/divisions/").content.decode()
    assert "20001" in client.get("/fairness/?town=500153112").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"residents": "0"}, {"residents": "x"}, {"year": "2999"}, {"source": " "}, {"region": "511083"},
              {"source": "找 13812345678"}, {"step": "other"}],
)  # fmt: skip
def test_what_is_no_census_is_refused_beside_its_field(committee, office, client_as, wrong):
    answer = client_as(office).post("/desk/divisions/", CENSUS | wrong)
    assert answer.status_code == 422 and not Entry.objects.filter(event="figures.census_entered").exists()
    assert "500153112" not in residents()


def test_lines_are_drawn_with_their_number_for_the_own_county_alone(committee, office, client_as):
    client = client_as(office)
    content = collection(feature(), feature("511083"))
    assert client.post("/desk/divisions/", lines(content)).status_code == 302
    drawn = boundary.current(committee.region)
    assert drawn["approval"] == NO and [one["properties"]["code"] for one in drawn["features"]] == ["500153005"]
    entry = Entry.objects.get(event="figures.boundary_drawn")
    assert json.loads(entry.data)["approval"] == NO and NO in client.get("/desk/divisions/").content.decode()
    assert client.get("/dashboard/boundary.geojson").json()["approval"] == NO


@pytest.mark.parametrize(
    "content, approval",
    [(b"{}", NO), (collection(feature("511083")), NO), (collection(feature()), "没有"),
     (b" " * (boundary.MOST_BYTES + 1), NO), (collection(feature(at=[[[1, 2], [3, 4]]])), NO)],
)  # fmt: skip
def test_lines_that_may_not_be_drawn_are_refused_in_words(committee, office, client_as, content, approval):
    answer = client_as(office).post("/desk/divisions/", lines(content, approval))
    assert answer.status_code == 422 and boundary.current(committee.region) is None
    assert not Entry.objects.filter(event="figures.boundary_drawn").exists()


def test_nobody_but_the_office_enters_them(committee, county, account, client_as):
    for role in (Role.OFFICE_STAFF, Role.REVIEWER, Role.SYSTEM_ADMIN):
        who = account(role)
        assert client_as(who).post("/desk/divisions/", CENSUS).status_code in (403, 404)
        with pytest.raises(Refused):
            commands.enter_census(
                by=who, committee=committee, region=committee.region, year=2020, residents=9, source="x"
            )
        with pytest.raises(Refused):
            commands.draw_boundary(by=who, committee=committee, content=collection(feature()), approval=NO)
