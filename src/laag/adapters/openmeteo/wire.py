"""Open-Meteo's words: columns of numbers with a column of instants, per quarter-hour and per hour."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from laag.adapters.heard import heard

_Celsius = Annotated[float, Field(ge=-60, le=60)] | None
_WattPerM2 = Annotated[float, Field(ge=0, le=1500)] | None
_Second = Annotated[int, Field(ge=0, lt=2**33)]
_MOST = 2_000
"""More than 16 days of quarter-hours, which is as far as it forecasts."""
_LONGEST_S = 20 * 86_400


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Columns(_Wire):
    """Temperature at each instant; sunshine as the mean since the instant before."""

    time: Annotated[list[_Second], Field(max_length=_MOST)]
    temperature_2m: Annotated[list[_Celsius], Field(max_length=_MOST)]
    shortwave_radiation: Annotated[list[_WattPerM2], Field(max_length=_MOST)]

    @model_validator(mode="after")
    def _belong_together(self) -> Columns:
        if not len(self.time) == len(self.temperature_2m) == len(self.shortwave_radiation):
            raise ValueError("its columns differ in length")
        if any(after <= before for before, after in zip(self.time, self.time[1:], strict=False)):
            raise ValueError("its instants do not rise")
        if self.time and self.time[-1] - self.time[0] > _LONGEST_S:
            raise ValueError("its instants span more than twenty days")
        return self


class Units(_Wire):
    """What the columns count; asked for so, and checked."""

    time: Literal["unixtime"]
    temperature_2m: Literal["°C"]
    shortwave_radiation: Literal["W/m²"]


class Told(_Wire):
    """One answer."""

    minutely_15: Columns | None = None
    minutely_15_units: Units | None = None
    hourly: Columns
    hourly_units: Units

    @model_validator(mode="after")
    def _units_are_told(self) -> Told:
        if self.minutely_15 is not None and self.minutely_15_units is None:
            raise ValueError("it does not say in which units")
        return self


class _Refusal(_Wire):
    reason: str


def read(body: bytes) -> Told | str:
    """What it forecasts, or why that cannot be read.

    >>> read(b'{"error": true, "reason": "Latitude must be in range"}')
    'it says: Latitude must be in range'
    """
    return heard(body, _told, figure=float)


def _told(words: Any) -> Told | str:
    if isinstance(words, dict) and words.get("error"):
        return f"it says: {_Refusal.model_validate(words).reason[:200]}"
    return Told.model_validate(words)
