"""A home without an installation is said in words, with another exit status than a broken journal."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", ["verify", "tick"])
def test_a_home_that_holds_nothing_is_said_in_words(command, tmp_path):
    environment = {**os.environ, "SHANGLIANG_HOME": str(tmp_path), "SHANGLIANG_DATABASE": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
    program = [sys.executable, "-m", "shangliang", command]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "shangliang init" in done.stderr and "Traceback" not in done.stderr
