"""Asking for another position in the quarter-hours that come next, where the newest plan has become another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from laag.apps.agent.life import Life
from laag.cycle.living import moved_wh
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.bid import HomeOrders, amendments

AHEAD_PTUS = 8
"""Two hours: what is further off is planned again before its gate."""
_GATE = PTU
"""So long before a quarter-hour begins nobody amends it any more."""
_ON_ITS_WAY_S = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is wanted changed of one day; ``rows.ptu`` counts from its midnight."""

    day: date
    rows: HomeOrders


class Amending:
    """What to ask for after each thought, where it is not what was asked for last."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._asked: dict[date, list[list[int]]] = {}

    def due(self, now: datetime) -> tuple[Wanted, ...]:
        """A list for each day of which something is wanted that was not asked for, or not any more."""
        life = self._life
        if life.thought is None or life.board is None or life.positions is None or life.away is not None:
            return ()
        grid = life.thought.plan.grid
        on_its_way = timedelta(seconds=_ON_ITS_WAY_S * life.clock.speed)
        first = grid.index(now + _GATE + on_its_way) + 1
        found = tuple(self._of_day(*one) for one in self._days(grid, slice(first, first + AHEAD_PTUS)))
        # What was asked for quarter-hours that have begun meanwhile is no difference.
        return tuple(one for one in found if self._still(one, grid, first) != _plain(one.rows))

    def done(self, one: Wanted) -> None:
        """Remember what was asked for."""
        self._asked = {day: rows for day, rows in self._asked.items() if day >= one.day - timedelta(days=1)}
        self._asked[one.day] = _plain(one.rows)

    def _days(self, grid: PtuGrid, ahead: slice) -> Iterator[tuple[date, slice, int, Ints]]:
        """Days, where they lie on the plan's grid as far as the market has cleared them, and what was agreed."""
        life = self._life
        assert life.positions is not None
        shift = grid.index(life.positions.start)
        for day, span in grid.local_days(life.zone):
            first, stop = max(span.start, ahead.start), min(span.stop, ahead.stop)
            known = [
                life.positions.wh[at - shift]
                for at in range(first, stop)
                if 0 <= at - shift < len(life.positions.wh)
            ]
            wh = [one for one in known if one is not None]
            if first < stop and len(wh) == stop - first:
                midnight = grid.index(PtuGrid.day(day, life.zone).start)
                # What the grid operator bought is sold on for the home, and what comes back is bought for it.
                agreed = np.array(wh, np.int64) - moved_wh(life.promises, grid.window(first, stop))
                yield day, slice(first, stop), midnight, agreed

    def _of_day(self, day: date, window: slice, midnight: int, position_wh: Ints) -> Wanted:
        life = self._life
        assert life.thought is not None
        assert life.board is not None
        rows = amendments(life.thought.plan, window, position_wh, vat=life.board.vat)
        return Wanted(day, replace(rows, ptu=rows.ptu + window.start - midnight))

    def _still(self, one: Wanted, grid: PtuGrid, first: int) -> list[list[int]]:
        midnight = grid.index(PtuGrid.day(one.day, self._life.zone).start)
        return [row for row in self._asked.get(one.day, []) if row[0] >= first - midnight]


def _plain(rows: HomeOrders) -> list[list[int]]:
    columns = (rows.ptu, rows.device, rows.side, rows.quantity_wh, rows.limit_ticks)
    return [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
