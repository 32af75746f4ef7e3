"""Who believes nobody finds everything: each way in which a bill's evidence can be wrong, by its code."""

from copy import deepcopy
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.parties import FOUR, Ledger, hashed, party, secret
from tests.ledger.proving import HOMES, KEY, comet_head, day, noted_head, placed, shown, tree
from tests.ledger.proving import evidence as proof

from laag.adapters.keys import verified
from laag.ledger.canonical import encode
from laag.ledger.changes import Join, Remove, Upgrade
from laag.ledger.evidence import Pin, Shown, evidence, read_evidence
from laag.ledger.lines import LineTree, filler, leaf, salt
from laag.ledger.refused import Code, Refusal, Refused
from laag.ledger.verify import Verified, verify

HOME = "home-07"
HEADS = {"note": noted_head, "comet": comet_head}


def lived(attests=("grid", "meters")) -> Ledger:
    """A street whose members and keys changed before the day and after it."""
    street = Ledger.of()
    for who in FOUR[:3]:
        street.write(street.vote(who, Join(party("member-04"))))
    street.rotated("town", node=party("town").node)
    day(street, attests)
    return street


STREET = lived()


def pinned(size: int) -> Pin:
    return Pin(size, STREET.upto(size).state.root)


PIN = pinned(5)
GOOD = {
    "note": proof(STREET, HOME, noted_head(STREET, ("grid", "member-04", "meters")), PIN),
    "comet": proof(STREET, HOME, comet_head(STREET, ("coop", "grid", "member-04", "meters")), PIN),
}


SAME = cache(verified)
"""The same signature over the same bytes is computed once for all mutations."""


def checked(one, pin=PIN, whose=HOME, ledger=STREET.id, **other):
    return verify(one, ledger, SAME, pin, secret(whose) if whose else None, **other)


def code(found) -> Code:
    assert isinstance(found, Refused), found
    assert found.why.nl
    assert found.why.en
    return found.code


@pytest.mark.parametrize("head", HEADS)
def test_good_evidence_verifies_also_from_its_bytes(head):
    found = checked(read_evidence(GOOD[head].data))
    assert isinstance(found, Verified)
    assert (found.key, found.stands, found.members, found.final) == (
        KEY,
        ("coop", "grid", "meters"),
        5,
        False,
    )
    assert found.pin == Pin(STREET.state.size, STREET.state.root)
    assert len(found.signed) == 4


@pytest.mark.parametrize("home", HOMES)
def test_every_home_verifies_its_own_line_and_nobody_elses(home):
    own = replace(GOOD["note"], line=shown(home))
    assert checked(own, whose=home).says["whose"] == home
    assert code(checked(own, whose="somebody else")) is Code.SALT


def test_enough_attestations_make_it_final():
    street = lived(("grid", "meters", "town"))
    found = verify(
        proof(street, HOME, noted_head(street, ("grid", "member-04", "meters"))), street.id, verified
    )
    assert found.final
    assert found.said.nl.endswith("definitief.")


# A thousand ways to be wrong, a field at a time.

