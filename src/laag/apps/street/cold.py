"""Telling how cold coming days are expected to be, where neighbours agreed something for cold days."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime, timedelta

import numpy as np
from pydantic import Field

from laag.adapters.homefile.fields import Strict
from laag.adapters.openmeteo import Newest, Weather
from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import NotTaken
from laag.cycle import live
from laag.cycle.live import first_open

log = logging.getLogger("laag.street")
AHEAD_DAYS = 3
OTHERWISE_TENTHS_C = 5
"""Half a degree: what is told again, before the gate closes, is news."""
LEAST_S, LONGEST_S = 0.5, 60.0


class PlaceWire(Strict):
    """Where the street lies, to some kilometres: nobody is asked for its weather without this."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Cold:
    """Looks at a forecast once an hour for as long as it runs, and only for days for which it matters."""

    def __init__(self, keeper: Keeper, newest: Newest) -> None:
        self._keeper, self._newest = keeper, newest

    async def run(self) -> None:
        """For ever."""
        clock = self._keeper.clock
        while True:
            try:
                await self.look(clock.now())
            except Exception:
                log.exception("the weather was not told")
            ahead_s = (self._newest.next_at(clock.now()) - clock.now()).total_seconds() / clock.speed
            await asyncio.sleep(min(max(ahead_s, LEAST_S), LONGEST_S))

    async def look(self, now: datetime) -> None:
        """Once: tell of each day whose gate is open what is not known yet, or has become otherwise."""
        state = self._keeper.live
        first = first_open(state)
        days = [first + timedelta(days=ahead) for ahead in range(AHEAD_DAYS)]
        cold = [
            day for day in days if any(one.below_c is not None for one in state.charter_on(day).agreements)
        ]
        if not cold:
            return
        await self._newest.ask(now)
        weather = self._newest.at(now)
        for day in cold if weather is not None else ():
            assert weather is not None
            tenths, known = mean_tenths_c(weather, day, self._keeper.live), state.expected.get(day)
            if tenths is None or (known and abs(known.tenths_c - tenths) < OTHERWISE_TENTHS_C):
                continue
            outcome = await self._keeper.tell(live.Expected(day, tenths, weather.source))
            if isinstance(outcome, NotTaken):
                log.info("not taken", extra={"day": day.isoformat(), "why": outcome.why.en})


def mean_tenths_c(weather: Weather, day: date, state: live.Live) -> int | None:
    """Of a whole local day; ``None`` where the forecast does not hold all of it."""
    grid, of = state.neighbourhood.grid(day), weather.outdoor_c.profile
    first = of.grid.index(grid.start)
    if first < 0 or first + len(grid) > len(of.grid):
        return None
    return round(10 * float(np.mean(of.values[first : first + len(grid)])))
