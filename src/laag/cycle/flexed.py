"""What was chosen among offers, as what the members of a street sold: rows of members for settlement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laag.foundation.money import allot
from laag.neighbourhood.flexibility import Chosen
from laag.settlement.delivered import Sold


def sold(chosen: Chosen, members: Sequence[str]) -> Sold:
    """By the connection of each offer; those that are no member's are left to whoever speaks for them.

    What an offer is paid is split over its quarter-hours by their Wh (largest remainder, then the earlier).
    """
    row = {name: at for at, name in enumerate(members)}
    bought, back, paid = np.zeros((3, len(members), len(chosen.need.grid)), np.int64)
    ptus = np.arange(len(chosen.need.grid))
    for at, offer in enumerate(chosen.offers):
        wh = chosen.less_wh[at]
        if offer.connection not in row or not wh.any():
            continue
        member = row[offer.connection]
        bought[member] += wh
        back[member] += chosen.rebound_wh[at]
        total = chosen.paid_units[at : at + 1]
        paid[member] += allot(total, np.abs(wh), np.zeros_like(ptus), ptus)
    return Sold(bought, back, paid)
