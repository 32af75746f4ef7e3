"""A ledger that its members keep together: CometBFT beside our application, one validator for each. Programs use ``ledger.CometLedger``."""
