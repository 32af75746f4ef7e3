"""The day of a home that does not plan: the battery rests, the car charges at once, the thermostat holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.devices import EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook
from laag.home.physics import NO_LIMIT, Flow, Physics


@dataclass(frozen=True, slots=True, eq=False)
class SimpleDay:
    """Mean kW per PTU and states at the end of each; ``nan`` for a device or a car that is not there."""

    pv_kw: Floats
    battery_kw: Floats
    ev_kw: Floats
    heat_pump_kw: Floats
    connection_kw: Floats
    stored_kwh: Floats
    ev_stored_kwh: Floats
    indoor_c: Floats


def simple_day(house: House, state: HomeState, outlook: Outlook, stays: tuple[EvSession, ...]) -> SimpleDay:
    """What every home can always do: needs no price, no solver and no look ahead."""
    physics = Physics(house)
    sun = (outlook.pv_kw if house.pv is not None else np.zeros(len(outlook.grid))).tolist()
    low = house.comfort.low_c(outlook.quarter).tolist()
    held = (state.stored_kwh, state.ev_stored_kwh, state.indoor_c)
    flows: list[Flow] = []
    here: list[bool] = []
    arriving = {stay.arrives: stay for stay in stays}
    stay: EvSession | None = None
    for ptu, (load_kw, outdoor_c, gains_kw) in enumerate(
        zip(outlook.load_kw.tolist(), outlook.outdoor_c.tolist(), outlook.heat_gain_kw.tolist(), strict=True)
    ):
        if ptu in arriving:
            stay = arriving[ptu]
            came_with = stay.stored_kwh if stay.used_kwh is None else max(held[1] - stay.used_kwh, 0.0)
            held = (held[0], came_with, held[2])
        car_here = stay is not None and stay.present(ptu)
        wants_kw = max(stay.wanted_kwh - held[1], 0.0) / physics.car_per_kw if car_here and stay else 0.0
        holding_kw = physics.holding_kw(held[2], outdoor_c, gains_kw, low[ptu])
        flow = physics.happens(
            held,
            (0.0, wants_kw, holding_kw, NO_LIMIT),
            load_kw,
            max(sun[ptu], 0.0),
            outdoor_c,
            gains_kw,
            low[ptu],
            car_here=car_here,
        )
        held = (flow.stored_kwh, flow.ev_stored_kwh, flow.indoor_c)
        flows.append(flow)
        here.append(car_here)
    columns = np.array(flows, np.float64).reshape(len(flows), len(Flow._fields)).T
    pv, battery, ev, pump, offtake, stored, in_car, indoor = columns
    unknown = np.full(len(flows), np.nan)
    return SimpleDay(
        pv,
        battery,
        ev,
        pump,
        offtake,
        stored if house.battery is not None else unknown,
        np.where(here, in_car, np.nan) if flows else unknown,
        indoor if house.building is not None else unknown,
    )
