"""The bundle: whole, for anybody to count again, of one moment, and nobody in it."""

import csv
import hashlib
import json
import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest

from shangliang.consultations.models import Attendance
from shangliang.figures import opendata
from shangliang.figures.opendata import make
from shangliang.figures.recount import Journal, compare
from shangliang.figures.tables import TABLES
from shangliang.people.tenancy import within
from shangliang.proposals import commands as proposals
from shangliang.studios import commands as studios
from shangliang.topics.models import Topic
from shangliang.venues.commands import open_venue, update_venue
from shangliang.venues.models import Venue
from tests.journeys import walk
from tests.proposals.conftest import WORDS

CANARIES = ("金丝雀", "13900001111", "500153199001011234", "第九根灯杆后面第三家")


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def bundle(home, committee, courtyard, rated, voice):
    """The bundle of a rated matter and of a voice full of what must not leave the house."""
    with within(committee):
        walk.report(
            committee, courtyard, key="c" * 40, name=CANARIES[0], phone=CANARIES[1], place_note=CANARIES[3],
            text=f"我叫{CANARIES[0]}，证号{CANARIES[2]}，电话{CANARIES[1]}，灯坏了。",
        )
        return make(committee)


def recompute(folder):
    return subprocess.run([sys.executable, "-I", folder / "recompute.py"], capture_output=True, text=True)


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def test_the_figures_follow_from_the_tables_alone(bundle):
    done = recompute(bundle)
    assert done.returncode == 0, done.stdout[-800:]
    assert "0 differ" in done.stdout and "attendances" in done.stdout
    values = {row["figure"]: row["value"] for row in rows(bundle, "figures") if not (row["year"] or row["town"] or row["carrier"])}
    assert (values["voices"], values["attendances"], values["solved"]) == ("3", "7", "1")


@pytest.mark.parametrize("name", ["voices", "attendances", "cases", "consultations", "tasks", "agreements"])
def test_a_row_taken_out_of_any_table_is_noticed(bundle, name):
    path = bundle / f"{name}.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8-sig")
    done = recompute(bundle)
    assert done.returncode in (1, 2) and ("DIFFERS" in done.stdout or "cannot be read" in done.stderr)


def test_a_missing_file_is_not_called_a_difference(bundle):
    (bundle / "voices.csv").unlink()
    assert recompute(bundle).returncode == 2


def test_nobody_is_in_it(bundle):
    for path in bundle.iterdir():
        if path.suffix == ".parquet":
            told = str(duckdb.read_parquet(str(path)).fetchall())
        else:
            told = path.read_text(encoding="utf-8")
        for canary in (*CANARIES, "毛某", "宪某", "13812345678", "没有路灯，天黑"):
            assert canary not in told, (path.name, canary)


def test_what_is_not_decided_is_not_in_it_and_the_figures_still_follow(
    home, committee, rated, member_account, office_staff, courtyard
):
    with within(committee):
        draft = proposals.draft(by=member_account, committee=committee, **WORDS)
        place = open_venue(
            by=office_staff, committee=committee, code="GZ9", kind="studio", name="筹备工作室", region=courtyard.region
        )
        update_venue(
            by=office_staff, venue=place, address="", group_no="", households=None, phone="", why="补坐标",
            latitude=Decimal("29.4"), longitude=Decimal("105.6"),
        )
        studios.establish(by=office_staff, committee=committee, venue=place, name="筹备工作室", kind="area")
        topic = Topic.objects.first()
        Topic.objects.create(
            committee=committee, case=draft.case, region=topic.region, state="proposed", category=topic.category,
            proposed_on=topic.proposed_on,
        )
        folder = make(committee)
        differing = [row.key for row in compare(Journal(committee)) if not row.agrees and row.key != "topics"]
    told = "".join(path.read_text(encoding="utf-8-sig") for path in folder.iterdir() if path.suffix in (".csv", ".geojson"))
    assert draft.case.no not in told and "筹备工作室" not in told and "GZ9" not in told
    assert rated.no in told and len(rows(folder, "topics")) == 1
    assert recompute(folder).returncode == 0 and differing == []


def test_a_courtyards_name_and_point_stay_in_the_house(bundle, courtyard):
    Venue.objects.filter(pk=courtyard.pk).update(latitude="29.4", longitude="105.6")
    with within(courtyard.committee):
        folder = make(courtyard.committee)
    assert courtyard.name not in (folder / "places.geojson").read_text(encoding="utf-8")
    assert courtyard.name not in (folder / "places.csv").read_text(encoding="utf-8")


def test_the_three_formats_hold_the_same_and_the_sums_are_right(bundle):
    for table in TABLES:
        names = [column.name for column in table.columns]
        sheet = rows(bundle, table.name)
        lines = [json.loads(line) for line in (bundle / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
        parquet = duckdb.read_parquet(str(bundle / f"{table.name}.parquet"))
        assert parquet.columns == names
        as_text = [[str(row[name]) for name in names] for row in lines]
        assert [[row[name] for name in names] for row in sheet] == as_text
        assert [[str(value) for value in row] for row in parquet.fetchall()] == as_text
    for line in (bundle / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest


def test_the_package_describes_every_table(bundle):
    package = json.loads((bundle / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        assert resource["hash"] == "sha256:" + hashlib.sha256((bundle / resource["path"]).read_bytes()).hexdigest()
        assert all(field["description"] for field in resource["schema"]["fields"])
    readme = (bundle / "README.md").read_text(encoding="utf-8")
    assert all(f"## {table.name}" in readme for table in TABLES)


def test_what_is_entered_while_it_is_made_makes_it_be_made_again(home, committee, courtyard, monkeypatch):
    real, times = opendata._figures, []

    def slow(made):
        if not times:
            walk.report(committee, courtyard, key="late" * 10)
        times.append(1)
        real(made)

    monkeypatch.setattr(opendata, "_figures", slow)
    with within(committee):
        folder = make(committee)
    assert len(times) == 2 and recompute(folder).returncode == 0
    assert len(rows(folder, "voices")) == 1


def test_a_text_that_looks_like_a_formula_stays_a_text(home, committee):
    assert opendata._safe("=1+1") == "'=1+1" and opendata._safe("") == "" and opendata._safe(7) == 7


def test_memory_does_not_hold_the_rows(home, committee, rated):
    with within(committee):
        table = next(table for table in TABLES if table.name == "attendances")
        assert next(table.read()) and Attendance.objects.count() == 7
        assert not isinstance(table.read(), list)


# --- the pages ---


def test_the_page_lists_the_tables_and_each_file_comes_from_its_address(browser, bundle):
    page = browser.get("/open-data/").content.decode()
    for table in TABLES:
        assert f"/open-data/{table.name}.csv" in page
    answer = browser.get("/open-data/voices.csv")
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == (bundle / "voices.csv").read_bytes()
    again = browser.get("/open-data/voices.csv", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_before_the_first_night_the_page_says_so(browser, home, committee):
    assert "今夜就会有" in browser.get("/open-data/").content.decode()
    assert browser.get("/open-data/voices.csv").status_code == 404


@pytest.mark.parametrize("name", ["../shangliang.sqlite3", "..%2fsecrets", "secrets", "voices.csv%00", ".env", "voices"])
def test_nothing_else_can_be_fetched(browser, bundle, name):
    assert browser.get(f"/open-data/{name}").status_code == 404
