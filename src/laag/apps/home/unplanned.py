"""The same day of the same home without a plan: what costs nothing to do and knows no prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook
from laag.home.physics import Around, Held, WholeFlow, WholePhysics, Wish

_WARMER_K = 5.0
"""A thermostat on a tank, once it heats, goes on until so much above the lowest temperature."""


@dataclass(frozen=True, slots=True, eq=False)
class Unplanned:
    """What the day costs, and what the devices hold at its end."""

    cost_eur: float
    connection_kw: Floats
    held: Held
    car_here: bool
    """At the end."""


def unplanned(house: House, state: HomeState, outlook: Outlook, stays: tuple[EvSession, ...]) -> Unplanned:
    """The battery rests, the car charges at once, thermostats hold room and tank, machines begin when they may."""
    physics = WholePhysics(house)
    running_kw = _running_kw(outlook)
    drawn_kw = np.zeros(len(outlook.grid)) if outlook.hot_water_kw is None else outlook.hot_water_kw
    low_c = house.comfort.low_c(outlook.quarter) if outlook.comfort_low_c is None else outlook.comfort_low_c
    held = Held(
        state.stored_kwh,
        state.ev_stored_kwh,
        state.indoor_c,
        state.tank_c,
        state.hot_ago_ptus,
        state.pump_ran_ptus,
    )
    flows: list[WholeFlow] = []
    heating = here = False
    for ptu in range(len(outlook.grid)):
        stay = next((one for one in stays if one.present(ptu)), None)
        if stay is not None and ptu == stay.arrives:
            came_with = (
                stay.stored_kwh if stay.used_kwh is None else max(held.ev_stored_kwh - stay.used_kwh, 0.0)
            )
            held = held._replace(ev_stored_kwh=came_with)
        here = stay is not None
        around = Around(
            load_kw=float(outlook.load_kw[ptu]) + house.standby_kw,
            sun_kw=max(float(outlook.pv_kw[ptu]), 0.0) if house.pv is not None else 0.0,
            outdoor_c=float(outlook.outdoor_c[ptu]),
            gains_kw=float(outlook.heat_gain_kw[ptu]),
            low_c=float(low_c[ptu]),
            car_here=here,
            car_most_kwh=stay.most_kwh if stay is not None else 0.0,
            drawn_kw=float(drawn_kw[ptu]),
            appliance_kw=float(running_kw[ptu]),
        )
        heating = _tank_calls(house, held.tank_c, heating=heating)
        flows.append(physics.whole(held, _wish(physics, house, held, stay, around, heating=heating), around))
        held = Held._make(flows[-1][-len(Held._fields) :])
    connection = np.array([flow.offtake_kw for flow in flows])
    gas = np.array([flow.gas_kw for flow in flows])
    return Unplanned(outlook.paid_eur(connection, gas, PTU_HOURS), connection, held, here)


def _wish(
    physics: WholePhysics, house: House, held: Held, stay: EvSession | None, around: Around, *, heating: bool
) -> Wish:
    """What a wall box, a thermostat and a tank of their own accord would do."""
    missing_kwh = max(stay.wanted_kwh - held.ev_stored_kwh, 0.0) if stay is not None else 0.0
    element_kw = house.tank.element_max_kw if heating and house.tank and house.heat_pump is None else 0.0
    by_pump_kw = physics.pump_max if heating and house.heat_pump is not None else 0.0
    return Wish(
        ev_kw=missing_kwh / physics.car_per_kw,
        heat_pump_kw=_holding_kw(house, held, around) / physics.cop(around.outdoor_c),
        water_kw=by_pump_kw + element_kw,
        element_kw=element_kw,
        gas_kw=_holding_kw(house, held, around) / house.boiler.efficiency
        if house.boiler is not None and house.heat_pump is None
        else 0.0,
    )


def _holding_kw(house: House, held: Held, around: Around) -> float:
    """The heat that ends the PTU at the lowest temperature of comfort."""
    if house.building is None:
        return 0.0
    passive_c = house.building.after(held.indoor_c, around.outdoor_c, around.gains_kw)
    return max(around.low_c - passive_c, 0.0) / house.building.kelvin_per_kw


def _tank_calls(house: House, tank_c: float, *, heating: bool) -> bool:
    """Whether the tank's own thermostat asks for heat."""
    if house.tank is None:
        return False
    return tank_c < house.tank.low_c + (_WARMER_K if heating else 0.0)


def _running_kw(outlook: Outlook) -> Floats:
    """Every machine from the moment it may."""
    running = np.zeros(len(outlook.grid))
    for job in outlook.jobs:
        begins = max(job.earliest, 0) if job.started is None else job.started
        for i, kw in enumerate(job.appliance.programme_kw, start=begins):
            if 0 <= i < len(running):
                running[i] += kw
    return running
