"""The proof of neighbours in small: two real installations over a bad line; red with a planted bug."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

SCRIPT = Path(__file__).resolve().parents[2] / "proof" / "neighbours.py"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the proof makes two installations of its own, on SQLite"),
]


def run(*words):
    """Run the proof; returns the ended process and the promises by name."""
    known = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, SCRIPT, *words], capture_output=True, text=True, timeout=400, env=known)
    assert done.stdout, done.stderr
    *lines, counts = map(json.loads, done.stdout.splitlines())
    return done, {line["measure"]: line for line in lines}, counts


def test_a_bad_line_and_killed_processes_lose_and_double_nothing():
    done, promises, counts = run("--messages", "120", "--lines", "6", "--life", "6", "--faults", "30", "--seconds", "120")
    assert [name for name, line in promises.items() if not line["holds"]] == [], done.stderr
    assert done.returncode == 0
    assert promises["faults"]["value"] >= 30 and len(counts["faults by kind"]) >= 6


def test_an_inbox_that_enters_what_it_has_already_turns_it_red():
    done, promises, _counts = run(
        "--messages", "60", "--lines", "6", "--life", "9", "--faults", "30", "--seconds", "30", "--plant", "no-deduplication"
    )
    assert done.returncode == 1
    assert not promises["messages entered twice"]["holds"]
