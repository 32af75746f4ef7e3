"""A ledger with one sequencer, whose every head others cosign."""

from laag.adapters.ledger.embedded.ledger import EmbeddedLedger
from laag.adapters.ledger.embedded.sealing import Halted

__all__ = ["EmbeddedLedger", "Halted"]
