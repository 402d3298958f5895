"""How fast a figure is counted over a heavy municipality-year: 600,000 voices and 1.1 million attendances.

    python bench/figures.py                     SQLite, and PostgreSQL where it can be started; JSON lines
    python bench/figures.py --part 0.05         a twentieth of the size
    python bench/figures.py --plant             every limit divided by a hundred: it must turn red

Each line: the value in ms (or s), beside the same question as bare SQL on the same connection and to DuckDB on the same
data as Parquet. The whole, one town, one quarter, and one town in one quarter are asked, each three times; the slowest
figure of each kind is told with its median.
"""

import sys

sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import contextlib
import datetime as dt
import json
import os
import random
import re
import resource
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

VOICES, ATTENDANCES, MEETINGS = 600_000, 1_100_000, 114_000
ASKED = ("voices", "topics", "consultations", "attendances", "persons", "solved", "silent", "published")
LIMITS = {"sqlite": 1000, "postgresql": 300}
OF_MEETINGS = (
    " FROM consultations_attendance a JOIN consultations_consultation m ON m.id = a.consultation_id"
    " WHERE a.committee_id = {c} AND a.status = 'present' AND m.state = 'reported'"
)
#: The same question in bare SQL.
BARE = {
    "voices": "SELECT count(*) FROM voices_voice WHERE committee_id = {c}",
    "attendances": "SELECT count(*)" + OF_MEETINGS,
    "persons": "SELECT count(DISTINCT a.person)" + OF_MEETINGS,
}


