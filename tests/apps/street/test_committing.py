"""Days of sixty homes on a ledger: every line verifies, whatever happened between what was said and what was handed in."""

import os
import signal
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, logged
from tests.ledger.parties import FOUR, key_of, party

from laag.adapters.keys import Key, verified
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.evidence import Unproven, evidence_of, members_of
from laag.adapters.ledger.store.notes import cosigned
from laag.adapters.stores import open_records
from laag.apps.street.ledger.committing import Committing
from laag.apps.street.ledger.making import Making, root
from laag.apps.street.ledger.proofs import Asked, Proofs
from laag.apps.street.ledger.signs import Signs, signed
from laag.cycle import live
from laag.cycle.commit import STREET, at_hand, keys_at, retold, shown
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.ledger.canonical import encode
from laag.ledger.changes import Join
from laag.ledger.checkpoint import checkpoint, note
from laag.ledger.entries import Attest, Settle, Vote, read
from laag.ledger.evidence import read_evidence
from laag.ledger.genesis import founded
from laag.ledger.members import Member
from laag.ledger.verified import Verified
from laag.ledger.verify import verify

KEY = Key.new()
ALONE = founded("kade", [Member("street", KEY.public, ("metering", "operator"))])


class Clock:
    """Stands still."""

    speed = 1.0

    def now(self):
        return datetime(2026, 3, 29, tzinfo=UTC)


class Kade:
    """A street's life, its records and its ledger, without a server around them."""

    def __init__(self, messages, records, ledger, signs=None) -> None:
        self.state, self.events = logged(messages)
        self.ledger = ledger
        self.making = Making(records, Clock())
        self.committing = Committing(
            ledger,
            signs or Signs("street", [KEY]),
            self.making,
            Clock(),
            lambda: self.state,
            lambda day: retold(PLACE, self.events, day),
            "0.1",
        )
        self.proofs = Proofs(self.committing)

    def proof(self, member, kind, day=FIRST):
        (found,) = self.proofs.of(self.state, Asked(member, kind), [day])
        return found

    def keys(self):
        return [key for day in self.state.days for key in keys_at(self.state, day)]


@pytest.fixture
def records():
    with open_records(":memory:") as records:
        yield records


@pytest.fixture
def ledger():
    with EmbeddedLedger(":memory:", [KEY], ALONE.data) as ledger:
        yield ledger


def test_a_day_of_sixty_homes_is_committed_and_every_line_of_it_verifies(records, ledger):
    street = Street(60, 1, 7)
    kade = Kade(street.messages(), records, ledger)
    kade.committing.once()
    assert ledger.keys("") == kade.keys()
    book = read(ledger.find(f"book/day-ahead/{FIRST}/1").data).entry
    assert (book.count, book.leaves) == (60, 64)
    for kind in ("book", "clear", "meter", "settle"):
        for member in street.members:
            data = encode(kade.proof(member, kind).evidence)
            verdict = verify(
                read_evidence(data), ALONE.ledger, verified, secret=kade.making.secrets.of(member)
            )
            assert isinstance(verdict, Verified), verdict
            assert verdict.says["whose"] == member


def test_a_line_of_the_streets_own_is_under_the_same_root(records, ledger):
    """Prices may be shown to anybody by it."""
    kade = Kade(Street(3, 1, 7).messages(), records, ledger)
    kade.committing.once()
    key = f"clear/day-ahead/{FIRST}/1"
    (commit,) = at_hand(kade.state, FIRST, {key})
    leaves = kade.making.trees.get(key).leaves
    for whose in ("prices", "gateway"):
        mine = shown(commit, STREET + whose, kade.making.secrets.street(), leaves)
        verdict = verify(evidence_of(ledger, key, mine), ALONE.ledger, verified)
        assert isinstance(verdict, Verified), verdict


class Fails:
    """A ledger or a store that takes nothing every so often, before or after it took it."""

    def __init__(self, inner, dice, names) -> None:
        self._inner, self._dice, self._names = inner, dice, names

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if name not in self._names:
            return found

        def tried(*given):
            if self._dice() < 0.06:
                raise OSError("gone before")
            answer = found(*given)
            if self._dice() < 0.06:
                raise OSError("gone after")
            return answer

        return tried


@given(st.builds(Street, st.integers(1, 2), st.just(1), st.integers(0, 99), late=st.just(True)), st.integers(0, 99))  # fmt: skip
@settings(max_examples=8, deadline=None)
def test_whenever_the_ledger_or_the_disk_fails_everything_is_there_once_in_the_end(street, seed):
    dice = np.random.default_rng(seed).random
    with (
        open_records(":memory:") as records,
        EmbeddedLedger(":memory:", [KEY], ALONE.data) as ledger,
    ):
        odd_ledger = Fails(ledger, dice, {"submit_all", "find"})
        odd_records = Fails(records, dice, {"put", "put_if", "get"})
        kade = Kade(street.messages(), odd_records, odd_ledger)
        for _ in range(1_000):
            try:
                kade.committing.once()
            except OSError:
                if dice() < 0.1:  # started again: nothing is remembered but what is kept
                    kade = Kade(street.messages(), odd_records, odd_ledger)
                continue
            if not kade.committing.standing().waiting:
                break
        assert sorted(ledger.keys("")) == sorted(kade.keys())
        assert not kade.committing.standing().wrong
        kade = Kade(street.messages(), records, ledger)
        for day in street.dates:
            for commit in retold(PLACE, kade.events, day):
                leaves = kade.making.trees.get(commit.key).leaves
                assert kade.making.unlike(commit, leaves) is None
                assert read(ledger.find(commit.key).data).entry.root == root(leaves).hex()


