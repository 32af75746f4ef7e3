"""Cheapest offers first: how flexibility is bought without a program, and what the program is held beside.

From the lowest price per Wh up, each part is taken as far as it relieves something that is still over and what comes
back fits; a part that was passed by is not looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from laag.foundation.flex import Offer
from laag.neighbourhood.flexibility.chosen import Chosen
from laag.neighbourhood.flexibility.need import Floats, Need
from laag.neighbourhood.flexibility.orders import Whole, rounded
from laag.neighbourhood.flexibility.parts import Effects, Parts, effects, laid_out, sorted_out
from laag.neighbourhood.flexibility.pay import Rule
from laag.neighbourhood.flexibility.solve import Shares
from laag.neighbourhood.flexibility.told import told


def cheapest_first(need: Need, offers: Sequence[Offer], *, now: datetime | None = None) -> Chosen:
    """The named reference; paid as bid."""
    kept, aside = sorted_out(need, offers, now)
    parts = laid_out(need, kept)
    does = effects(need, parts)
    share = _in_merit_order(parts, does)
    left = np.maximum(does.over_kw - np.bincount(does.row, does.relief_kw * share[does.part], len(does)), 0.0)
    shares = Shares(share, np.where(does.over_kw > 0, left, 0.0), np.zeros(len(does)), proven=False)
    whole = Whole(shares, rounded(parts, share), shares.over_kw)
    return told(need, parts, does, whole, aside, Rule.PAY_AS_BID)


def _in_merit_order(parts: Parts, does: Effects) -> Floats:
    share = np.zeros(len(parts))
    left = does.over_kw.copy()
    by_part = np.argsort(does.part, kind="stable")
    starts = np.searchsorted(does.part[by_part], np.arange(len(parts) + 1))
    for part in np.lexsort((np.arange(len(parts)), parts.price_ticks)).tolist():
        here = by_part[starts[part] : starts[part + 1]]
        row, relief = does.row[here], does.relief_kw[here]
        helps = (relief > 0) & (left[row] > 0)
        before = int(parts.before[part])
        if not helps.any() or (before >= 0 and share[before] == 0) or _excluded(parts, share, part):
            continue
        wanted = min(1.0, float((left[row] / np.where(relief > 0, relief, np.inf))[helps].max()))
        wanted = min(wanted, 1.0 if before < 0 else float(share[before]))
        harmed = relief < 0
        room = np.where(does.over_kw[row] > 0, does.over_kw[row], 0.0) - left[row]
        most = (
            float((room / np.where(harmed, -relief, np.inf))[harmed].min(initial=1.0))
            if harmed.any()
            else 1.0
        )
        least = float(parts.least_share[part])
        take = min(max(wanted, least), most)
        if take < least or take <= 0:
            continue
        share[part] = take
        np.subtract.at(left, row, relief * take)
    return share


def _excluded(parts: Parts, share: Floats, part: int) -> bool:
    """Whether one that excludes it is taken already."""
    others = parts.either[(parts.either == part).any(axis=1)]
    return bool((share[others[others != part]] > 0).any())
