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
import resource
import statistics
import subprocess
import tempfile
import time
from functools import partial
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


def fill(share):
    """A year of records, written in bulk; only what figures read is filled with care."""
    from bench.county import register
    from shangliang.cases.models import Case
    from shangliang.consultations.models import Attendance, Consultation
    from shangliang.outcomes.models import Rating
    from shangliang.people.tenancy import within
    from shangliang.topics.models import Topic
    from shangliang.voices.models import Voice

    chance, first = random.Random(1), dt.date(2025, 1, 1)
    kept = register.keep(dt.date(2024, 12, 30))
    start = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    committee = kept.committee
    voices, meetings, came = int(VOICES * share), int(MEETINGS * share), int(ATTENDANCES * share)
    places = [(village, kept.venues[village.pk]) for village in kept.villages]

    def write(model, rows):
        batch = []
        for row in rows:
            batch.append(row)
            if len(batch) == 5000:
                model.objects.bulk_create(batch)
                batch.clear()
        model.objects.bulk_create(batch)

    with within(committee):
        before = max(Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0, 0)
        picks = [chance.randrange(len(places)) for _n in range(voices)]
        days = [chance.randrange(365) for _n in range(voices)]
        write(Case, (
            Case(
                pk=before + n + 1, committee=committee, no=f"BN-2025-{n + 1:06}", region=places[picks[n]][0],
                opened_on=first + dt.timedelta(days[n]), updated_at=start, stage="ended" if n % 3 == 0 else "voice",
                state="published" if n % 20 == 0 else "private", title="一件事" if n % 20 == 0 else "",
                published_on=first + dt.timedelta(min(days[n] + 20, 364)) if n % 20 == 0 else None,
            ) for n in range(voices)
        ))
        write(Voice, (
            Voice(
                pk=n + 1, committee=committee, case_id=before + n + 1, region=places[picks[n]][0], channel="qr",
                text="灯不亮了，晚上看不见路。", receipt=f"r{n:063}", state="closed" if n % 3 == 0 else "answered",
                reported_at=start + dt.timedelta(days=days[n], minutes=n % 1440), outcome_words="修好了",
            ) for n in range(voices)
        ))
        write(Rating, (
            Rating(
                committee=committee, case_id=before + n + 1, voice_id=n + 1, said="receipt", rated_at=start,
                value=chance.choice(["satisfied", "mostly", "not"]),
            )
            for n in range(0, voices, 6)
        ))
        write(Topic, (
            Topic(
                pk=n + 1, committee=committee, case_id=before + n + 1, title="议题", summary="一件事", state="closed",
                category="service", region=places[picks[n]][0], proposed_on=first + dt.timedelta(days[n]),
            )
            for n in range(meetings)
        ))
        carriers = ["courtyard", "room", "studio", "joint_room"]
        write(Consultation, (
            Consultation(
                pk=n + 1, committee=committee, case_id=before + n + 1, topic_id=n + 1, state="reported",
                carrier=carriers[n % 4], venue=places[picks[n]][1], convener=kept.office,
                starts_at=start + dt.timedelta(days=days[n], hours=3),
                host=kept.office, recorder=kept.office, issued_on=first,
            ) for n in range(meetings)
        ))
        each, people = came // meetings, range(came // 3)
        write(Attendance, (
            Attendance(
                committee=committee, consultation_id=n + 1, role="stakeholder", status="present", person=f"{who:064x}",
            )
            for n in range(meetings) for who in chance.sample(people, each)
        ))  # fmt: skip
    return committee


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
    from shangliang.figures import counting
    from shangliang.figures.definitions import BY_KEY
    from shangliang.figures.opendata import make
    from shangliang.people.tenancy import within
    from shangliang.shared import clock

    held, limit = [], LIMITS[vendor] / (100 if plant else 1)
    with within(committee):
        began, before = time.perf_counter(), _peak()
        folder = make(committee)
        spent = time.perf_counter() - began
        peak = _peak()
        held.append(line(f"{vendor}: open-data bundle", spent, "s", 180 / (100 if plant else 1), None,
                         spent <= 180 / (100 if plant else 1)))
        held.append(line(f"{vendor}: memory of the bundle", peak, "MB", 500 / (100 if plant else 1), None,
                         peak <= 500 / (100 if plant else 1), before=round(before)))
        for name, scope in scopes(committee).items():
            ms, number, key = max((*timed(partial(counting.value, BY_KEY[key], scope)), key) for key in ASKED)
            bare = _bare(key, committee) if name == "whole" else None
            told = {"figure": key, "counted": number}
            held.append(line(f"{vendor}: {name}, slowest figure", ms, "ms", limit, bare, ms <= limit, **told))
        for key in ("voices", "attendances"):
            ms, number = timed(partial(counting.value, BY_KEY[key]))
            peer = of_duckdb(folder, key)
            held.append(line(f"{vendor}: {key} beside DuckDB", ms, "ms", limit, peer, ms <= limit, counted=number))
        whole, today = counting.Scope(), clock.today()
        for ask, words in ((partial(counting.trend, today=today), "trend"), (counting.by_town, "by town")):
            ms, key = max((timed(partial(ask, BY_KEY[key], scope=whole))[0], key) for key in ASKED)
            name = f"{vendor}: {words} of the whole, slowest figure"
            held.append(line(name, ms, "ms", limit, None, ms <= limit, figure=key))
    return all(held)


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