@pytest.mark.parametrize(("place", "after"), [("keep", 0), ("keep", 2), ("submit_all", 0)])
def test_a_server_that_is_killed_between_its_log_and_the_ledger_skips_nothing(tmp_path, place, after):
    key = Key.new()
    begun = founded("kade", [Member("street", key.public, ("metering", "operator"))])
    street = Street(4, 1, 3, silent=True, late=True)

    def lived(before=None):
        with (
            open_records(tmp_path / "log.sqlite") as records,
            EmbeddedLedger(tmp_path / "ledger.sqlite", [key], begun.data) as ledger,
        ):
            kade = Kade(street.messages(), records, ledger, Signs("street", [key]))
            if before is not None:
                before(kade)
            kade.committing.once()
            proofs = [kade.proof(member, "settle") for member in street.members]
            return ledger.keys(""), kade.keys(), proofs

    number = os.fork()
    if not number:
        lived(lambda kade: killed(kade, place, after))
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(number, 0)[1]) == signal.SIGKILL
    there, wanted, proofs = lived()
    assert there == wanted
    for proof in proofs:
        verdict = verify(read_evidence(encode(proof.evidence)), begun.ledger, verified)
        assert isinstance(verdict, Verified), verdict


def killed(kade, place, after):
    """From the given number of calls on there is nobody any more."""
    of = kade.making.trees if place == "keep" else kade.ledger
    inner, left = getattr(of, place), iter(range(after))

    def gone(*given):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return inner(*given)

    setattr(of, place, gone)


def test_another_root_under_the_same_key_is_named_and_holds_nothing_up(records, ledger):
    street = Street(2, 1, 5)
    kade = Kade(street.messages(), records, ledger)
    kade.committing.once()
    with open_records(":memory:") as lost:  # whoever lost its records has other secrets
        again = Kade(street.messages(), lost, ledger)
        again.committing.once()
        assert not again.committing.standing().waiting
        assert again.proof(street.members[0], "settle").stands == "wrong"


def test_who_holds_no_key_or_role_of_the_ledger_is_told_so(ledger):
    with pytest.raises(BadInput, match="no member of this ledger"):
        Signs("coop", [KEY]).on(ledger)
    with pytest.raises(BadInput, match="none of the keys"):
        Signs("street", [Key.new()]).on(ledger)
    only = founded("kade", [Member("street", KEY.public, ("operator",))])
    with (
        EmbeddedLedger(":memory:", [KEY], only.data) as other,
        pytest.raises(BadInput, match="lacks the role metering"),
    ):
        Signs("street", [KEY]).on(other)


def test_evidence_waits_for_members_enough_and_carries_who_joined_and_who_recomputed(records):
    """Four members; a fifth is voted in, the cooperative's line is signed by those of now."""
    roles = {"coop": ("metering", "operator")}
    four = founded("kade", [party(one, roles=roles.get(one, ())) for one in FOUR])
    street = Street(3, 1, 7)
    with EmbeddedLedger(":memory:", [key_of("coop")], four.data) as ledger:
        kade = Kade(street.messages(), records, ledger, Signs("coop", [key_of("coop")]))
        kade.committing.once()
        waits = kade.proof(street.members[0], "settle")
        assert (waits.stands, waits.evidence) == ("written", None)
        assert "members enough" in waits.why.en
        settle = read(ledger.find(f"settle/{FIRST}/1").data).entry
        assert isinstance(settle, Settle)
        join = Join(party("library"))
        said = [Vote(four.ledger, who, 0, join) for who in ("coop", "grid", "town")]
        said += [Attest(four.ledger, who, settle.key, settle.root) for who in ("grid", "library", "town")]
        assert all(ledger.submit(signed(one, key_of(one.by))).became is Became.TAKEN for one in said)
        assert "library" in {one.id for one in members_of(ledger)}
        head = checkpoint(note(ledger.note().encode()).text)
        for who in ("grid", "library", "town"):
            assert ledger.cosign(head.size, cosigned(head, who, key_of(who), 1_795_000_000)) is not None
        proof = kade.proof(street.members[0], "settle")
        verdict = verify(read_evidence(encode(proof.evidence)), four.ledger, verified)
        assert isinstance(verdict, Verified), verdict
        assert verdict.signed == ("coop", "grid", "library", "town")
        assert verdict.recomputed == ("grid", "library", "town")
        assert verdict.final
        assert len(proof.evidence["steps"]) == 3


def test_there_is_no_evidence_for_what_was_never_written(ledger):
    assert evidence_of(ledger, "settle/2026-01-01/1", None) is None
    assert Unproven(1, 0).signed == 0


def test_a_state_that_has_nothing_to_commit_commits_nothing(records, ledger):
    kade = Kade([], records, ledger)
    kade.committing.once()
    assert ledger.keys("") == []
    assert list(kade.proofs.of(live.begin(PLACE), Asked("m-1", "settle"), [])) == []