def line(measure, value, unit, limit, peer, holds, **more):
    told = {
        "bench": "figures", "measure": measure, "value": round(value, 2), "unit": unit, "limit": limit,
        "peer": peer and round(peer, 3), "ratio": peer and round(value / peer, 1), "holds": holds, **more,
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return holds


def write(model, rows):
    """Enter rows (dictionaries by column) past the ORM, which takes a fifth of a millisecond for each."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    first, *_rest = head = list(islice(rows, 1))
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and f.attname not in first)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # PostgreSQL is given the rows by COPY, which is what one uses for so many.
    known = [f for f in fields if f.has_default() or f.blank]
    told = dict.fromkeys([f.attname for f in fields]) | {
        f.attname: f.get_db_prep_save(f.get_default(), connection) for f in known
    }  # fmt: skip
    turn = [(f.attname, f.get_db_prep_save if isinstance(first.get(f.attname), dt.date) else None) for f in fields]

    def line(row):
        full = told | row
        return tuple(
            adapt(full[name], connection) if adapt and full[name] is not None else full[name] for name, adapt in turn
        )

    with transaction.atomic(), connection.cursor() as cursor:
        everything = chain(head, rows)
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                for row in everything:
                    copy.write_row(line(row))
            for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(sql)
            return
        sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"
        while batch := [line(row) for row in islice(everything, 20_000)]:
            cursor.executemany(sql, batch)


@dataclass
class World:
    """What the rows refer to."""

    kept: object
    places: list
    picks: list
    days: list
    first: dt.date = dt.date(2025, 1, 1)
    start: dt.datetime = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)

    def day(self, n, later=0):
        """The day of the n-th matter, or so many later, within the year."""
        return self.first + dt.timedelta(min(self.days[n] + later, 364))

    def row(self, n, **fields):
        """A row of the n-th matter's case."""
        return {"committee_id": self.kept.committee.pk, "case_id": n + 1, **fields}


def of_matters(world, number):
    """Cases, voices and ratings: a twentieth is public, a third is closed, a sixth is rated."""
    from shangliang.cases.models import Case
    from shangliang.outcomes.models import Rating
    from shangliang.voices.models import Voice

    chance, committee = random.Random(2), world.kept.committee.pk
    write(Case, (
        {
            "id": n + 1, "committee_id": committee, "no": f"BN-2025-{n + 1:06}",
            "region_id": world.places[world.picks[n]][0].pk,
            "opened_on": world.day(n), "updated_at": world.start, "stage": "voice" if n % 3 else "ended",
            "state": "private" if n % 20 else "published", "title": "" if n % 20 else "一件事",
            "published_on": None if n % 20 else world.day(n, 20),
        } for n in range(number)
    ))  # fmt: skip
    write(Voice, (
        world.row(
            n, id=n + 1, region_id=world.places[world.picks[n]][0].pk, channel="qr", text="灯不亮了，晚上看不见路。",
            receipt=f"r{n:063}", state="answered" if n % 3 else "closed", outcome_words="修好了",
            reported_at=world.start + dt.timedelta(days=world.days[n], minutes=n % 900),
        ) for n in range(number)
    ))  # fmt: skip
    values = ("satisfied", "mostly", "not")
    write(Rating, (
        world.row(n, voice_id=n + 1, said="receipt", rated_at=world.start, value=chance.choice(values))
        for n in range(0, number, 6)
    ))  # fmt: skip


def of_meetings(world, number, came):
    """Topics, consultations and who came: each person comes three times on average."""
    from shangliang.consultations.models import Attendance, Consultation
    from shangliang.topics.models import Topic

    office, carriers = world.kept.office.pk, ["courtyard", "room", "studio", "joint_room"]
    write(Topic, (
        world.row(
            n, id=n + 1, title="议题", summary="一件事", state="closed", category="service", proposed_on=world.day(n),
            region_id=world.places[world.picks[n]][0].pk,
        ) for n in range(number)
    ))  # fmt: skip
    write(Consultation, (
        world.row(
            n, id=n + 1, topic_id=n + 1, state="reported", carrier=carriers[n % 4], issued_on=world.first,
            host_id=office, venue_id=world.places[world.picks[n]][1].pk, convener_id=office, recorder_id=office,
            starts_at=world.start + dt.timedelta(days=world.days[n], hours=3),
        ) for n in range(number)
    ))  # fmt: skip
    chance, each, people = random.Random(3), came // number, range(came // 3)
    write(Attendance, (
        {
            "committee_id": world.kept.committee.pk, "consultation_id": n + 1, "role": "stakeholder",
            "status": "present", "person": f"{who:064x}",
        } for n in range(number) for who in chance.sample(people, each)
    ))  # fmt: skip


def fill(share):
    """A year of records; only what figures read is filled with care."""
    from bench.county import register

    chance, number = random.Random(1), int(VOICES * share)
    kept = register.keep(dt.date(2024, 12, 30))
    places = [(village, kept.venues[village.pk]) for village in kept.villages]
    picks = [chance.randrange(len(places)) for _n in range(number)]
    world = World(kept, places, picks, [chance.randrange(365) for _n in range(number)])
    of_matters(world, number)
    of_meetings(world, int(MEETINGS * share), int(ATTENDANCES * share))
    return kept.committee


def came_in(committee, number):
    """So many voices after the fill, through the command: the columns lag behind them."""
    from shangliang.people.actors import ANYONE
    from shangliang.regions.models import Region
    from shangliang.voices.commands import receive

    village = Region.objects.within(committee.region.code).filter(level="village").first()
    for _n in range(number):
        receive(by=ANYONE, committee=committee, key=f"{random.getrandbits(160):x}", channel="qr", text="灯不亮了。",
                region=village)  # fmt: skip


def scopes(committee):
    from shangliang.figures.counting import Scope
    from shangliang.regions.models import Region

    town = Region.objects.within(committee.region.code).filter(level="town").order_by("code")[5]
    spring = {"since": dt.date(2025, 4, 1), "until": dt.date(2025, 6, 30)}
    return {"whole": Scope(), "one town": Scope(region=town), "one quarter": Scope(**spring),
            "one town in one quarter": Scope(region=town, **spring)}  # fmt: skip


def timed(ask, times=3):
    """(median ms, answer)."""
    spent = []
    for _n in range(times):
        began = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), answer


def _bare(key, committee):
    """The same question as bare SQL on the same connection; None where it is not written down."""
    from django.db import connection

    if key not in BARE:
        return None
    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute(BARE[key].format(c=committee.pk)) and cursor.fetchone())[0]


def of_duckdb(folder, key):
    """The same question to DuckDB on the bundle's Parquet; persons are not in the bundle."""
    import duckdb

    sql = {
        "voices": "SELECT count(*) FROM voices",
        "attendances": "SELECT count(*) FROM attendances a JOIN consultations m ON m.id = a.consultation",
    }.get(key)
    if sql is None:
        return None
    with duckdb.connect() as db:
        for name in ("voices", "attendances", "consultations"):
            db.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder}/{name}.parquet'")
        return timed(lambda: db.execute(sql).fetchone())[0]


