"""One root over everybody's lines: each is found under it with its own secret, and without it cannot be guessed."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import streets
from tests.cycle.test_commit import committed

from laag.cycle.commit import STREET, sealed, shown
from laag.foundation.errors import BadInput
from laag.ledger.canonical import encode
from laag.ledger.entries import entry, words
from laag.ledger.lines import leaf, salt
from laag.ledger.proofs import included

STREETS = b"the street's own"


def secret(member):
    return hashlib.sha256(member.encode()).digest()


@given(streets(days=1), st.data())
@settings(max_examples=30)
def test_everybodys_line_is_under_the_root_and_the_entry_reads_back(street, data):
    _, found = committed(street.messages())
    one = data.draw(st.sampled_from(found))
    whole = sealed(one, {member: secret(member) for member in street.members}, STREETS)
    made = whole.entry("0" * 64, "coop", "0.1.0")
    assert entry(words(made)) == made
    assert made.key == one.key
    assert made.leaves == len(whole.leaves)
    for whose in one.lines:
        mine = shown(one, whose, STREETS if whose.startswith(STREET) else secret(whose), whole.leaves)
        assert included(mine.leaf, mine.index, made.leaves, mine.path, whole.root)


@given(streets(homes=3, days=1))
@settings(max_examples=5)
def test_who_erases_its_secret_takes_nobodys_proof_away_and_cannot_be_guessed(street):
    _, found = committed(street.messages())
    one = next(one for one in found if one.kind == "settle")
    gone, *stay = street.members
    whole = sealed(one, {member: secret(member) for member in street.members}, STREETS)
    for member in stay:
        mine = shown(one, member, secret(member), whole.leaves)
        assert included(mine.leaf, mine.index, len(whole.leaves), mine.path, whole.root)
    line = dict(one.lines[gone])
    right = line["amount_units"][0]
    for cents in range(-5_000, 5_000):
        guess = {**line, "amount_units": [right + cents * 10**6, *line["amount_units"][1:]]}
        for known in (STREETS, *map(secret, stay)):
            assert leaf(salt(known, one.key), encode(guess)) not in whole.leaves
    assert leaf(salt(secret(gone), one.key), encode(line)) in whole.leaves


def test_a_line_that_is_not_what_was_committed_is_not_shown():
    from tests.cycle.any_street import Street

    street = Street(2, 1, 6)
    _, found = committed(street.messages())
    one = next(one for one in found if one.kind == "settle")
    member = street.members[0]
    whole = sealed(one, {name: secret(name) for name in street.members}, STREETS)
    with pytest.raises(BadInput, match="not what was committed"):
        shown(one, member, b"another secret", whole.leaves)
    one.lines[member]["amount_units"][0] += 1
    with pytest.raises(BadInput, match="not what was committed"):
        shown(one, member, secret(member), whole.leaves)
