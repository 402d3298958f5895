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


def duty_files(county, plant) -> Promise:
    """The duty files of all members for a district's normal year, each with every line."""
    from django.db import connection

    from shangliang.duties.lines import KINDS
    from shangliang.duties.queries import duty_file, files_of
    from shangliang.people.models import Member

    year = county.today.year - 1
    fill_year(county, year)
    members = list(Member.objects.all())

    def ours():
        files = files_of(year)
        if plant:
            for member in members[:30]:
                duty_file(member, year)
        assert sum(map(len, files.values())) > 8_000
        return files

    def peer():
        sql = """SELECT s.member_id, v.id, v."on", p.name FROM visits_visitmember s
        JOIN visits_visit v ON v.id = s.visit_id JOIN venues_venue p ON p.id = v.venue_id
        WHERE v.committee_id = %s AND v.state = 'made' AND v."on" BETWEEN %s AND %s"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [county.committee.pk, dt.date(year, 1, 1), dt.date(year, 12, 31)])
            return cursor.fetchall()

    return Promise(f"duty files of {len(members)} members, a year", ours, peer, 2000, len(KINDS) + 1)


def fill_year(county, year) -> None:
    """Visits, consultations, briefs, proposals and salons of a normal year (domain: 3,000, 1,000, 700, 400, 20)."""
    from django.utils import timezone

    from shangliang.briefs.models import Brief
    from shangliang.people.models import Member
    from shangliang.salons.models import Guest, Salon
    from shangliang.venues.models import Venue
    from shangliang.visits.models import Visit, VisitMember

    committee, office = county.committee, county.office
    members, yards = list(Member.objects.all()), list(Venue.objects.all()[:1000])
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n % 360) for n in range(3000)]
    visits = Visit.objects.bulk_create(
        Visit(committee=committee, venue=yard, on=day, state="made", entered_by=office)
        for yard, day in zip(cycle(yards), days, strict=False)
    )
    VisitMember.objects.bulk_create(
        VisitMember(committee=committee, visit=visit, member=member)
        for visit, member in zip(visits, cycle(members), strict=False)
    )
    fill_sittings(county, members, yards[0], days)
    now = timezone.now()
    Brief.objects.bulk_create(
        Brief(committee=committee, category="rural", member=member, entered_by=office, written_on=day, submitted_on=day,
              state="submitted", title=f"第{n}篇", situation="情况", advice="建议", changed_at=now)
        for n, (member, day) in enumerate(zip(cycle(members), days[:700], strict=False))
    )  # fmt: skip
    salons = Salon.objects.bulk_create(
        Salon(committee=committee, state="held", series="economy", theme=f"沙龙{n}", place="会议室",
              office=committee_office(committee), starts_at=moment(days[n * 15]))
        for n in range(20)
    )  # fmt: skip
    Guest.objects.bulk_create(
        Guest(committee=committee, salon=salon, role="member", attended=True,
              member=members[(n * 20 + k) % len(members)])
        for n, salon in enumerate(salons) for k in range(20)
    )  # fmt: skip


def committee_office(committee):
    """The one office that hosts."""
    from shangliang.people.models import Office

    return Office.objects.get_or_create(committee=committee, name="经济委员会")[0]


def moment(day):
    """Nine in the morning of a day."""
    from django.utils import timezone

    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def fill_sittings(county, members, yard, days) -> None:
    """A hundred consultations with ten members each, and four hundred proposals with two signatures each."""
    from django.utils import timezone

    from shangliang.cases.models import Case
    from shangliang.consultations.models import Attendance, Consultation
    from shangliang.proposals.models import Proposal, Signer
    from shangliang.topics.models import Topic

    committee, office, now = county.committee, county.office, timezone.now()
    cases = Case.objects.bulk_create(
        Case(committee=committee, no=f"BB-2000-{n:05}", region=yard.region, opened_on=days[0], updated_at=now)
        for n in range(500)
    )
    topics = Topic.objects.bulk_create(
        Topic(committee=committee, case=case, title=f"议题{n}", category="service", region=yard.region,
              proposed_on=days[n])
        for n, case in enumerate(cases[:100])
    )  # fmt: skip
    sittings = Consultation.objects.bulk_create(
        Consultation(committee=committee, case=topic.case, topic=topic, state="held", carrier="room", venue=yard,
                     starts_at=moment(days[n * 3]), convener=office, host=office, recorder=office)
        for n, topic in enumerate(topics)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(committee=committee, consultation=sitting, role="member", status="present", person=f"m{n}-{k}",
                   member=members[(n * 10 + k) % len(members)])
        for n, sitting in enumerate(sittings) for k in range(10)
    )  # fmt: skip
    proposals = Proposal.objects.bulk_create(
        Proposal(committee=committee, case=case, state="submitted", title=f"提案{n}", reason="案由", advice="建议",
                 category=Proposal.Category.values[0], year=days[0].year, drafted_on=days[n], submitted_on=days[n],
                 proposer=members[n % len(members)])
        for n, case in enumerate(cases[100:])
    )  # fmt: skip
    Signer.objects.bulk_create(
        Signer(committee=committee, proposal=proposal, member=members[(n + k) % len(members)], lead=k == 0,
               invited_on=days[n], signed_on=days[n])
        for n, proposal in enumerate(proposals) for k in range(2)
    )  # fmt: skip


def public_pages(county, plant) -> Promise:
    """The public pages of the carriers together: platforms, places, studios, salons, results."""
    from django.test import Client

    from shangliang.venues.models import Venue

    browser = Client(HTTP_HOST="127.0.0.1")
    pages = ("/platforms/", "/places/", "/studios/", "/salons/", "/results/")

    def ours():
        for page in pages:
            assert browser.get(page).status_code == 200, page
        if plant:
            for yard in Venue.objects.all()[:400]:
                list(yard.cases.all())

    def peer():
        for _page in pages:
            browser.get("/healthz")

    return Promise("five public pages of the carriers", ours, peer, 120, 26)


#: One function for each promise; it is called with the county and whether an N+1 is planted.
PROMISES = [coverage, duty_files, public_pages]


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
    queries = len(caught)  # now: a request of a later round empties the log
    values: tuple[list, list] = ([], [])
    for _round in range(ROUNDS):
        for kept, work in zip(values, (promise.ours, promise.peer), strict=True):
            gc.collect()  # what a round before left behind is not this one's
            began = time.process_time()
            work()
            kept.append((time.process_time() - began) * 1000)
    ours, peer = map(statistics.median, values)
    holds = ours <= promise.limit and queries <= promise.queries
    told = {
        "bench": "carriers", "measure": promise.measure, "value": round(ours, 2), "unit": "ms CPU",
        "peer": round(peer, 2), "ratio": round(ours / peer, 1), "limit": promise.limit, "queries": queries,
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
