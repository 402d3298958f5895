"""Make the database that the benchmarks read, once for each size and each shape of the tables.

    python bench/fill.py               100,000 cases; says where they are
    python bench/fill.py --cases 2000

It lies in $XDG_CACHE_HOME/shangliang-bench/<size>-<digest of the migrations and of this filling>; a second run finds
it there. Benchmarks work on a copy.
"""

import argparse
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = 100_000
YEARS = 5


def home(cases: int) -> Path:
    """Where the database of this size and shape belongs."""
    shape = hashlib.sha256()
    for pattern in ("src/shangliang/*/migrations/0*.py", "bench/county/*.py", "bench/fill.py"):
        for path in sorted(ROOT.glob(pattern)):
            shape.update(path.read_bytes())
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return cache / "shangliang-bench" / f"{cases}-{shape.hexdigest()[:12]}"


def ensure(cases: int = CASES) -> Path:
    """The filled home folder; made in a process of its own if it is not there."""
    folder = home(cases)
    if not folder.exists():
        subprocess.run([sys.executable, __file__, "--cases", str(cases)], check=True, stdout=sys.stderr)
    return folder


def make(folder: Path, cases: int) -> None:
    """Fill a new home folder, which gets its name only when it is complete."""
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    os.environ["SHANGLIANG_HOME"] = str(partial)
    os.environ.pop("SHANGLIANG_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
    sys.path[0] = str(ROOT)
    partial.mkdir(parents=True)
    try:
        fill(cases)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    partial.rename(folder)


def fill(cases: int) -> None:
    """Register the county and write its cases, with a progress bar."""
    import django

    django.setup()
    from django.db import connection
    from rich.console import Console
    from rich.progress import Progress

    from bench.county import cases as county
    from bench.county import register
    from shangliang.people.tenancy import within
    from shangliang.shared.sqlite import statistics

    last_day = dt.date.today()
    first_day = last_day.replace(year=last_day.year - YEARS, day=1)
    kept = register.keep(first_day)
    # What a power cut breaks here is simply made again.
    connection.cursor().execute("PRAGMA synchronous=OFF")
    with within(kept.committee), Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{cases} cases", total=cases)
        county.fill(kept, cases, first_day, last_day, lambda done: bar.update(task, completed=done))
    statistics.refresh()  # as the clock does
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="The database of the benchmarks.")
    parser.add_argument("--cases", type=int, default=CASES)
    wanted = parser.parse_args().cases
    if not home(wanted).exists():
        make(home(wanted), wanted)
    print(home(wanted))
