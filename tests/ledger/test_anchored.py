"""A line of a street that is anchored on a chain: from the line to the chain's members, and each way in which that can be wrong."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.parties import FOUR, Ledger, party, secret
from tests.ledger.proving import KEY, comet_head, day, noted_head, placed
from tests.ledger.proving import evidence as proof
from tests.ledger.test_verify import leaves, other

from laag.adapters.keys import verified
from laag.ledger.anchored import Anchorage, Anchored, VerifiedAnchor, anchored, read_anchored, verify_anchored
from laag.ledger.changes import Join
from laag.ledger.entries import Anchor, Rotate, Vote, read
from laag.ledger.evidence import Pin, Since
from laag.ledger.refused import Code, Refusal, Refused

HOME = "home-07"
SAME = cache(verified)


def grown(more: int, before: int = 0) -> Ledger:
    """A street with so many books before its day and after it."""
    street = Ledger.of()
    for number in range(before):
        street.write(street.book(period=f"before-{number}"))
    day(street)
    for number in range(more):
        street.write(street.book(period=f"after-{number}"))
    return street


def region(street: Ledger, size: int, later: int = 2, origin: str = "", root: str = "") -> Ledger:
    """A chain on which this street's root at a size is anchored, and whose members changed before that."""
    chain = Ledger.of(name="region")
    for who in FOUR[:3]:
        chain.write(chain.vote(who, Join(party("member-04"))))
    root = root or street.upto(size).state.root.hex()
    chain.write(Anchor(chain.id, "coop", origin or street.id, size, root))
    for number in range(later):
        chain.write(Anchor(chain.id, "coop", "another", number, "ab" * 32))
    return chain


def made(street: Ledger, size: int, now: int, chain: Ledger | None = None, head=None) -> Anchored:
    """Evidence at one size of a street that was anchored at another."""
    chain = chain or region(street, size)
    at = street.upto(now)
    small, large = sorted((size, now))
    steps = [n for n, data in enumerate(chain.data) if isinstance(read(data).entry, Vote | Rotate)]
    index = next(n for n, data in enumerate(chain.data) if isinstance(read(data).entry, Anchor))
    there = Anchorage(
        chain.genesis, tuple(placed(chain, n) for n in steps), placed(chain, index),
        head or comet_head(chain, ("coop", "grid", "member-04", "meters")), street.upto(large).since(small),
    )  # fmt: skip
    return Anchored(proof(at, HOME, noted_head(at)), there)


STREET = grown(7, before=3)
DAY_OVER = 3 + 6
GOOD = made(STREET, 14, 12)


def checked(one, street=STREET, chain=GOOD.anchor.genesis.ledger, **how):
    return verify_anchored(one, street.id, chain, SAME, secret=secret(HOME), **how)


def code(found) -> Code:
    assert isinstance(found, Refused), found
    assert found.why.nl
    assert found.why.en
    return found.code


def test_a_line_leads_to_the_chains_members_also_from_its_bytes():
    found = checked(read_anchored(GOOD.data))
    assert isinstance(found, VerifiedAnchor)
    assert (found.name, found.size, found.index, found.members, len(found.signed)) == ("region", 14, 3, 5, 4)
    assert found.line.key == KEY
    assert found.at.seconds == 1_795_000_000
    assert "anchored in region, entry 4 of 6, for which 4 of the 5 members there signed" in found.said.en
    assert len(GOOD.data) < 24_000


@given(st.data())
def test_whether_it_was_anchored_before_or_after_the_head_that_a_home_has(data):
    size = data.draw(st.integers(DAY_OVER, STREET.state.size))
    now = data.draw(st.integers(DAY_OVER, STREET.state.size))
    assert isinstance(checked(made(STREET, size, now)), VerifiedAnchor)


@given(st.integers(1, 3 + 3))
def test_an_anchor_from_before_the_line_says_nothing_of_it(size):
    assert code(checked(made(STREET, size, 12))) is Code.ANCHOR


def test_an_anchor_of_another_history_is_told():
    fork = Ledger.of()
    day(fork)
    for number in range(10):
        fork.write(fork.book(period=f"other-{number}"))
    for size, now in ((14, 12), (12, 12), (11, 12)):
        chain = region(fork, size)
        good = made(STREET, size, now, chain)
        assert code(checked(good)) is Code.ANCHOR


def test_an_anchor_of_another_street_is_told():
    chain = region(STREET, 14, origin="ab" * 32)
    assert code(checked(made(STREET, 14, 12, chain))) is Code.ANCHOR


def test_another_chain_than_was_given_is_told():
    assert code(checked(GOOD, chain="ab" * 32)) is Code.OTHER_LEDGER
    assert code(checked(GOOD, street=Ledger.of(name="singel"))) is Code.OTHER_LEDGER


def test_too_few_of_the_chains_members_are_too_few():
    chain = region(STREET, 14)
    short = comet_head(chain, ("coop", "grid", "meters"))
    assert code(checked(made(STREET, 14, 12, chain, short))) is Code.TOO_FEW


def test_who_is_no_operator_of_the_chain_anchors_nothing():
    chain = region(STREET, 14)
    entry = replace(read(chain.data[3]).entry, by="town")
    forged = replace(GOOD.anchor.entry, data=chain.sign(entry))
    assert code(checked(replace(GOOD, anchor=replace(GOOD.anchor, entry=forged)))) is Code.ROLE


