"""A forecast that somebody puts in files, such as one of KNMI's HARMONIE: read as measured weather is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from laag.adapters.files.layout import Layout
from laag.adapters.openmeteo.translate import Weather
from laag.adapters.weather import read_sun, read_temperature
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid


def weather_from_files(
    temperature: Path, sun: Path, grid: PtuGrid, made_at: datetime, layout: Layout | None = None
) -> tuple[Weather, tuple[Finding, ...]]:
    """The forecast for these quarter-hours, and what had to be mended in it."""
    outdoor, sunshine = read_temperature(temperature, grid, layout), read_sun(sun, grid, layout)
    weather = Weather.made(
        grid, outdoor.profile.values, sunshine.profile.values, made_at, f"{outdoor.source}; {sunshine.source}"
    )
    return weather, (*outdoor.findings, *sunshine.findings)
