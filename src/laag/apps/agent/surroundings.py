"""What happens around a simulated house, from a file: its load, sun, weather, and the stays of its car."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from laag.cycle.street import Home, Street
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.devices import Comfort, EvSession

Floats = NDArray[np.float64]
_SERIES = ("load_kw", "pv_kw", "outdoor_c", "sun_w_m2", "outdoor_forecast_c", "sun_forecast_w_m2", "drawn_kw")
DAY_PTUS = 96


class Now(NamedTuple):
    """One moment of it."""

    load_kw: float
    pv_kw: float
    """What the panels could give."""
    outdoor_c: float
    sun_w_m2: float
    drawn_kw: float
    low_c: float
    """Where the thermostat on the wall stands."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Series of quarter-hours; after the end of the file its last week comes again."""

    grid: PtuGrid
    load_kw: Floats
    pv_kw: Floats
    outdoor_c: Floats
    sun_w_m2: Floats
    outdoor_forecast_c: Floats
    sun_forecast_w_m2: Floats
    drawn_kw: Floats
    stays: tuple[EvSession, ...] = ()
    comfort: Comfort = Comfort()
    zone: ZoneInfo = ZoneInfo("Europe/Amsterdam")

    @classmethod
    def of(cls, street: Street, home: Home) -> Surroundings:
        """Those of one home of a street."""
        none = np.zeros(len(street.grid))
        outdoor, sun = street.outdoor_c.values, street.sun_w_m2.values
        return cls(
            street.grid,
            home.load_kw.values,
            home.pv_kw.values if home.pv_kw is not None else none,
            outdoor,
            sun,
            street.outdoor_forecast_c.values if street.outdoor_forecast_c is not None else outdoor,
            street.sun_forecast_w_m2.values if street.sun_forecast_w_m2 is not None else sun,
            home.hot_water_kw.values if home.hot_water_kw is not None else none,
            home.sessions,
            home.house.comfort,
            street.zone,
        )

    def save(self, path: Path) -> None:
        """As one file of arrays."""
        stays = [(stay.arrives, stay.departs, stay.stored_kwh, stay.wanted_kwh) for stay in self.stays]
        series = {name: getattr(self, name) for name in _SERIES}
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                start=np.array([int(self.grid.start.timestamp())]),
                stays=np.array(stays, np.float64).reshape(len(stays), 4),
                **series,
            )

    @classmethod
    def load(cls, path: Path, comfort: Comfort, zone: ZoneInfo) -> Surroundings:
        """As it was saved."""
        try:
            with np.load(path, allow_pickle=False) as file:
                given = {name: np.asarray(file[name]) for name in (*_SERIES, "start", "stays")}
        except (OSError, ValueError, KeyError) as wrong:
            raise BadInput(
                f"{path} holds no surroundings of a simulated house ({wrong}); write it anew with laag live"
            ) from wrong
        grid = PtuGrid(datetime.fromtimestamp(int(given["start"][0]), UTC), len(given["load_kw"]))
        stays = tuple(EvSession(int(a), int(d), s, w) for a, d, s, w in given["stays"].tolist())
        return cls(grid, **{name: given[name] for name in _SERIES}, stays=stays, comfort=comfort, zone=zone)

    def at(self, instant: datetime) -> Now:
        """What it is like then."""
        ptu = self.grid.index(instant)
        if ptu < 0:
            raise BadInput(
                f"the simulated house begins at {self.grid.start:%Y-%m-%dT%H:%MZ} and the clock says "
                f"{instant:%Y-%m-%dT%H:%MZ}; let its file begin earlier"
            )
        ptu = self._in_file(ptu)
        wall = (self.grid.start + self.grid.index(instant) * PTU).astimezone(self.zone)
        low = self.comfort.low_c(np.array([wall.hour * 4 + wall.minute // 15]))
        return Now(
            float(self.load_kw[ptu]),
            float(self.pv_kw[ptu]),
            float(self.outdoor_c[ptu]),
            float(self.sun_w_m2[ptu]),
            float(self.drawn_kw[ptu]),
            float(low[0]),
        )

    def stay(self, ptu: int) -> EvSession | None:
        """The car's, where it is there in this quarter-hour."""
        here = self._in_file(ptu)
        found = next((stay for stay in self.stays if stay.present(here)), None)
        return None if found is None else found.shifted(ptu - here)

    def _in_file(self, ptu: int) -> int:
        beyond = ptu - len(self.grid)
        week = min(7 * DAY_PTUS, len(self.grid))
        return ptu if beyond < 0 else len(self.grid) - week + beyond % week

    def on(self, grid: PtuGrid, series: Floats) -> Floats:
        """A series of it on these quarter-hours."""
        first = self.grid.index(grid.start)
        return series[[self._in_file(first + i) for i in range(len(grid))]]
