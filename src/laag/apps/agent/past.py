"""What a home measured and was told, in memory as far back as plans look, and in its store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.adapters.homestore import SERIES, HomeStore
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.forecast import Record

Floats = NDArray[np.float64]
BACK_PTUS = 35 * 96
"""Five weeks: what plans look back on, and a week of the car more."""
_ROOM_PTUS = 14 * 96
"""How far the window reaches ahead before it is moved."""


class Past:
    """A window of quarter-hours that moves with the present."""

    def __init__(self, store: HomeStore, now: datetime) -> None:
        self._store = store
        self._open(now)

    def _open(self, now: datetime) -> None:
        present = quarter_of(now)
        kept = self._store.first()
        begin = present if kept is None else max(kept, present - BACK_PTUS * PTU)
        self.grid = PtuGrid(min(begin, present), (present - min(begin, present)) // PTU + _ROOM_PTUS)
        self._series = self._store.series(self.grid)

    def put(self, at: datetime, **values: float) -> None:
        """What is now known of the quarter-hour that begins then."""
        self.put_all(PtuGrid(at, 1), {name: np.array([value]) for name, value in values.items()})

    def put_all(self, grid: PtuGrid, series: Mapping[str, Floats]) -> None:
        """The same of many."""
        self._store.write_all(grid, series)
        first = self.grid.index(grid.start)
        low, high = max(first, 0), min(first + len(grid), len(self.grid))
        for name, values in series.items():
            if low < high:
                self._series[name][low:high] = values[low - first : high - first]

    def forgotten(self, now: datetime) -> None:
        """Begin anew with what the store still has."""
        self._open(now)

    def moved(self, now: datetime) -> None:
        """Make room ahead where it runs out; read anew unless the store is in trouble and memory is all there is."""
        if self.grid.index(now) < len(self.grid) - _ROOM_PTUS // 2:
            return
        before, was = self.grid, self._series
        begin = max(before.start, quarter_of(now) - BACK_PTUS * PTU)
        self.grid = PtuGrid(begin, (quarter_of(now) - begin) // PTU + _ROOM_PTUS)
        skip = before.index(begin)
        more = np.full(len(self.grid) - (len(before) - skip), np.nan)
        self._series = {name: np.concatenate([was[name][skip:], more]) for name in SERIES}

    def record(self, now: datetime) -> Record:
        """What was measured up to now."""
        count = self.grid.index(now)
        kept = {name: self._series[name][:count] for name in SERIES}

        def told(name: str) -> Floats | None:
            return None if np.isnan(self._series[name]).all() else kept[name]

        return Record(
            self.grid.window(0, count),
            kept["load_kw"],
            kept["pv_kw"],
            kept["outdoor_c"],
            kept["sun_w_m2"],
            told("sun_forecast_w_m2"),
            told("outdoor_forecast_c"),
        )

    def ahead(self, now: datetime, name: str) -> Floats:
        """What has been told of the quarter-hours from now on, up to the first that nobody spoke of."""
        values = self._series[name][self.grid.index(now) :]
        unknown = np.isnan(values)
        return values[: int(np.argmax(unknown))] if unknown.any() else values

    def at(self, now: datetime, name: str) -> float:
        """One value; ``nan`` where it is not known."""
        ptu = self.grid.index(now)
        return float(self._series[name][ptu]) if 0 <= ptu < len(self.grid) else np.nan


def quarter_of(at: datetime) -> datetime:
    """When the quarter-hour that holds an instant begins.

    >>> quarter_of(datetime.fromisoformat("2026-06-01T12:29:59+00:00")).isoformat()
    '2026-06-01T12:15:00+00:00'
    """
    return at - timedelta(seconds=at.timestamp() % 900)
