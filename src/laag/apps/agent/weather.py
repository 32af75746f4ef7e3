"""Where the weather comes from: what was measured, and what is forecast."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from laag.apps.agent.past import quarter_of
from laag.apps.agent.surroundings import Surroundings
from laag.cycle.world import NOON
from laag.foundation.ptu import PTU, PtuGrid, midnight

Floats = NDArray[np.float64]
Told = tuple[PtuGrid, Mapping[str, Floats]]


class Weather(Protocol):
    """Tells a home of its weather."""

    async def told(self, since: datetime, now: datetime) -> list[Told]:
        """What has become known since then: measurements of the past, forecasts of what is to come."""
        ...


class FileWeather:
    """The weather of a simulated house: measured as it comes, forecast at noon for the whole of the next day."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    async def told(self, since: datetime, now: datetime) -> list[Told]:
        """From the file."""
        around = self._around
        first, until = quarter_of(since), quarter_of(now)
        past = PtuGrid(first, max((until - first) // PTU, 0))
        wall = now.astimezone(around.zone)
        days = 2 if wall.time() >= NOON else 1
        ahead = PtuGrid.between(first, midnight(wall.date() + timedelta(days=days), around.zone))
        return [
            (
                past,
                {
                    "outdoor_c": around.on(past, around.outdoor_c),
                    "sun_w_m2": around.on(past, around.sun_w_m2),
                },
            ),
            (
                ahead,
                {
                    "outdoor_forecast_c": around.on(ahead, around.outdoor_forecast_c),
                    "sun_forecast_w_m2": around.on(ahead, around.sun_forecast_w_m2),
                },
            ),
        ]
