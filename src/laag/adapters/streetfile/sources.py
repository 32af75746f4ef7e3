"""A file that a street file names, and what it does not say about itself."""

from __future__ import annotations

from datetime import date, tzinfo
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from laag.adapters.files.days import DayMap
from laag.adapters.files.layout import Layout


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError(f"{name!r} is no time zone; write Europe/Amsterdam, UTC or Etc/GMT-1") from unknown
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class Strict(BaseModel):
    """Refuses what it does not know, so that a typing error cannot pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MapDays(Strict):
    """Read the days from ``first`` to ``last`` as the days of the run."""

    first: date
    last: date
    within_days: int = Field(31, ge=0, le=183)
    weekday: bool = True


class Source(Strict):
    """A file and what it does not say about itself."""

    file: Path
    time: str | None = None
    zone: Zone | None = None
    stamps: Literal["start", "end"] = "start"
    where: dict[str, str] = {}
    blank_is_zero: bool = False
    map_days: MapDays | None = None

    def layout(self, run_zone: tzinfo) -> Layout:
        """In the importers' words."""
        days = DayMap(**self.map_days.model_dump()) if self.map_days else None
        zone = ZoneInfo(self.zone) if self.zone else run_zone
        return Layout(self.time, zone, self.stamps, self.blank_is_zero, self.where, days, run_zone)


class Series(Source):
    """Power or energy from one column."""

    column: str | None = None
    unit: Literal["W", "kW", "Wh", "kWh"] | None = None
    scale: float = Field(1.0, gt=0)


class Load(Series):
    """What a home draws, or with ``format = "registers"`` its meter."""

    format: Literal["profile", "registers"] = "profile"
    household: bool = True
    """Whether a household's size is expected; false for a shop or a school."""


class Weather(Source):
    """Temperature or radiation."""

    column: str | None = None
    lag_min: int = 0


class Constant(Strict):
    """The same all the time."""

    constant: float


class Sessions(Source):
    """When the car was there, and what it charged."""

    arrival: str | None = None
    departure: str | None = None
    energy: str | None = None
