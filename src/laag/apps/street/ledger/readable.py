"""A ledger as it is read over HTTP, whichever driver keeps it."""

from __future__ import annotations

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.apps.ledger.by_port import Noteless
from laag.apps.ledger.reading import Notes
from laag.foundation.ports import Ledger


def readable(ledger: Ledger) -> Notes:
    """With checkpoints where it has them."""
    return ledger if isinstance(ledger, EmbeddedLedger) else Noteless(ledger)
