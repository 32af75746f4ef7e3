"""A sequencer that was put back, tampered with, or bribed: what its witnesses make of it, and what stays as proof."""

from dataclasses import replace

import httpx
import pytest
from tests.adapters.ledger.circle import WITHIN_S
from tests.adapters.ledger.test_witnesses import all_signed, standing, wait
from tests.ports.ledger.hands import KEYS, LEDGER, day, digest, signed

from laag.adapters.ledger.embedded import Halted
from laag.adapters.ledger.store.notes import sealed
from laag.adapters.ledger.witness.splits import Split, kept
from laag.adapters.ledger.witness.wire import Asked, written
from laag.ledger import entries as on
from laag.ledger import merkle
from laag.ledger.checkpoint import Checkpoint


def put_back_after(circle, *later):
    """Eight entries are signed by all and a copy is made; eight more are signed, and then the copy takes their place."""
    circle.ledger.submit_all(day(1))
    circle.put_aside()
    circle.ledger.submit_all(day(2))
    with circle.published() as publisher:
        all_signed(circle, publisher, 16)
    circle.put_back()
    circle.ledger.submit_all(later)


def test_a_ledger_that_was_put_back_hears_of_it_before_it_takes_anything(circle):
    put_back_after(circle)
    with circle.published() as publisher:
        with pytest.raises(Halted, match="saw 16 entries that this ledger signed and here are 8"):
            circle.ledger.submit(day(3)[0])
        assert "laag ledger recover" in circle.ledger.halted.nl
        assert "older copy" in standing(publisher, "town").why
    assert all(one.state.size == 16 for one in circle.witnesses.values())


def test_a_ledger_that_was_put_back_and_went_on_gets_no_signature_and_is_halted(circle):
    put_back_after(circle, *day(3), *day(4))
    with circle.published():
        wait(lambda: circle.ledger.halted)
        assert "another history at 16 entries" in circle.ledger.halted.en
    assert circle.ledger.proven() is None
    assert all(one.state.size == 16 for one in circle.witnesses.values())


def test_an_empty_ledger_in_the_place_of_one_that_others_saw_is_halted(circle):
    with circle.published() as publisher:
        circle.ledger.submit_all(day(1))
        all_signed(circle, publisher, 8)
    circle.ledger.close()
    circle.place.unlink()
    circle.begin()
    with circle.published():
        assert "saw 8 entries" in circle.ledger.halted.en


def test_two_histories_of_one_size_are_kept_as_proof(circle):
    put_back_after(circle, *day(2, seed="other"))
    asked = Asked(16, (), circle.ledger.signed().note)
    answer = circle.witnesses["town"].add_checkpoint(written(asked))
    assert answer.status == 409
    proof = kept(next(circle.proofs("town").iterdir()))
    said = proof.proves(LEDGER, circle.ledger.members_at)
    assert "coop ondertekende twee geschiedenissen: een van 16" in said.nl
    assert circle.witnesses["town"].state.size == 16


def test_two_histories_of_different_sizes_are_kept_as_proof(circle):
    put_back_after(circle, *day(3), *day(4), *day(5))
    asked = Asked(16, circle.ledger.consistency(16, 32), circle.ledger.signed().note)
    assert circle.witnesses["town"].add_checkpoint(written(asked)).status == 422
    assert circle.witnesses["town"].add_checkpoint(written(asked)).status == 422
    (path,) = circle.proofs("town").iterdir()
    said = kept(path).proves(LEDGER, circle.ledger.members_at)
    assert "one of 16 entries" in said.en
    assert "one of 32" in said.en


def test_a_proof_of_two_histories_that_is_not_one_proves_nothing(circle):
    put_back_after(circle, *day(2, seed="other"))
    ours, theirs = circle.ledger.signed(), circle.witnesses["town"].signed()
    proof = Split(theirs.note, ours.note, ours.root)
    at = circle.ledger.members_at
    assert proof.proves(LEDGER, at)
    assert not replace(proof, root=theirs.root).proves(LEDGER, at)
    assert not replace(proof, root=bytes(32)).proves(LEDGER, at)
    assert not replace(proof, longer=theirs.note).proves(LEDGER, at)
    assert not replace(proof, longer=ours.note.replace("16", "17")).proves(LEDGER, at)
    assert not replace(proof, path=(bytes(32),)).proves(LEDGER, at)
    assert not proof.proves("0" * 64, at)
    forged = sealed(Checkpoint(LEDGER, 16, bytes(32)), KEYS["town"]).note
    assert not replace(proof, longer=forged, root=bytes(32)).proves(LEDGER, at)


def bribed(circle, entry):
    """What witnesses answer to a sequencer that took one entry more than it may, and signed it."""
    circle.ledger.submit_all(day(1))
    with circle.published() as publisher:
        all_signed(circle, publisher, 8)
    entries = [*day(1), entry]
    nodes, edge = merkle.grown(merkle.leaf_hash(one) for one in entries)
    head = sealed(Checkpoint(LEDGER, 9, merkle.root_of(edge)), KEYS["coop"])
    shown(circle, entries)
    proof = merkle.consistency(8, 9, lambda level, place: nodes[level, place])
    return [one.add_checkpoint(written(Asked(8, proof, head.note))) for one in circle.witnesses.values()]


def shown(circle, entries):
    """The sequencer gives these to whoever asks for entries."""

    def bent(request, answer):
        if request.url.path.endswith("/entries"):
            some = entries[int(request.url.params["first"]) :]
            return httpx.Response(200, content=b"".join(one + b"\n" for one in some))
        return answer

    circle.to_ledger.bends = bent


altered = signed(on.Meter(LEDGER, "dso", digest("m"), 16, "2026-00002", 1)).replace(
    b'"leaves":16', b'"leaves":32'
)
out_of_order = day(3)[1]
again = day(1, seed="other")[0]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (altered, "was altered after it was signed"),
        (out_of_order, "follows on"),
        (again, "something else stands under"),
        (b"nonsense", "not written the canonical way"),
    ],
)
def test_no_witness_signs_an_entry_that_may_not_stand_there(circle, entry, says):
    for answer in bribed(circle, entry):
        assert (answer.status, "entry 8 may not stand there" in answer.body) == (422, True)
        assert says in answer.body
    assert all(one.state.size == 8 for one in circle.witnesses.values())


def test_entries_that_do_not_come_to_the_signed_root_are_not_signed(circle):
    circle.ledger.submit_all(day(1))
    other = circle.ledger.entries(0, 8)
    other[4] = day(7)[4]

    shown(circle, other)
    with circle.published() as publisher:
        wait(lambda: standing(publisher, "town").why)
        assert "do not come to the root" in standing(publisher, "town").why
        circle.to_ledger.bends = None
        assert circle.ledger.until_proven(8, WITHIN_S)
