"""Signing with a key of our committee, whose private half lies sealed in the database."""

import hashlib
import hmac

from django.conf import settings

from ..shared import sealed
from . import keys, letters


def private(key) -> str:
    """The private half of one of our keys."""
    return sealed.unseal(settings.FEDERATION_KEY, key.private)


def signed(key, purpose: bytes, body: bytes) -> str:
    """Our signature over these bytes."""
    return keys.sign(private(key), purpose, body)


def document(key, purpose: bytes, told: dict) -> bytes:
    """A card, a receipt or a file that we sign."""
    return letters.sealed(purpose, told, private=private(key), key_id=key.key_id)


def keyed_digest(body: str) -> str:
    """By this a message is recognised again, and nobody can guess from it what it said."""
    return hmac.new(settings.FEDERATION_KEY.encode(), body.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
