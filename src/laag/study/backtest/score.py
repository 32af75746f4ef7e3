"""What a home's days cost, in money and in wishes not met: the same sum for every way of running it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.outlook import Floats
from laag.study.backtest.case import Case

MISSING_EUR_PER_KWH = 0.80
"""What a kWh costs that the car lacks on departure: a public fast charger (0.60 to 0.80 EUR/kWh, 2025) at its dearest."""
DISCOMFORT_EUR_PER_KH = 0.30
"""What an hour one kelvin outside the comfort band weighs: some twenty times the heat that prevents it, so that no way
of running a home earns by being cold."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What is left at the end of the window is worth, the same for everyone."""

    stored_eur_per_kwh: float = 0.0
    indoor_eur_per_k: float = 0.0
    in_car_eur_per_kwh: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How a window went: mean kW per PTU of it, states at the end of each, and what the car had when it left."""

    offtake_kw: Floats
    battery_kw: Floats
    stored_kwh: Floats
    indoor_c: Floats
    missing_kwh: tuple[float, ...] = ()
    """Per stay of the car."""
    plans: int = 0
    in_car_kwh: float = 0.0
    """At the end, of a car that keeps its own count."""


@dataclass(frozen=True, slots=True)
class Score:
    """A window in figures."""

    energy_eur: float
    wear_eur: float
    left_eur: float
    """What is left at the end, subtracted from the cost."""
    missing_kwh: float
    discomfort_kh: float

    @property
    def cost_eur(self) -> float:
        """Money, and what is not met at its price."""
        unmet = MISSING_EUR_PER_KWH * self.missing_kwh + DISCOMFORT_EUR_PER_KH * self.discomfort_kh
        return self.energy_eur + self.wear_eur + unmet - self.left_eur


def score(case: Case, course: Course, worth: Worth) -> Score:
    """The sum for one course of the window."""
    span = slice(case.start, case.stop)
    buy, sell = (price[span] for price in case.prices(case.day_ahead.values))
    taken, given = np.maximum(course.offtake_kw, 0.0), np.maximum(-course.offtake_kw, 0.0)
    battery = case.house.battery
    wear, left = 0.0, worth.in_car_eur_per_kwh * course.in_car_kwh
    if battery is not None:
        wear = battery.wear_eur_per_kwh * float(np.maximum(-course.battery_kw, 0.0).sum()) * PTU_HOURS
        left += worth.stored_eur_per_kwh * float(course.stored_kwh[-1])
    if case.house.building is not None:
        left += worth.indoor_eur_per_k * float(course.indoor_c[-1])
    return Score(
        float(taken @ buy - given @ sell) * PTU_HOURS,
        wear,
        left,
        float(sum(course.missing_kwh)),
        _discomfort_kh(case, course),
    )


def band(case: Case) -> tuple[Floats, Floats]:
    """Lowest and highest temperature at which residents are at ease, per PTU of the grid from the window's start on.

    What the sun alone makes of the house, had it never been heated since, is not too warm: that is for windows and
    sunscreens, not for a heat pump.
    """
    comfort, building = case.house.comfort, case.house.building
    assert building is not None, "asked only of a home that is heated"
    span = slice(case.start, len(case.grid))
    low = comfort.low_c(case.calendar.quarter[span])
    unheated = np.empty(len(low))
    indoor_c = case.state.indoor_c
    for at, (outdoor_c, gain_kw) in enumerate(
        zip(case.outdoor_c[span].tolist(), case.gains_kw()[span].tolist(), strict=True)
    ):
        indoor_c = unheated[at] = building.after(indoor_c, outdoor_c, gain_kw)
    return low, np.maximum(np.maximum(low, comfort.high_c), unheated)


def _discomfort_kh(case: Case, course: Course) -> float:
    if case.house.building is None or case.house.heat_pump is None:
        return 0.0
    low, high = (edge[: len(course.indoor_c)] for edge in band(case))
    off = np.maximum(low - course.indoor_c, 0.0) + np.maximum(course.indoor_c - high, 0.0)
    return float(off.sum()) * PTU_HOURS
