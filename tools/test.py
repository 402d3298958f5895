"""Run every check of the project, preparing the machine as far as it may.

    python tools/test.py                  everything
    python tools/test.py tests/voices     that part of the suite, on SQLite and on PostgreSQL

Needs only Python's standard library to start. A part that cannot run here is named with its
reason; where CI=true it counts as a failure.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
IN_CI = os.environ.get("CI", "").lower() in ("true", "1")
NO_TESTS_FOUND = 5  # pytest's exit code
# Two workers; tests/conftest.py brings the long modules to the front, where one worker cannot be left alone with
# them at the end. EVERYWHERE is what runs on each database.
SHARED = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
EVERYWHERE = (*SHARED, "-m", "not browser")


class CannotRun(Exception):
    """A part has no means to run here; the text says why."""


class Failed(Exception):
    """A check ran and said no."""


# --- the machine ---------------------------------------------------------------------------


def postgresql_programs() -> Path | None:
    """The folder of initdb and pg_ctl, which Debian keeps out of PATH; the newest version wins."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists()
    answer = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True)
    return bool(answer.stdout.strip())


def install_missing_packages(wanted: dict[str, Callable[[], object]]) -> None:
    """Install the Debian packages whose check finds nothing; leave it if that is not ours to do."""
    missing = [package for package, is_there in wanted.items() if not is_there()]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("installing", *missing, flush=True)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # The package lists of a fresh image are empty or old: refresh them only when that shows.
    if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode:
        subprocess.run(["apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
        subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL)


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: name another user, or None if we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A new, empty PostgreSQL for these tests alone; gives its address and always stops it."""
    programs = postgresql_programs()
    if not programs:
        raise CannotRun("no PostgreSQL here (Debian: apt-get install postgresql)")
    user = unprivileged_user()
    # Under /tmp whatever TMPDIR says: the other user must reach it and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="shangliang-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)

    output, server_log = folder / "output.log", folder / "server.log"

    def run(program: str, *arguments: str) -> None:
        with output.open("ab") as log:
            done = subprocess.run(
                [programs / program, *arguments],
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                # Not a pipe: the server inherits it and would keep us waiting for its end.
                stdout=log,
                stderr=log,
            )
        if done.returncode:
            said = "".join(path.read_text() for path in (output, server_log) if path.exists())
            raise Failed(f"{program}: {said.strip()[-600:]}")

    data = str(folder / "data")
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        # Nothing here outlives the run, so nothing need survive a power cut.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    try:
        # C.UTF-8: with plain C, PostgreSQL cannot tell Chinese characters from punctuation.
        run(
            "initdb", "--pgdata", data, "--encoding=UTF8", "--locale=C.UTF-8",
            "--username=shangliang", "--auth=trust", "--no-sync",
        )  # fmt: skip
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        run(
            "pg_ctl", "start", "--pgdata", data, "--wait", "--timeout=60",
            "--log", str(server_log), "-o", settings,
        )  # fmt: skip
        run("createdb", "--host=127.0.0.1", f"--port={port}", "--username=shangliang", "shangliang")
        yield f"postgresql://shangliang@127.0.0.1:{port}/shangliang"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "stop", "--pgdata", data, "--wait", "--mode=immediate")
        shutil.rmtree(folder, ignore_errors=True)


# --- the parts -----------------------------------------------------------------------------


def check(*command: object, **environment: str) -> None:
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, env={**os.environ, **environment}
    )
    if done.returncode:
        raise Failed(f"exit code {done.returncode}")


class Suite:
    """Runs of pytest, and what they add up to."""

    def __init__(self, work: Path):
        self.work = work
        self.totals: Counter[str] = Counter()

    def run(self, name: str, *arguments: str, **environment: str) -> str:
        report = self.work / f"{name}.xml"
        command = [str(BIN / "python"), "-m", "pytest", f"--junitxml={report}", *arguments]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment})
        counts = self.count(report)
        if done.returncode == NO_TESTS_FOUND:
            raise CannotRun("no tests found")
        if done.returncode:
            # A suite that dies before its first test must not look like "0 failed".
            if not counts["failed"]:
                self.totals["failed"] += 1
            raise Failed(f"{counts['failed']} failed, {counts['passed']} passed")
        return f"{counts['passed']} passed, {counts['skipped']} skipped"

    def count(self, report: Path) -> Counter[str]:
        counts: Counter[str] = Counter()
        if report.exists():
            for suite in ElementTree.parse(report).getroot().iter("testsuite"):
                failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                skipped = int(suite.get("skipped", 0))
                counts["failed"] += failed
                counts["skipped"] += skipped
                counts["passed"] += int(suite.get("tests", 0)) - failed - skipped
        self.totals += counts
        return counts

    # SHANGLIANG_DATABASE is set for each part: what the shell has must never be tested upon.

    def on_sqlite(self, *arguments: str) -> str:
        return self.run("sqlite", *EVERYWHERE, *arguments, SHANGLIANG_DATABASE="")

    def on_postgresql(self, *arguments: str) -> str:
        with postgresql() as address:
            return self.run("postgresql", *EVERYWHERE, *arguments, SHANGLIANG_DATABASE=address)

    def in_browser(self, *arguments: str) -> str:
        if not chromium():
            raise CannotRun("no Chromium here (Debian: apt-get install chromium)")
        if not chinese_font():
            raise CannotRun("no Chinese font here (Debian: apt-get install fonts-noto-cjk)")
        if not (ROOT / "tests" / "browser").exists():
            raise CannotRun("no tests found")
        return self.run(
            "browser", *SHARED, "-m", "browser", *(arguments or ["tests/browser"]), SHANGLIANG_DATABASE=""
        )


def migrations_are_complete() -> None:
    check(
        BIN / "python", "-m", "django", "makemigrations", "--check", "--dry-run",
        DJANGO_SETTINGS_MODULE="tests.settings",
        SHANGLIANG_DATABASE="",
    )  # fmt: skip


def parts(suite: Suite, arguments: list[str]) -> dict[str, Callable[[], str | None]]:
    if any(argument.startswith("tests/browser") for argument in arguments):
        return {"pytest in the browser": lambda: suite.in_browser(*arguments)}
    suites = {
        "pytest on SQLite": lambda: suite.on_sqlite(*arguments),
        "pytest on PostgreSQL": lambda: suite.on_postgresql(*arguments),
    }
    if arguments:
        return suites
    return {
        "ruff check": lambda: check(BIN / "ruff", "check", "."),
        "lint-imports": lambda: check(BIN / "lint-imports"),
        "mypy": lambda: check(BIN / "mypy", SHANGLIANG_DATABASE=""),
        "makemigrations --check": migrations_are_complete,
        **suites,
        "pytest in the browser": suite.in_browser,
    }


# --- the run -------------------------------------------------------------------------------


@dataclass
class Line:
    part: str
    result: str
    seconds: float
    note: str


def run_part(part: str, action: Callable[[], str | None]) -> Line:
    print(f"\n== {part}", flush=True)
    start = time.monotonic()
    try:
        result, note = "ok", action() or ""
    except CannotRun as reason:
        result, note = "not run", str(reason)
    except Failed as reason:
        result, note = "FAILED", str(reason)
    return Line(part, result, time.monotonic() - start, note)


def prepare(arguments: list[str]) -> None:
    done = subprocess.run(["make", "--silent", "dev"], cwd=ROOT)
    if done.returncode:
        raise Failed("make dev")
    wanted: dict[str, Callable[[], object]] = {"postgresql": postgresql_programs}
    if not arguments or any(argument.startswith("tests/browser") for argument in arguments):
        wanted |= {"chromium": chromium, "fonts-noto-cjk": chinese_font}
    install_missing_packages(wanted)


def stop_cleanly(number: int, frame: object) -> None:
    """Turn a signal into an exception, so that PostgreSQL is stopped and folders are removed."""
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_cleanly)
    with tempfile.TemporaryDirectory(prefix="shangliang-check-") as work:
        # All that the checks write to temporary folders goes when this folder goes.
        os.environ["TMPDIR"] = work
        # Hundreds of processes start in a run: without stored bytecode each compiles the whole program again.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        suite = Suite(Path(work))
        lines = [run_part("set-up", lambda: prepare(arguments))]
        if lines[0].result == "ok":
            lines += [run_part(part, action) for part, action in parts(suite, arguments).items()]

    bad = {"FAILED", "not run"} if IN_CI or arguments else {"FAILED"}
    width = max(len(line.part) for line in lines)
    print(f"\n{'part':{width}}  {'result':7}  seconds  note")
    for line in lines:
        print(f"{line.part:{width}}  {line.result:7}  {line.seconds:7.1f}  {line.note}".rstrip())
    if failed := [line.part for line in lines if line.result in bad]:
        print("\nNOT PASSED:", ", ".join(failed))
    totals = suite.totals
    print(f"\n{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
