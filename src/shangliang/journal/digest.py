"""The mathematics of the chain: canonical bytes, digests, salted commitments, the sealed head. No Django inside.

Every stored digest names its algorithm, so that another (SM3) can follow without rewriting history.
"""

import hashlib
import hmac
import json
import secrets

GENESIS = "sha256:" + "0" * 64


def canonical(value) -> str:
    """JSON text with one spelling: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, with the algorithm's name before it."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def new_salt() -> str:
    """128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def commitment(salt: str, value: str) -> str:
    """Binds the chain to a personal value without holding it: erasing the salt makes it mean nothing."""
    return digest(f"shangliang-commitment-1\x00{salt}\x00{value}")


def seal(key: str, count: int, head: str) -> str:
    """HMAC of the number of entries and the last digest, under a key that is not in the database."""
    message = f"shangliang-head-1\x00{count}\x00{head}".encode()
    return "hmac-sha256:" + hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
