"""What one home keeps for itself, in one file: its quarter-hours, stays, wishes and plans, and what it still has to say."""

from laag.adapters.homestore.database import SERIES
from laag.adapters.homestore.outbox import NoRoom, Outbox, Waiting
from laag.adapters.homestore.store import HomeStore, Stay

__all__ = ["SERIES", "HomeStore", "NoRoom", "Outbox", "Stay", "Waiting"]
