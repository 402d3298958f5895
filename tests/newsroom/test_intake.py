"""Reports out of files and from allowed hosts: what is fetched, what is refused in words, and nothing inside is reached."""

import base64
import gzip
import io
import socket
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from shangliang.newsroom import commands, extract, intake
from shangliang.newsroom.models import Snapshot
from shangliang.people.roles import Role
from shangliang.settings.home import networks
from shangliang.shared import fetch
from shangliang.shared.refusals import Refused
from tests.portal.conftest import text

from .conftest import BODY, PAGE
from .test_extract import ABOVE, TITLE, page

HTML = page(above=ABOVE).encode()
HOST = "news.example.org"


def saved(name, raw):
    return SimpleUploadedFile(name, raw)


def word(lines) -> bytes:
    made, out = Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def archive(raw, charset="utf-8", parts=1, kind="text/html") -> bytes:
    """A page as Chromium saves it: the page first, then what belongs to it."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example.org/1\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--x--"\r\n\r\n'
    )
    first = f"----x--\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    other = "\r\n----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K" * parts
    return head.encode() + first.encode() + base64.encodebytes(raw) + other.encode() + b"\r\n----x----\r\n"


# --- files ---


@pytest.mark.parametrize(
    "name, raw, title",
    [
        ("a.html", HTML, TITLE), ("A.HTM", page(above=ABOVE, charset="gbk").encode("gb18030"), TITLE),
        ("a.txt", PAGE.encode("gb18030"), "甲县 把“好商量”搬进院坝 架起“连心桥”"),
        ("a.mht", archive(HTML), TITLE),
        ("a.MHTML", archive(page(above=ABOVE, charset="gbk").encode("gb18030"), "gbk"), TITLE),
        ("a.docx", word(["标题在此", "正文第一段。", "正文第二段。"]), "标题在此"),
    ],
)  # fmt: skip
def test_a_saved_file_becomes_a_report(office, committee, client_as, name, raw, title):
    client = client_as(office)
    key = client.get("/desk/newsroom/new/upload/").content.decode().split('name="key" value="')[1].split('"')[0]
    answer = client.post("/desk/newsroom/new/upload/", {"file": saved(name, raw), "key": key}, follow=True)
    made = Snapshot.objects.get()
    assert made.title == title and made.way == "uploaded" and made.is_intact
    assert "上传文件" in answer.content.decode()


def test_an_archive_knows_where_it_was_saved_and_a_pdf_is_refused_in_words(office, committee):
    made = intake.upload(by=office, committee=committee, file=saved("a.mht", archive(HTML)))
    assert made.origin_url == "https://news.example.org/1"
    with pytest.raises(Refused, match="粘贴"):
        intake.upload(by=office, committee=committee, file=saved("a.pdf", b"%PDF-1.4"))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (intake.MOST_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    "name, raw",
    [
        ("a.pdf", b"%PDF-1.4"), ("a.mht", HTML), ("a.mht", archive(HTML, kind="text/plain")),
        ("a.mht", archive(HTML, parts=intake.MOST_PARTS)), ("a.mht", b"\n".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d" % (n, n) for n in range(3000))),
        ("a.exe", HTML), ("a.html", b"<p>"), ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", HTML), ("a.txt", b""), ("a.txt", b"\xff\xfe\x00"), ("a", HTML),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_beside_its_field(office, committee, client_as, name, raw):
    answer = client_as(office).post("/desk/newsroom/new/upload/", {"file": saved(name, raw), "key": "k" * 24})
    assert answer.status_code == 422 and 'id="id_file_error"' in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_large_files_are_not_read(office, committee):
    for file in (saved("a.docx", bomb()), saved("a.html", b"x" * (extract.MOST + 1))):
        with pytest.raises(Refused, match="太大|最大"):
            intake.upload(by=office, committee=committee, file=file)


# --- hosts ---


class Site(BaseHTTPRequestHandler):
    """A site with a page, robots.txt, redirects and traps."""

    asked: list = []
    robots = b"User-agent: *\nDisallow: /private/*.html\n"

    def do_GET(self):
        self.asked.append((self.path, self.headers["User-Agent"], self.headers["Host"]))
        answer = getattr(self, "at_" + self.path.strip("/").split("/")[0].split(".")[0].replace("-", "_"), None)
        return answer() if answer else self.give(404)

    def give(self, status=200, body=b"", **headers):
        self.send_response(status)
        headers = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def at_robots(self):
        self.give(200 if self.robots is not None else 503, self.robots or b"", Content_Type="text/plain")

    def at_page(self):
        self.give(body=HTML)

    at_private = at_page

    def at_moved(self):
        self.give(301, Location="/page/1.html")

    def at_inward(self):
        self.give(302, Location=f"http://127.0.0.1:{self.server.server_address[1]}/page/1.html")

    def at_abroad(self):
        self.give(302, Location=f"http://other.example.org:{self.server.server_address[1]}/page/1.html")

    def at_round(self):
        self.give(302, Location="/round/")

    def at_bomb(self):
        body = gzip.compress(b" " * (extract.MOST + 1_000_000))
        self.give(body=body, Content_Encoding="gzip")

    def at_picture(self):
        self.give(body=b"x", Content_Type="image/png")

    def at_drip(self):
        self.send_response(200)
        self.end_headers()
        for _turn in range(60):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def log_message(self, *_args):
        pass


@pytest.fixture
def site(settings, office, committee, monkeypatch):
    """The site on this machine, under a name; loopback and its port are let through by the tests' own setting."""
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.handle_error = lambda *_args: None  # whoever is cut off
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setattr(Site, "asked", [])
    looked_up = []

    def resolve(name, port, type):
        looked_up.append(name)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    port = server.server_address[1]
    settings.NEWS_FETCH = {"networks": networks("127.0.0.0/8"), "ports": (port,), "resolve": resolve}
    commands.allow_host(by=office, committee=committee, host=HOST)
    server.at, server.looked_up = f"http://{HOST}:{port}", looked_up
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_of_an_allowed_host_is_fetched_once_by_name(site, office, committee, client_as):
    client = client_as(office)
    answer = client.post("/desk/newsroom/new/fetch/", {"url": f"{site.at}/moved/", "key": "k" * 24}, follow=True)
    made = Snapshot.objects.get()
    assert (made.title, made.way, made.reprinted_from) == (TITLE, "fetched", "某某日报") and BODY.split("\n\n")[0] in made.body
    assert made.origin_url == f"{site.at}/page/1.html" and "按地址取来" in answer.content.decode()
    assert {agent for _path, agent, _host in Site.asked} == {"shangliang"}
    assert [path for path, *_rest in Site.asked] == ["/robots.txt", "/moved/", "/page/1.html"]
    assert len(site.looked_up) == len(Site.asked)  # looked up once for each request: what was checked is connected to


