"""A ledger as it is read over HTTP, whichever driver keeps it."""

from __future__ import annotations

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.apps.ledger.reading import Notes
from laag.foundation.ports import Ledger


def readable(ledger: Ledger) -> Notes:
    """With checkpoints where it has them."""
    return ledger if isinstance(ledger, EmbeddedLedger) else Noteless(ledger)


class Noteless:
    """A ledger whose heads are blocks: a node shows them, and here are only its entries and proofs."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.find, self.keys, self.entries = ledger.find, ledger.keys, ledger.entries
        self.head, self.path, self.consistency = ledger.head, ledger.path, ledger.consistency
        self.submit_all = ledger.submit_all

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        return self._ledger.genesis

    def note(self, *, proven: bool = False) -> str | None:
        """None: a block's header stands for it, and is in the evidence."""
        del proven
        return None
