"""A ledger of whichever driver, as it is read over HTTP and as a member hands in what it has to say."""

from __future__ import annotations

from laag.foundation.ports import Ledger, Receipt


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


class ByPort:
    """Takes what a member says, as a node over HTTP does."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def submit(self, entries: list[bytes]) -> list[dict[str, object]]:
        """One answer each."""
        return [_told(one) for one in self._ledger.submit_all(entries)]


def _told(one: Receipt) -> dict[str, object]:
    why = None if one.why is None else {"nl": one.why.nl, "en": one.why.en}
    return {"became": one.became, "key": one.key, "final": one.final_on_log, "code": one.code, "why": why}
