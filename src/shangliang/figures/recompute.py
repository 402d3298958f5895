#!/usr/bin/env python3
"""Count the published figures again from the files beside this one, with Python's standard library alone.

    python3 recompute.py [FOLDER]

Prints every value of figures.csv beside what the tables give.
Status 0: all agree; 1: some differ; 2: files are missing.
``persons`` cannot be counted here: the tables hold nobody, not even as a number.
"""

import csv
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

HELD = {"held", "minutes_draft", "minutes_confirm", "issued", "reported", "archived"}
POOL = {"pooled", "submitted", "approved", "studying", "scheduled", "consulted", "reconsult", "deferred", "closed"}
UNKNOWN = {"persons"}


def table(folder, name):
    """The rows of a table as dictionaries, one after the other."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as sheet:
        yield from csv.DictReader(sheet)


def of_matters(folder):
    """Cases, voices, topics and tasks that count: (figure, day, town, carrier)."""
    for row in table(folder, "cases"):
        if row["solved"] == "true":
            yield "solved", row["opened_on"], row["town"], ""
        if row["state"] == "published":
            yield "published", row["published_on"], row["town"], ""
    for row in table(folder, "voices"):
        yield "voices", row["day"], row["town"], ""
        if row["state"] == "closed" and row["rated"] == "false":
            yield "silent", row["day"], row["town"], ""
    for row in table(folder, "topics"):
        if row["state"] in POOL:
            yield "topics", row["day"], row["town"], ""
    for row in table(folder, "tasks"):
        if row["state"] != "reassigned":
            yield "tasks", row["assigned_on"], row["town"], ""
        if row["state"] == "closed":
            yield "closed_tasks", row["closed_on"], row["town"], ""


def of_meetings(folder):
    """Consultations, attendances and agreed items that count."""
    meetings = {row["id"]: row for row in table(folder, "consultations")}
    for row in meetings.values():
        if row["state"] in HELD:
            yield "consultations", row["day"], row["town"], row["carrier"]
    for row in table(folder, "attendances"):
        meeting = meetings[row["consultation"]]
        yield "attendances", meeting["day"], meeting["town"], meeting["carrier"]
    for row in table(folder, "agreements"):
        meeting = meetings[row["consultation"]]
        if row["state"] not in ("draft", "reserved"):
            yield "agreements", meeting["day"], row["town"], meeting["carrier"]


def of_places(folder):
    """Visits, places, studios, salons and results that count."""
    for row in table(folder, "visits"):
        yield "visits", row["day"], row["town"], ""
    for row in table(folder, "places"):
        if not row["closed_on"]:
            yield "places", "", row["town"], ""
    for row in table(folder, "studios"):
        if row["state"] == "open":
            yield "studios", "", row["town"], ""
    for row in table(folder, "salons"):
        if row["state"] not in ("planned", "announced", "cancelled"):
            yield "salons", row["day"], "", ""
    for row in table(folder, "results"):
        yield "results", row["published_on"], "", ""


def of_the_past(folder):
    """What was brought in from paper: one row can stand for many."""
    for row in table(folder, "past"):
        part = row["day"], row["town"], row["carrier"]
        if row["kind"] == "consultation":
            yield "consultations", *part
            yield from [("attendances", *part)] * int(row["present"])
            yield from [("agreements", *part)] * int(row["agreed"])
        else:
            yield {"visit": "visits", "voice": "voices", "solved": "solved"}[row["kind"]], *part[:2], ""


def count(folder):
    """{(figure, year, town, carrier): number}, with "" where nothing is asked."""
    found = Counter()
    for figure, day, town, carrier in chain(of_matters(folder), of_meetings(folder), of_places(folder),
                                             of_the_past(folder)):
        found[figure, "", "", ""] += 1
        if day:
            found[figure, day[:4], "", ""] += 1
        if town:
            found[figure, "", town, ""] += 1
        if carrier:
            found[figure, "", "", carrier] += 1
    return found


def main(folder):
    try:
        found = count(folder)
        told = list(table(folder, "figures"))
    except (OSError, KeyError) as fault:
        print(f"cannot be read: {fault}", file=sys.stderr)
        return 2
    differing = 0
    for row in told:
        key = row["figure"], row["year"], row["town"], row["carrier"]
        part = " ".join(filter(None, key[1:])) or "all"
        if row["figure"] in UNKNOWN:
            print(f"{key[0]:16}{part:24}{row['value'] or '-':>10}  not countable from here")
            continue
        agrees = found[key] == int(row["value"])
        differing += not agrees
        print(f"{key[0]:16}{part:24}{row['value']:>10}{found[key]:>10}{'' if agrees else '  DIFFERS'}")
    print(f"{len(told)} values, {differing} differ")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
