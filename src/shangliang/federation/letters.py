"""Letters, receipts and cards as they travel, in a request or in a file: the same bytes. No Django inside."""

import json
from dataclasses import dataclass

from ..journal.digest import canonical
from . import keys

#: One parcel holds at most so many letters, and is at most so long.
MOST_LETTERS = 200
MOST_PARCEL = 1_900_000
#: A file carried by hand may hold more.
MOST_FILE = 32_000_000


class Spoiled(Exception):
    """What came is no parcel, receipt or card of ours; the reason is plain English."""


@dataclass(frozen=True)
class Letter:
    """The signed bytes of one envelope, as text, with the name of the key that signed them."""

    body: str
    signature: str
    key_id: str


def pack(letters) -> bytes:
    """A parcel of letters."""
    return canonical({"letters": [[one.body, one.signature, one.key_id] for one in letters]}).encode()


def pack_rows(rows) -> bytes:
    """Rows as they stand in a file, as a parcel."""
    return canonical({"letters": rows}).encode()


def unpack(parcel: bytes, most=MOST_LETTERS) -> list[Letter]:
    """The letters of a parcel. Raises Spoiled."""
    told = _object(parcel)
    rows = told.get("letters")
    if not isinstance(rows, list) or len(rows) > most:
        raise Spoiled("no letters, or too many")
    for row in rows:
        if not (isinstance(row, list) and len(row) == 3 and all(isinstance(one, str) for one in row)):
            raise Spoiled("a letter is not three texts")
    return [Letter(*row) for row in rows]


def sealed(purpose: bytes, told: dict, *, private: str, key_id: str) -> bytes:
    """A signed document: a card, a receipt or a file of letters."""
    body = canonical(told)
    return canonical({"body": body, "key": key_id, "signature": keys.sign(private, purpose, body.encode())}).encode()


def opened(purpose: bytes, document: bytes, find) -> tuple[dict, str]:
    """(what it says, the key that signed it). ``find(key_id, told)`` gives the public key or None. Raises Spoiled."""
    told = _object(document)
    body, key_id, signature = (told.get(name) for name in ("body", "key", "signature"))
    if not all(isinstance(one, str) for one in (body, key_id, signature)):
        raise Spoiled("not signed")
    said = _object(body.encode())
    public = find(key_id, said)
    if public is None:
        raise Spoiled("signed by an unknown key")
    if not keys.is_signed(public, purpose, body.encode(), signature):
        raise Spoiled("the signature is not right")
    return said, key_id


def peek(document: bytes) -> dict:
    """What a document says, without looking at its signature; {} for nonsense."""
    try:
        return _object(str(_object(document).get("body", "")).encode())
    except Spoiled:
        return {}


def _object(text: bytes) -> dict:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Spoiled("not JSON") from error
    if not isinstance(told, dict):
        raise Spoiled("not an object")
    return told