def test_robots_are_obeyed_and_asked_once_a_day(site, office, committee):
    for _turn in range(2):
        with pytest.raises(Refused, match="robots"):
            intake.take(by=office, committee=committee, url=f"{site.at}/private/1.html")
    assert [path for path, *_rest in Site.asked] == ["/robots.txt"]


def test_a_site_that_cannot_say_what_it_allows_is_left_alone(site, office, committee, monkeypatch):
    monkeypatch.setattr(Site, "robots", None)
    with pytest.raises(Refused):
        intake.take(by=office, committee=committee, url=f"{site.at}/page/1.html")
    assert [path for path, *_rest in Site.asked] == ["/robots.txt"]


@pytest.mark.parametrize("path", ["inward/", "abroad/", "round/", "bomb/", "picture/", "missing/"])
def test_what_leads_astray_or_is_no_page_is_refused(site, office, committee, path):
    with pytest.raises(Refused) as refusal:
        intake.take(by=office, committee=committee, url=f"{site.at}/{path}")
    assert refusal.value.field == "url" and not Snapshot.objects.exists()
    assert len(Site.asked) <= fetch.REDIRECTS + 2 and {host.split(":")[0] for *_rest, host in Site.asked} == {HOST}


def test_who_drips_is_cut_off(site, office, committee, monkeypatch):
    monkeypatch.setattr(fetch, "DEADLINE", 0.6)
    start = time.monotonic()
    with pytest.raises(Refused):
        intake.take(by=office, committee=committee, url=f"{site.at}/drip/")
    assert time.monotonic() - start < 4


def test_without_the_tests_setting_nothing_inside_is_reached(site, office, committee, settings):
    resolve = settings.NEWS_FETCH["resolve"]
    settings.NEWS_FETCH = {"resolve": resolve}
    with pytest.raises(Refused):  # the port, then the address
        intake.take(by=office, committee=committee, url=f"{site.at}/page/1.html")
    settings.NEWS_FETCH = {"resolve": resolve, "ports": (site.server_address[1],)}
    with pytest.raises(Refused):
        intake.take(by=office, committee=committee, url=f"{site.at}/page/1.html")
    assert Site.asked == []


INNER = ["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "::ffff:127.0.0.1",
         "64:ff9b::7f00:1", "fe80::1", "fd00::1", "2002:7f00:1::", "198.18.0.1", "224.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_stands_for_an_inner_address_is_not_visited(address, monkeypatch):
    def connected(*_args, **_more):
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", connected)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for found in ([address], ["93.184.216.34", address]):
        rows = [(family, 1, 6, "", (each, 80)) for each in found]
        with pytest.raises(fetch.DoorShut, match="inner"):
            fetch.get("http://a.example/", may_visit=lambda url: None, most=1, resolve=lambda *_a, rows=rows, **_m: rows)


@pytest.mark.parametrize(
    "url", ["ftp://news.example.org/", "file:///etc/passwd", "http://a:b@news.example.org/", "http://news.example.org:22/",
            "http://news.example.org:8080/", "//news.example.org", "http://[", "http://新闻.example.org/", "", "x" * 400]
)  # fmt: skip
def test_no_other_kind_of_address_is_visited(office, committee, url, client_as):
    cache.clear()
    commands.allow_host(by=office, committee=committee, host=HOST)
    answer = client_as(office).post("/desk/newsroom/new/fetch/", {"url": url, "key": "k" * 24})
    assert answer.status_code == 422 and 'id="id_url_error"' in answer.content.decode()


def test_proxies_of_the_machine_are_not_used(site, office, committee, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert intake.take(by=office, committee=committee, url=f"{site.at}/page/1.html").title == TITLE


def test_nothing_is_fetched_until_the_office_names_a_host(office, account, committee, client_as):
    cache.clear()
    with pytest.raises(Refused, match="登记"):
        intake.take(by=office, committee=committee, url="https://news.example.org/a.html")
    client = client_as(office)
    for wrong in ("localhost", "10.0.0.1", "a b.example", "example.org/x", "-", "x" * 300):
        assert client.post("/desk/newsroom/sources/allow/", {"host": wrong}).status_code == 422
    client.post("/desk/newsroom/sources/allow/", {"host": "https://News.Example.org/"})
    assert HOST in text(client.get("/desk/newsroom/sources/"))
    with pytest.raises(Refused):
        commands.allow_host(by=account(Role.LIAISON), committee=committee, host="other.example.org")
    pk = commands.allow_host(by=office, committee=committee, host=HOST).pk
    client.post("/desk/newsroom/sources/forbid/", {"pk": pk})
    assert "一个都没有登记" in text(client.get("/desk/newsroom/sources/"))
