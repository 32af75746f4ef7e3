"""Quarter-hours of a home as days: what a day used, how warm it was outside, and the least that is always on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.outlook import Floats

_MOST_MISSING = 0.1
"""A day of which more is missing than this is left out."""
_NIGHT = slice(4, 20)
"""From one to five: when nearly nobody does anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """A row for each local day; ``nan`` where it is not known."""

    first: date
    electricity_kwh: Floats
    """All that the home used, its own sun included."""
    gas_m3: Floats
    outdoor_c: Floats
    """Mean of the day."""
    base_kw: Floats
    """The least of the night: what is always on."""
    night_kw: Floats
    """Mean of the night."""

    def __len__(self) -> int:
        return len(self.electricity_kwh)


def days_of(series: Mapping[str, Floats], grid: PtuGrid, zone: ZoneInfo) -> Days:
    """The days of these quarter-hours, with the names that a home's store has them under.

    What was taken, less what was given, plus what the roof made is what the home used; a battery evens out over a day.
    """
    spans = [span for _, span in grid.local_days(zone)]
    used_kwh = (series["import_wh"] - np.nan_to_num(series["export_wh"])) / 1000.0 + np.nan_to_num(
        series["pv_kw"]
    ) / 4.0
    rows = [_day(used_kwh[span], series["outdoor_c"][span], series["load_kw"][span]) for span in spans]
    columns = np.array(rows, np.float64).reshape(-1, 4).T
    first = next((day for day, _ in grid.local_days(zone)), grid.start.astimezone(zone).date())
    return Days(first, columns[0], _gas(series["gas_dm3"], spans), columns[1], columns[2], columns[3])


def _day(used_kwh: Floats, outdoor_c: Floats, load_kw: Floats) -> tuple[float, float, float, float]:
    missing = np.isnan(used_kwh)
    whole = missing.mean() <= _MOST_MISSING
    total = float(np.nanmean(used_kwh)) * len(used_kwh) if whole else np.nan
    warmth = float(np.nanmean(outdoor_c)) if np.isfinite(outdoor_c).any() else np.nan
    night = load_kw[_NIGHT] if np.isfinite(load_kw[_NIGHT]).any() else used_kwh[_NIGHT] * 4.0
    if not len(night) or np.isnan(night).any():
        return total, warmth, np.nan, np.nan
    return total, warmth, float(night.min()), float(night.mean())


def _gas(register_dm3: Floats, spans: list[slice]) -> Floats:
    """What the register went up by from the end of a day to the end of the next, m3."""
    ends = [_last(register_dm3[span]) for span in spans]
    starts = [_first(register_dm3[spans[0]]) if spans else np.nan, *ends[:-1]]
    counted = (np.array(ends, np.float64) - np.array(starts, np.float64)) / 1000.0
    # A meter that was exchanged starts again at nothing.
    return np.where(counted < 0.0, np.nan, counted)


def _last(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if len(known) else np.nan


def _first(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known[0]) if len(known) else np.nan
