"""What a page costs: CPU of the real server and queries per request, over 100,000 cases, beside a bare Django view.

    python bench/http.py             one JSON line per promise; status 1 if one does not hold
    python bench/http.py --plant     the same with an N+1 put into the lists: it must turn red

CPU is user + system time of the server's processes (/proc) over many requests on one connection after a warm-up, the
median of several rounds; the rounds of product and peer take turns. The peer renders as many rows by one query and
f-strings on the same server. Cases are asked for once each, so that none is helped by having been read before; a line
of its own tells what one costs that people come back to. Queries are counted with cold caches, the most of several
addresses; their number must not grow with what the page shows. Everything stays on the loopback and works on a copy of
the database.
"""

import sys

# This file is called http: nobody who wants Python's own http may find it.
sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0])

import argparse
import http.client
import itertools
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench import fill

ROUNDS = 5
REQUESTS = 40
WARM_UP = 15
#: The kernel counts CPU in steps of 10 ms: the quick peer is asked more often.
PEER_TIMES = 6
#: A round of posts stays below what one address may send (portal.limits).
POSTS = 25
PRODUCT, PLANTED, PEER = "shangliang.wsgi:application", "bench.peer.planted:application", "bench.peer.bare:application"


@dataclass
class Page:
    """A promise: addresses that are asked in turn, the peer's, the limits of milliseconds and of queries."""

    name: str
    paths: list
    peer: str
    limit: float
    queries: int
    rows: int = 0
    row_mark: str = ""
    signed_in: bool = False
    again: bool = False


@dataclass
class Server:
    """A running server and one connection to it."""

    port: int
    process: subprocess.Popen
    cookies: dict = field(default_factory=dict)
    connection: http.client.HTTPConnection = None

    def ask(self, method, path, form=None, signed_in=False):
        """One request; returns (status, body)."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if not signed_in:
            headers["Cookie"] = re.sub(r"shangliang_\d+=\w+(; )?", "", headers["Cookie"])
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        for name, value in re.findall(r"(csrf_\d+)=(\w+)", response.headers.get("Set-Cookie", "")):
            self.cookies[name] = value
        return response.status, body

    def connect(self, address="127.0.0.1"):
        """A new connection, from another loopback address so that limits per address are not met."""
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(address, 0)
        )  # fmt: skip

    def cpu(self) -> float:
        """Milliseconds of CPU that the server's processes have used so far."""
        tick = 1000 / os.sysconf("SC_CLK_TCK")
        return sum(sum(map(int, stat[11:13])) for stat in _family(self.process.pid)) * tick


def _family(root: int):
    """The fields of /proc/<pid>/stat from the state on, of a process and all below it."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = path.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
    family = {root}
    for _generation in range(4):
        family |= {pid for pid, stat in found.items() if int(stat[1]) in family}
    return [found[pid] for pid in family if pid in found]


@contextmanager
def serving(application: str, port: int):
    """The application on granian, as ``shangliang serve`` starts it but without the clock beside it."""
    code = f"from shangliang.serving import server; server({port}, {application!r}).serve()"
    known = os.pathsep.join([sys.path[0], *filter(None, [os.environ.get("PYTHONPATH")])])
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": known})
    try:
        server = Server(port, process)
        for _attempt in range(100):
            time.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        server.connect()
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spent(server, work, times) -> float:
    """Milliseconds of CPU of the server for each time that ``work`` was done."""
    before = server.cpu()
    for number in range(times):
        work(number)
    return (server.cpu() - before) / times


def measured(product, peer, ours, theirs, times) -> tuple[float, float]:
    """Median CPU of ours and of the peer's, in rounds that take turns."""
    values = ([], [])
    for server, work in ((product, ours), (peer, theirs)):
        spent(server, work, WARM_UP)
    for _round in range(ROUNDS):
        for kept, server, work in ((values[0], product, ours), (values[1], peer, theirs)):
            kept.append(spent(server, work, times if server is product else times * PEER_TIMES))
    return statistics.median(values[0]), statistics.median(values[1])


def getting(server, paths, signed_in=False):
    """Ask these addresses in turn; each must answer 200."""

    turn = itertools.cycle(paths)

    def work(_number):
        path = next(turn)
        status, body = server.ask("GET", path, signed_in=signed_in)
        assert status == 200, f"{path} answered {status}: {body[:500]}"

    return work


def posting(server, region):
    """Open the form and send it, as a person does; the answer must lead to the receipt."""
    addresses = itertools.count(2)

    def work(number):
        if number == 0:
            server.connect(f"127.0.0.{next(addresses)}")
        _status, body = server.ask("GET", "/report/")
        told = dict(re.findall(r'name="(csrfmiddlewaretoken|key)"[^>]*value="([^"]+)"', body))
        told |= {"text": f"第{number}盏路灯坏了，盼着修好。", "region": region, "place_note": "五社"}
        status, body = server.ask("POST", "/report/", told)
        assert status == 302, f"posting answered {status}: {body[:2000]}"

    return work


def posting_bare(server, region):
    """The same two requests to the peer."""

    def work(number):
        server.ask("GET", "/form")
        status, _body = server.ask("POST", "/form", {"text": f"第{number}盏路灯坏了。", "region": region})
        assert status == 302, status

    return work


