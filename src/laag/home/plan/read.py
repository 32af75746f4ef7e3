"""From columns and prices to a plan: powers as they are meant, levels as they follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Device, EvSession
from laag.home.house import House
from laag.home.ladder import Ladder
from laag.home.outlook import Floats
from laag.home.plan.day import Missed, Plan, Run
from laag.home.plan.in_order import Served
from laag.home.plan.layout import Layout
from laag.home.plan.program import Program
from laag.home.plan.question import Question, running_kw
from laag.home.plan.reach import decaying, tank_pace, water_flow_c
from laag.home.plan.shortfall import Shortfall, from_plan
from laag.home.simple import simple_day

_TURNED_DOWN_KW = 1e-6
_NOTHING_KW = 1e-9


def read(
    asked: Question, program: Program, served: Served, ladder: Ladder, noted: tuple[Shortfall, ...]
) -> Plan:
    """The plan that an answer stands for."""
    reader = _Reader(asked, program, served)
    plan = _of_nothing(asked, noted)
    parts = {**reader.powers(), **reader.levels(), **reader.worths()}
    connection = (
        plan.load_kw
        - parts["pv_kw"]
        + parts["battery_kw"]
        + parts["ev_kw"]
        + parts["heat_pump_kw"]
        + parts["water_kw"]
        + parts["appliance_kw"]
    )
    plan = replace(
        plan,
        **parts,
        connection_kw=connection,
        cost_eur=asked.outlook.paid_eur(connection, parts["gas_kw"], PTU_HOURS),
        missed=tuple(Missed(rung, amount) for rung, amount in served.missed),
    )
    return replace(plan, shortfalls=noted + from_plan(asked, plan, ladder))


def without_solver(asked: Question, ladder: Ladder, noted: tuple[Shortfall, ...]) -> Plan:
    """The simple day in the form of a plan; what it buys, it buys at any reasonable price."""
    house, outlook, settings = asked.house, asked.outlook, asked.settings
    day = simple_day(house, asked.state, outlook, asked.stays)
    _, above, _ = outlook.prices_of_a_change()
    here = ~np.isnan(day.ev_stored_kwh)
    plan = _of_nothing(asked, noted)
    stored_worth = plan.stored_eur_per_kwh
    if house.battery is not None:
        stored_worth = np.full(asked.count, settings.stored_at_end_eur_per_kwh(house.battery, outlook))
    plan = replace(
        plan,
        pv_kw=day.pv_kw,
        pv_limit_kw=np.where(day.pv_kw < outlook.pv_kw - _TURNED_DOWN_KW, day.pv_kw, np.inf),
        battery_kw=day.battery_kw,
        ev_kw=day.ev_kw,
        heat_pump_kw=day.heat_pump_kw,
        connection_kw=day.connection_kw,
        stored_kwh=day.stored_kwh,
        ev_stored_kwh=day.ev_stored_kwh,
        indoor_c=day.indoor_c,
        connection_eur_per_kwh=above,
        stored_eur_per_kwh=stored_worth,
        ev_stored_eur_per_kwh=np.where(here, asked.weights.other, np.nan),
        heat_eur_per_kwh=np.where(np.isnan(day.indoor_c), np.nan, asked.weights.other),
        cost_eur=outlook.paid_eur(day.connection_kw, plan.gas_kw, PTU_HOURS),
    )
    return replace(plan, shortfalls=noted + from_plan(asked, plan, ladder))


def _of_nothing(asked: Question, noted: tuple[Shortfall, ...]) -> Plan:
    """A plan of a home without devices, from which every other is made."""
    house, outlook, T = asked.house, asked.outlook, asked.count
    none, unknown = np.zeros(T), np.full(T, np.nan)
    load = outlook.load_kw + house.standby_kw
    position, above, below = outlook.prices_of_a_change()
    return Plan(
        grid=outlook.grid,
        load_kw=load,
        pv_kw=none,
        sun_kw=np.maximum(outlook.pv_kw, 0.0) if house.pv is not None else none,
        pv_limit_kw=np.full(T, np.inf),
        battery_kw=none,
        ev_kw=none,
        heat_pump_kw=none,
        connection_kw=load,
        stored_kwh=unknown,
        ev_stored_kwh=unknown,
        indoor_c=unknown,
        connection_eur_per_kwh=unknown,
        stored_eur_per_kwh=unknown,
        ev_stored_eur_per_kwh=unknown,
        heat_eur_per_kwh=unknown,
        cop=unknown if house.heat_pump is None else house.heat_pump.cop(outlook.outdoor_c),
        cost_eur=0.0,
        shortfalls=noted,
        made_at=outlook.made_at or outlook.grid.start,
        sessions=outlook.sessions,
        water_kw=none,
        element_kw=none,
        tank_c=unknown,
        water_eur_per_kwh=unknown,
        appliance_kw=none,
        runs=tuple(Run(job, job.started) for job in outlook.jobs),
        gas_kw=none,
        firm=np.zeros((len(Device), T), np.bool_),
        position_kw=position,
        above_eur_per_kwh=above,
        below_eur_per_kwh=below,
        missed=(),
    )


class _Reader:
    """One answer, read block by block."""

    def __init__(self, asked: Question, program: Program, served: Served) -> None:
        self.asked, self.program, self.at = asked, program, program.layout
        self.column, self.price = served.answer.column, served.answer.row_price
        self.held, self.claimed = served.held, served.claimed
        self.made: dict[str, Any] = {}

    def power(self, *blocks: slice) -> Floats:
        """A power without the solver's rounding."""
        total = np.zeros(self.asked.count)
        for block in blocks:
            low, high = self.program.lower[block], self.program.upper[block]
            clipped = np.minimum(np.maximum(self.column[block], low), high)
            total = total + np.where(np.abs(clipped) < _NOTHING_KW, 0.0, clipped)
        return total

    def powers(self) -> dict[str, Any]:
        """Every flow, and which of them a rung above the market holds."""
        at, made, shape = self.at, self.made, self.at.shape
        firm = np.zeros((len(Device), self.asked.count), np.bool_)
        made["firm"] = firm
        if shape.pv:
            made["pv_kw"] = pv = self.power(at.pv)
            made["pv_limit_kw"] = np.where(pv < self.program.upper[at.pv] - _TURNED_DOWN_KW, pv, np.inf)
            firm[Device.PV] = self.is_held([at.pv], at.balance)
        if shape.battery:
            made["battery_kw"] = self.power(*at.charge) - self.power(*at.discharge)
            firm[Device.BATTERY] = self.is_held([*at.charge, *at.discharge], at.battery)
        if shape.pump:
            made["heat_pump_kw"] = self.power(*at.pump)
            firm[Device.HEAT_PUMP] = self.is_held(at.pump, at.heat)
        if shape.boiler and self.asked.house.boiler is not None:
            made["gas_kw"] = self.power(at.boiler) / self.asked.house.boiler.efficiency
        self._water(firm)
        if at.car:
            made["ev_kw"] = until_full(self.asked.house, self.asked.stays, self.power(*at.car))
            if shape.gives:
                made["ev_kw"] = made["ev_kw"] - self.power(at.giving)
                firm[Device.EV] = self.is_held([*at.car, at.giving], at.driving)
            else:
                firm[Device.EV] = self.is_held(at.car, at.balance)
                for k, stay in enumerate(self.asked.stays):
                    firm[Device.EV, stay.arrives : stay.departs] |= self.claimed[at.stay.start + k]
        made["appliance_kw"] = running_kw(self.asked.outlook.jobs, self.asked.count)
        if at.starts:
            self._programmes()
        firm[Device.LOAD] = firm[Device.APPLIANCE] = True
        for name in ("pv_kw", "battery_kw", "ev_kw", "heat_pump_kw", "water_kw"):
            made.setdefault(name, np.zeros(self.asked.count))
        made.setdefault("gas_kw", np.zeros(self.asked.count))
        return made

    def _water(self, firm: Flags) -> None:
        at, made = self.at, self.made
        if not at.shape.tank:
            return
        made["element_kw"] = element = self.power(at.element)
        by_pump = np.zeros(self.asked.count)
        firm[Device.WATER] = self.is_held([at.element], at.water)
        if at.shape.pump:
            by_pump = np.minimum(self.power(at.water_pump), made["heat_pump_kw"])
            made["heat_pump_kw"] = made["heat_pump_kw"] - by_pump
            firm[Device.WATER] &= self.is_held([at.water_pump], at.water)
        made["water_kw"] = element + by_pump

    def _programmes(self) -> None:
        asked, at = self.asked, self.at
        power = self.made["appliance_kw"].copy()
        begins: dict[int, int | None] = {}
        for job, starts in zip(asked.jobs, at.starts, strict=True):
            shares = self.column[starts]
            start = int(np.argmax(shares)) if shares.max() > 0.5 else None
            begins[id(job)] = start
            if start is not None:
                programme = np.array(job.appliance.programme_kw)[: asked.count - start]
                power[start : start + len(programme)] += programme
        self.made["appliance_kw"] = power
        self.made["runs"] = tuple(Run(job, begins.get(id(job), job.started)) for job in asked.outlook.jobs)

    def is_held(self, blocks: Sequence[slice], rows: slice) -> Flags:
        """Where a rung holds every piece of a power, or would miss more or less if it were another."""
        held = np.ones(self.asked.count, np.bool_)
        could = np.zeros(self.asked.count, np.bool_)
        for block in blocks:
            free = self.program.upper[block] > self.program.lower[block]
            could |= free
            held &= self.held[block] | ~free
        return np.asarray((held & could) | self.claimed[rows], np.bool_)

    def levels(self) -> dict[str, Any]:
        """What each device holds at the end of each PTU, from its power alone."""
        asked, made, house = self.asked, self.made, self.asked.house
        if house.battery is not None:
            battery = made["battery_kw"]
            into = np.where(
                battery > 0, house.battery.charge_efficiency, 1 / house.battery.discharge_efficiency
            )
            stored = asked.state.stored_kwh + np.cumsum(battery * into) * PTU_HOURS
            made["stored_kwh"] = np.clip(stored, 0.0, house.battery.capacity_kwh)
        if self.at.car:
            made["ev_stored_kwh"] = in_car_kwh(house, asked.stays, made["ev_kw"])
        if asked.heats and house.building is not None:
            kept, gain = house.building.retention, house.building.kelvin_per_kw
            heat = asked.outlook.heat_gain_kw
            if house.heat_pump is not None:
                heat = made["heat_pump_kw"] * house.heat_pump.cop(asked.outlook.outdoor_c) + heat
            if house.boiler is not None:
                heat = heat + made["gas_kw"] * house.boiler.efficiency
            drive = (1.0 - kept) * asked.outlook.outdoor_c + gain * heat
            made["indoor_c"] = decaying(asked.state.indoor_c, kept, drive)
        if house.tank is not None:
            kept, gain = tank_pace(house.tank, PTU_HOURS)
            heat = made["element_kw"].copy()
            if house.heat_pump is not None:
                cop = house.heat_pump.cop(asked.outlook.outdoor_c, water_flow_c(house.tank))
                heat += (made["water_kw"] - made["element_kw"]) * cop
            drawn = 0.0 if asked.outlook.hot_water_kw is None else asked.outlook.hot_water_kw
            made["tank_c"] = decaying(
                asked.state.tank_c, kept, (1.0 - kept) * house.tank.room_c + gain * (heat - drawn)
            )
        return made

    def worths(self) -> dict[str, Any]:
        """Shadow prices: what one kWh more would save or cost."""
        asked, at, price, house = self.asked, self.at, self.price, self.asked.house
        found: dict[str, Any] = {"connection_eur_per_kwh": price[at.balance] / PTU_HOURS}
        if at.shape.battery:
            found["stored_eur_per_kwh"] = -price[at.battery]
        if asked.heats and house.building is not None:
            per_kwh = house.building.kelvin_per_kw / PTU_HOURS
            found["heat_eur_per_kwh"] = -price[at.heat] * per_kwh
        if at.shape.tank and house.tank is not None:
            found["water_eur_per_kwh"] = -price[at.water] * (tank_pace(house.tank, PTU_HOURS)[1] / PTU_HOURS)
        if at.car:
            found["ev_stored_eur_per_kwh"] = self._worth_in_car(at)
        return found

    def _worth_in_car(self, at: Layout) -> Floats:
        worth = np.full(self.asked.count, np.nan)
        for k, stay in enumerate(self.asked.stays):
            here = slice(stay.arrives, min(stay.departs, self.asked.count))
            worth[here] = -self.price[at.driving][here] if at.shape.gives else -self.price[at.stay.start + k]
        return worth


