"""The cheapest feasible day of a home, with what a kWh is worth in each quarter-hour of it.

Never "infeasible": what cannot be met is a :class:`Shortfall` beside the best that can be done.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Device, EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook, mended
from laag.home.physics import sound
from laag.home.plan.day import Plan
from laag.home.plan.lp import Layout, Program, program, shape_of
from laag.home.plan.one_way import one_way
from laag.home.plan.shortfall import Shortfall, from_gaps, from_plan, from_state
from laag.home.plan.solver import Answer, Solver
from laag.home.plan.weights import PlanSettings
from laag.home.simple import simple_day
from laag.home.stays import stays_in

_TURNED_DOWN_KW = 1e-6
_NOTHING_KW = 1e-9


def cheapest(
    house: House,
    state: HomeState,
    outlook: Outlook,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
) -> Plan:
    """The day that costs least by this outlook, from this state, within what devices and connection allow.

    The same house, state, outlook and settings give the same plan bit for bit, whatever the solver did before.
    """
    outlook, gaps = mended(outlook)
    state, said = sound(house, state)
    count = len(outlook.grid)
    stays = stays_in(house, state, outlook.sessions, count)
    noted = (*from_gaps(gaps), *from_state(said))
    if count:
        layout = solver.layout(shape_of(house, stays, count))
        question = program(layout, house, state, outlook, stays, settings)
        answer = solver.solve(question)
        if answer is not None and house.battery is not None:
            answer = one_way(solver, question, answer, house.battery, state.stored_kwh)
        if answer is not None:
            return _read(house, state, outlook, stays, layout, question, answer, noted)
        noted += (
            Shortfall(
                "solver", 1.0, "plan", 0, "the solver found no optimum; the home follows its demand instead"
            ),
        )
    return _without_solver(house, state, outlook, stays, settings, noted)


def _read(
    house: House,
    state: HomeState,
    outlook: Outlook,
    stays: tuple[EvSession, ...],
    at: Layout,
    question: Program,
    answer: Answer,
    noted: tuple[Shortfall, ...],
) -> Plan:
    T = at.shape.count
    none, unknown = np.zeros(T), np.full(T, np.nan)

    def power(block: slice) -> Floats:
        clipped = np.minimum(np.maximum(answer.column[block], question.lower[block]), question.upper[block])
        return np.where(np.abs(clipped) < _NOTHING_KW, 0.0, clipped)

    pv, limit = (none, np.full(T, np.inf))
    if at.shape.pv:
        pv = power(at.pv)
        limit = np.where(pv < question.upper[at.pv] - _TURNED_DOWN_KW, pv, np.inf)
    battery, stored, stored_worth = none, unknown, unknown
    if house.battery is not None:
        battery = power(at.charge) - power(at.discharge)
        into = np.where(battery > 0, house.battery.charge_efficiency, 1 / house.battery.discharge_efficiency)
        stored = np.clip(
            state.stored_kwh + np.cumsum(battery * into) * PTU_HOURS, 0.0, house.battery.capacity_kwh
        )
        stored_worth = -answer.row_price[at.battery]
    pump, indoor, heat_worth, cop = none, unknown, unknown, unknown
    if at.shape.heat_pump and house.building is not None and house.heat_pump is not None:
        pump, cop = power(at.pump), house.heat_pump.cop(outlook.outdoor_c)
        heat_worth = -answer.row_price[at.heat] * (house.building.kelvin_per_kw / PTU_HOURS)
        indoor = _warmth(house, state.indoor_c, outlook, pump * cop + outlook.heat_gain_kw)
    ev, in_car, ev_worth = none, unknown, unknown
    if stays:
        ev = power(at.ev)
        in_car = _in_car(house, stays, ev)
        ev_worth = unknown.copy()
        for k, stay in enumerate(stays):
            ev_worth[stay.arrives : stay.departs] = -answer.row_price[at.stay.start + k]
    connection = outlook.load_kw - pv + battery + ev + pump
    return Plan(
        grid=outlook.grid,
        load_kw=outlook.load_kw,
        pv_kw=pv,
        sun_kw=np.maximum(outlook.pv_kw, 0.0) if at.shape.pv else none,
        pv_limit_kw=limit,
        battery_kw=battery,
        ev_kw=ev,
        heat_pump_kw=pump,
        connection_kw=connection,
        stored_kwh=stored,
        ev_stored_kwh=in_car,
        indoor_c=indoor,
        connection_eur_per_kwh=answer.row_price[at.balance] / PTU_HOURS,
        stored_eur_per_kwh=stored_worth,
        ev_stored_eur_per_kwh=ev_worth,
        heat_eur_per_kwh=heat_worth,
        cop=cop,
        cost_eur=outlook.cost_eur(connection, PTU_HOURS),
        shortfalls=noted + from_plan(house, outlook, stays, connection, in_car, indoor),
        made_at=outlook.made_at or outlook.grid.start,
        sessions=outlook.sessions,
        **_prices(outlook),
        **_nothing_else(T),
    )


def _prices(outlook: Outlook) -> dict[str, Any]:
    """What a departure from the plan costs and earns, for whoever absorbs it."""
    names = ("position_kw", "above_eur_per_kwh", "below_eur_per_kwh")
    return dict(zip(names, outlook.prices_of_a_change(), strict=True))


def _nothing_else(count: int) -> dict[str, Any]:
    """What no plan plans yet."""
    none, unknown = np.zeros(count), np.full(count, np.nan)
    return {
        "water_kw": none,
        "element_kw": none,
        "tank_c": unknown,
        "water_eur_per_kwh": unknown,
        "appliance_kw": none,
        "runs": (),
        "gas_kw": none,
        "firm": np.zeros((len(Device), count), np.bool_),
        "missed": (),
    }


def _warmth(house: House, indoor_c: float, outlook: Outlook, heat_kw: Floats) -> Floats:
    assert house.building is not None
    kept, gain = house.building.retention, house.building.kelvin_per_kw
    drive = ((1.0 - kept) * outlook.outdoor_c + gain * heat_kw).tolist()
    for i, warmer in enumerate(drive):
        indoor_c = kept * indoor_c + warmer
        drive[i] = indoor_c
    return np.array(drive)


def _in_car(house: House, stays: tuple[EvSession, ...], ev_kw: Floats) -> Floats:
    assert house.charger is not None
    in_car = np.full(len(ev_kw), np.nan)
    left = 0.0
    for stay in stays:
        held = stay.stored_kwh if stay.used_kwh is None else max(left - stay.used_kwh, 0.0)
        here = slice(stay.arrives, stay.departs)
        charged = held + np.cumsum(ev_kw[here]) * (house.charger.efficiency * PTU_HOURS)
        in_car[here] = np.minimum(charged, house.charger.capacity_kwh)
        left = float(in_car[here][-1])
    return in_car


def _without_solver(
    house: House,
    state: HomeState,
    outlook: Outlook,
    stays: tuple[EvSession, ...],
    settings: PlanSettings,
    noted: tuple[Shortfall, ...],
) -> Plan:
    """The simple day in the same form; what it buys, it buys at any reasonable price."""
    T = len(outlook.grid)
    day = simple_day(house, state, outlook, stays)
    weights = settings.weights(outlook)
    _, above, _ = outlook.prices_of_a_change()
    unknown = np.full(T, np.nan)
    here = ~np.isnan(day.ev_stored_kwh)
    return Plan(
        grid=outlook.grid,
        load_kw=outlook.load_kw,
        pv_kw=day.pv_kw,
        sun_kw=np.maximum(outlook.pv_kw, 0.0) if house.pv is not None else np.zeros(T),
        pv_limit_kw=np.where(day.pv_kw < outlook.pv_kw - _TURNED_DOWN_KW, day.pv_kw, np.inf),
        battery_kw=day.battery_kw,
        ev_kw=day.ev_kw,
        heat_pump_kw=day.heat_pump_kw,
        connection_kw=day.connection_kw,
        stored_kwh=day.stored_kwh,
        ev_stored_kwh=day.ev_stored_kwh,
        indoor_c=day.indoor_c,
        connection_eur_per_kwh=above,
        stored_eur_per_kwh=unknown
        if house.battery is None
        else np.full(T, settings.stored_at_end_eur_per_kwh(house.battery, outlook)),
        ev_stored_eur_per_kwh=np.where(here, weights.car_eur_per_kwh, np.nan),
        heat_eur_per_kwh=np.where(np.isnan(day.indoor_c), np.nan, weights.car_eur_per_kwh),
        cop=house.heat_pump.cop(outlook.outdoor_c) if house.heat_pump is not None else unknown,
        cost_eur=outlook.cost_eur(day.connection_kw, PTU_HOURS),
        shortfalls=noted
        + from_plan(house, outlook, stays, day.connection_kw, day.ev_stored_kwh, day.indoor_c),
        made_at=outlook.made_at or outlook.grid.start,
        sessions=outlook.sessions,
        **_prices(outlook),
        **_nothing_else(T),
    )
