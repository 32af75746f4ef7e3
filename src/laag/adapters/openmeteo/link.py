"""Asking Open-Meteo what the weather will be, without saying exactly where a home is."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from laag.adapters.clocks import Wall
from laag.adapters.fetch import Unfetched, asking, fetch
from laag.adapters.neighbourhood.leaving import passes
from laag.adapters.openmeteo.translate import Weather, weather_of
from laag.adapters.openmeteo.wire import read
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock

_COLUMNS = "temperature_2m,shortwave_radiation"
_DAYS = "4"
"""Today and three more, so that late in the evening there are still more than two whole days."""
_PAST_DAYS = "2"
"""What was, as the newest runs know it: a home has no thermometer outside."""
_ATTRIBUTION = "weather by Open-Meteo.com (CC BY 4.0)"


@dataclass(frozen=True, slots=True)
class OpenMeteo:
    """A free service without a key. It sees an address on the internet and a place to within some kilometres, no more."""

    clock: Clock = field(default_factory=Wall)
    model: str = ""
    """Which forecast: empty leaves it to them; ``knmi_seamless`` is KNMI's HARMONIE and what it grows out of."""
    base: str = "https://api.open-meteo.com"

    async def forecast(self, lat: float, lon: float) -> Weather | Finding:
        """Temperature and sunshine around here; or why there are none."""
        query = {
            "latitude": _roughly(lat, 90), "longitude": _roughly(lon, 180), "minutely_15": _COLUMNS, "hourly": _COLUMNS,
            "timeformat": "unixtime", "timezone": "GMT", "forecast_days": _DAYS, "past_days": _PAST_DAYS,
        }  # fmt: skip
        passes(("weather.latitude", "weather.longitude"), Purpose.WEATHER)
        query |= {"models": self.model} if self.model else {}
        try:
            async with asking(self.base) as client:
                answer = await fetch(client, "/v1/forecast", query)
        except Unfetched as gone:
            return self._finding(str(gone))
        if answer.status == 429:
            return self._finding("it was asked too often from this address; it is asked again in an hour")
        told = read(answer.body) if answer.status in {200, 400} else f"it answers {answer.status}"
        if isinstance(told, str):
            return self._finding(told)
        return weather_of(told, self.clock.now(), _ATTRIBUTION)

    def _finding(self, what: str) -> Finding:
        return Finding("Open-Meteo", f"{self.clock.now():%Y-%m-%dT%H:%MZ}", what)


def _roughly(degrees: float, most: float) -> str:
    """To a tenth of a degree: 11 km north to south and 7 km east to west, which is about what a forecast knows.

    >>> _roughly(52.3676, 90), _roughly(-0.04, 180)
    ('52.4', '0.0')
    """
    if not (isfinite(degrees) and abs(degrees) <= most):
        raise BadInput(
            f"{degrees} degrees is no place on earth; give a latitude and a longitude, like 52.4 and 4.9"
        )
    return f"{round(degrees, 1) + 0.0:.1f}"
