"""The envelope: flat canonical bytes that are signed as they are, and what is refused in them. No Django inside.

docs/envelope.md is its public description. What is signed is the bytes, not a meaning: a reader refuses every body
that it would not have written itself, byte for byte, so that nothing can be re-arranged under a valid signature.
"""

import json
import re
from dataclasses import dataclass

from ..journal.digest import canonical

VERSION = "1.0"
#: The message by which the old key tells the new one; it stands in the stream, so all know from where it holds.
ROTATED = "neighbours.key_rotated"
#: No single message is longer; what is larger is a file and does not travel this way.
MOST_BYTES = 65_536
SIDE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}", re.ASCII)
TOPIC = re.compile(r"[0-9a-f]{32}", re.ASCII)
EVENT = re.compile(r"[a-z][a-z0-9_]{0,29}\.[a-z][a-z0-9_]{0,39}", re.ASCII)
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
MOST = 2**53


class Unreadable(Exception):
    """These bytes are no envelope; the reason is for the log and the other side's engineer, in plain English."""


@dataclass(frozen=True)
class Envelope:
    """One statement on its way: from which side to which, the how-manieth, about what, which event, said when."""

    origin: str
    to: str
    epoch: int
    seq: int
    topic: str
    event: str
    at: str
    fields: dict
    release: str
    v: str = VERSION

    def pack(self) -> bytes:
        """The bytes that are signed. Raises Unreadable for what could not be read back."""
        body = canonical(self.__dict__).encode()
        unpack(body)
        return body


def unpack(body: bytes) -> Envelope:
    """The envelope of these bytes. Raises Unreadable unless they are the canonical ones and every part is in order.

    Further keys that a newer minor version adds are accepted and stay under the signature; another major is refused.
    """
    if len(body) > MOST_BYTES:
        raise Unreadable("longer than 64 KiB")
    try:
        told = json.loads(body.decode("utf-8"), parse_float=_no_floats, parse_constant=_no_floats)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON in UTF-8") from error
    if not isinstance(told, dict):
        raise Unreadable("not an object")
    try:
        again = canonical(told).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise Unreadable("not in canonical form") from error
    if again != body:
        raise Unreadable("not in canonical form")
    _check(told)
    return Envelope(**{name: told[name] for name in Envelope.__dataclass_fields__})


def _no_floats(text):
    raise ValueError(f"{text} is no whole number")


def _check(told: dict) -> None:
    for name in ("v", "origin", "to", "topic", "event", "at", "release"):
        if not isinstance(told.get(name), str):
            raise Unreadable(f"{name} is missing or no text")
    if told["v"].split(".")[0] != VERSION.split(".")[0]:
        raise Unreadable("another major version")
    patterns = {"origin": SIDE, "to": SIDE, "topic": TOPIC, "event": EVENT, "at": AT}
    for name, pattern in patterns.items():
        if not pattern.fullmatch(told[name]):
            raise Unreadable(f"{name} is not well formed")
    for name in ("epoch", "seq"):
        value = told.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < MOST:
            raise Unreadable(f"{name} is no number from 1")
    if not isinstance(told.get("fields"), dict) or not all(map(is_flat, told["fields"].values())):
        raise Unreadable("fields are not flat")


def is_flat(value) -> bool:
    """Text, a whole number, yes or no, nothing, or a list of texts: that is all a field may be."""
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < MOST)
