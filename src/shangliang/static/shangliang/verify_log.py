#!/usr/bin/env python3
"""Check a public log (公开账本) of 好商量 from the outside: Python's standard library alone, no code of the product.

    python3 verify_log.py FOLDER                      a log exported to files
    python3 verify_log.py https://example.org/log/    a log that is served
    python3 verify_log.py LOG --key LINE              the log's key, compared by telephone, instead of LOG/keys
    python3 verify_log.py LOG --old FILE              FILE is a checkpoint seen earlier: is it a beginning of this log?
    python3 verify_log.py LOG --case FILE             FILE is a case's proof.json: does each line stand in the log?

Rules (docs/log.md): L1 form of the checkpoint, L2 signature of the log, L3 root, L4 number of entries, L5 leaf hashes,
L6 upper tiles, L7 signatures of witnesses, L8 an older checkpoint, L9 lines of a case.
Status 0: whole; 1: not whole; 2: it could not be read, which says nothing about it.
"""

import argparse
import base64
import hashlib
import json
import os
import struct
import sys
import time
import urllib.request

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


class Broken(Exception):
    """A rule does not hold; the text begins with its number."""


# --- Ed25519 (RFC 8032, section 5.1), slow and plain ---


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    w, x, y, z = f - e, h - g, h + g, f + e
    return w * x % P, y * z % P, x * y % P, w * z % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point, n = add(point, point), n >> 1
    return total


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    return same(times(s, BASE), add(r, times(h, a)))


# --- keys, notes, tiles ---


def b64(text, rule):
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Broken(rule + ": not base64") from None
    if base64.b64encode(raw).decode() != text:
        raise Broken(rule + ": not canonical base64")
    return raw


def key_of(line):
    name, ident, coded = (line.strip().split("+", 2) + ["", ""])[:3]
    raw = b64(coded, "L2")
    if len(raw) != 33 or hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != ident:
        raise Broken("L2: a key does not match its id")
    return name, bytes.fromhex(ident), raw[0], raw[1:]


def checkpoint_of(text):
    body, blank, signatures = text.partition("\n\n")
    parts = body.split("\n")
    if not blank or len(parts) != 3 or not parts[1].isascii() or not parts[1].isdecimal():
        raise Broken("L1: not a checkpoint")
    if str(int(parts[1])) != parts[1] or not signatures.endswith("\n"):
        raise Broken("L1: not a canonical checkpoint")
    root = b64(parts[2], "L1")
    if len(root) != 32:
        raise Broken("L1: not a root")
    lines = signatures[:-1].split("\n")
    if not all(line.startswith("\u2014 ") and line.count(" ") == 2 for line in lines):
        raise Broken("L1: a signature line is not well formed")
    return parts[0], int(parts[1]), root, body + "\n", lines


def signatures(text, lines, keys):
    """{(name, kind): seconds or None} of the good ones; a line of a known key that is not good breaks L2 or L7."""
    good = {}
    for line in lines:
        _dash, name, coded = line.split(" ")
        raw = b64(coded, "L2")
        for known, ident, kind, public in keys:
            if known != name or ident != raw[:4]:
                continue
            if kind == 1:
                if not is_signed(public, text.encode(), raw[4:]):
                    raise Broken("L2: the log's signature is not good")
                good[name, kind] = None
            else:
                if len(raw) != 76:
                    raise Broken("L7: the signature of " + name + " is not good")
                at = struct.unpack(">Q", raw[4:12])[0]
                if not is_signed(public, ("cosignature/v1\ntime %d\n" % at + text).encode(), raw[12:]):
                    raise Broken("L7: the signature of " + name + " is not good")
                good[name, kind] = at
    return good


class Source:
    """A folder or a web address."""

    def __init__(self, where):
        self.where, self.remote = where, where.startswith(("http://", "https://"))

    def get(self, path):
        if self.remote:
            with urllib.request.urlopen(self.where.rstrip("/") + "/" + path, timeout=30) as answer:
                return answer.read(4_000_000)
        with open(os.path.join(self.where, *path.split("/")), "rb") as file:
            return file.read(4_000_000)

    def tile(self, level, number, width):
        path = "%03d" % (number % 1000)
        while number >= 1000:
            number //= 1000
            path = "x%03d/" % (number % 1000) + path
        return self.get("tile/%s/%s" % (level, path) + ("" if width == 256 else ".p/%d" % width))


