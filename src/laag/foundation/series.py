"""One number per quarter-hour, with one unit, on one grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laag.foundation.errors import GridMismatch, UnitMismatch
from laag.foundation.ptu import PTU_HOURS, PtuGrid


class Unit(Enum):
    """What a profile counts."""

    KW = "kW"
    KWH = "kWh"
    EUR_PER_KWH = "EUR/kWh"
    EUR_PER_MWH = "EUR/MWh"
    CELSIUS = "°C"
    W_PER_M2 = "W/m²"
    ONE = "1"


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """``values[i]`` holds during PTU ``i`` of ``grid``; float64, read-only. Missing is ``nan``, no limit is ``inf``.

    >>> from datetime import date
    >>> from laag.foundation.ptu import AMSTERDAM
    >>> day = PtuGrid.day(date(2025, 1, 1), AMSTERDAM)
    >>> float(Profile.flat(day, 2.0, Unit.KW).energy().total())
    48.0
    """

    grid: PtuGrid
    values: NDArray[np.float64]
    unit: Unit

    def __post_init__(self) -> None:
        values = np.array(self.values, np.float64)
        if values.shape != (len(self.grid),):
            raise GridMismatch(f"{values.shape} values do not fit {self.grid}; give one number per PTU")
        values.flags.writeable = False
        object.__setattr__(self, "values", values)

    @classmethod
    def flat(cls, grid: PtuGrid, value: float, unit: Unit) -> Profile:
        """The same number in every PTU."""
        return cls(grid, np.full(len(grid), value), unit)

    def on(self, grid: PtuGrid) -> Profile:
        """The part of this profile on a shorter grid."""
        return Profile(grid, self.values[grid.within(self.grid)], self.unit)

    def energy(self) -> Profile:
        """kWh per PTU from mean kW."""
        return self._as(Unit.KW, Unit.KWH, PTU_HOURS)

    def power(self) -> Profile:
        """Mean kW from kWh per PTU."""
        return self._as(Unit.KWH, Unit.KW, 1 / PTU_HOURS)

    def per_kwh(self) -> Profile:
        """EUR/kWh from EUR/MWh."""
        return self._as(Unit.EUR_PER_MWH, Unit.EUR_PER_KWH, 1e-3)

    def total(self) -> float:
        """The sum over all PTUs; meant for kWh."""
        return float(self.values.sum())

    def missing(self) -> NDArray[np.bool_]:
        """Which PTUs have no value."""
        return np.isnan(self.values)

    def __add__(self, other: Profile) -> Profile:
        return self._with(other, np.add)

    def __sub__(self, other: Profile) -> Profile:
        return self._with(other, np.subtract)

    def __mul__(self, factor: float) -> Profile:
        return Profile(self.grid, self.values * factor, self.unit)

    def _as(self, given: Unit, wanted: Unit, factor: float) -> Profile:
        if self.unit is not given:
            raise UnitMismatch(f"needs {given.value} to make {wanted.value}, has {self.unit.value}")
        return Profile(self.grid, self.values * factor, wanted)

    def _with(self, other: Profile, join: Callable[..., NDArray[np.float64]]) -> Profile:
        if self.unit is not other.unit:
            raise UnitMismatch(f"{self.unit.value} meets {other.unit.value}; convert one of them first")
        if self.grid != other.grid:
            raise GridMismatch(
                f"one profile has {self.grid}, the other {other.grid}; "
                "cut both to the same PTUs with .on(grid) before combining them"
            )
        return Profile(self.grid, join(self.values, other.values), self.unit)


def wh(power_kw: ArrayLike) -> NDArray[np.int64]:
    """Mean kW over a PTU as whole Wh, half to even: the market's door.

    >>> wh([0.4, -1.0]).tolist()
    [100, -250]
    """
    return np.rint(np.asarray(power_kw, np.float64) * (1000 * PTU_HOURS)).astype(np.int64)


def ticks(price_eur_per_kwh: ArrayLike) -> NDArray[np.int64]:
    """EUR/kWh as whole ticks of 0.01 EUR/MWh, half to even: the market's door.

    >>> ticks([0.12345, -0.5]).tolist()
    [12345, -50000]
    """
    return np.rint(np.asarray(price_eur_per_kwh, np.float64) * 100_000).astype(np.int64)