def pages() -> list[Page]:
    """The promises of issue 1, with addresses of this database."""
    from shangliang.cases.models import Case
    from shangliang.people.models import Committee
    from shangliang.people.tenancy import within

    with within(Committee.objects.get()):
        ended = Case.objects.published().filter(stage=Case.Stage.ENDED)
        threads = list(ended.order_by("-pk").values_list("no", flat=True)[: ROUNDS * REQUESTS + WARM_UP])
    return [
        Page("front page", ["/"], "/list/4", 8, 12),
        Page(
            "public list, filtered, 20 rows", [f"/cases/?stage=rating&page={page}" for page in range(1, 8)],
            "/list/20", 15, 5, 20, 'href="/cases/BN-',
        ),
        Page(
            "desk list, filtered, 50 rows", [f"/desk/cases/?state=published&page={page}" for page in range(1, 8)],
            "/list/50", 15, 5, 50, 'href="/desk/cases/BN-', signed_in=True,
        ),
        Page("case with timeline", [f"/cases/{no}/" for no in threads], f"/case/{threads[0]}", 10, 13),
        Page(
            "case with timeline, asked for again", [f"/cases/{no}/" for no in threads[:10]], f"/case/{threads[0]}",
            10, 2, again=True,
        ),
    ]  # fmt: skip


def sign_in(server):
    """A session of the committee's office, in the copy of the database that the server reads."""
    from django.conf import settings
    from django.test import Client

    from bench.county.register import OFFICE
    from shangliang.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=OFFICE), "django.contrib.auth.backends.ModelBackend")
    server.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def queries(client, path, form=None) -> int:
    """How many queries one request makes when nothing is cached."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/healthz")  # what every process does once is not the page's
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        response = client.get(path) if form is None else client.post(path, form)
    assert response.status_code in (200, 302), f"{path} answered {response.status_code}"
    return len(caught)


class Sheet:
    """The lines that are printed, and whether all promises hold."""

    def __init__(self):
        self.holds = True

    def line(self, measure, value, unit, peer, limit, holds):
        """One promise as one line of JSON."""
        self.holds &= holds
        told = {
            "bench": "http", "measure": measure, "value": round(value, 2), "unit": unit, "peer": round(peer, 2),
            "ratio": round(value / peer, 1), "limit": limit, "holds": holds,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False), flush=True)

    def page(self, page, product, peer, signed, anyone):
        """CPU and queries of one page."""
        _status, body = product.ask("GET", page.paths[0], signed_in=page.signed_in)
        assert body.count(page.row_mark) >= page.rows, f"{page.name} shows {body.count(page.row_mark)} rows"
        ours, theirs = measured(
            product, peer, getting(product, page.paths, page.signed_in), getting(peer, [page.peer]), REQUESTS
        )
        self.line(page.name, ours, "ms CPU", theirs, page.limit, ours <= page.limit)
        client = signed if page.signed_in else anyone
        if page.again:
            for path in page.paths[:5]:
                client.get(path)
        most = max(queries(client, path) for path in page.paths[:5])
        self.line(f"{page.name}: queries", most, "queries", 1, page.queries, most <= page.queries)

    def form_and_post(self, product, peer, anyone, region):
        """The form and its sending, together."""
        ours, theirs = measured(product, peer, posting(product, region), posting_bare(peer, region), POSTS)
        self.line("report form and posting a voice", ours, "ms CPU", theirs, 30, ours <= 30)
        opened = queries(anyone, "/report/")
        told = {"text": "路灯坏了。", "region": region, "key": "k" * 32, "place_note": ""}
        sent = queries(anyone, "/report/", told)
        self.line("report form: queries", opened, "queries", 1, 6, opened <= 6)
        self.line("posting a voice: queries", sent, "queries", 1, 50, sent <= 50)


def main(cases: int, plant: bool) -> bool:
    """Measure everything; true when every promise holds."""
    with tempfile.TemporaryDirectory(prefix="shangliang-bench-") as work, ExitStack() as stack:
        home = Path(work) / "home"
        shutil.copytree(fill.ensure(cases), home)
        port = free_port()
        os.environ |= {
            "SHANGLIANG_HOME": str(home), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "shangliang.settings"
        }  # fmt: skip
        os.environ.pop("SHANGLIANG_DATABASE", None)
        prepare(plant)
        product = stack.enter_context(serving(PLANTED if plant else PRODUCT, port))
        peer = stack.enter_context(serving(PEER, free_port()))
        return sheet_of(product, peer)


def prepare(plant: bool) -> None:
    """Start Django here too, for what is counted in this process; the peer gets its table."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare_voice (id INTEGER PRIMARY KEY, text TEXT, region_id INTEGER)")
    if plant:
        from bench.peer import planted

        assert planted.application


def sheet_of(product, peer) -> bool:
    """All pages, then the form."""
    from django.test import Client

    from shangliang.regions.models import Region

    sheet, signed, anyone = Sheet(), sign_in(product), Client()
    for page in pages():
        sheet.page(page, product, peer, signed, anyone)
    village = Region.objects.filter(level="village", code__startswith="500153").first()
    sheet.form_and_post(product, peer, anyone, village.pk)
    return sheet.holds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="CPU and queries per request.")
    parser.add_argument("--plant", action="store_true", help="put an N+1 into the lists, to see this turn red")
    parser.add_argument("--cases", type=int, default=fill.CASES)
    asked = parser.parse_args()
    sys.exit(not main(asked.cases, asked.plant))
