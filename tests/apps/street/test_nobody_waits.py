"""Nobody waits for a ledger: not who orders while it is away, not the sixtieth who asks for the same day, not a second packet."""

import asyncio
import socket
from contextlib import closing
from tempfile import TemporaryDirectory

import pytest
from tests.apps.street.kade import FIRST, orders
from tests.apps.street.recorded import checked, committed, evidence, secret, server
from tests.apps.street.test_committing import ALONE, KEY, Kade
from tests.apps.street.test_record import promised
from tests.cycle.any_street import Street
from tests.doors import free_port

from laag.adapters.ledger.comet.ledger import CometLedger
from laag.adapters.ledger.comet.rpc import Away
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.evidence import evidence_of
from laag.adapters.stores import open_records
from laag.apps.ledger import standing_alone
from laag.apps.street import serving
from laag.apps.street.ledger.signs import signed
from laag.cycle import live
from laag.ledger.canonical import encode
from laag.ledger.entries import Book, Dispute
from laag.ledger.evidence import read_evidence
from laag.ledger.verified import Verified


def test_who_orders_while_the_ledger_is_away_is_promised_its_line_all_the_same():
    async def go():
        with TemporaryDirectory() as folder:
            async with server(folder) as (running, caller):
                mine = await secret(caller, "m-1")
                running.shared.opened.ledger.cut = True
                (answer,) = await promised(caller, orders("m-1", 1))
                again = await secret(caller, "m-1")
                await running.keeper.tell(live.Closed(FIRST))
                running.shared.opened.ledger.cut = False
                running.shared.committing.wake()
                await committed(running)
                (proof,) = await evidence(caller, "m-1", "book")
                return mine, again, answer, proof

    mine, again, answer, proof = asyncio.run(go())
    assert mine == again
    assert answer.receipt.by == mine.server
    assert proof.evidence["line"]["leaf"] == answer.receipt.leaf
    assert isinstance(checked(proof, mine.ledger, bytes.fromhex(mine.secret)), Verified)


class Counting:
    """A ledger that counts what it is asked."""

    def __init__(self, ledger) -> None:
        self._ledger, self.asked = ledger, 0

    def __getattr__(self, name: str) -> object:
        found = getattr(self._ledger, name)
        if name in {"path", "consistency", "keys"}:
            self.asked += 1
        return found


def test_the_ledger_is_asked_once_for_what_everybodys_evidence_has_in_common():
    street = Street(12, 1, 7)
    with open_records(":memory:") as records, EmbeddedLedger(":memory:", [KEY], ALONE.data) as ledger:
        counts = Counting(ledger)
        kade = Kade(street.messages(), records, counts)
        kade.committing.once()
        key = f"settle/{FIRST}/1"
        first = kade.proof(street.members[0], "settle")
        before = counts.asked
        others = [kade.proof(name, "settle") for name in street.members[1:]]
        assert counts.asked == before
        for proof in (first, *others):
            told = read_evidence(encode(proof.evidence))
            assert told == evidence_of(ledger, key, told.line)
        # Somebody says something of it: what is proven is another from then on.
        ledger.submit(signed(Dispute(ALONE.ledger, "street", key, "0" * 64), KEY))
        after = read_evidence(encode(kade.proof(street.members[0], "settle").evidence))
        assert after.head.size == told.head.size + 1
        assert after == evidence_of(ledger, key, after.line)


def test_what_others_hand_in_is_kept_nowhere_while_the_node_is_away(tmp_path):
    data = signed(Book(ALONE.ledger, "street", "0" * 64, 16, "day-ahead", "p1", 0), KEY)
    with closing(CometLedger(f"127.0.0.1:{free_port()}", ALONE.data, tmp_path / "outbox.sqlite")) as ledger:
        with pytest.raises(Away):
            ledger.pass_on([data])
        assert not len(ledger.outbox)


@pytest.mark.parametrize("door", [serving._door, standing_alone._door])
def test_the_second_part_of_an_answer_does_not_wait_for_the_first_to_be_heard_of(door):
    """Else every answer is 40 ms late: asyncio looks at the door whether it is TCP's."""
    with door("127.0.0.1", 0) as one:
        assert one.proto == socket.IPPROTO_TCP
