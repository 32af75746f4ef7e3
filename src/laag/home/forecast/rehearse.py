"""How far a way of forecasting was off lately: it is rehearsed on the record, as it would have spoken then."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.forecast.recency import DAY
from laag.home.forecast.record import Record
from laag.home.outlook import Floats

Expect = Callable[[Record, PtuGrid], Floats]
"""What would be expected of a grid by somebody who has only this record."""
REHEARSALS = 21
"""On each of the last three weeks' days, at the present hour."""


def rehearsed(
    past: Record, happened: Floats, grid: PtuGrid, expect: Expect, days: int = REHEARSALS
) -> Floats:
    """What happened minus what was expected of it, one row per day ago, one column per PTU of ``grid``.

    The forecast for ``grid``, made now, is compared with the same forecast made 24 hours earlier, and earlier still;
    ``nan`` where that had not happened yet, or was not measured.
    """
    errors = np.full((days, len(grid)), np.nan)
    for ago in range(1, days + 1):
        known = past.without_last(ago * DAY)
        if not len(known.grid):
            break
        first = past.grid.index(grid.start) - ago * DAY
        ahead = past.grid.window(first, min(first + len(grid), len(past.grid)))
        if len(ahead):
            errors[ago - 1, : len(ahead)] = happened[first : first + len(ahead)] - expect(known, ahead)
    return errors


def foreseen(past: PtuGrid, said: Floats | None, ahead: Floats | None, then: PtuGrid) -> Floats | None:
    """What somebody else forecast of ``then``: of a rehearsal what they had said, of the real thing what they say now.

    Nothing where they say nothing now: a rehearsal must not know more than the performance.
    """
    if ahead is None or then.start >= past.end:
        return ahead
    return None if said is None else said[then.within(past)]