EXPECTED = [
    ("genesis", {Code.OTHER_LEDGER, Code.FORM, Code.CHANGE}),
    ("steps", {Code.STEP, Code.FORM}),
    ("entry.data.signature", {Code.SIGNATURE, Code.FORM}),
    ("entry.data.entry.by", {Code.UNKNOWN_MEMBER, Code.ROLE, Code.SIGNATURE, Code.FORM}),
    ("entry.data.entry.ledger", {Code.OTHER_LEDGER, Code.FORM}),
    ("entry.data", {Code.SIGNATURE, Code.FORM}),
    ("entry", {Code.ENTRY_PATH, Code.FORM}),
    ("attests", {Code.ATTESTATION, Code.FORM}),
    ("head.cosigned.by", {Code.UNKNOWN_MEMBER, Code.COSIGNATURE, Code.FORM}),
    ("head.cosigned", {Code.COSIGNATURE, Code.FORM}),
    ("head.by", {Code.UNKNOWN_MEMBER, Code.HEAD_SIGNATURE, Code.FORM}),
    ("head.header.app_hash", {Code.APP_HASH, Code.FORM}),
    ("head.header", {Code.HEADER, Code.FORM}),
    ("head.block.parts", {Code.COSIGNATURE, Code.FORM}),
    ("head.block.parts_hash", {Code.COSIGNATURE, Code.FORM}),
    ("head.block", {Code.HEADER, Code.FORM}),
    ("head.round", {Code.COSIGNATURE, Code.FORM}),
    ("head.commits.by", {Code.UNKNOWN_MEMBER, Code.COSIGNATURE, Code.FORM}),
    ("head.commits", {Code.COSIGNATURE, Code.FORM}),
    ("head.kind", {Code.FORM}),
    ("head", {Code.HEAD_SIGNATURE, Code.APP_HASH, Code.FORM}),
    ("line.salt", {Code.SALT, Code.FORM}),
    ("line.says", {Code.LINE, Code.FORM}),
    ("line.leaf", {Code.LINE, Code.FORM}),
    ("line", {Code.LINE_PATH, Code.FORM}),
    ("since", {Code.UNCONNECTED, Code.FORM}),
    ("", {Code.FORM}),
]


