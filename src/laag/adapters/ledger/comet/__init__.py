"""A ledger that its members keep together: CometBFT beside our application, one validator for each."""

from laag.adapters.ledger.comet.ledger import CometLedger

__all__ = ["CometLedger"]
