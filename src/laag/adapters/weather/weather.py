"""Temperature is interpolated between its moments; radiation is spread so that every hour keeps its mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.layout import Imported, Layout, quartered
from laag.adapters.files.mend import DAYS
from laag.adapters.files.numbers import numbers
from laag.adapters.files.quarters import PTU_S, around, onto_said
from laag.adapters.files.samples import samples
from laag.adapters.files.stamps import Seconds
from laag.adapters.files.table import Table, plain, read_table
from laag.adapters.weather.knmi import CELSIUS_PER_UNIT, W_PER_M2_PER_UNIT, hour_ends, is_knmi
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit

TEMPERATURE = (
    "temperature_c",
    "temperature_2m_c",
    "temperature_2m",
    "outdoor_c",
    "temp_c",
    "temperature",
    "temp",
)
GLOBAL = ("ghi_w_m2", "ghi", "shortwave_radiation_w_m2", "shortwave_radiation_w_m", "shortwave_radiation",
          "global_radiation_w_m2")  # fmt: skip
DIRECT = ("direct_radiation_w_m2", "direct_radiation_w_m", "direct_radiation")
_WARMEST_C = 60.0
_SUNNIEST_W_M2 = 1500.0
_LONGEST_LINE_S = 3 * 3600
"""Between two temperatures up to this far apart a straight line holds."""


def read_temperature(
    path: Path, grid: PtuGrid, layout: Layout | None = None, column: str | None = None, lag_min: int = 0
) -> Imported:
    """Degrees Celsius at the middle of each quarter-hour, interpolated between measurements.

    A temperature holds at its stamp; ``lag_min`` says how much later, such as 60 for KNMI's hours when they are
    stamped with their start.
    """
    layout = layout or Layout()
    table = read_table(path).only(layout.where)
    knmi = is_knmi(table) and column is None
    name = table.named("t") if knmi else table.named(*([column] if column else TEMPERATURE))
    values, odd = numbers(table, name)
    values = values * (CELSIUS_PER_UNIT if knmi else 1.0)
    _refuse_beyond(table, name, values, _WARMEST_C, "°C")
    at, stamped = hour_ends(table) if knmi else layout.time_of(table)
    known = np.asarray(~np.isnan(values))
    if not known.any():
        raise BadInput(
            f"{table.source}: column {name!r} has no numbers; name the column with the temperature"
        )
    found, told = samples(table.rows(known), at[known] + lag_min * 60, values[known, None])
    if not len(found.at):
        raise BadInput(
            f"{table.source} has no temperature with a readable time; name the column with the time"
        )
    wide = around(layout.window(grid))
    raw = Profile(wide, _between(found.at, found.values[:, 0], wide), Unit.CELSIUS)
    if raw.missing().all():
        raise BadInput(f"{table.source} covers {found.extent()}, which does not meet {onto_said(wide)}")
    profile, mended = layout.fitted(raw, grid, table.source, DAYS)
    source = layout.spoken(table.source, "temperature, interpolated", raw, grid)
    return Imported(profile, source, (*table.findings, *odd, *stamped, *told, *mended))


def _between(at: Seconds, values: NDArray[np.float64], grid: PtuGrid) -> NDArray[np.float64]:
    """Values at the middle of each quarter-hour; ``nan`` in gaps. The last value holds for one more hour."""
    middle = round(grid.start.timestamp()) + PTU_S * np.arange(len(grid)) + PTU_S // 2
    before = np.searchsorted(at, middle, side="right") - 1
    after = np.minimum(before + 1, len(at) - 1)
    near = (before >= 0) & (at[after] - at[before] <= _LONGEST_LINE_S)
    held = (before == len(at) - 1) & (middle - at[-1] < 3600)
    early = (before < 0) & (at[0] - middle < 3600)
    inside = (near & (before < len(at) - 1)) | held | early
    return np.where(inside, np.interp(middle, at, values), np.nan)


def read_sun(path: Path, grid: PtuGrid, layout: Layout | None = None, column: str | None = None) -> Imported:
    """Global horizontal irradiance in W/m²: means of an interval, its mean kept when it is spread.

    Open-Meteo stamps an hour at its end (``Layout(stamps="end")``); KNMI's own files say so themselves. Where there
    is direct radiation only, it is taken for the whole, with a finding.
    """
    layout = layout or Layout()
    table = read_table(path).only(layout.where)
    knmi = is_knmi(table) and column is None
    if knmi:
        layout = replace(layout, stamps="end")
    name, direct = (table.named("q"), False) if knmi else _sun_column(table, column)
    values, odd = numbers(table, name)
    values = values * (W_PER_M2_PER_UNIT if knmi else 1.0)
    _refuse_beyond(table, name, values, _SUNNIEST_W_M2, "W/m²")
    at, stamped = hour_ends(table) if knmi else layout.time_of(table)
    findings = (*table.findings, *odd, *stamped)
    if direct:
        what = "direct radiation only, the diffuse part is missing"
        findings = (*findings, Finding(table.source, f"column {name!r}", what, "direct taken for global"))
    power = np.maximum(values, 0.0)[:, None]
    kept = "spread so that each keeps its mean"
    raw, told, source = quartered(table, at, power, layout, grid, Unit.W_PER_M2, "radiation", kept)
    profile, mended = layout.fitted(raw[0], grid, table.source, DAYS)
    first = -profile.grid.start.minute // 15 % 4
    smooth = Profile(profile.grid, _smooth(profile.values, first), profile.unit)
    return Imported(smooth, source, (*findings, *told, *mended))


def _sun_column(table: Table, column: str | None) -> tuple[str, bool]:
    """The column to read, and whether it holds the direct part only."""
    if column:
        return table.named(column), plain(column).startswith("direct")
    there = {plain(name) for name in table.columns}
    if not there & set(GLOBAL) and there & set(DIRECT):
        return table.named(*DIRECT), True
    return table.named(*GLOBAL, *DIRECT), False


def _smooth(values: NDArray[np.float64], first: int) -> NDArray[np.float64]:
    """Hours that hold one value follow the slope between their neighbours; each hour keeps its mean.

    >>> _smooth(np.array([0.0] * 4 + [4.0] * 4 + [8.0] * 4), 0)[4:8].tolist()
    [2.5, 3.5, 4.5, 5.5]
    """
    hours = (len(values) - first) // 4
    blocks = values[first : first + 4 * hours].reshape(hours, 4)
    mean = blocks.mean(axis=1)
    middle = np.arange(hours)[:, None] + (np.arange(4) - 1.5) / 4
    line = np.interp(middle, np.arange(hours), mean)
    whole = line.mean(axis=1)
    scale = np.divide(mean, whole, out=np.zeros(hours), where=whole > 0)
    held = (blocks == blocks[:, :1]).all(axis=1)
    spread = np.where(held[:, None], line * scale[:, None], blocks)
    return np.concatenate([values[:first], spread.ravel(), values[first + 4 * hours :]])


def _refuse_beyond(table: Table, column: str, values: NDArray[np.float64], most: float, unit: str) -> None:
    known = np.abs(values[~np.isnan(values)])
    if len(known) and known.max() > most:
        at = np.flatnonzero(np.abs(values) > most)
        raise BadInput(
            f"{table.source}, {table.at(at[:1])}: {values[at[0]]:g} {unit} in column {column!r} is beyond {most:g} "
            f"{unit}; check its unit"
        )
