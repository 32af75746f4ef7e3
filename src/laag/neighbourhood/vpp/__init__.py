"""A community's flexibility as one power plant: what it could do, what that is expected to earn, who does it, who gets it."""

from laag.neighbourhood.vpp.bids import Bid, activated, ladder
from laag.neighbourhood.vpp.capability import Capability, Piece, capability
from laag.neighbourhood.vpp.dispatch import dispatched, worth_taking
from laag.neighbourhood.vpp.expected import Expected, Learnt, Published, expected, learnt, signal
from laag.neighbourhood.vpp.holdout import credited_wh
from laag.neighbourhood.vpp.split import Split, split

__all__ = [
    "Bid",
    "Capability",
    "Expected",
    "Learnt",
    "Piece",
    "Published",
    "Split",
    "activated",
    "capability",
    "credited_wh",
    "dispatched",
    "expected",
    "ladder",
    "learnt",
    "signal",
    "split",
    "worth_taking",
]
