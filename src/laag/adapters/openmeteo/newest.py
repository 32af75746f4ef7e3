"""The newest forecast that a home has: asked for once an hour at a minute of its own, and kept while nobody answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from laag.adapters.openmeteo.translate import Floats, Weather
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid

_HOUR = timedelta(hours=1)
STALE = timedelta(hours=24)
"""Older than this a forecast knows less than the last days do."""


class Forecaster(Protocol):
    """Whoever forecasts."""

    async def forecast(self, lat: float, lon: float) -> Weather | Finding:
        """For a place; or why not."""
        ...


@dataclass
class Newest:
    """For one place; at a minute drawn once, so that not all homes ask at the same moment."""

    source: Forecaster
    lat: float
    lon: float
    minute: int = field(default_factory=lambda: secrets.randbelow(60))
    weather: Weather | None = None
    finding: Finding | None = None
    """What was wrong the last time; ``None`` where nothing was."""
    _asked: datetime | None = None

    def next_at(self, now: datetime) -> datetime:
        """When to ask: at once the first time, then at its minute of the hour, and never within an hour of the last time.

        >>> from datetime import UTC
        >>> asked = Newest(source=None, lat=52, lon=5, minute=17, _asked=datetime(2026, 6, 1, 12, 40, tzinfo=UTC))
        >>> asked.next_at(datetime(2026, 6, 1, 12, 41, tzinfo=UTC)).isoformat()
        '2026-06-01T14:17:00+00:00'
        """
        if self._asked is None:
            return now
        earliest = max(self._asked + _HOUR, now)
        at = earliest.replace(minute=self.minute, second=0, microsecond=0)
        return at if at >= earliest else at + _HOUR

    async def ask(self, now: datetime) -> None:
        """Ask, where it is time; what was there stays where nothing better comes."""
        if self._asked is not None and now < self._asked + _HOUR:
            return
        self._asked = now
        match await self.source.forecast(self.lat, self.lon):
            case Weather() as weather:
                self.weather, self.finding = weather, None
            case Finding() as finding:
                self.finding = finding

    async def told(self, since: datetime, now: datetime) -> list[tuple[PtuGrid, Mapping[str, Floats]]]:
        """What has become known since then, by the names of a home's record: what was, and a new forecast of what comes.

        What was is what the newest forecast says of it, for want of a thermometer.
        """
        await self.ask(now)
        weather = self.at(now)
        if weather is None:
            return []
        grid = weather.sun_w_m2.grid
        begin, present = (min(max(grid.index(at), 0), len(grid)) for at in (since, now))
        told: list[tuple[PtuGrid, Mapping[str, Floats]]] = []
        if present > begin:
            told.append((grid.window(begin, present), _values(weather, slice(begin, present), "")))
        if weather.made_at >= since:
            told.append(
                (grid.window(present, len(grid)), _values(weather, slice(present, None), "_forecast"))
            )
        return told

    def at(self, now: datetime) -> Weather | None:
        """What is still worth planning by; ``None`` leaves it to the last days."""
        return self.weather if self.weather is not None and now - self.weather.made_at <= STALE else None


def _values(weather: Weather, part: slice, which: str) -> Mapping[str, Floats]:
    return {
        f"outdoor{which}_c": weather.outdoor_c.profile.values[part],
        f"sun{which}_w_m2": weather.sun_w_m2.profile.values[part],
    }
