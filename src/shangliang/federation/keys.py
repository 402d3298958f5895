"""Ed25519 keys of a committee: making, signing, verifying, and how people compare them by telephone. No Django here."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: Put before what is signed, so that a signature for one purpose is worth nothing for another.
LETTER, CARD, FILE, RECEIPT = (
    f"shangliang/{kind}/1\n".encode() for kind in ("envelope", "card", "file", "receipt")
)  # fmt: skip


def new_private() -> str:
    """A new private key, 64 hex digits."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_of(private: str) -> str:
    """The public key that belongs to it, 64 hex digits."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)).public_key().public_bytes_raw().hex()


def key_id(public: str) -> str:
    """The name of a key: the first 32 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]


def fingerprint(public: str) -> str:
    """Eight groups of four, to be read out and compared by telephone."""
    name = key_id(public)
    return " ".join(name[at : at + 4] for at in range(0, 32, 4))


def sign(private: str, purpose: bytes, body: bytes) -> str:
    """The signature over purpose and body, 128 hex digits (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)).sign(purpose + body).hex()


def is_signed(public: str, purpose: bytes, body: bytes, signature: str) -> bool:
    """Whether the signature is that of this key over exactly these bytes; nonsense of any kind is not."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), purpose + body)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
