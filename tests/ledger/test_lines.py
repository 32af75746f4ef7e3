"""Lines under one root: found by who has the secret, and telling nobody else anything."""

from hypothesis import given
from hypothesis import strategies as st

from laag.ledger.lines import LineTree, filled, filler, leaf, salt
from laag.ledger.proofs import included

LEAVES = st.lists(st.binary(min_size=1, max_size=8), max_size=40, unique=True)


def tree(lines):
    return LineTree.of(
        [leaf(salt(b"s" + one, "settle/d/1"), one) for one in lines], lambda n: filler(b"o", "k", n)
    )


@given(LEAVES, st.randoms())
def test_every_line_is_found_and_their_order_tells_nothing(lines, rng):
    made = tree(lines)
    mixed = list(lines)
    rng.shuffle(mixed)
    assert tree(mixed) == made
    assert len(made.leaves) == filled(len(lines))
    for one in lines:
        own = leaf(salt(b"s" + one, "settle/d/1"), one)
        index, path = made.path(own)
        assert included(own, index, len(made.leaves), path, made.root)


@given(LEAVES.filter(lambda lines: len(lines) < 16))
def test_from_none_to_sixteen_all_trees_are_of_one_size(lines):
    assert len(tree(lines).leaves) == 16


def test_salts_of_one_household_are_unlike_each_other():
    keys = [f"settle/2026-11-{day:02d}/{version}" for day in range(1, 31) for version in (1, 2)]
    assert len({salt(b"secret", key) for key in keys}) == len(keys)
