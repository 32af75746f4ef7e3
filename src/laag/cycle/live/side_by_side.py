"""Lists of orders as the market takes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from laag.cycle.events import DayOrders
from laag.cycle.live.messages import Joined, Rows
from laag.foundation.contracts import Ints


def side_by_side(members: tuple[Joined, ...], every: Mapping[str, Rows]) -> DayOrders:
    """Lists of orders, member by member."""
    lists = [(place, every[one.member]) for place, one in enumerate(members) if one.member in every]
    none = np.zeros(0, np.int64)

    def column(name: str) -> Ints:
        return np.concatenate([none, *(getattr(rows, name) for _, rows in lists)])

    whose = np.concatenate([none, *(np.full(len(rows), place) for place, rows in lists)])
    return DayOrders(
        whose, *(column(name) for name in ("device", "ptu", "side", "quantity_wh", "limit_ticks"))
    )
