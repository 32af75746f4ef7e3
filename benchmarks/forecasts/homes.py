"""The measured homes of the backtest, each on quarter-hours in UTC; what was not measured is ``nan``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from laag.adapters.files.layout import Layout
from laag.adapters.p1.home import home_from
from laag.adapters.p1.registers import read_registers
from laag.adapters.profiles.profile import read_pv
from laag.foundation.ptu import AMSTERDAM, PtuGrid

Floats = NDArray[np.float64]

DATA = Path(__file__).parents[3] / "shared" / "data"
HOUSEHOLDS = DATA / "households"
CALIFORNIA = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One home's readings, and what somebody forecast of its panels."""

    name: str
    grid: PtuGrid
    zone: tzinfo
    place: tuple[float, float]
    """Latitude and longitude in degrees."""
    load_kw: Floats
    pv_kw: Floats | None = None
    pv_forecast_kw: Floats | None = None


def homes(california: int = 9) -> list[Measured]:
    """All of them: Dutch, French, Californian."""
    return [dutch(), *amsterdam(), french(), *(californian(i) for i in range(1, california + 1))]


def dutch() -> Measured:
    """Panels and a car that is charged at home (its charging is in the load), January to April 2024."""
    grid = PtuGrid.days(date(2024, 1, 2), 118, AMSTERDAM)
    meter = HOUSEHOLDS / "nl_p1_home_pv_ev_2024_jan-apr_15min_homewizard.csv.gz"
    panels = HOUSEHOLDS / "nl_p1_home_pv_2024_jan-apr_hourly_apsystems.csv.gz"
    read = home_from(read_registers(meter, grid), read_pv(panels, grid, Layout(), "energy", "kWh"))
    pv = None if read.pv_kw is None else read.pv_kw.values
    return Measured("nl_p1", grid, AMSTERDAM, (52.1, 5.2), read.load_kw.values, pv)


def amsterdam() -> list[Measured]:
    """Two homes with heat pumps, January to March 2020; the heat pump is in the load."""
    table = pd.read_parquet(HOUSEHOLDS / "nl_amsterdam_heatpump_homes_2020_5min.parquet")
    grid = PtuGrid.days(date(2020, 1, 2), 69, AMSTERDAM)
    found = []
    for name, rows in table.groupby("home"):
        power = pd.Series(rows["consumption_wh"].to_numpy() * 0.012, pd.DatetimeIndex(rows["start_utc"]))
        found.append(
            Measured(str(name), grid, AMSTERDAM, (52.37, 4.93), _on(grid, power.resample("15min").mean()))
        )
    return found


def french() -> Measured:
    """A home with panels and a forecast of them, March 2024 to February 2025, by the half-hour."""
    table = pd.read_csv(HOUSEHOLDS / "fr_home_emhass_load_pv_2024-2025_30min.csv.gz")
    at = pd.DatetimeIndex(table["start_utc"])
    zone = ZoneInfo("Europe/Paris")
    grid = PtuGrid.days(date(2024, 4, 5), 327, zone)

    def series(column: str) -> Floats:
        return _on(grid, _held(pd.Series(table[column].to_numpy() / 1000, at), 2))

    load = series("load_w")
    dark = np.isfinite(load)
    pv, said = (
        np.where(np.isnan(series(name)) & dark, 0.0, series(name)) for name in ("pv_w", "pv_forecast_w")
    )
    return Measured("fr_emhass", grid, zone, (43.5, 3.0), load, pv, np.maximum(said, 0.0))


def californian(number: int) -> Measured:
    """One of nine homes with panels in Fontana, a year by the hour."""
    table = pd.read_parquet(HOUSEHOLDS / "us_citylearn2022_homes01-09_hourly.parquet")
    rows = table[table["home"] == f"cl_{number:02d}"]
    at = pd.DatetimeIndex(rows["start_local"]).tz_localize("Etc/GMT+8").tz_convert("UTC")
    grid = PtuGrid.days(date(2016, 8, 2), 363, CALIFORNIA)
    load, pv = (_on(grid, _held(pd.Series(rows[name].to_numpy(), at), 4)) for name in ("load_kwh", "pv_kwh"))
    return Measured(f"cl_{number:02d}", grid, CALIFORNIA, (34.1, -117.4), load, pv)


def _held(series: Any, times: int) -> Any:
    """Each value for so many quarter-hours."""
    at = series.index.repeat(times) + pd.to_timedelta(np.tile(np.arange(times) * 15, len(series)), "min")
    return pd.Series(np.repeat(series.to_numpy(), times), at)


def _on(grid: PtuGrid, series: Any) -> Floats:
    unique = series[~series.index.duplicated()]
    return np.asarray(unique.reindex(pd.DatetimeIndex(grid.instants(), tz="UTC")), np.float64)
