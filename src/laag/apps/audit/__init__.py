"""A day computed again by somebody else: every clearing and settlement from the log's events, every root beside the ledger's."""
