"""Every ledger keeps these promises: the fake, the one with a sequencer, and the chain."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ports.ledger.hands import GENESIS, KEYS, LEDGER, day, digest, history, key_of, signed

from laag.foundation.ports import Became
from laag.ledger import entries as on
from laag.ledger.merkle import leaf_hash
from laag.ledger.proofs import consistent, included
from laag.ledger.refused import Code

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def straight_root(leaves):
    """RFC 9162's own words, with nothing of ours."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + straight_root(leaves[:half]) + straight_root(leaves[half:])).digest()


def test_a_ledger_begins_empty_with_the_genesis_it_was_given(ledger):
    assert ledger.genesis == GENESIS.data
    assert (ledger.head().size, ledger.head().root) == (0, straight_root([]))
    assert (ledger.entries(0, 10), ledger.find("book/a/b/1"), ledger.keys("book/")) == ([], None, [])


def test_what_is_taken_is_found_and_final(ledger, final):
    for place, data in enumerate(day(1)):
        receipt = final(ledger, data)
        assert (receipt.index, receipt.final_on_log) == (place, True)
        found = ledger.find(receipt.key)
        assert (found.index, found.data) == (place, data)
    assert ledger.entries(0, 100) == day(1)
    assert ledger.entries(2, 3) == day(1)[2:5]
    assert ledger.keys("attest/settle/2026-00001/1/") == [
        f"attest/settle/2026-00001/1/{who}" for who in ("dso", "supplier", "town")
    ]


def test_the_same_again_is_known_and_changes_nothing(ledger, final):
    for data in day(1):
        final(ledger, data)
    before = ledger.head()
    assert [one.became for one in ledger.submit_all(day(1))] == [Became.KNOWN] * 8
    assert [one.index for one in ledger.submit_all(day(1))] == list(range(8))
    assert (ledger.head().size, ledger.head().root) == (before.size, before.root)


def test_another_under_the_same_key_is_refused_in_both_languages(ledger, final):
    final(ledger, day(1)[0])
    receipt = ledger.submit(day(1, seed="other")[0])
    assert (receipt.became, receipt.code, receipt.final_on_log) == (Became.REFUSED, Code.WRITTEN, False)
    assert "er staat" not in receipt.why.en
    assert receipt.why.nl != receipt.why.en
    assert ledger.find("book/day-ahead/2026-00001/1").data == day(1)[0]


def refused():
    book = on.Book(LEDGER, "coop", digest("a"), 16, "day-ahead", "2026-00001", 0)
    yield b"", Code.FORM
    yield b"\xff\n", Code.FORM
    yield b'{"entry":1}', Code.FORM
    yield signed(book).replace(b'"leaves":16', b'"leaves":32'), Code.SIGNATURE
    yield signed(book, key_of("a stranger")), Code.SIGNATURE
    yield signed(on.Book("0" * 64, "coop", digest("a"), 16, "day-ahead", "2026-00001", 0)), Code.OTHER_LEDGER
    yield signed(on.Book(LEDGER, "town", digest("a"), 16, "day-ahead", "2026-00001", 0)), Code.ROLE
    yield (
        signed(on.Book(LEDGER, "x", digest("a"), 16, "day-ahead", "2026-00001", 0), KEYS["coop"]),
        Code.UNKNOWN_MEMBER,
    )
    yield day(1)[1], Code.OUT_OF_ORDER
    yield b'{"entry":"' + b"a" * 20_000 + b'"}', Code.TOO_LONG


@pytest.mark.parametrize(("data", "code"), list(refused()))
def test_what_may_not_stand_there_is_refused_and_leaves_no_trace(ledger, data, code):
    receipt = ledger.submit(data)
    assert (receipt.became, receipt.code, receipt.index) == (Became.REFUSED, code, None)
    assert receipt.why.nl
    assert receipt.why.en
    assert ledger.head().size == 0


def test_one_that_is_refused_does_not_hold_up_the_others(ledger, final):
    good = day(1)
    said = ledger.submit_all([good[0], b"nonsense", good[1], good[4]])
    assert [one.became is Became.REFUSED for one in said] == [False, True, False, False]
    for data in (good[0], good[1], good[4]):
        final(ledger, data)
    assert ledger.entries(0, 10) == [good[0], good[1], good[4]]


@few
@given(size=st.integers(1, 40), data=st.data())
def test_paths_and_consistency_hold_at_every_size(full, size, data):
    """Asked of a ledger of forty entries, at sizes that it has had."""
    entries = history(40)
    root = straight_root(entries[:size])
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    assert included(leaf_hash(entries[index]), index, size, full.path(index, size), root)
    assert consistent(old, size, straight_root(entries[:old]), root, full.consistency(old, size))


def test_the_root_is_what_a_straight_computation_gives(full):
    assert (full.head().size, full.head().root) == (40, straight_root(history(40)))


def test_a_thousand_entries_come_to_the_same_root_as_a_straight_computation(ledger, final):
    entries = history(1_000)
    for first in range(0, 1_000, 250):
        ledger.submit_all(entries[first : first + 250])
        # In this order for sure only once these stand: what a busy node did not take in time is handed in again later.
        final(ledger, entries[first + 249])
    assert (ledger.head().size, ledger.head().root) == (1_000, straight_root(entries))
