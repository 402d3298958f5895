"""The one door to the outside: it connects only to addresses it has looked at and never waits long."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

DEADLINE, CONNECT = 10.0, 4.0
MOST_BYTES = 1_000_000
#: Redirects that a reader of pages follows; each is looked at like the first address.
REDIRECTS = 4
AGENT = "shangliang"
#: Ways of writing an inner IPv4 address as a global IPv6 one: NAT64, 6to4, Teredo, IPv4-compatible, IPv4-translated.
_DISGUISES = [
    ipaddress.ip_network(one) for one in ("64:ff9b::/32", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96")
]
_SPECIAL = [ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10")]


class DoorShut(Exception):
    """Nothing was sent, or no answer came; the reason is plain English."""


def is_allowed(address: str, networks=()) -> bool:
    """Whether we connect to this IP address: a public one, or one in a network that the operator has named.

    Regions joined by a network of their own (政务外网) have private addresses: whoever runs the machine names that
    network in SHANGLIANG_PEERS, never somebody who fills in a form.
    """
    ip = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip.version == network.version and ip in network for network in networks):
        return True
    special = any(ip.version == network.version and ip in network for network in (*_DISGUISES, *_SPECIAL))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or special)


def checked(
    url: str, networks=(), resolve=socket.getaddrinfo, *, open_http=False, ports=()
) -> tuple[str, str, str, int]:
    """(scheme, host name, IP address to connect to, port). Raises DoorShut for any other kind of address.

    Every address that the name stands for must be allowed, and the one that was looked at is the one connected to.
    ``open_http`` lets plain http leave the machine, ``ports`` are the only ones, () for any.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise DoorShut("not an address") from error
    name = parts.hostname or ""
    plain = parts.scheme in ("http", "https") and name and not parts.username and not parts.password
    if not plain or not name.isascii() or any(sign in url for sign in "\\\t\r\n @"):
        raise DoorShut("not an address of this kind: https://name/")
    if ports and port not in ports:
        raise DoorShut(f"port {port} is not one of the web's")
    try:
        found = {row[4][0].split("%")[0] for row in resolve(name, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise DoorShut(f"no such name: {name}") from error
    if not found or not all(is_allowed(one, networks) for one in found):
        raise DoorShut(f"{name} is an inner address")
    address = sorted(found)[0]
    if parts.scheme == "http" and not open_http and not ipaddress.ip_address(address).is_loopback:
        raise DoorShut("only https leaves this machine")
    return parts.scheme, name, address, port


def post(url: str, body: bytes, headers: dict, networks=(), resolve=socket.getaddrinfo) -> tuple[int, bytes]:
    """POST the body and give (status, answer). No redirect is followed, no proxy asked, at most 1 MB and 10 s taken.

    Raises DoorShut when nothing could be sent or no whole answer came.
    """
    end = time.monotonic() + DEADLINE
    headers = {**headers, "Accept": "application/json", "Accept-Encoding": "identity"}
    with _answer("POST", url, checked(url, networks, resolve), headers, end, body) as answer:
        return answer.status, _read(answer, end, MOST_BYTES)


@dataclass(frozen=True)
class Fetched:
    """What an address gave: the last address after redirects, status, kind of content as its header says, content."""

    url: str
    status: int
    kind: str
    body: bytes


def get(
    url: str, *, may_visit: Callable[[str], None], most: int, networks=(), ports=(80, 443), resolve=socket.getaddrinfo
) -> Fetched:
    """GET a page: at most ``most`` bytes once unpacked, REDIRECTS redirects and DEADLINE seconds for all of it.

    ``may_visit(url)`` is asked of each address before it is looked up and raises to forbid it. No proxy, no cookie.
    Raises DoorShut when nothing whole came.
    """
    end = time.monotonic() + DEADLINE
    headers = {"User-Agent": AGENT, "Accept": "text/html, text/plain;q=0.8", "Accept-Encoding": "gzip"}
    for _hop in range(REDIRECTS + 1):
        may_visit(url)
        place = checked(url, networks, resolve, open_http=True, ports=ports)
        with _answer("GET", url, place, headers, end) as answer:
            onward = answer.headers.get("Location", "")
            if answer.status not in (301, 302, 303, 307, 308) or not onward:
                body = _read(answer, end, most)
                return Fetched(url, answer.status, answer.headers.get("Content-Type", ""), body)
        try:
            url = urljoin(url, onward).split("#")[0]
        except ValueError as error:
            raise DoorShut("not an address") from error
    raise DoorShut("too many redirects")


@contextmanager
def _answer(method, url, place, headers, end, body=None):
    """The answer of one request, its content unread. Whoever drips is cut off at ``end``, also within a header."""
    scheme, name, address, port = place
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            address, port, timeout=CONNECT, server_hostname=name, assert_hostname=name, cert_reqs="CERT_REQUIRED"
        )
    else:
        connection = HTTPConnection(address, port, timeout=CONNECT)
    held: list = []  # a connection forgets its socket once the answer says that it is the last
    cut = threading.Timer(max(end - time.monotonic(), 0.01), _cut, [connection, held])
    cut.daemon = True
    cut.start()
    try:
        connection.connect()
        held.append(connection.sock)
        connection.sock.settimeout(DEADLINE)
        connection.request(method, target, body=body, headers={**headers, "Host": parts.netloc}, preload_content=False)
        with closing(connection.getresponse()) as answer:
            yield answer
    except (HTTPError, OSError, HTTPException, ValueError) as error:
        raise DoorShut(f"no answer: {type(error).__name__}") from error
    finally:
        cut.cancel()
        connection.close()


def _cut(connection, held) -> None:
    """Shut a connection from beside: a read that waits then ends."""
    for sock in filter(None, (*held, connection.sock)):
        with suppress(OSError):  # it ended by itself
            sock.shutdown(socket.SHUT_RDWR)


def _read(answer, end, most) -> bytes:
    """The unpacked content. Raises DoorShut past ``most`` bytes or ``end``."""
    pieces, size = [], 0
    while piece := answer.read(65_536):
        size += len(piece)
        if size > most or time.monotonic() > end:
            raise DoorShut("the answer is too long or too slow")
        pieces.append(piece)
    if time.monotonic() > end:  # what was cut off may look like an end
        raise DoorShut("the answer is too long or too slow")
    return b"".join(pieces)
