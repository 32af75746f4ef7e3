"""What a living day puts on the shared record: one root for each market and period, over lines that stay at home."""

from laag.cycle.commit.commit import STREET, Commit, Line
from laag.cycle.commit.following import following
from laag.cycle.commit.sealed import Sealed, sealed, shown

__all__ = ["STREET", "Commit", "Line", "Sealed", "following", "sealed", "shown"]
