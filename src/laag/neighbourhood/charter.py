"""What a community agreed about its market, with a version: rules change as people learn."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from laag.foundation.contracts import Books, Gateways, Ints, Neighbours, Orders
from laag.foundation.errors import BadInput
from laag.neighbourhood.market import RULES


@dataclass(frozen=True, slots=True)
class Charter:
    """The agreement. ``scarcity_ticks`` and ``surplus_ticks`` hold where a full gateway leaves somebody over.

    ``k_percent`` stays below 100, or inside could cost as much as outside.

    >>> Charter("Our street", rule="auction")
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: the charter of 'Our street' names the rule 'auction'; choose one of layered, literal,
    uniform, pay_as_bid, mid_market, peer_to_peer
    """

    name: str
    rule: str = "layered"
    k_percent: int = 50
    scarcity_ticks: int | None = None
    """``None`` is the gateway's landed price."""
    surplus_ticks: int | None = None
    """``None`` is the gateway's export price."""
    version: str = "1"
    silent_order_nothing: bool | None = field(default=None, metadata={"later": True})
    """For a home that sends no list what it took in the same hours of last week is ordered, unless this is ``True``."""

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise BadInput(
                f"the charter of {self.name!r} names the rule {self.rule!r}; choose one of {', '.join(RULES)}"
            )
        if not 0 <= self.k_percent < 100:
            raise BadInput(
                f"the charter of {self.name!r} has k = {self.k_percent} %; give 0 (all of the advantage to buyers) to 99"
            )

    def books(self, gateways: Gateways, orders: Orders, neighbours: Neighbours | None = None) -> Books:
        """Orders and gateways, to be cleared as agreed."""
        return Books(
            gateways,
            orders,
            self.k_percent,
            _everywhere(self.scarcity_ticks, len(gateways)),
            _everywhere(self.surplus_ticks, len(gateways)),
            neighbours,
        )


def _everywhere(ticks: int | None, books: int) -> Ints | None:
    return None if ticks is None else np.full(books, ticks, np.int64)
