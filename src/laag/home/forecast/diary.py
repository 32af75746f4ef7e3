"""All that a home measures and is told: what it may know of it at an instant, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.forecast.known import Known
from laag.home.forecast.recency import DAY
from laag.home.forecast.record import Record
from laag.home.outlook import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Diary:
    """Series on one grid, each value with the time from which it is there."""

    load_kw: Known
    pv_kw: Known
    outdoor_c: Known
    sun_w_m2: Known
    sun_forecast_w_m2: Known | None = None
    outdoor_forecast_c: Known | None = None
    pv_forecast_kw: Known | None = None
    """What a service forecasts of these very panels."""

    def record(self, now: datetime, back_ptus: int) -> Record:
        """The last so many quarter-hours; a reading that is late is missing."""
        whole = self.load_kw.grid
        end = whole.index(now)
        lately = whole.window(max(end - back_ptus, 0), end)

        def known(series: Known | None) -> Floats | None:
            return None if series is None else series.at(now, lately)

        return Record(
            lately,
            self.load_kw.at(now, lately),
            self.pv_kw.at(now, lately),
            self.outdoor_c.at(now, lately),
            self.sun_w_m2.at(now, lately),
            known(self.sun_forecast_w_m2),
            known(self.outdoor_forecast_c),
            known(self.pv_forecast_kw),
        )

    def weather(self, now: datetime, grid: PtuGrid) -> tuple[Floats | None, Floats | None]:
        """Sun and temperature as forecast by now; ``None`` where nobody forecasts."""
        return _as_told(self.sun_forecast_w_m2, now, grid), _as_told(self.outdoor_forecast_c, now, grid)

    def told_pv_kw(self, now: datetime, grid: PtuGrid) -> Floats | None:
        """The panels as a service forecasts them by now."""
        return _as_told(self.pv_forecast_kw, now, grid)


def _as_told(series: Known | None, now: datetime, grid: PtuGrid) -> Floats | None:
    """What is told of this grid by now; beyond what is told its last 24 hours come again."""
    if series is None:
        return None
    at = np.arange(len(grid)) + series.grid.index(grid.start)
    told = series.grid.index(series.until(now))
    return np.asarray(series.profile.values[np.where(at < told, at, told - DAY + (at - told) % DAY)])
