"""Evidence for a line can be put together from every ledger, and says when it cannot yet."""

import time

import pytest
from tests.ports.ledger.hands import GENESIS, LEDGER, signed

from laag.adapters.keys import verified
from laag.adapters.ledger.evidence import Unproven, evidence_of, id_of, members_of
from laag.ledger import entries as on
from laag.ledger.canonical import encode
from laag.ledger.evidence import Evidence, Shown, read_evidence
from laag.ledger.lines import LineTree, filler, leaf, salt
from laag.ledger.refused import Code
from laag.ledger.verified import Verified
from laag.ledger.verify import verify

KEY = "book/day-ahead/2026-11-22/1"
SAYS = {"kind": "book", "whose": "m-1"}
WITHIN_S = 20


@pytest.mark.parametrize("ledger", ["embedded", "comet"], indirect=True)
def test_evidence_leads_from_a_line_to_whoever_signed_or_says_that_too_few_did(ledger, final):
    salted = salt(b"m-1's own", KEY)
    mine = leaf(salted, encode(SAYS))
    tree = LineTree.of([mine], lambda number: filler(b"nobody's", KEY, number))
    shown = Shown(SAYS, salted, mine, *tree.path(mine))
    assert evidence_of(ledger, KEY, shown) is None
    final(ledger, signed(on.Book(LEDGER, "coop", tree.root.hex(), 16, "day-ahead", "2026-11-22", 0)))
    assert (id_of(ledger), members_of(ledger)) == (GENESIS.ledger, GENESIS.members)
    match found := seen(ledger, shown):
        case Unproven():
            assert (found.index, found.signed) == (0, 0), "nobody watches this one"
        case Evidence():
            whole = read_evidence(found.data)
            assert whole == found
            verdict = verify(whole, LEDGER, verified)
            # A chain of one validator is not a chain of these four members.
            assert isinstance(verdict, Verified) or verdict.code in {Code.TOO_FEW, Code.VALIDATORS}, verdict


def seen(ledger, shown):
    """A block's header is signed by the one after it."""
    until = time.monotonic() + WITHIN_S
    while isinstance(found := evidence_of(ledger, KEY, shown), Unproven):
        if time.monotonic() > until or type(ledger).__name__ != "_Lent":
            return found
        time.sleep(0.1)
    return found
