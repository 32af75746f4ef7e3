"""What the grid operator's part in a day means to each home: what is ordered of it, what it promised, what it may take.

All per PTU from ``first`` on, as on a bulletin: a home is told its own rows and nobody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.home.ladder import Limit, On, Rung

Floats = NDArray[np.float64]
WAYS = (On.IMPORT, On.EXPORT)
ORDER, EMERGENCY = "dso:flexibility", "dso:full cable"
"""Whose word a limit is."""


@dataclass(frozen=True, slots=True, eq=False)
class GridSays:
    """Rows are homes; the two of ``WAYS`` come first where there is a limit, and ``inf`` is none."""

    first: int
    ordered_wh: Ints
    """``(homes, ptus)``: bought just now and not promised yet, less (+) or more (-)."""
    promised_kw: Floats
    """``(2, homes, ptus)``: what a home answered to earlier orders; it may be below zero."""
    limited_kw: Floats
    """``(2, homes, ptus)``: what a full cable leaves it."""
    back_wh: Ints | None = None
    """``(homes, ptus)``: what comes back of what was bought, where that is promised too; elsewhere ``NO_LIMIT_WH``."""

    def of(self, homes: Sequence[int]) -> GridSays:
        """For these homes only."""
        rows = list(homes)
        return GridSays(
            self.first,
            self.ordered_wh[rows],
            self.promised_kw[:, rows],
            self.limited_kw[:, rows],
            None if self.back_wh is None else self.back_wh[rows],
        )

    def claims(self, row: int, now: int, count: int) -> tuple[Limit, ...]:
        """On the ladder of one home, counted from PTU ``now``, for the next ``count``."""
        ahead = max(self.first - now, 0)
        span = slice(now + ahead - self.first, max(now + count - self.first, 0))
        found: list[Limit] = []
        for way, on in enumerate(WAYS):
            found += _limits(self.promised_kw[way, row, span], ahead, on, Rung.GRID_MARGIN, ORDER)
            found += _limits(self.limited_kw[way, row, span], ahead, on, Rung.EMERGENCY, EMERGENCY)
        return tuple(found)


def _limits(kw: Floats, first: int, on: On, rung: Rung, source: str) -> list[Limit]:
    """One for each run of PTUs with the same limit; what a household sold it promised."""
    found, promised = [], source == ORDER
    for most, run in groupby(kw.tolist()):
        stop = first + len(list(run))
        if np.isfinite(most):
            found.append(Limit(rung, on, first, stop, most, source, promised=promised))
        first = stop
    return found


def as_kw(claims: Sequence[Limit], count: int) -> Floats:
    """``(2, ptus)``: the lowest of these limits in each PTU, ``inf`` where there is none."""
    kw = np.full((len(WAYS), count), np.inf)
    for one in claims:
        row = kw[WAYS.index(one.on), max(one.first, 0) : max(one.stop, 0)]
        np.minimum(row, one.max_kw, out=row)
    return kw
