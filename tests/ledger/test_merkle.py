"""The log's tree beside RFC 9162's definitions, written out as they stand there."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.ledger.merkle import (
    EMPTY,
    appended,
    consistency,
    frontier_at,
    grown,
    inclusion,
    leaf_hash,
    root_at,
    root_of,
)
from laag.ledger.proofs import consistent, included

ALL = [str(n).encode() for n in range(1100)]
NODES, EDGE = grown(map(leaf_hash, ALL))
SIZES = [*range(131), 255, 256, 257, 1000, 1023, 1024, 1025]

# RFC 9162, section 2.1, word for word.


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return hashlib.sha256().digest()
    if len(d) == 1:
        return hashlib.sha256(b"\x00" + d[0]).digest()
    k = split(len(d))
    return hashlib.sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m, d, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], b=False), mth(d[:k])]


def node(level, place):
    return NODES[level, place]


def test_roots_are_those_of_the_definition():
    for size in SIZES:
        assert root_at(size, node) == mth(ALL[:size])


def test_every_inclusion_path_is_the_definitions_and_holds():
    for size in [*range(1, 70), 127, 128, 129, 130]:
        root = root_at(size, node)
        for index in range(size):
            steps = inclusion(index, size, node)
            assert list(steps) == path(index, ALL[:size])
            assert included(leaf_hash(ALL[index]), index, size, steps, root)


def test_every_consistency_proof_is_the_definitions_and_holds():
    for new in [*range(1, 45), 64, 65, 127, 128, 129, 130]:
        for old in range(1, new + 1):
            steps = consistency(old, new, node)
            assert list(steps) == (subproof(old, ALL[:new], b=True) if old < new else [])
            assert consistent(old, new, root_at(old, node), root_at(new, node), steps)


@given(st.integers(1, 1100), st.data())
def test_a_large_log_proves_the_same(size, draw):
    index, old = draw.draw(st.integers(0, size - 1)), draw.draw(st.integers(0, size))
    assert included(leaf_hash(ALL[index]), index, size, inclusion(index, size, node), root_at(size, node))
    assert consistent(old, size, root_at(old, node), root_at(size, node), consistency(old, size, node))


@given(st.integers(1, 300), st.data())
def test_no_altered_path_holds(size, draw):
    index = draw.draw(st.integers(0, size - 1))
    steps, root = list(inclusion(index, size, node)), root_at(size, node)
    leaf = leaf_hash(ALL[index])
    other = draw.draw(st.integers(-2, size + 2).filter(lambda n: n != index))
    assert not included(leaf, other, size, steps, root)
    assert not included(leaf_hash(b"other"), index, size, steps, root)
    assert not included(leaf, index, size, [*steps, root], root)
    assert not included(leaf, index, size, steps, leaf_hash(b"other"))
    if steps:
        at = draw.draw(st.integers(0, len(steps) - 1))
        assert not included(leaf, index, size, steps[:at] + steps[at + 1:], root)  # fmt: skip
        assert not included(leaf, index, size, [*steps[:at], bytes(32), *steps[at + 1:]], root)  # fmt: skip


@given(st.integers(1, 300), st.data())
def test_no_other_beginning_is_consistent(new, draw):
    old = draw.draw(st.integers(1, new))
    steps, before, after = list(consistency(old, new, node)), root_at(old, node), root_at(new, node)
    assert not consistent(old, new, leaf_hash(b"other"), after, steps)
    assert not consistent(old, new, before, leaf_hash(b"other"), steps)
    assert not consistent(new + 1, new, before, after, steps)
    assert not consistent(old, new, before, after, [*steps, before])
    if steps:
        at = draw.draw(st.integers(0, len(steps) - 1))
        assert not consistent(old, new, before, after, [*steps[:at], bytes(32), *steps[at + 1:]])  # fmt: skip
        assert not consistent(old, new, before, after, steps[:-1])


def test_the_frontier_goes_on_wherever_it_was_left():
    for size in SIZES[:131]:
        edge, made = appended(frontier_at(size, node), size, leaf_hash(ALL[size]))
        assert edge == frontier_at(size + 1, node)
        assert all(NODES[level, place] == one for level, place, one in made)
        assert root_of(edge) == root_at(size + 1, node)


# The tree that Certificate Transparency's first implementation tests with (RFC 6962; eight leaves of these bytes).
PUBLISHED = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
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
def test_the_published_tree_has_the_published_roots(size):
    leaves = [leaf_hash(bytes.fromhex(one)) for one in PUBLISHED[:size]]
    assert root_of(grown(leaves)[1]).hex() == ROOTS[size - 1]


def test_an_empty_log_has_the_hash_of_nothing():
    assert (
        root_of(()).hex() == EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