def measure(vendor, committee, plant):
    """Every promise on this database; whether all hold."""
    from django.test import Client

    from shangliang.figures import columns, counting
    from shangliang.figures.definitions import BY_KEY, FIGURES
    from shangliang.figures.fairness import ROLES
    from shangliang.figures.flow import COUNTED
    from shangliang.figures.opendata import folder
    from shangliang.journal.models import Head
    from shangliang.people.tenancy import within
    from shangliang.shared import clock

    held, limit = [], LIMITS[vendor] / (100 if plant else 1)
    with within(committee):
        came_in(committee, 1)
        began, before = time.perf_counter(), _peak(begin=True)
        columns.write(committee, [*FIGURES, *COUNTED, ROLES], Head.objects.get())
        line(f"{vendor}: writing the columns", time.perf_counter() - began, "s", None, None, True,
             peak_mb=round(_peak()), before_mb=round(before))
        came_in(committee, columns.BEHIND // 2)
        spent, peak = bundled()
        most = {"s": 180 / (100 if plant else 1), "MB": 500 / (100 if plant else 1)}
        held.append(line(f"{vendor}: open-data bundle", spent, "s", most["s"], None, spent <= most["s"]))
        held.append(line(f"{vendor}: memory of the bundle", peak, "MB", most["MB"], None, peak <= most["MB"]))
        bundle = folder(committee)
        for name, scope in scopes(committee).items():
            ms, number, key = max((*timed(partial(counting.value, BY_KEY[key], scope)), key) for key in ASKED)
            bare = _bare(key, committee) if name == "whole" else None
            told = {"figure": key, "counted": number}
            held.append(line(f"{vendor}: {name}, slowest figure", ms, "ms", limit, bare, ms <= limit, **told))
        slow = []
        for key in ASKED:
            came_in(committee, 1)
            slow.append((*timed(partial(counting.value, BY_KEY[key]), 1), key))
        ms, number, key = max(slow)
        held.append(line(f"{vendor}: whole, just after an entry, slowest figure", ms, "ms", limit, None, ms <= limit,
                         figure=key, counted=number))
        for key in ("voices", "attendances"):
            ms, number = timed(partial(counting.value, BY_KEY[key]))
            peer = of_duckdb(bundle, key)
            held.append(line(f"{vendor}: {key} beside DuckDB", ms, "ms", limit, peer, ms <= limit, counted=number))
        whole, today = counting.Scope(), clock.today()
        for ask, words in ((partial(counting.trend, today=today), "trend"), (counting.by_town, "by town")):
            ms, key = max((timed(partial(ask, BY_KEY[key], scope=whole))[0], key) for key in ASKED)
            name = f"{vendor}: {words} of the whole, slowest figure"
            held.append(line(name, ms, "ms", limit, None, ms <= limit, figure=key))
    part = "?town=500153005&since=2025-04-01&until=2025-06-30"
    for name, address, most in (
        ("dashboard", "/dashboard/", 500), ("dashboard of a town and quarter", f"/dashboard/{part}", 500),
        ("page of voices", "/figures/voices/", None), ("page of persons", "/figures/persons/", None),
        ("page of fairness", "/fairness/", None),
    ):  # fmt: skip
        with within(committee):
            came_in(committee, 1)
        ask = partial(Client(HTTP_HOST="127.0.0.1").get, address)
        first, answer = timed(ask, 1)
        ms, _answer = timed(ask)
        most = most and most / (100 if plant else 1)
        holds = answer.status_code == 200 and (most is None or ms <= most)
        held.append(line(f"{vendor}: {name}", ms, "ms", most, None, holds, just_after_an_entry=round(first)))
    return all(held)


def bundled():
    """(seconds, MB) of making the open-data bundle, as the clock does, in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "shangliang", "figures", "publish"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _peak(begin=False):
    """The most memory of this process in MB since ``begin``."""
    if begin:
        Path("/proc/self/clear_refs").write_text("5")
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", told)[1]) / 1024


def one(part, plant):
    """One database, in a process of its own, as its environment names it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from shangliang.shared.sqlite import statistics as of_tables

    call_command("migrate", interactive=False, verbosity=0)
    committee = fill(part)
    of_tables.refresh()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    held = measure(connection.vendor, committee, plant)
    connection.close()
    return held


def run(part, plant, address):
    with tempfile.TemporaryDirectory(prefix="shangliang-figures-") as home:
        known = {**os.environ, "SHANGLIANG_HOME": home, "SHANGLIANG_DATABASE": address,
                 "DJANGO_SETTINGS_MODULE": "shangliang.settings"}  # fmt: skip
        words = [sys.executable, __file__, "--here", "--part", str(part), *(["--plant"] if plant else [])]
        return subprocess.run(words, env=known, cwd=Path(__file__).resolve().parents[1]).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", type=float, default=1.0)
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--only", choices=LIMITS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.here:
        sys.exit(not one(told.part, told.plant))
    held = []
    if told.only != "postgresql":
        held.append(run(told.part, told.plant, ""))
    from tools import test as machine

    if told.only != "sqlite" and machine.postgresql_programs():
        with contextlib.ExitStack() as stack:
            held.append(run(told.part, told.plant, stack.enter_context(machine.postgresql())))
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
