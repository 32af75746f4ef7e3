"""What a living day puts on the shared record: one root for each market and period, over lines that stay at home."""

from laag.cycle.commit.at_hand import at_hand, keys_at
from laag.cycle.commit.commit import STREET, Commit, Line
from laag.cycle.commit.following import following
from laag.cycle.commit.market import line_of
from laag.cycle.commit.past import Told, retelling, retold
from laag.cycle.commit.sealed import Sealed, sealed, shown

__all__ = [
    "STREET",
    "Commit",
    "Line",
    "Sealed",
    "Told",
    "at_hand",
    "following",
    "keys_at",
    "line_of",
    "retelling",
    "retold",
    "sealed",
    "shown",
]
