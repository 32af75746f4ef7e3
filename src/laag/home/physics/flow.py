"""One PTU in numbers: what is held before it, wished for, met from outside, and what came of it.

Power is mean kW (consumption +, but sun and load >= 0), energy kWh, temperature °C.
"""

from __future__ import annotations

from typing import NamedTuple

NO_LIMIT = float("inf")


class Flow(NamedTuple):
    """One PTU of a plain home as it went, and what the devices hold after it."""

    pv_kw: float
    battery_kw: float
    ev_kw: float
    heat_pump_kw: float
    offtake_kw: float
    stored_kwh: float
    ev_stored_kwh: float
    indoor_c: float


class Held(NamedTuple):
    """What the devices hold; the fields of ``HomeState``, and the last six of :class:`WholeFlow`."""

    stored_kwh: float = 0.0
    ev_stored_kwh: float = 0.0
    indoor_c: float = 20.0
    tank_c: float = 50.0
    hot_ago_ptus: int = 0
    pump_ran_ptus: int = 0


class Wish(NamedTuple):
    """What is wanted of the devices, as a plan says it."""

    battery_kw: float = 0.0
    ev_kw: float = 0.0
    heat_pump_kw: float = 0.0
    """For the rooms."""
    pv_most_kw: float = NO_LIMIT
    water_kw: float = 0.0
    """For hot water, by heat pump and element together."""
    element_kw: float = 0.0
    """Of which by the element."""
    gas_kw: float = 0.0


class Around(NamedTuple):
    """What a PTU brings, whatever the home does."""

    load_kw: float
    sun_kw: float
    outdoor_c: float
    gains_kw: float
    low_c: float
    """The lowest temperature at which residents are at ease."""
    car_here: bool = False
    reserve_kwh: float = 0.0
    """What the battery keeps for later, but for saving the fuse."""
    car_reserve_kwh: float = 0.0
    """What a car that gives back keeps."""
    car_most_kwh: float = NO_LIMIT
    """Where its driver wants the car to stop charging."""
    car_need_kw: float = NO_LIMIT
    """What the car needs now to be ready in time; what it takes beyond can wait."""
    drawn_kw: float = 0.0
    """Heat drawn from the tank."""
    appliance_kw: float = 0.0
    """Programmes that run."""


class WholeFlow(NamedTuple):
    """One PTU of any home as it went, and what the devices hold after it."""

    pv_kw: float
    battery_kw: float
    ev_kw: float
    heat_pump_kw: float
    water_kw: float
    element_kw: float
    appliance_kw: float
    gas_kw: float
    offtake_kw: float
    """``load - pv + battery + ev + heat_pump + water + appliance``, summed in this order."""
    stored_kwh: float
    ev_stored_kwh: float
    indoor_c: float
    tank_c: float
    hot_ago_ptus: int
    pump_ran_ptus: int