def test_what_the_street_says_wrong_is_still_wrong():
    line = replace(GOOD.evidence.line, says=GOOD.evidence.line.says | {"amount_units": [1, 2]})
    assert code(checked(replace(GOOD, evidence=replace(GOOD.evidence, line=line)))) is Code.LINE


def test_a_chain_that_went_back_or_forked_is_told_by_who_saw_it():
    chain = region(STREET, 14)
    size = chain.state.size
    there = replace(GOOD.anchor, since=Since(4, chain.since(4)))
    good = replace(GOOD, anchor=there)
    assert isinstance(checked(good, chain_pin=Pin(4, chain.upto(4).state.root)), VerifiedAnchor)
    assert code(checked(good, chain_pin=Pin(4, bytes(32)))) is Code.UNCONNECTED
    assert code(checked(good, chain_pin=Pin(size, bytes(32)))) is Code.SPLIT_VIEW
    assert code(checked(good, chain_pin=Pin(size + 1, bytes(32)))) is Code.ROLLED_BACK


def test_anchored_at_a_ledger_with_a_sequencer_it_holds_as_well():
    chain = region(STREET, 14)
    head = noted_head(chain, ("grid", "member-04", "meters"))
    found = checked(made(STREET, 14, 12, chain, head))
    assert isinstance(found, VerifiedAnchor)
    assert found.at is None


# Every word of the anchor, altered.

EXPECTED = [
    ("genesis", {Code.OTHER_LEDGER, Code.FORM, Code.CHANGE}),
    ("steps", {Code.STEP, Code.FORM}),
    ("entry.data.signature", {Code.SIGNATURE, Code.FORM}),
    ("entry.data.entry.by", {Code.UNKNOWN_MEMBER, Code.ROLE, Code.SIGNATURE, Code.FORM}),
    ("entry.data.entry.ledger", {Code.OTHER_LEDGER, Code.FORM}),
    ("entry.data", {Code.SIGNATURE, Code.FORM}),
    ("entry", {Code.ENTRY_PATH, Code.FORM}),
    ("path", {Code.ANCHOR, Code.FORM}),
    ("head.header.app_hash", {Code.APP_HASH, Code.FORM}),
    ("head.header", {Code.HEADER, Code.FORM}),
    ("head.block.parts", {Code.COSIGNATURE, Code.FORM}),
    ("head.block.parts_hash", {Code.COSIGNATURE, Code.FORM}),
    ("head.block", {Code.HEADER, Code.FORM}),
    ("head.round", {Code.COSIGNATURE, Code.FORM}),
    ("head.commits.by", {Code.UNKNOWN_MEMBER, Code.COSIGNATURE, Code.FORM}),
    ("head.commits", {Code.COSIGNATURE, Code.FORM}),
    ("head", {Code.APP_HASH, Code.FORM}),
    ("since", {Code.UNCONNECTED, Code.FORM}),
]


def test_of_five_hundred_mutations_each_is_refused_with_the_right_code():
    rng = Random(5)
    chain = region(STREET, 14)
    good = replace(GOOD, anchor=replace(GOOD.anchor, since=Since(4, chain.since(4))))
    pin, words = Pin(4, chain.upto(4).state.root), good.words()
    every = [at for at in leaves(words) if at[0] == "anchor"]
    assert len(every) > 60
    for n in range(500):
        at = every[n] if n < len(every) else rng.choice(every)
        said = deepcopy(words)
        inside = said
        for step in at[:-1]:
            inside = inside[step]
        was = inside[at[-1]]
        inside[at[-1]] = other(was, rng)
        if inside[at[-1]] == was:
            continue
        way = ".".join(one for one in at[1:] if isinstance(one, str))
        allowed = next(codes for start, codes in EXPECTED if way == start or way.startswith(start + "."))
        try:
            found = checked(anchored(said), chain_pin=pin)
        except Refusal as no:
            found = no.refused
        assert code(found) in allowed, (at, found)


@pytest.mark.parametrize(
    "way", [("entry", "path"), ("path",), ("steps",), ("since", "path"), ("head", "commits")]
)
def test_a_list_with_one_less_or_one_double_is_refused(way):
    chain = region(STREET, 14)
    pin = Pin(4, chain.upto(4).state.root)
    for what in ("less", "double"):
        said = replace(GOOD, anchor=replace(GOOD.anchor, since=Since(4, chain.since(4)))).words()
        inside = said = deepcopy(said)
        inside = inside["anchor"]
        for step in way[:-1]:
            inside = inside[step]
        inside[way[-1]] = inside[way[-1]][:-1] if what == "less" else [*inside[way[-1]], inside[way[-1]][-1]]
        with suppress(Refusal):
            assert isinstance(checked(anchored(said), chain_pin=pin), Refused)


def test_an_anchor_outlives_the_key_that_it_was_signed_with():
    chain = region(STREET, 14)
    chain.rotated("coop", node=party("coop").node)
    good = made(STREET, 14, 12, chain, comet_head(chain, ("coop", "grid", "member-04", "meters")))
    assert isinstance(checked(good), VerifiedAnchor), "it was signed with the key of then"
