"""SQLite's planner is told which of two indexes selects something."""

import pytest
from django.db import connection

from shangliang.shared.sqlite import statistics
from shangliang.voices.models import Voice
from tests.journeys import walk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers its statistics by itself")
def test_after_a_refresh_a_case_is_found_by_its_own_index(committee, courtyard):
    for number in range(12):
        walk.report(committee, courtyard, key=f"form-{number}")
    assert statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'voice_list'")
        rows, per_committee, _one = cursor.fetchone()[0].split()
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'voices_voice' AND idx LIKE '%case_id%'")
        assert cursor.fetchone()[0] == "12 1"
    assert (rows, per_committee) == ("12", "12")
    assert Voice.objects.count() == 12
