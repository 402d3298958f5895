"""What the pages of the four carriers cost: milliseconds of CPU beside the barest code that reads the same rows.

    python bench/carriers.py             one JSON line per promise; status 1 if one does not hold
    python bench/carriers.py --plant     the same with an N+1 put into each measurement: it must turn red

Each promise is one function of PROMISES: it fills what it needs into a new database, gives what is measured, its bare
peer and the limit. Product and peer take turns; a value is the median of the rounds. Nothing leaves the machine.
"""

import sys

# Another file of this folder is called http: nobody who wants Python's own may find it.
sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import datetime as dt
import gc
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

ROUNDS = 15
YARDS, MEMBERS, LINKS = 5_000, 300, 5_500


@dataclass
class Promise:
    """One measurement: the product's work and the peer's, the most milliseconds of CPU and the most queries."""

    measure: str
    ours: Callable
    peer: Callable
    limit: float
    queries: int


@dataclass
class County:
    """The committee on which everything is measured, and whoever looks."""

    committee: object
    office: object
    today: dt.date


def coverage(county, plant) -> Promise:
    """Coverage of 5,000 courtyards by 300 members: the picture's tiles, the table's rows, suggestions and spread."""
    from shangliang.desk.coverage import Picture
    from shangliang.venues.coverage import coverage as read
    from shangliang.venues.models import Venue
    from shangliang.visits.queries import last_visits

    fill_courtyards(county)

    def ours():
        mine = Venue.objects.visible_to(county.office)
        found = read(mine, county.today)
        last = last_visits(mine.open_courtyards(), county.today)
        picture = Picture(found, last, county.today)
        if plant:
            for yard in found.yards:
                list(Venue.objects.get(pk=yard.pk).links.values_list("member"))
        assert sum(tile.total for tile in picture.tiles()) == YARDS
        assert len(picture.listed("", "")) == YARDS
        assert sum(n for _load, n in found.spread()) == MEMBERS
        return found.suggestions(), found.median()

    measure = f"coverage, {YARDS} courtyards, {MEMBERS} members, {LINKS} links"
    return Promise(measure, ours, bare_coverage(county), 100, 4)


def bare_coverage(county):
    """The same rows through a bare cursor into plain dicts."""
    from django.db import connection

    yards = """SELECT v.id, v.code, v.name, v.households, r.code, r.full_name, p.name FROM venues_venue v
    JOIN regions_region r ON r.id = v.region_id LEFT JOIN regions_region p ON p.id = r.parent_id
    WHERE v.committee_id = %s AND v.kind = 'courtyard' AND v.closed_on IS NULL ORDER BY r.code, v.name"""
    links = """SELECT venue_id, member_id FROM people_contactlink
    WHERE committee_id = %s AND kind = 'member_courtyard' AND until IS NULL"""
    members = "SELECT id, name, sector FROM people_member WHERE committee_id = %s ORDER BY sector, name"
    visits = """SELECT venue_id, MAX("on") FROM visits_visit
    WHERE committee_id = %s AND state = 'made' GROUP BY venue_id"""

    def peer():
        tables = []
        with connection.cursor() as cursor:
            for sql in (yards, links, members, visits):
                cursor.execute(sql, [county.committee.pk])
                tables.append(cursor.fetchall())
        serving: dict[int, list] = {}
        for venue, member in tables[1]:
            serving.setdefault(venue, []).append(member)
        return [(row, serving.get(row[0], ())) for row in tables[0]]

    return peer


def fill_courtyards(county) -> None:
    """Courtyards over all villages, two in a hundred with nobody; one in two was visited."""
    from shangliang.people.models import ContactLink, Member
    from shangliang.regions.models import Region
    from shangliang.venues.models import Venue
    from shangliang.visits.models import Visit

    committee, since = county.committee, county.today - dt.timedelta(days=400)
    villages = list(Region.objects.within(committee.region.code).filter(level=Region.Level.VILLAGE))
    yards = Venue.objects.bulk_create(
        Venue(committee=committee, code=f"K{n:05}", kind="courtyard", name=f"第{n}小院", region=village, households=18,
              opened_on=since)
        for n, village in enumerate(islice(cycle(villages), YARDS))
    )  # fmt: skip
    members = Member.objects.bulk_create(
        Member(committee=committee, name=f"委员{n}", sector=f"界别{n % 23}", term=15, term_from=since)
        for n in range(MEMBERS)
    )
    served = [yard for n, yard in enumerate(yards) if n % 50]
    pairs = zip(islice(cycle(served), LINKS), cycle(members), strict=False)
    ContactLink.objects.bulk_create(
        ContactLink(committee=committee, kind="member_courtyard", member=member, venue=yard, since=since)
        for yard, member in pairs
    )
    days = (county.today - dt.timedelta(days=n % 300) for n in range(YARDS))
    Visit.objects.bulk_create(
        Visit(committee=committee, venue=yard, on=day, state="made", entered_by=county.office)
        for yard, day in zip(yards[::2], days, strict=False)
    )


#: One function for each promise; it is called with the county and whether an N+1 is planted.
PROMISES = [coverage]


def establish() -> County:
    """An empty installation with its committee and one account of its office."""
    from bench.county import register
    from shangliang.people.commands import grant_role, open_account
    from shangliang.people.models import Committee
    from shangliang.people.tenancy import within
    from shangliang.setup import establish
    from shangliang.shared import clock

    establish(register.CODE, "基准测试区政协", "基准政协", register.COUNTY, "023-46780000", "bench-security")
    committee = Committee.objects.select_related("region").get(code=register.CODE)
    with within(committee):
        guard = committee.accounts.get()
        office = open_account(by=guard, committee=committee, username=register.OFFICE, name="办公室")
        grant_role(by=guard, account=office, role="committee_office")
    return County(committee, office, clock.today())


def measure(promise) -> bool:
    """Print one line; true when the promise holds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    promise.ours(), promise.peer()
    with CaptureQueriesContext(connection) as caught:
        promise.ours()
    values: tuple[list, list] = ([], [])
    for _round in range(ROUNDS):
        for kept, work in zip(values, (promise.ours, promise.peer), strict=True):
            gc.collect()  # what a round before left behind is not this one's
            began = time.process_time()
            work()
            kept.append((time.process_time() - began) * 1000)
    ours, peer = map(statistics.median, values)
    holds = ours <= promise.limit and len(caught) <= promise.queries
    told = {
        "bench": "carriers", "measure": promise.measure, "value": round(ours, 2), "unit": "ms CPU",
        "peer": round(peer, 2), "ratio": round(ours / peer, 1), "limit": promise.limit, "queries": len(caught),
        "most_queries": promise.queries, "holds": holds,
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return holds


def main(plant: bool) -> bool:
    """Measure everything; true when every promise holds."""
    with tempfile.TemporaryDirectory(prefix="shangliang-bench-") as home:
        os.environ |= {"SHANGLIANG_HOME": home, "DJANGO_SETTINGS_MODULE": "shangliang.settings"}
        os.environ.pop("SHANGLIANG_DATABASE", None)
        import django

        django.setup()
        from django.db import connection

        from shangliang.people.tenancy import within

        county = establish()
        with within(county.committee):
            kept = [measure(promise(county, plant)) for promise in PROMISES]
        connection.close()
    return all(kept)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What the pages of the carriers cost.")
    parser.add_argument("--plant", action="store_true", help="put an N+1 into the measurements, to see this turn red")
    sys.exit(not main(parser.parse_args().plant))
