"""A ledger as it is read over HTTP, whichever driver keeps it."""

from __future__ import annotations

from laag.adapters.ledger.comet.ledger import CometLedger
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.apps.ledger.by_port import Noteless
from laag.apps.ledger.reading import Notes
from laag.foundation.ports import Ledger


def readable(ledger: Ledger) -> Notes:
    """With checkpoints where it has them."""
    if isinstance(ledger, EmbeddedLedger):
        return ledger
    seen = Noteless(ledger)
    if isinstance(ledger, CometLedger):
        # What anybody hands in here is passed on and not kept: our outbox is for what we signed ourselves.
        seen.submit_all = ledger.pass_on
    return seen