def until_full(house: House, stays: tuple[EvSession, ...], ev_kw: Floats) -> Floats:
    """A car whose least power would fill it beyond its capacity stops in the middle of a quarter-hour."""
    charger = house.charger
    assert charger is not None
    if charger.min_kw <= 0 or charger.gives:
        return ev_kw
    per_kw = charger.efficiency * PTU_HOURS
    fits, left = ev_kw.copy(), 0.0
    for stay in stays:
        held = stay.stored_kwh if stay.used_kwh is None else max(left - stay.used_kwh, 0.0)
        here = slice(stay.arrives, stay.departs)
        reached = np.minimum(held + np.cumsum(ev_kw[here]) * per_kw, max(charger.capacity_kwh, held))
        fits[here] = np.minimum(ev_kw[here], np.diff(reached, prepend=held) / per_kw)
        left = float(reached[-1])
    return np.maximum(fits, 0.0)


def in_car_kwh(house: House, stays: tuple[EvSession, ...], ev_kw: Floats) -> Floats:
    """What the car holds at the end of each PTU, ``nan`` while it is away."""
    charger = house.charger
    assert charger is not None
    into = np.where(ev_kw >= 0, charger.efficiency, 1 / charger.discharge_efficiency)
    in_car = np.full(len(ev_kw), np.nan)
    left = 0.0
    for stay in stays:
        held = stay.stored_kwh if stay.used_kwh is None else max(left - stay.used_kwh, 0.0)
        here = slice(stay.arrives, stay.departs)
        charged = held + np.cumsum(ev_kw[here] * into[here]) * PTU_HOURS
        in_car[here] = np.clip(charged, 0.0, charger.capacity_kwh)
        left = float(in_car[here][-1])
    return in_car
