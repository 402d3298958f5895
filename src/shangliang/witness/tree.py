"""The Merkle tree of RFC 9162 (section 2.1) over tiles of 256 hashes (C2SP tlog-tiles). No Django inside.

A tile (level L, number N) holds the hashes of up to 256 perfect subtrees of 256^L leaves. ``read(level, number)`` gives
its bytes, 32 for each hash, as many as there are.
"""

import hashlib
from collections.abc import Callable, Iterable

WIDTH, HEIGHT, SIZE = 256, 8, 32
Read = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: list[bytes]) -> bytes:
    """The root of a perfect subtree from its 2^k leaves' hashes."""
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + hashes[at] + hashes[at + 1]).digest() for at in range(0, len(hashes), 2)]
    return hashes[0]


def cut(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + SIZE] for at in range(0, len(tile), SIZE)]


def grow(read: Read, size: int, leaves: Iterable[bytes]) -> tuple[int, dict[tuple[int, int], bytes]]:
    """(new size, changed tiles) after appending leaf hashes to a tree of ``size`` leaves."""
    changed: dict[tuple[int, int], bytearray] = {}

    def push(level: int, number: int, digest: bytes) -> None:
        key = (level, number // WIDTH)
        if key not in changed:
            changed[key] = bytearray(read(*key)[: number % WIDTH * SIZE] if number % WIDTH else b"")
        tile = changed[key]
        tile += digest
        if len(tile) == WIDTH * SIZE:
            push(level + 1, number // WIDTH, fold(cut(bytes(tile))))

    for digest in leaves:
        push(0, size, digest)
        size += 1
    return size, {key: bytes(tile) for key, tile in changed.items()}


class Tree:
    """A tree of so many leaves, read from its tiles; each tile is read once."""

    def __init__(self, read: Read, size: int, tiles: dict[tuple[int, int], bytes] | None = None):
        self._read, self.size, self._tiles = read, size, dict(tiles or {})

    def _tile(self, level, number) -> bytes:
        key = (level, number)
        if key not in self._tiles:
            self._tiles[key] = self._read(level, number)
        return self._tiles[key]

    def subtree(self, height: int, number: int) -> bytes:
        """The root of the perfect subtree of 2^height leaves with this number."""
        level, inside = divmod(height, HEIGHT)
        first = number << inside
        tile = self._tile(level, first // WIDTH)
        at = first % WIDTH * SIZE
        piece = tile[at : at + (SIZE << inside)]
        if len(piece) != SIZE << inside:
            raise ValueError(f"tile {level}/{first // WIDTH} is too short")
        return fold(cut(piece))

    def span(self, low: int, high: int) -> bytes:
        """MTH(D[low:high]); ``low`` must be a multiple of the largest power of two below high − low."""
        count = high - low
        if count & (count - 1) == 0:
            height = count.bit_length() - 1
            return self.subtree(height, low >> height)
        half = 1 << ((count - 1).bit_length() - 1)
        return node_hash(self.span(low, low + half), self.span(low + half, high))

    def root(self) -> bytes:
        """The root of the whole tree; of an empty one the hash of nothing."""
        return self.span(0, self.size) if self.size else hashlib.sha256().digest()

    def inclusion(self, index: int) -> list[bytes]:
        """The path from a leaf to the root (RFC 9162, 2.1.3.1). Raises ValueError for a leaf that is not there."""
        if not 0 <= index < self.size:
            raise ValueError(f"no leaf {index} in a tree of {self.size}")
        path, low, high = [], 0, self.size
        while high - low > 1:
            half = 1 << ((high - low - 1).bit_length() - 1)
            if index < low + half:
                path.append(self.span(low + half, high))
                high = low + half
            else:
                path.append(self.span(low, low + half))
                low += half
        return path[::-1]

    def consistency(self, old: int) -> list[bytes]:
        """The proof that the tree of ``old`` leaves is a beginning of this one (RFC 9162, 2.1.4.1)."""
        if not 0 <= old <= self.size:
            raise ValueError(f"a tree of {self.size} never had {old} leaves")
        if old in (0, self.size):
            return []
        return self._beginning(old, 0, self.size, whole=True)

    def _beginning(self, old, low, high, whole) -> list[bytes]:
        if old == high - low:
            return [] if whole else [self.span(low, high)]
        half = 1 << ((high - low - 1).bit_length() - 1)
        if old <= half:
            return [*self._beginning(old, low, low + half, whole), self.span(low + half, high)]
        return [*self._beginning(old - half, low + half, high, False), self.span(low, low + half)]


def tiles_near(index: int, size: int) -> set[tuple[int, int]]:
    """The tiles from which a path of inclusion is made: at each level that of the leaf, and that of the right edge."""
    wanted, level = set(), 0
    while size >> (HEIGHT * level):
        for leaf in (index, size - 1):
            wanted.add((level, (leaf >> (HEIGHT * level)) // WIDTH))
        level += 1
    return wanted


def is_included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether the path proves that the leaf's hash stands at ``index`` of the tree with this root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, digest = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            digest = node_hash(other, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node_hash(digest, other)
        at, last = at >> 1, last >> 1
    return last == 0 and digest == root


def is_beginning(old: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows that the older tree is a beginning of the newer (RFC 9162, 2.1.4.2)."""
    if old == 0:
        return not proof
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, other)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == root


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile is published: tile/0/x001/x234/067, with .p/<width> when it is not full (C2SP tlog-tiles)."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"
