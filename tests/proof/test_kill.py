"""The proof by killing in small: green on the product, red on a server that answers before it commits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

SCRIPT = Path(__file__).resolve().parents[2] / "proof" / "kill.py"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the proof kills a server that owns its database"),
]


def kill(*words):
    """Run the proof; returns the ended process, the promises by name and the counts."""
    known = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, SCRIPT, *words], capture_output=True, text=True, timeout=300, env=known
    )
    assert done.stdout, done.stderr
    *lines, counts = map(json.loads, done.stdout.splitlines())
    return done, {line["measure"]: line for line in lines}, counts


def test_nothing_that_was_shown_is_lost_when_the_server_is_killed():
    done, promises, counts = kill("--kills", "3")
    # How fast it is back is measured by the proof itself; a busy machine must not turn a test red.
    kept = {name: line["holds"] for name, line in promises.items() if not name.endswith("seconds")}
    assert kept and all(kept.values()), (promises, done.stderr)
    assert counts["kills"] == 3 and counts["acked"] > 10 and counts["cut off"] > 0


def test_a_receipt_shown_before_the_commit_turns_it_red():
    done, promises, counts = kill("--kills", "2", "--plant", "answer-before-commit")
    assert done.returncode == 1
    assert not promises["acknowledged receipts lost"]["holds"] and counts["lost"] > 0
