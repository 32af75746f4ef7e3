"""Why the heat pump warms the rooms, or does not."""

from __future__ import annotations

import numpy as np

from laag.home.devices import Building, Device, HeatPump
from laag.home.ladder import Level, On
from laag.home.outlook import Floats
from laag.home.plan.question import comfort_low_c
from laag.home.reasons.codes import Code, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.limits import Least, least, most
from laag.home.reasons.near import ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.view import View
from laag.home.reasons.warmth import HeatCodes, Warmth, heats_because, rests_because

ROOMS = HeatCodes(
    all_it_can=Code.HEATS_ALL_IT_CAN,
    paid=Code.PAID_TO_HEAT,
    spare_sun=Code.HEATS_SPARE_SUN,
    on_sun=Code.HEATS_ON_SUN,
    holds=Code.HOLDS_WARM,
    ahead=Code.HEATS_AHEAD,
    ahead_of_peak=Code.HEATS_AHEAD_OF_PEAK,
    for_after=Code.HEATS_FOR_AFTER,
    worth=Code.HEAT_WORTH,
    warmest=Code.WARMEST,
    later=Code.HEATS_LATER,
    even=Code.HEATING_EVEN,
    stays=Code.STAYS_WARM,
    enough=Code.WARM_ENOUGH,
    blocked=Code.HEATING_BLOCKED,
    no_help=Code.COLD_BUT_NO_HELP,
)


def heating_reasons(view: View, pump: HeatPump, building: Building) -> Column:
    """Code, numbers and alternatives of the heat pump's rooms in every PTU."""
    rooms = _rooms(view, pump, building)
    column = Column(Subject.HEATING, view.plan.heat_pump_kw)
    column.numbers |= rooms.numbers | {
        "gas_eur_per_kwh": gas_eur_per_kwh(view),
        "least_kw": np.full(len(view), pump.min_kw),
        "least_minutes": np.full(len(view), 15.0 * pump.min_run_ptus),
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    heats_because(rooms, column, ROOMS)
    on_gas = (view.plan.gas_kw > ON_KW) & (
        gas_eur_per_kwh(view) <= rooms.more + rooms.nudge + SAME_EUR_PER_KWH
    )
    column.give(Code.GAS_INSTEAD, ~rooms.heats & on_gas)
    rests_because(rooms, column, ROOMS)
    _steps(rooms, pump, column)
    column.finish(view.plan.firm[Device.HEAT_PUMP], view.beyond_money)
    return column


def gas_eur_per_kwh(view: View) -> Floats:
    """What a kWh of heat from gas costs; ``nan`` without a boiler."""
    boiler = view.house.boiler
    cost = np.nan if boiler is None else max(view.outlook.gas_eur_per_kwh, 0.0) / boiler.efficiency
    return np.full(len(view), cost)


def rooms_low(view: View) -> Least:
    """How warm the rooms must be; nobody's claim heats them beyond what is too warm."""
    own = comfort_low_c(view.house, view.outlook)
    asked = least(view.claims, Level.INDOOR, own)
    return Least(np.minimum(asked.level, np.maximum(own, view.house.comfort.high_c)), asked.claim)


def _rooms(view: View, pump: HeatPump, building: Building) -> Warmth:
    plan = view.plan
    low = rooms_low(view)
    limit = most(view.claims, On.HEAT_PUMP, pump.power_max_kw, len(view))
    stuck = view.stuck_in(lambda wiring: wiring.heat_pump)
    return Warmth(
        view=view,
        device=Device.HEAT_PUMP,
        heats=plan.heat_pump_kw > ON_KW,
        limit=limit,
        level_c=plan.indoor_c,
        low=low,
        high=np.maximum(low.level, view.house.comfort.high_c),
        flat_out=(plan.heat_pump_kw + plan.water_kw - plan.element_kw >= limit.kw - ON_KW) | stuck,
        cop=plan.cop,
        worth_eur_per_kwh=plan.heat_eur_per_kwh,
        decay=building.retention,
        at_reach=np.zeros(len(view), np.bool_),
    )


def _steps(rooms: Warmth, pump: HeatPump, column: Column) -> None:
    """What a heat pump cannot do by halves."""
    started = np.flatnonzero(rooms.heats & ~np.append(False, rooms.heats[:-1]))
    ptu = np.arange(len(rooms.heats))
    since = ptu - np.append(started, 0)[np.searchsorted(started, ptu, "right") - 1]
    column.give(Code.RUNS_ON, rooms.heats & (since < pump.min_run_ptus))
    step = (pump.min_kw > ON_KW) & (column.power_kw <= pump.min_kw + ON_KW)
    column.give(Code.HEAT_STEP, rooms.heats & step)
