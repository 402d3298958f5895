"""Signed notes, checkpoints, cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature). No Django inside."""

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGN, COSIGN = 0x01, 0x04
MOST = 16_384
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


class Malformed(Exception):
    """This is no note, checkpoint or key; the reason is plain English."""


@dataclass(frozen=True)
class Key:
    """Somebody's public key under a name: that of a log (SIGN) or of a witness (COSIGN)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self):
        coded = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{coded}"


def read_key(text: str) -> Key:
    """The key that a line name+id+base64 tells. Raises Malformed."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not parts[0] or " " in parts[0]:
        raise Malformed("not a key")
    raw = _decoded(parts[2])
    if len(raw) != 33 or raw[0] not in (SIGN, COSIGN):
        raise Malformed("not an Ed25519 key")
    key = Key(parts[0], raw[0], raw[1:])
    if key.id.hex() != parts[1]:
        raise Malformed("the key does not match its id")
    return key


def private_key(secret: str) -> Ed25519PrivateKey:
    """The signing key made of 64 hex digits."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))


def public_bytes(secret: str) -> bytes:
    """Its public half, 32 bytes."""
    return private_key(secret).public_key().public_bytes_raw()


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A checkpoint with the signature lines under it."""

    checkpoint: Checkpoint
    lines: tuple[str, ...]

    def __str__(self):
        return self.checkpoint.text + "\n" + "".join(f"{line}\n" for line in self.lines)


def read_note(text: str) -> Note:
    """The checkpoint and signature lines of a note. Raises Malformed for anything that is not exactly one."""
    if len(text) > MOST or "\r" in text or "\x00" in text:
        raise Malformed("not a note")
    body, blank, signatures = text.partition("\n\n")
    lines = signatures.split("\n")
    if not blank or lines.pop() != "" or not lines or not all(line.startswith("— ") for line in lines):
        raise Malformed("not a signed note")
    parts = body.split("\n")
    if len(parts) != 3 or not parts[0] or not _SIZE.fullmatch(parts[1]):
        raise Malformed("not a checkpoint")
    root = _decoded(parts[2])
    if len(root) != 32:
        raise Malformed("not a root")
    return Note(Checkpoint(parts[0], int(parts[1]), root), tuple(lines))


def signed(checkpoint: Checkpoint, secret: str) -> str:
    """The signature line of the log itself; its name is the origin."""
    key = Key(checkpoint.origin, SIGN, public_bytes(secret))
    return _line(key, private_key(secret).sign(checkpoint.text.encode()))


def cosigned(checkpoint: Checkpoint, name: str, secret: str, at: int) -> str:
    """A witness's line: it saw this checkpoint, consistent with all it saw before, at this second (since 1970)."""
    key = Key(name, COSIGN, public_bytes(secret))
    return _line(key, struct.pack(">Q", at) + private_key(secret).sign(_cosign_text(checkpoint, at)))


def is_signed(note: Note, key: Key) -> bool:
    """Whether the log's key signed this checkpoint."""
    return any(_verified(key, raw, note.checkpoint.text.encode()) for raw in _raw(note.lines, key))


def cosigned_at(checkpoint: Checkpoint, line: str, key: Key) -> int | None:
    """The second at which the witness co-signed by this line; None when it did not."""
    for raw in _raw([line], key):
        if len(raw) == 72:
            at = struct.unpack(">Q", raw[:8])[0]
            if _verified(key, raw[8:], _cosign_text(checkpoint, at)):
                return at
    return None


def _cosign_text(checkpoint, at) -> bytes:
    return f"cosignature/v1\ntime {at}\n{checkpoint.text}".encode()


def _line(key, raw) -> str:
    return f"— {key.name} {base64.b64encode(key.id + raw).decode()}"


def _raw(lines, key):
    """What stands after the key's id in each line that names it."""
    for line in lines:
        parts = line.split(" ")
        if len(parts) == 3 and parts[:2] == ["—", key.name]:
            try:
                raw = _decoded(parts[2])
            except Malformed:
                continue
            if raw[:4] == key.id:
                yield raw[4:]


def _verified(key, signature, text) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(text) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise Malformed("not canonical base64")
    return raw


def ask(old: int, proof: list[bytes], note: str) -> str:
    """The body of a request to a witness (C2SP tlog-witness, add-checkpoint)."""
    return f"old {old}\n" + "".join(f"{base64.b64encode(one).decode()}\n" for one in proof) + "\n" + note


def read_ask(text: str) -> tuple[int, list[bytes], Note]:
    """(old size, proof, note) of such a request. Raises Malformed."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or not lines[0].startswith("old ") or not _SIZE.fullmatch(lines[0][4:]) or len(lines) > 64:
        raise Malformed("not a request")
    proof = [_decoded(line) for line in lines[1:]]
    if any(len(one) != 32 for one in proof):
        raise Malformed("not a proof")
    return int(lines[0][4:]), proof, read_note(note)
