"""What SQLite's planner has to know: without it, it takes the committee's index where a case's own would do.

Every row of an installation belongs to one or two committees, so an index on the committee selects nothing. SQLite
cannot know that from the schema: a count over 60,000 cases then takes minutes instead of a tenth of a second.
PostgreSQL gathers such figures by itself.
"""

from django.db import connection, transaction

#: Rows that are looked at for each index: enough to tell one committee from thousands of cases, and done in 25 ms.
SAMPLE = 1000


def refresh() -> bool:
    """Gather the figures anew; true when this database needs it. Connections read them when they are opened."""
    if connection.vendor != "sqlite":
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
    return True
