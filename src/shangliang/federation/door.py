"""The one door to the outside: it connects only to addresses it has looked at, follows nothing and never waits long."""

import ipaddress
import socket
import time
from urllib.parse import urlsplit

import urllib3

DEADLINE = 10.0
MOST_BYTES = 1_000_000
#: Ways of writing an inner IPv4 address as a global IPv6 one: NAT64, 6to4, Teredo, IPv4-compatible, IPv4-translated.
_DISGUISES = [
    ipaddress.ip_network(one) for one in ("64:ff9b::/32", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96")
]
_SPECIAL = [ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24")]


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


def checked(url: str, networks=(), resolve=socket.getaddrinfo) -> tuple[str, str, str, int]:
    """(scheme, host name, IP address to connect to, port). Raises DoorShut for any other kind of address.

    Every address that the name stands for must be allowed, and the one that was looked at is the one connected to.
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
    try:
        found = {row[4][0].split("%")[0] for row in resolve(name, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise DoorShut(f"no such name: {name}") from error
    if not found or not all(is_allowed(one, networks) for one in found):
        raise DoorShut(f"{name} is an inner address")
    address = sorted(found)[0]
    if parts.scheme == "http" and not ipaddress.ip_address(address).is_loopback:
        raise DoorShut("only https leaves this machine")
    return parts.scheme, name, address, port


def post(url: str, body: bytes, headers: dict, networks=(), resolve=socket.getaddrinfo) -> tuple[int, bytes]:
    """POST the body and give (status, answer). No redirect is followed, no proxy asked, at most 1 MB and 10 s taken.

    Raises DoorShut when nothing could be sent or no whole answer came.
    """
    scheme, name, address, port = checked(url, networks, resolve)
    timeout = urllib3.Timeout(connect=4.0, read=DEADLINE)
    end = time.monotonic() + DEADLINE
    parts = urlsplit(url)
    headers = {**headers, "Host": parts.netloc, "Accept": "application/json", "Accept-Encoding": "identity"}
    kind = {"http": urllib3.HTTPConnectionPool, "https": urllib3.HTTPSConnectionPool}[scheme]
    names = {"server_hostname": name, "assert_hostname": name} if scheme == "https" else {}
    with kind(address, port, timeout=timeout, retries=False, maxsize=1, **names) as pool:
        try:
            answer = pool.urlopen(
                "POST", parts.path or "/", body=body, headers=headers, redirect=False, preload_content=False,
                assert_same_host=False,
            )  # fmt: skip
            return answer.status, _read(answer, end)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise DoorShut(f"no answer: {type(error).__name__}") from error


def _read(answer, end) -> bytes:
    pieces, size = [], 0
    while piece := answer.read(65_536):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > end:
            raise DoorShut("the answer is too long or too slow")
        pieces.append(piece)
    return b"".join(pieces)
