"""Signatures of whole requests (RFC 9421): method, authority, path, media type and body bound to the sender's key."""

import datetime as dt
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

TAG = "shangliang-neighbours"
COVERED = ("@method", "@authority", "@path", "content-type", "content-digest")
#: A request is worth something for so long; clocks may differ by as much.
WINDOW = dt.timedelta(minutes=5)


@dataclass
class Message:
    """A request as the library wants it."""

    method: str
    url: str
    headers: dict


class BadRequest(Exception):
    """The request is not signed as it must be; the reason is plain English."""


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, private=None, public=None):
        self.private, self.find = private, public

    def resolve_private_key(self, key_id):
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.private))

    def resolve_public_key(self, key_id):
        found = self.find(key_id)
        if found is None:
            raise BadRequest("unknown key")
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(found))


def sign(url: str, body: bytes, *, key_id: str, private: str, nonce: str, now: dt.datetime) -> dict:
    """The headers of a signed POST of this body to this address."""
    message = Message("POST", url, {"Content-Type": "application/json"})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(private=private))
    signer.sign(
        message, key_id=key_id, created=now, expires=now + WINDOW, nonce=nonce, tag=TAG, label="sig",
        covered_component_ids=COVERED, body=body,
    )  # fmt: skip
    return message.headers


@dataclass(frozen=True)
class Signed:
    """Who signed the request, under which nonce."""

    key_id: str
    nonce: str


def verify(message: Message, body: bytes, find) -> Signed:
    """What the one good signature says. Raises BadRequest for any other, and for one older than the window.

    ``find(key_id)`` gives a public key or None.
    """
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(public=find))
    try:
        (result,) = verifier.verify(message, max_age=WINDOW, expect_tag=TAG, require_components=COVERED, body=body)
    except BadRequest:
        raise
    except (HTTPMessageSignaturesException, ValueError, TypeError, KeyError) as error:
        raise BadRequest(f"bad signature: {error}") from error
    told = result.parameters
    if not result.nonce or len(result.nonce) > 64 or result.body is None or "created" not in told:
        raise BadRequest("no nonce, no digest or no time")
    return Signed(str(told["keyid"]), result.nonce)
