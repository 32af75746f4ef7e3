"""The day of a home that does not plan: the battery rests, the car charges at once, thermostats hold, machines start."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.devices import EvSession, Job
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook
from laag.home.physics import (
    NO_LIMIT,
    Around,
    Flow,
    Held,
    Physics,
    WholeFlow,
    WholePhysics,
    Wish,
    columns_of,
    is_plain,
)


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
    water_kw: Floats
    element_kw: Floats
    tank_c: Floats
    appliance_kw: Floats
    gas_kw: Floats
    starts: tuple[int | None, ...]
    """When each job of the outlook starts; ``None``: there is no room for it."""


def simple_day(house: House, state: HomeState, outlook: Outlook, stays: tuple[EvSession, ...]) -> SimpleDay:
    """What every home can always do: needs no price, no solver and no look ahead."""
    physics = Physics(house) if is_plain(house) else WholePhysics(house)
    running, starts = _programmes(outlook.jobs, len(outlook.grid))
    columns = tuple(column.tolist() for column in _columns(house, outlook, running))
    held = Held(*astuple(state))
    flows: list[Flow | WholeFlow] = []
    here: list[bool] = []
    arriving = {stay.arrives: stay for stay in stays}
    stay: EvSession | None = None
    for ptu, row in enumerate(zip(*columns, strict=True)):
        if ptu in arriving:
            stay = arriving[ptu]
            came_with = (
                stay.stored_kwh if stay.used_kwh is None else max(held.ev_stored_kwh - stay.used_kwh, 0.0)
            )
            held = held._replace(ev_stored_kwh=came_with)
        car = stay if stay is not None and stay.present(ptu) else None
        flow, held = _quarter(physics, held, car, *row)
        flows.append(flow)
        here.append(car is not None)
    return _day(house, flows, np.array(here, np.bool_), starts)


def _quarter(
    physics: Physics | WholePhysics,
    held: Held,
    stay: EvSession | None,
    load_kw: float,
    sun_kw: float,
    outdoor_c: float,
    gains_kw: float,
    low_c: float,
    drawn_kw: float,
    running_kw: float,
) -> tuple[Flow | WholeFlow, Held]:
    wants_kw = (
        max(min(stay.wanted_kwh, stay.most_kwh) - held.ev_stored_kwh, 0.0) / physics.car_per_kw
        if stay is not None
        else 0.0
    )
    holding_kw = physics.holding_kw(held.indoor_c, outdoor_c, gains_kw, low_c)
    if not isinstance(physics, WholePhysics):
        flow = physics.happens(
            held[:3],
            (0.0, wants_kw, holding_kw, NO_LIMIT),
            load_kw,
            sun_kw,
            outdoor_c,
            gains_kw,
            low_c,
            car_here=stay is not None,
        )
        return flow, Held(*flow[5:])
    water_kw, element_kw = physics.keeping_hot_kw(held, outdoor_c, drawn_kw)
    wish = Wish(
        ev_kw=wants_kw,
        heat_pump_kw=holding_kw,
        water_kw=water_kw,
        element_kw=element_kw,
        gas_kw=physics.gas_holding_kw(held, outdoor_c, gains_kw, low_c, holding_kw),
    )
    around = Around(
        load_kw,
        sun_kw,
        outdoor_c,
        gains_kw,
        low_c,
        stay is not None,
        car_reserve_kwh=stay.least_kwh if stay is not None else 0.0,
        car_most_kwh=min(stay.wanted_kwh, stay.most_kwh) if stay is not None else NO_LIMIT,
        drawn_kw=drawn_kw,
        appliance_kw=running_kw,
    )
    whole = physics.whole(held, wish, around)
    return whole, Held._make(whole[-6:])


def _columns(house: House, outlook: Outlook, running: Floats) -> tuple[Floats, ...]:
    """What each PTU brings, in the order in which ``_quarter`` takes it."""
    none = np.zeros(len(outlook.grid))
    low = house.comfort.low_c(outlook.quarter)
    if outlook.comfort_low_c is not None:
        low = np.where(np.isfinite(outlook.comfort_low_c), outlook.comfort_low_c, low)
    return (
        outlook.load_kw + house.standby_kw if house.standby_kw else outlook.load_kw,
        np.maximum(outlook.pv_kw, 0.0) if house.pv is not None else none,
        outlook.outdoor_c,
        outlook.heat_gain_kw,
        low,
        outlook.hot_water_kw if outlook.hot_water_kw is not None else none,
        running,
    )


def _programmes(jobs: tuple[Job, ...], count: int) -> tuple[Floats, tuple[int | None, ...]]:
    """Machines start as soon as they may."""
    power = np.zeros(count)
    starts: list[int | None] = []
    for job in jobs:
        start = job.started if job.started is not None else max(job.earliest, 0)
        takes = len(job.appliance.programme_kw)
        if job.started is None and start + takes > job.deadline:
            starts.append(None)
            continue
        first = max(start, 0)
        left = job.appliance.programme_kw[first - start :][: max(count - first, 0)]
        power[first : first + len(left)] += left
        starts.append(start)
    return power, tuple(starts)


def _day(
    house: House,
    flows: list[Flow | WholeFlow],
    here: Flags,
    starts: tuple[int | None, ...],
) -> SimpleDay:
    column = columns_of(house, flows)
    return SimpleDay(
        pv_kw=column["pv_kw"],
        battery_kw=column["battery_kw"],
        ev_kw=column["ev_kw"],
        heat_pump_kw=column["heat_pump_kw"],
        connection_kw=column["offtake_kw"],
        stored_kwh=column["stored_kwh"],
        ev_stored_kwh=np.where(here, column["ev_stored_kwh"], np.nan),
        indoor_c=column["indoor_c"],
        water_kw=column["water_kw"],
        element_kw=column["element_kw"],
        tank_c=column["tank_c"],
        appliance_kw=column["appliance_kw"],
        gas_kw=column["gas_kw"],
        starts=starts,
    )
