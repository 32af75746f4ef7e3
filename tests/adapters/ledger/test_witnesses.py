"""What witnesses sign and what they refuse, and what the sequencer makes of it."""

import time
from datetime import timedelta

import httpx
import pytest
from tests.adapters.ledger.circle import NOON, WITHIN_S
from tests.ports.ledger.hands import KEYS, day, history

from laag.adapters.keys import verified
from laag.ledger.checkpoint import note
from laag.ledger.heads import head, noted
from laag.ledger.members import quorum


def test_a_head_is_signed_by_all_members_and_counts_by_more_than_two_thirds(circle):
    circle.ledger.submit_all(day(1))
    assert circle.ledger.proven() is None
    with circle.published():
        assert circle.ledger.until_proven(8, WITHIN_S)
    proven = circle.ledger.proven()
    assert (proven.size, proven.root) == (8, circle.ledger.head().root)
    said = head(dict(proven.proof))
    assert len(said.signers) >= quorum(4)
    assert all(one.time == int(NOON.timestamp()) for one in said.cosigned)


def test_what_is_shown_as_a_note_is_what_evidence_carries(circle):
    circle.ledger.submit_all(day(1))
    with circle.published():
        assert circle.ledger.until_proven(8, WITHIN_S)
    shown = noted(
        note(circle.ledger.note(proven=True).encode()),
        circle.ledger.id,
        circle.ledger.members_at(8),
        verified,
    )
    assert shown.words() == circle.ledger.proven().proof


def test_one_witness_away_delays_nobody_and_catches_up(circle):
    circle.lines["town"].cut = True
    with circle.published() as publisher:
        for number in range(3):
            circle.ledger.submit_all(day(number))
        assert circle.ledger.until_proven(24, WITHIN_S)
        away = next(one for one in publisher.standing() if one.member == "town")
        assert (away.size, "cannot be reached" in away.why) == (0, True)
        assert "ondertekent nu niet mee: hij is niet te bereiken" in away.said.nl
        assert away.why not in away.said.nl, "what a program says in English stands in the log"
        circle.lines["town"].cut = False
        all_signed(circle, publisher, 24)
    assert circle.witnesses["town"].state == circle.ledger.state


def test_two_of_three_witnesses_away_delay_the_quorum_only(circle):
    circle.lines["town"].cut = circle.lines["dso"].cut = True
    with circle.published() as publisher:
        circle.ledger.submit_all(day(1))
        wait(lambda: any(one.size == 8 for one in publisher.standing()))
        assert circle.ledger.proven() is None
        assert circle.ledger.submit(day(2)[0]).final_on_log
        circle.lines["dso"].cut = False
        assert circle.ledger.until_proven(9, WITHIN_S)


def test_a_witness_holds_every_entry_and_every_proof(circle):
    circle.ledger.submit_all(history(20))
    with circle.published() as publisher:
        all_signed(circle, publisher, 20)
    for one in circle.witnesses.values():
        assert one.entries(0, 100) == history(20)
        assert one.path(7, 20) == circle.ledger.path(7, 20)
        assert one.consistency(3, 20) == circle.ledger.consistency(3, 20)
        assert one.head().root == circle.ledger.head().root


def test_a_witness_goes_on_where_it_was_left(circle):
    with circle.published() as publisher:
        circle.ledger.submit_all(day(1))
        all_signed(circle, publisher, 8)
    circle.witnesses["dso"].close()
    circle.watch("dso")
    circle.ledger.submit_all(day(2))
    with circle.published() as publisher:
        all_signed(circle, publisher, 16)


@pytest.mark.parametrize("bad", ["nonsense", "", "another's", "another head's"])
def test_a_signature_that_does_not_hold_is_as_if_nobody_had_said_anything(circle, bad):
    circle.ledger.submit_all(day(1))
    with circle.published() as publisher:
        all_signed(circle, publisher, 8)
    before = circle.ledger.signed().lines["town"]

    def bent(request, answer):
        if request.url.path.endswith("add-checkpoint") and answer.status_code == 200:
            content = {
                "nonsense": b"\xe2\x80\x94 town AAAA\n",
                "": b"",
                "another's": circle.ledger.signed().lines.get("dso", "").encode(),
                "another head's": before.encode(),
            }[bad]
            return httpx.Response(200, content=content)
        return answer

    circle.lines["town"].bends = bent
    with circle.published() as publisher:
        circle.ledger.submit_all(day(2))
        assert circle.ledger.until_proven(16, WITHIN_S)
        wait(lambda: standing(publisher, "town").why)
        assert "not its signature" in standing(publisher, "town").why
    assert "town" not in circle.ledger.signed().lines


@pytest.mark.parametrize("off", [timedelta(days=-900), timedelta(minutes=10), timedelta(days=900)])
def test_a_clock_that_is_off_makes_a_signature_no_worse_and_is_told(circle, off):
    circle.clocks["town"].at = NOON + off
    circle.lines["dso"].cut = True
    circle.ledger.submit_all(day(1))
    with circle.published() as publisher:
        assert circle.ledger.until_proven(8, WITHIN_S)
        wait(lambda: standing(publisher, "town").size == 8)
        assert standing(publisher, "town").skew_s == pytest.approx(off.total_seconds(), abs=1)
        assert "zijn klok wijkt" in standing(publisher, "town").said.nl


def standing(publisher, who):
    return next(one for one in publisher.standing() if one.member == who)


def all_signed(circle, publisher, size):
    wait(lambda: all(one.size == size for one in publisher.standing()))
    assert set(circle.ledger.signed().lines) == set(KEYS) - {"coop"}


def wait(until):
    end = time.monotonic() + WITHIN_S
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)
