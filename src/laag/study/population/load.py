"""The inflexible load of one home: fridge and standby, people at home, and appliances that come on in spikes.

The BDEW profile H25 (by ``demandlib``) is an average of many homes, and no home looks like it. Here each home's load is
drawn so that its expectation is that profile, moved to the household's own hours: what runs all day is flat, part of
the rest wanders, and the largest part is runs of appliances whose chance follows the profile. One home has peaks of
several kW; sixty together look like the average again.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import AMSTERDAM, PTU_HOURS
from laag.study.population.days import Days
from laag.study.population.households import Household

Floats = NDArray[np.float64]

MARGIN_PTUS = 96
"""How far beyond the grid a profile must reach: the widest shift of habits and the longest run of an appliance."""

STANDING_SHARE = 0.28
"""Of a year's use: fridge, freezer, router, standby."""
WANDERING_SHARE = 0.4
"""Of the rest: light, screens, ventilation; what is left over are appliance runs."""
_WANDER_SPREAD = 0.45
_HOURS_PER_YEAR = 8766
_WORKING_HOURS_SHARE = 0.17
"""Of a year's use: working days between 9 and 16 h, what is flat left out."""


@dataclass(frozen=True, slots=True)
class Appliance:
    """Mean kW by quarter of one run, and its share of what appliances use."""

    name: str
    run_kw: tuple[float, ...]
    share: float


APPLIANCES = (
    Appliance("kettle, coffee and microwave", (0.5,), 0.20),
    Appliance("hob and oven", (1.4, 1.1, 0.5), 0.30),
    Appliance("dishwasher", (1.6, 0.3, 0.1, 1.4, 0.2), 0.14),
    Appliance("washing machine", (1.5, 0.5, 0.2, 0.2, 0.4), 0.12),
    Appliance("tumble dryer", (1.9, 1.9, 1.7, 1.2, 0.6), 0.12),
    Appliance("vacuum cleaner, iron and hair dryer", (0.9, 0.3), 0.12),
)

TAP_WATER_KWH_PER_PERSON = 0.9
"""Per day, electric, where a heat pump heats the tap water: 2.3 kWh of heat at a COP of 2.6."""
_TAP_WATER_KW = 1.4


def average_profile(days: Days) -> Floats:
    """The average household of 1 kWh a year, in kW, on a grid with its margins; BDEW H25."""
    wide = days.grid.window(-MARGIN_PTUS, len(days.grid) + MARGIN_PTUS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from demandlib.bdew import H25

        local = pd.date_range(wide.start, periods=len(wide), freq="15min", tz="UTC").tz_convert(AMSTERDAM)
        off = [day for day in Days(wide).holidays if day.weekday() != 6]
        return np.asarray(H25(local, holidays=off), np.float64) / 1e6


def load_kw(home: Household, days: Days, average: Floats, away: frozenset[int]) -> Floats:
    """What this home uses in each PTU, in kW; ``average`` is ``average_profile`` of the same days."""
    wide = Days(days.grid.window(-MARGIN_PTUS, len(days.grid) + MARGIN_PTUS))
    first, count = wide.first_ptu, len(wide.grid)
    here = ~np.isin(wide.ordinal, sorted(away))
    active = _own_hours(home, wide, average) * here
    wander = home.tape("at home").drifting(first, count, 0.93)
    wandering = active * WANDERING_SHARE * np.exp(_WANDER_SPREAD * wander - _WANDER_SPREAD**2 / 2)
    total = _standing(home, first, count) + wandering
    for appliance in APPLIANCES:
        wanted = active * (1 - WANDERING_SHARE) * appliance.share
        total += _runs(home, appliance, first, wanted)
    if home.kind.heat_pump:
        total += _tap_water(home, wide) * here
    return total[MARGIN_PTUS:-MARGIN_PTUS]


def _own_hours(home: Household, wide: Days, average: Floats) -> Floats:
    """What is not flat of this household's expected load, at its own hours, in kW."""
    active = np.maximum(average - STANDING_SHARE / _HOURS_PER_YEAR, 0.0) * home.yearly_kwh
    shifted = np.roll(active, home.later_quarters)
    working = ~wide.rest & (wide.quarter >= 36) & (wide.quarter < 64)
    others = 1 / (1 + _WORKING_HOURS_SHARE * (home.daytime - 1))
    return others * np.where(working, shifted * home.daytime, shifted)


def _standing(home: Household, first: int, count: int) -> Floats:
    """Fridge and standby: a compressor that works five quarters in twelve on top of a flat third."""
    mean_kw = home.yearly_kwh * STANDING_SHARE / _HOURS_PER_YEAR
    phase = np.sin(2 * np.pi * (np.arange(first, first + count) / 5.3 + home.index * 0.37))
    return mean_kw * (1 + 0.45 * phase)


def _runs(home: Household, appliance: Appliance, first: int, wanted_kw: Floats) -> Floats:
    """Runs of one appliance whose chance follows the wanted mean power; each some more or less than the last."""
    run_kw = np.array(appliance.run_kw)
    chance = np.minimum(wanted_kw / run_kw.sum(), 1.0)
    count = len(wanted_kw)
    size = np.where(home.tape(appliance.name).uniform(first, count) < chance, 1.0, 0.0)
    size *= 0.75 + 0.5 * home.tape(f"size of {appliance.name}").uniform(first, count)
    power = np.zeros(count)
    for later, kw in enumerate(run_kw):
        power[later:] += kw * size[: count - later]
    return power


def _tap_water(home: Household, wide: Days) -> Floats:
    """The boiler's daily run, after midday where there are panels, else in the night."""
    starts = np.flatnonzero(wide.quarter == (52 if home.kind.pv else 16) + home.later_quarters)
    use = 0.7 + 0.6 * home.tape("tap water").uniform(wide.first_ptu // 96, len(wide.grid) // 96 + 2)
    power = np.zeros(len(wide.grid))
    for start in starts:
        day = (wide.first_ptu + int(start)) // 96 - wide.first_ptu // 96
        left_kwh = use[day] * TAP_WATER_KWH_PER_PERSON * home.people
        for ptu in range(int(start), len(power)):
            power[ptu] = min(_TAP_WATER_KW, left_kwh / PTU_HOURS)
            left_kwh -= power[ptu] * PTU_HOURS
            if left_kwh <= 0:
                break
    return power
