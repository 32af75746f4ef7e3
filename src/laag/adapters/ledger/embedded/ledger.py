"""The ledger of one sequencer: it puts entries in order and signs every head; what it signed it cannot take back unseen.

That is tamper evidence, not consensus: it can delay, and with the cosignatures of more than two thirds of the members
it cannot show two histories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Condition, RLock

from laag.adapters.keys import Key
from laag.adapters.ledger.embedded.sealing import Halted, Sealing
from laag.adapters.ledger.store import Signed, Store
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.store.notes import head_of
from laag.foundation.ports import Became, Receipt
from laag.foundation.words import Said
from laag.ledger.apply import Applied, Known, Taken
from laag.ledger.heads import Cosigned
from laag.ledger.refused import Refusal, Refused


class EmbeddedLedger(Copy):
    """One file, one writer, any number of threads. Satisfies the port ``Ledger``.

    ``keys`` are the sequencer's: its present one, and beside it the next where it is about to change.
    """

    _log: Sealing

    def __init__(self, place: Path | str, keys: Sequence[Key], genesis: bytes | None = None) -> None:
        store = Store(place, genesis)
        try:
            super().__init__(store, Sealing(store, keys))
        except BaseException:
            store.close()
            raise
        self._changed = Condition(RLock())
        self._halted: Said | None = None

    def submit(self, data: bytes) -> Receipt:
        """Hand in one entry; it is on disk, under a signed head, when this returns."""
        return self.submit_all([data])[0]

    def submit_all(self, entries: Sequence[bytes]) -> list[Receipt]:
        """Hand in several, at the price of one."""
        with self._changed:
            if self._halted is not None:
                raise Halted(self._halted)
            tried = self._log.tried(entries)
            if tried.leaves:
                self._store.append(tried.leaves, self._log.seal(tried.state))
                self._log.reached(tried.state)
                if len(tried.state.members) == 1:
                    self._prove(tried.state.size)
                self._changed.notify_all()
            return [_receipt(one) for one in tried.applied]

    def cosign(self, size: int, line: str) -> Cosigned | None:
        """Keep a cosignature under a head where a member's holds; else it is as if nobody had said anything."""
        with self._changed:
            head = self._store.head(size)
            if head is None:
                return None
            found = self._cosigned(replace(head, lines={"": line}))
            if found is not None:
                self._store.cosign(size, found.by, line)
                self._prove(size)
                self._changed.notify_all()
            return found

    def until_proven(self, size: int, within_s: float) -> bool:
        """Wait until members enough signed a head of this size or a later one; whether they did."""
        with self._changed:
            return self._changed.wait_for(lambda: self._proven_size >= size, within_s)

    def until_beyond(self, size: int, within_s: float, unless: Callable[[], bool]) -> bool:
        """Wait until the log is longer than this; ``False`` where it is not within that time, or no longer has to be."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.size > size or unless(), within_s)
            return self.state.size > size and not unless()

    def wake(self) -> None:
        """Let whoever waits look again whether it should."""
        with self._changed:
            self._changed.notify_all()

    def halt(self, why: Said) -> None:
        """Take nothing more: what others hold of this ledger is not what it holds."""
        with self._changed:
            self._halted = why
            self._changed.notify_all()

    @property
    def halted(self) -> Said | None:
        """Why it takes nothing; ``None`` where it does."""
        return self._halted

    def _cosigned(self, offered: Signed) -> Cosigned | None:
        try:
            said = head_of(offered, self.id, self.members_at(offered.size))
        except Refusal:  # it is not even a line
            return None
        return next(iter(said.cosigned), None)

    def _prove(self, size: int) -> None:
        head = self._store.head(size)
        if head is not None and size >= self._proven_size and self._is_proven(head):
            self._proven_size = size


def _receipt(one: Applied) -> Receipt:
    match one.outcome:
        case Taken(index, key):
            return Receipt(Became.TAKEN, key, index, final_on_log=True)
        case Known(index, key):
            return Receipt(Became.KNOWN, key, index, final_on_log=True)
        case Refused(code, why):
            return Receipt(Became.REFUSED, why=why, code=code)
