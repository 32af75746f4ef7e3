"""What a ledger keeps on disk, the same for its sequencer and for each of its witnesses."""

from laag.adapters.ledger.store.store import Leaf, Signed, Store

__all__ = ["Leaf", "Signed", "Store"]
