"""Sealed columns: contact data is stored as AES-256-GCM ciphertext under a key that is not in the database."""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "aes256gcm:"


def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"contact\x00{key}".encode()).digest())


def seal(key: str, text: str) -> str:
    """The text as base64 of nonce and ciphertext, with the algorithm's name before it; empty stays empty."""
    if not text:
        return ""
    nonce = secrets.token_bytes(12)
    return PREFIX + base64.b64encode(nonce + _cipher(key).encrypt(nonce, text.encode(), None)).decode()


def unseal(key: str, stored: str) -> str:
    """The text again. Raises ValueError when the key or the stored value is not right."""
    if not stored:
        return ""
    raw = base64.b64decode(stored.removeprefix(PREFIX))
    try:
        return _cipher(key).decrypt(raw[:12], raw[12:], None).decode()
    except InvalidTag as error:
        raise ValueError("sealed value and key do not match") from error
