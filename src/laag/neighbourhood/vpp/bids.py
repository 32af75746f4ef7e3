"""The capability as bids for regulation: so many Wh from this imbalance price on, upward and downward.

Sixty homes are no balancing service provider: a bid of their own has to be 1 MW or more. As part of a provider's pool a bid
like these is called when the price passes its limit; by themselves homes help without being called (`expected`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laag.neighbourhood.vpp.capability import Capability


@dataclass(frozen=True, slots=True)
class Bid:
    """Upward is less taken by homes, called at ``limit_ticks`` or above; downward is more taken, called at it or below."""

    ptu: int
    upward: bool
    wh: int
    limit_ticks: int


def ladder(can: Capability, ptu: int, reference_ticks: int) -> tuple[Bid, ...]:
    """Each piece at the day-ahead price plus (upward) or minus (downward) what it asks: below that the home would rather not.

    The supplier that bought the energy is made whole at the day-ahead price, so that is where a bid begins.

    >>> from laag.neighbourhood.vpp.capability import Piece
    >>> ladder(Capability((Piece("ann", 200, 1_000),), (Piece("bob", 500, 2_000),)), 3, 9_000)
    (Bid(ptu=3, upward=True, wh=200, limit_ticks=10000), Bid(ptu=3, upward=False, wh=500, limit_ticks=7000))
    """
    return (
        *(Bid(ptu, True, piece.wh, reference_ticks + piece.asked_ticks) for piece in can.less),
        *(Bid(ptu, False, piece.wh, reference_ticks - piece.asked_ticks) for piece in can.more),
    )


def activated(bids: Sequence[Bid], up_ticks: int | None, down_ticks: int | None) -> tuple[Bid, ...]:
    """Those that were called, where the dearest upward and the cheapest downward bid that were called are these.

    ``None``: nothing was called that way.
    """
    return tuple(
        bid
        for bid in bids
        if (bid.upward and up_ticks is not None and bid.limit_ticks <= up_ticks)
        or (not bid.upward and down_ticks is not None and bid.limit_ticks >= down_ticks)
    )
