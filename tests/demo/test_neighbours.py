"""The demo of two installations: the story ends on both sides alike, in two databases, over real requests."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from tools.test import free_port

pytestmark = [
    pytest.mark.slow, pytest.mark.skipif(connection.vendor != "sqlite", reason="it makes two installations of its own"),
]


def test_both_sides_tell_the_same_story(tmp_path):
    known = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "SHANGLIANG_DATABASE")}
    env = known | {"SHANGLIANG_HOME": str(tmp_path), "PORT": str(free_port())}
    command = [sys.executable, "-m", "shangliang"]
    done = subprocess.run([*command, "demo", "--neighbours", "--json"], env=env, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert [side["side"] for side in found] == ["荣昌区政协", "内江市政协"]
    assert all(len(side["roles"]) > 8 for side in found)
    sides = [asked(tmp_path / "neighbours" / key) for key in ("rongchang", "neijiang")]
    assert sides[0]["joint"] == sides[1]["joint"]
    assert dict(sides[0]["joint"])["三合村农田灌溉用水不足"] == "closed"
    assert dict(sides[0]["joint"])["濑溪河流域水环境联合监督"] == "closed"
    assert sides[0]["sittings"] == sides[1]["sittings"] and len(sides[0]["sittings"]) == 4
    assert sides[0]["own sittings"] & sides[1]["own sittings"] == sides[0]["own sittings"] != set()
    assert all(side["not entered"] == 0 and side["witnessed"] for side in sides)
    for key in ("rongchang", "neijiang"):
        verified = subprocess.run(
            [*command, "verify"], env=env | {"SHANGLIANG_HOME": str(tmp_path / "neighbours" / key)}, capture_output=True, text=True
        )
        assert verified.returncode == 0, verified.stderr
        assert "witnessed by" in verified.stdout and "nobody" not in verified.stdout


def asked(home):
    with sqlite3.connect(home / "shangliang.sqlite3") as database:
        def rows(sql):
            return database.execute(sql).fetchall()

        joint = [
            (table, rows(f"SELECT joint, state FROM partnerships_{table} ORDER BY joint"))
            for table in ("partnership", "conference", "planitem", "activity", "jointstudio")
        ]
        return {
            "joint": [*joint, *rows("SELECT title, state FROM partnerships_matter ORDER BY title")],
            "sittings": rows("SELECT sitting, side, case_no, present FROM partnerships_sitting ORDER BY sitting, side"),
            "own sittings": set(rows("SELECT joint, starts_at FROM consultations_consultation WHERE joint != ''")),
            "not entered": rows("SELECT count(*) FROM federation_incoming WHERE state != 'applied'")[0][0],
            "witnessed": rows("SELECT count(*) FROM witness_cosignature")[0][0],
        }
