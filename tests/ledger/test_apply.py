"""What is taken, what is known, what is refused: for any history, and by name."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.parties import Ledger, hashed, key_of, party
from tests.ledger.test_merkle import mth

from laag.adapters.keys import verified
from laag.foundation.ports import Found
from laag.ledger.apply import Known, Taken, apply_block
from laag.ledger.canonical import decode, encode
from laag.ledger.changes import Join, Remove
from laag.ledger.entries import Anchor, Flex, written
from laag.ledger.refused import Code, Refused
from laag.ledger.state import State, state

STREET = Ledger.of()


def pool() -> list[bytes]:
    """What a busy week may bring: every kind, corrections, votes that meet each other, keys that change."""
    one = Ledger.of()
    entries = [
        one.book(),
        one.book("intraday"),
        *(one.clear(version=n) for n in (1, 2, 3)),
        one.clear("intraday"),
    ]
    entries += [one.meter(version=n) for n in (1, 2)] + [one.settle(), one.settle(version=2, meter=2)]
    entries += [one.attest(who, entries[n]) for who in ("grid", "meters", "town") for n in (0, 2, 8)]
    entries += [one.dispute("town", entries[8]), Anchor(one.id, "coop", "other", 7, hashed("anchor"))]
    entries += [Flex(one.id, "grid", hashed("flex"), 16, "cable-1", "2026-11-22", stage, 1) for stage in ("request", "order")]  # fmt: skip
    changes = (Join(party("member-04")), Remove("town"))
    entries += [one.vote(who, change, at) for who in ("coop", "grid", "meters", "town") for change in changes for at in (0, 1)]  # fmt: skip
    entries += [one.rotate("grid"), one.rotate("grid", 2), one.rotate("town")]
    made = [one.sign(entry) for entry in entries]
    one.keys["grid"] = key_of("grid", 1)
    return [*made, one.sign(one.attest("grid", entries[1])), one.sign(one.rotate("grid", 2))]


POOL = pool()
WEEKS = st.lists(st.sampled_from(POOL), max_size=60)


@settings(max_examples=40)
@given(WEEKS)
def test_whatever_comes_in_whatever_order_the_log_alone_makes_the_state(week):
    """What was taken, taken again from the start, gives the same state; what was refused left nothing."""
    first, again = Ledger.of(), Ledger.of()
    for data in week:
        before = first.state
        done = first.submit(data)
        assert done.state == first.state
        if not isinstance(done.outcome, Taken):
            assert (done.state, done.leaf, done.nodes) == (before, b"", ())
    for index, data in enumerate(first.data):
        assert again.submit(data).outcome.index == index
    assert again.state == first.state
    assert again.state.root == mth(first.data)
    for index, data in enumerate(first.data):
        assert first.submit(data).outcome == Known(index, list(first.index)[index])
    assert again.state == first.state


@settings(max_examples=20)
@given(WEEKS, st.integers(1, 9))
def test_a_block_is_the_same_as_one_by_one(week, length):
    single, index, outcomes = Ledger.of(), {}, []
    here = single.state
    for begin in range(0, len(week), length):
        here, done = apply_block(here, week[begin : begin + length], index.get, verified)
        for data, one in zip(week[begin : begin + length], done, strict=True):
            outcomes.append(one.outcome)
            if isinstance(one.outcome, Taken):
                index[one.outcome.key] = Found(one.outcome.index, data)
    assert [single.submit(data).outcome for data in week] == outcomes
    assert single.state == here


@settings(max_examples=20)
@given(WEEKS)
def test_a_state_is_the_same_after_it_was_kept(week):
    street = Ledger.of()
    for data in week:
        street.submit(data)
    kept = encode(street.state.words())
    assert state(decode(kept)) == street.state
    assert len(kept) < 4096 + 67 * street.state.size.bit_length()


@settings(max_examples=20)
@given(WEEKS)
def test_nothing_is_written_over(week):
    """Under every key of the log something else is refused, and what stood there stands there."""
    street = Ledger.of()
    for data in week:
        street.submit(data)
    for entry in (
        street.book(root=hashed("other")),
        street.meter(root=hashed("other")),
        street.settle(code="9"),
    ):
        there = street.look(entry.key)
        done = street.write(entry)
        if there:
            assert done.outcome.code is Code.WRITTEN
            assert street.look(entry.key) == there


def test_a_day_is_written_in_its_order_and_again_changes_nothing():
    street = Ledger.of()
    day = [street.book(), street.clear(), street.meter(), street.settle()]
    assert [street.write(one).outcome for one in day] == [Taken(n, one.key) for n, one in enumerate(day)]
    before = street.state
    assert [street.write(one).outcome for one in day] == [Known(n, one.key) for n, one in enumerate(day)]
    assert street.state == before


def refused(done) -> Code:
    assert isinstance(done.outcome, Refused), done.outcome
    assert done.outcome.why.nl != done.outcome.why.en
    return done.outcome.code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (STREET.clear(), Code.OUT_OF_ORDER),
        (STREET.settle(), Code.OUT_OF_ORDER),
        (STREET.meter(version=2), Code.OUT_OF_ORDER),
        (STREET.rotate("grid", 2), Code.OUT_OF_ORDER),
        (STREET.attest("grid", STREET.book()), Code.OUT_OF_ORDER),
        (STREET.dispute("grid", STREET.book()), Code.OUT_OF_ORDER),
        (STREET.book(by="grid"), Code.ROLE),
        (STREET.meter(by="coop"), Code.ROLE),
        (STREET.book(by="nobody"), Code.UNKNOWN_MEMBER),
        (STREET.book(ledger="0" * 64), Code.OTHER_LEDGER),
        (STREET.book(leaves=24), Code.FORM),
        (STREET.book(leaves=8), Code.FORM),
        (STREET.book(count=9), Code.FORM),
        (STREET.book(period="22 November"), Code.FORM),
        (STREET.book(market="Day-Ahead"), Code.FORM),
        (STREET.book(root="AB" * 32), Code.FORM),
        (STREET.meter(version=0), Code.FORM),
        (STREET.vote("grid", Remove("town"), 1), Code.STALE_VOTE),
        (STREET.vote("grid", Remove("nobody"), 0), Code.CHANGE),
        (STREET.vote("grid", Remove("coop"), 0), Code.CHANGE),
        (STREET.vote("grid", Join(party("town")), 0), Code.CHANGE),
        (STREET.vote("grid", Join(party("new", group="town")), 0), Code.CHANGE),
        (STREET.vote("grid", Join(replace(party("new"), key=party("town").key)), 0), Code.CHANGE),
        (STREET.vote("grid", Join(replace(party("new"), node=party("town").node)), 0), Code.CHANGE),
        (STREET.rotate("grid", to=key_of("town")), Code.CHANGE),
        (replace(STREET.rotate("grid"), proof="0" * 128), Code.SIGNATURE),
    ],
    ids=lambda one: one.key if hasattr(one, "key") else str(one),
)
def test_what_cannot_be_is_refused_by_its_code(entry, code):
    assert refused(Ledger.of().write(entry)) is code


@pytest.mark.parametrize(
    "text", ["book", "ledger", "root", "leaves", "count", "period", "market", "by", "kind"]
)
def test_a_field_that_lacks_is_named(text):
    said = decode(STREET.sign(STREET.book()))
    if text == "book":
        said["entry"]["extra"] = 1
        text = "extra"
    else:
        del said["entry"][text]
    done = Ledger.of().submit(encode(said))
    assert refused(done) is Code.FORM
    assert text in done.outcome.why.en
    assert text in done.outcome.why.nl


def test_an_altered_entry_does_not_carry_its_signature():
    street = Ledger.of()
    signature = street.key("coop").sign(b"something else")
    assert refused(street.submit(written(street.book(), signature))) is Code.SIGNATURE
    assert refused(street.submit(street.sign(street.book())[:-3] + b'0"}')) in {Code.SIGNATURE, Code.FORM}


def test_an_attestation_of_another_root_is_a_dispute():
    street = Ledger.of()
    street.write(street.book())
    assert refused(street.write(street.attest("grid", street.book(root=hashed("mine"))))) is Code.OTHER_ROOT
    assert isinstance(street.write(street.dispute("grid", street.book())).outcome, Taken)


def test_votes_and_attestations_are_nothing_to_attest():
    street = Ledger.of()
    street.write(street.book())
    attest = street.attest("grid", street.book())
    street.write(attest)
    assert refused(street.write(street.attest("town", attest))) is Code.FORM


def test_after_a_rotation_the_old_key_signs_nothing():
    street = Ledger.of()
    old = street.sign(street.book())
    street.rotated("coop")
    assert refused(street.submit(old)) is Code.SIGNATURE
    assert isinstance(street.write(street.book()).outcome, Taken)
    assert isinstance(street.rotated("coop", 2).outcome, Taken)


def test_too_long_an_entry_is_refused_before_it_is_read():
    assert refused(Ledger.of().submit(b"[" * 20_000)) is Code.TOO_LONG


def test_junk_is_refused_and_never_raises():
    for junk in (
        b"",
        b"{}",
        b"[]",
        b"1",
        b'{"entry":1,"signature":""}',
        b"\xff" * 30,
        b'{"entry":{"kind":"coup"},"signature":""}',
    ):
        assert refused(Ledger.of().submit(junk)) is Code.FORM


def test_a_state_that_was_meddled_with_is_not_read():
    said = STREET.state.words()
    for other in ({"size": 3}, {"kind": "estate"}, {"coming": [1]}, {"members": []}, {"app": 0}):
        with pytest.raises(Exception, match=r"state|members"):
            state(said | other)
    assert isinstance(state(said), State)