def fold(hashes):
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes) - 1, 2)] + (
            [hashes[-1]] if len(hashes) % 2 else []
        )
    return hashes[0]


def rebuild(source, size):
    """The commitments of all entries, after every tile has been worked out anew and compared."""
    entries, hashes = [], []
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        bundle, tile = source.tile("entries", number, width), source.tile(0, number, width)
        if len(bundle) != 34 * width or any(bundle[i : i + 2] != b"\x00\x20" for i in range(0, 34 * width, 34)):
            raise Broken("L4: bundle %d does not hold %d entries of 32 bytes" % (number, width))
        own = [bundle[i + 2 : i + 34] for i in range(0, 34 * width, 34)]
        leaves = [hashlib.sha256(b"\x00" + one).digest() for one in own]
        if b"".join(leaves) != tile:
            raise Broken("L5: tile 0/%d is not made of its entries" % number)
        entries += own
        hashes.append(leaves)
    level, below = 1, [fold(leaves) for leaves in hashes if len(leaves) == 256]
    while below:
        for number in range((len(below) + 255) // 256):
            row = below[number * 256 : number * 256 + 256]
            if source.tile(level, number, len(row)) != b"".join(row):
                raise Broken("L6: tile %d/%d does not follow from the tiles below it" % (level, number))
        below = [fold(below[i : i + 256]) for i in range(0, len(below) - 255, 256)]
        level += 1
    return entries, [leaf for leaves in hashes for leaf in leaves]


def root_of(leaves):
    """RFC 9162, 2.1.1: pairing neighbours and carrying an odd one up is the same as splitting at powers of two."""
    return fold(leaves) if leaves else hashlib.sha256().digest()


def check(source, key_lines, old, case):
    origin, size, root, text, lines = checkpoint_of(source.get("checkpoint").decode())
    keys = [key_of(line) for line in (key_lines or source.get("keys").decode().splitlines()) if line.strip()]
    good = signatures(text, lines, keys)
    if (origin, 1) not in good:
        raise Broken("L2: nobody whose key is known has signed for this log")
    for line in lines:
        if not any(line.split(" ")[1] == key[0] and b64(line.split(" ")[2], "L7")[:4] == key[1] for key in keys):
            raise Broken("L7: a signature by somebody whose key is not known")
    entries, leaves = rebuild(source, size)
    if root_of(leaves) != root:
        raise Broken("L3: the root does not follow from the leaves")
    if old is not None:
        o_origin, o_size, o_root, o_text, o_lines = checkpoint_of(old)
        if (o_origin, 1) not in signatures(o_text, o_lines, keys) or o_origin != origin:
            raise Broken("L8: the older checkpoint is not signed by this log")
        if o_size > size or root_of(leaves[:o_size]) != o_root:
            raise Broken("L8: the log of today does not begin with the log of then: two histories")
    for line in case or ():
        made = hashlib.sha256(b"shangliang-leaf-1\x00" + line["salt"].encode() + b"\x00" + line["digest"].encode())
        if not 0 <= line["index"] < size or entries[line["index"]] != made.digest():
            raise Broken("L9: line %s of the case does not stand in the log" % line["index"])
    when = "%Y-%m-%dT%H:%M:%SZ"
    signed = [(name, at) for (name, kind), at in sorted(good.items()) if kind == 4]
    seen = [name + " at " + time.strftime(when, time.gmtime(at)) for name, at in signed]
    return "log whole: %s, %d entries, witnessed by %s" % (origin, size, ", ".join(seen) or "nobody")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log")
    parser.add_argument("--key", action="append")
    parser.add_argument("--old", type=argparse.FileType(encoding="utf-8"))
    parser.add_argument("--case", type=argparse.FileType(encoding="utf-8"))
    told = parser.parse_args()
    source = Source(told.log)
    try:
        source.get("checkpoint")
    except (OSError, ValueError) as fault:
        print("log NOT READ, which says nothing about it: %s" % fault, file=sys.stderr)
        sys.exit(2)
    try:
        case = json.load(told.case)["lines"] if told.case else None
        print(check(source, told.key, told.old and told.old.read(), case))
    except Broken as fault:
        sys.exit("log BROKEN: %s" % fault)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sys.exit("log BROKEN: L1: it cannot be read: %r" % fault)


if __name__ == "__main__":
    main()