def leaves(said, at=()):
    """Every number and word in it, by the way to it."""
    if isinstance(said, dict):
        for name, one in said.items():
            yield from leaves(one, (*at, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from leaves(one, (*at, place))
    else:
        yield at


def other(said, rng: Random):
    """Almost the same: a number near it, a word with one letter changed, cut or added."""
    if isinstance(said, int):
        return said + rng.choice([-1, 1, 10, 2**40])
    place = rng.randrange(len(said)) if said else 0
    letter = rng.choice([one for one in "0123456789abcdef" if said[place : place + 1] != one])
    return rng.choice([said[:place] + letter + said[place + 1 :]] * 4 + [said[:-1], said + letter])


def expected(at) -> set[Code]:
    way = ".".join(one for one in at if isinstance(one, str))
    return next(
        codes for start, codes in EXPECTED if way == start or way.startswith(start + ".") or not start
    )


def mutations(head: str, count: int):
    """Every leaf once, then any leaf."""
    rng, words = Random(head), GOOD[head].words()
    every = list(leaves(words))
    for n in range(count):
        at = every[n] if n < len(every) else rng.choice(every)
        said = deepcopy(words)
        inside = said
        for step in at[:-1]:
            inside = inside[step]
        was = inside[at[-1]]
        inside[at[-1]] = other(was, rng)
        if inside[at[-1]] != was:
            yield at, said


def judged(said):
    try:
        return checked(evidence(said))
    except Refusal as no:
        return no.refused


@pytest.mark.parametrize("head", HEADS)
def test_of_a_thousand_mutations_each_is_refused_with_the_right_code(head):
    tried = 0
    for at, said in mutations(head, 1020):
        found = judged(said)
        assert code(found) in expected(at), (at, found)
        tried += 1
    assert tried >= 1000


@pytest.mark.parametrize("head", HEADS)
def test_a_list_with_one_less_or_one_double_is_refused(head):
    """Steps, paths and signatures; fewer attestations only make it less final.

    That town has a new key is missed only where town signed, or where the head says who the members are, as a block does.
    """
    words = GOOD[head].words()
    fewer = {(("attests",), "less"), (("attests",), "double")} | (
        {(("steps",), "less")} if head == "note" else set()
    )
    lists = [
        ("steps",),
        ("entry", "path"),
        ("line", "path"),
        ("since", "path"),
        ("genesis", "members"),
        ("attests",),
    ]
    lists += [("head", "cosigned" if head == "note" else "commits")]
    for way in lists:
        for what in ("less", "double"):
            said = deepcopy(words)
            inside = said
            for step in way[:-1]:
                inside = inside[step]
            one = inside[way[-1]]
            inside[way[-1]] = one[:-1] if what == "less" else [*one, one[-1]]
            found = judged(said)
            assert isinstance(found, Verified) == ((way, what) in fewer), (way, what, found)
            if way == ("attests",):
                assert found.stands == (("coop", "grid") if what == "less" else ("coop", "grid", "meters"))


@given(st.binary(max_size=200))
def test_junk_is_no_evidence_and_says_so(data):
    with pytest.raises(Refusal):
        read_evidence(data)


# What somebody with keys could try.


def test_a_line_of_another_amount_is_found_with_and_without_the_secret():
    line = GOOD["note"].line
    cheaper = replace(GOOD["note"], line=replace(line, says=line.says | {"amount_units": [1, 2]}))
    assert code(checked(cheaper)) is Code.LINE
    assert code(checked(cheaper, whose=None)) is Code.LINE
    own = leaf(line.salt, cheaper.line.line)
    assert code(checked(replace(cheaper, line=replace(cheaper.line, leaf=own)))) is Code.LINE_PATH


def test_a_wrong_salt_is_told_from_a_wrong_amount_by_who_knows_the_secret():
    line = GOOD["note"].line
    salted = replace(GOOD["note"], line=replace(line, salt=bytes(32)))
    assert code(checked(salted)) is Code.SALT
    assert code(checked(salted, whose=None)) is Code.LINE


def test_a_line_of_another_day_under_this_days_root_is_refused():
    street = Ledger.of()
    says = {"period": "2026-11-21", "kind": "settle", "version": 1}
    own = leaf(salt(secret(HOME), KEY), encode(says))
    made = LineTree.of([own], lambda n: filler(b"x", KEY, n))
    street.write(street.meter())
    street.write(street.settle(root=made.root.hex(), leaves=16))
    line = Shown(says, salt(secret(HOME), KEY), own, *made.path(own))
    found = replace(proof(street, HOME), line=line)
    assert code(verify(found, street.id, verified)) is Code.LINE


@pytest.mark.parametrize("head", HEADS)
def test_two_thirds_are_too_few(head):
    """Of four, two; of five, three: more than two thirds it takes."""
    short = HEADS[head](STREET, ("grid", "meters") if head == "note" else ("coop", "grid", "meters"))
    assert code(checked(replace(GOOD[head], head=short))) is Code.TOO_FEW


def test_the_sequencer_counts_once_also_when_it_cosigns():
    short = noted_head(STREET, ("coop", "grid", "meters"))
    assert code(checked(replace(GOOD["note"], head=short))) is Code.TOO_FEW


def test_who_is_no_operator_signs_no_head():
    head = GOOD["note"].head
    said = head.checkpoint(STREET.id)
    forged = replace(head, by="grid", signature=STREET.key("grid").sign(said.text))
    assert code(checked(replace(GOOD["note"], head=forged))) is Code.HEAD_SIGNATURE


@pytest.mark.parametrize("head", HEADS)
def test_evidence_of_another_ledger_with_the_same_members_is_refused(head):
    singel = day(Ledger.of(name="singel"))
    found = proof(singel, HOME, HEADS[head](singel, FOUR[:3]))
    assert isinstance(verify(found, singel.id, verified), Verified)
    assert code(verify(found, STREET.id, verified)) is Code.OTHER_LEDGER


def test_an_entry_replayed_from_another_ledger_is_refused():
    kade, singel = day(Ledger.of()), day(Ledger.of(name="singel"))
    found = replace(proof(kade, HOME), entry=placed(singel, 3))
    assert code(verify(found, kade.id, verified)) is Code.OTHER_LEDGER


@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_another_ledger_is_refused(head):
    kade, singel = day(Ledger.of()), day(Ledger.of(name="singel"))
    found = replace(proof(kade, HOME), head=HEADS[head](singel, FOUR[:3]))
    assert code(verify(found, kade.id, verified)) in {Code.HEAD_SIGNATURE, Code.HEADER, Code.APP_HASH}


def test_a_ledger_that_went_back_is_told_by_who_saw_it_longer():
    later = Pin(STREET.state.size + 1, bytes(32))
    assert code(checked(GOOD["note"], pin=later)) is Code.ROLLED_BACK


def test_another_history_of_one_size_is_a_split_view():
    assert code(checked(GOOD["note"], pin=Pin(STREET.state.size, bytes(32)))) is Code.SPLIT_VIEW
    assert isinstance(checked(GOOD["note"], pin=Pin(STREET.state.size, STREET.state.root)), Verified)


def test_a_fork_does_not_continue_what_was_seen():
    assert code(checked(GOOD["note"], pin=Pin(5, hashed("x").encode()[:32]))) is Code.UNCONNECTED
    assert code(checked(GOOD["note"], pin=pinned(6))) is Code.UNCONNECTED
    assert isinstance(checked(GOOD["note"], pin=pinned(0)), Verified)


@pytest.mark.parametrize("head", HEADS)
def test_votes_that_are_kept_back_are_missed(head):
    """Who hides that a member joined has other members sign than the evidence leads to."""
    short = replace(GOOD[head], steps=GOOD[head].steps[-1:])
    assert code(checked(short)) in {Code.UNKNOWN_MEMBER, Code.STEP}


def test_who_left_stands_for_nothing_any_more():
    street = lived()
    for who in ("coop", "grid", "meters", "member-04"):
        street.write(street.vote(who, Remove("town")))
    head = noted_head(street, ("grid", "town"))
    assert code(verify(proof(street, HOME, head), street.id, verified)) is Code.UNKNOWN_MEMBER


@pytest.mark.parametrize("head", HEADS)
def test_an_old_key_stands_for_nothing_any_more(head):
    street = day(Ledger.of())
    old = street.key("grid")
    street.rotated("grid")
    made = HEADS[head](
        street, FOUR[:3], **({"members": Ledger.of().state.members} if head == "comet" else {})
    )
    if head == "note":
        at = next(n for n, one in enumerate(made.cosigned) if one.by == "grid")
        said = made.checkpoint(street.id).cosigned(made.cosigned[at].time)
        signed = replace(made.cosigned[at], signature=old.sign(said))
        made = replace(made, cosigned=(signed, *made.cosigned[1:]))
        assert code(verify(proof(street, HOME, made), street.id, verified)) is Code.COSIGNATURE
    else:
        assert code(verify(proof(street, HOME, made), street.id, verified)) is Code.VALIDATORS


def changed_again(count: int):
    """A street whose members change one at a time: after each change a copy of it, with who its members were before."""
    street = day(Ledger.of())
    yield deepcopy(street), [street.state.members]
    before = [street.state.members]
    changes = (
        *(Join(party(f"member-{n:02d}")) for n in range(4, 8)),
        *(Remove(who) for who in ("town", "grid", "meters")),
    )
    for change in changes[:count]:
        for one in before[-1]:
            if street.state.members == before[-1]:
                street.write(street.vote(one.id, change))
        before.append(street.state.members)
        yield deepcopy(street), list(before)


def ids(members):
    return [one.id for one in members]


def test_only_the_members_of_its_own_state_make_a_block_that_counts():
    """Whichever set was there before, whatever the header says of them, however many of them sign."""
    for street, sets in changed_again(7):
        now = street.state.members
        good = proof(street, HOME, comet_head(street, ids(now)))
        assert isinstance(verify(good, street.id, SAME), Verified)
        for then in sets[:-1]:
            for members, after in ((then, then), (then, now), (now, then)):
                head = comet_head(street, ids(members), members, after)
                assert code(verify(replace(good, head=head), street.id, SAME)) is Code.VALIDATORS
            named = comet_head(street, ids(then))  # the header names those of now, and these signed
            gone, found = set(ids(then)) - set(ids(now)), verify(replace(good, head=named), street.id, SAME)
            if gone:
                assert code(found) is Code.UNKNOWN_MEMBER
            elif len(then) <= 2 * len(now) / 3:
                assert code(found) is Code.TOO_FEW


def test_who_joins_later_stands_for_nothing_before():
    *_, (early, _), (late, _) = changed_again(4)
    new = (set(ids(late.state.members)) - set(ids(early.state.members))).pop()
    head = comet_head(early, [*ids(early.state.members), new])
    assert code(verify(proof(early, HOME, head), early.id, SAME)) is Code.UNKNOWN_MEMBER


def test_evidence_from_before_a_change_holds_after_it():
    """It says who the members were then, and that is all that it takes."""
    old = [
        proof(street, HOME, comet_head(street, ids(street.state.members))) for street, _ in changed_again(7)
    ]
    assert all(isinstance(verify(one, old[0].genesis.ledger, SAME), Verified) for one in old)


def test_a_block_while_a_change_is_on_its_way_says_to_ask_again():
    *_, (street, sets) = changed_again(5)
    found = verify(
        proof(street, HOME, comet_head(street, ids(sets[-2]), sets[-2], sets[-1])), street.id, SAME
    )
    assert "a block later" in found.why.en
    forged = verify(proof(street, HOME, comet_head(street, ids(sets[0]), sets[0])), street.id, SAME)
    assert "a block later" not in forged.why.en


def test_a_block_of_other_nodes_is_not_the_members():
    strangers = [party(one) for one in ("x-1", "x-2", "x-3", "x-4")]
    head = comet_head(STREET, ("coop", "grid", "meters"), strangers)
    assert code(checked(replace(GOOD["comet"], head=head))) is Code.VALIDATORS


def test_an_attestation_of_another_entry_does_not_count_for_this_one():
    street = day(Ledger.of())
    street.write(street.attest("town", street.book()))
    found = proof(street, HOME)
    swapped = replace(found, attests=(*found.attests, placed(street, street.state.size - 1)))
    assert code(verify(swapped, street.id, verified)) is Code.ATTESTATION


def test_what_has_no_root_has_no_lines():
    street = day(Ledger.of())
    found = replace(proof(street, HOME), entry=placed(street, 5))
    assert code(verify(found, street.id, verified)) is Code.FORM


@pytest.mark.parametrize("head", HEADS)
def test_evidence_after_an_upgrade_asks_for_a_newer_program(head):
    street = day(Ledger.of())
    for who in FOUR[:3]:
        street.write(street.vote(who, Upgrade(2, 0)))
    found = proof(street, HOME, HEADS[head](street, FOUR[:3]))
    assert code(verify(found, street.id, verified)) is Code.UPGRADE
    assert isinstance(verify(found, street.id, verified, knows=2), Verified)


def test_evidence_is_small():
    assert len(GOOD["note"].data) < 12_000
    assert len(GOOD["comet"].data) < 12_000


# Forgetting.


def test_an_erased_household_cannot_be_guessed_and_its_neighbours_still_verify():
    """Its line and its secret are gone; its leaf stays, and no amount to the cent leads to it."""
    made = tree()
    gone = leaf(salt(secret(HOME), KEY), shown(HOME).line)
    assert gone in made.leaves
    guesses = ({**shown(HOME).says, "amount_units": [7000 + cents, -7]} for cents in range(-1000, 1000))
    assert all(leaf(salt(b"", KEY), encode(one)) not in made.leaves for one in guesses)
    for home in HOMES[:20]:
        if home != HOME:
            assert isinstance(checked(replace(GOOD["note"], line=shown(home)), whose=home), Verified)
