"""The tree over tiles is the tree of RFC 9162, compared with the definition itself."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangliang.witness.tree import SIZE, WIDTH, Tree, grow, is_beginning, is_included, leaf_hash, tile_path

LEAVES = [leaf_hash(str(n).encode()) for n in range(1400)]


def mth(leaves):
    """RFC 9162, 2.1.1, as it is written."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m, leaves):
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def tiles_of(sizes):
    """A log grown in these steps; its tiles and its size."""
    tiles, size = {}, 0

    def read(level, number):
        return tiles.get((level, number), b"")

    for step in sizes:
        size, changed = grow(read, size, LEAVES[size : size + step])
        tiles.update(changed)
    return tiles, size


def tree_of(*sizes):
    tiles, size = tiles_of(sizes)
    return Tree(lambda level, number: tiles.get((level, number), b""), size)


# RFC 6962's well-known vectors of the reference implementation (leaf inputs in hex).
INPUTS = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70))]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_roots(size):
    leaves = [leaf_hash(one) for one in INPUTS[:size]]
    tiles = {}
    grown, changed = grow(lambda level, number: tiles.get((level, number), b""), 0, leaves)
    assert Tree(lambda level, number: changed.get((level, number), b""), grown).root().hex() == ROOTS[size - 1]


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.integers(1, 400), min_size=1, max_size=4), data=st.data())
def test_roots_and_proofs_are_those_of_the_definition(steps, data):
    while sum(steps) > len(LEAVES):
        steps.pop()
    if not steps:
        return
    tree = tree_of(*steps)
    leaves, root = LEAVES[: tree.size], tree.root()
    assert root == mth(leaves)
    index = data.draw(st.integers(0, tree.size - 1))
    proof = tree.inclusion(index)
    assert proof == path(index, leaves)
    assert is_included(leaves[index], index, tree.size, proof, root)
    old = data.draw(st.integers(0, tree.size))
    between = tree.consistency(old)
    assert is_beginning(old, mth(leaves[:old]), tree.size, root, between)


@settings(max_examples=80, deadline=None)
@given(size=st.integers(2, 600), data=st.data())
def test_no_changed_proof_passes(size, data):
    tree = tree_of(size)
    root, index = tree.root(), data.draw(st.integers(0, size - 1))
    proof, leaf = tree.inclusion(index), LEAVES[index]
    at = data.draw(st.integers(0, len(proof) - 1))
    spoiled = [*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :]]
    assert not is_included(leaf, index, size, spoiled, root)
    assert not is_included(leaf, index, size, proof[:-1], root)
    assert not is_included(leaf, index, size, [*proof, root], root)
    assert not is_included(leaf_hash(leaf), index, size, proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    assert not is_included(leaf, other, size, proof, root)
    old = data.draw(st.integers(1, size - 1))
    between = tree.consistency(old)
    before = mth(LEAVES[:old])
    assert is_beginning(old, before, size, root, between)
    assert not is_beginning(old, leaf_hash(before), size, root, between)
    assert not is_beginning(old, before, size, leaf_hash(root), between)
    at = data.draw(st.integers(0, len(between) - 1))
    assert not is_beginning(old, before, size, root, [*between[:at], root, *between[at + 1 :]])


def test_growing_step_by_step_makes_the_tiles_of_growing_at_once():
    assert tiles_of([1400])[0] == tiles_of([1, 254, 1, 1, 300, 843])[0]
    tiles, _size = tiles_of([1400])
    assert {key: len(tile) // SIZE for key, tile in tiles.items()} == {
        (0, 0): 256, (0, 1): 256, (0, 2): 256, (0, 3): 256, (0, 4): 256, (0, 5): 120, (1, 0): 5,
    }


def test_where_a_tile_is_published():
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(1, 5, 8) == "tile/1/005.p/8"
    assert tile_path("entries", 273, WIDTH) == "tile/entries/273"


def test_a_tree_hash_without_its_prefix_would_be_noticed(monkeypatch):
    from shangliang.witness import tree as module

    monkeypatch.setattr(module, "node_hash", lambda left, right: hashlib.sha256(left + right).digest())
    assert tree_of(3).root() != mth(LEAVES[:3])
