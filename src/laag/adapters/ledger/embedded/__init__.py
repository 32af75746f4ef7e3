"""A ledger with one sequencer, whose every checkpoint others cosign."""
