"""Why the boiler burns gas, or leaves the house to the heat pump."""

from __future__ import annotations

import numpy as np

from laag.home.devices import Boiler
from laag.home.ladder import On
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.heating import gas_eur_per_kwh, rooms_low
from laag.home.reasons.limits import most
from laag.home.reasons.near import LEVEL_K, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.view import View


def boiler_reasons(view: View, boiler: Boiler) -> Column:
    """Code, numbers and alternatives of a hybrid's boiler in every PTU; its power is gas."""
    plan, count, pump = view.plan, len(view), view.house.heat_pump
    column = Column(Subject.BOILER, plan.gas_kw)
    low = rooms_low(view)
    gas = gas_eur_per_kwh(view)
    electric = np.full(count, np.inf) if pump is None else view.weighed(view.up) / plan.cop
    heated = np.full(count, -np.inf) if pump is None else view.weighed(view.down) / plan.cop
    column.numbers |= view.numbers | {
        "gas_eur_per_kwh": gas,
        "pump_eur_per_kwh": electric,
        "level_c": plan.indoor_c,
        "low_c": low.level,
        "worth_eur_per_kwh": plan.heat_eur_per_kwh,
        "heat_kw": plan.gas_kw * boiler.efficiency,
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    burns = plan.gas_kw > ON_KW
    limit = most(view.claims, On.HEAT_PUMP, 0.0 if pump is None else pump.power_max_kw, count)
    pumping_kw = plan.heat_pump_kw + plan.water_kw - plan.element_kw
    flat_out = (pumping_kw >= limit.kw - ON_KW) | view.stuck_in(lambda wiring: wiring.heat_pump)
    column.give(Code.GAS_ALONE, burns & (pump is None))
    column.give(Code.GAS_CHEAPER, burns & (electric - gas >= -SAME_EUR_PER_KWH))
    column.next_best.put(column.has(Code.GAS_CHEAPER), Doing.HEAT_BY_PUMP, NOWHEN, electric - gas)
    column.give(Code.GAS_HELPS, burns & flat_out)
    pumped = ~burns & (plan.heat_pump_kw > ON_KW)
    column.give(Code.PUMP_CHEAPER, pumped & (gas - heated >= -SAME_EUR_PER_KWH))
    column.next_best.put(column.has(Code.PUMP_CHEAPER), Doing.HEAT_BY_GAS, NOWHEN, gas - heated)
    warm = plan.indoor_c >= low.level - LEVEL_K
    column.give(Code.NO_GAS_NEEDED, ~burns & warm)
    column.give(Code.GAS_NOT_WORTH, ~burns & (plan.heat_eur_per_kwh <= gas + SAME_EUR_PER_KWH))
    column.finish(np.zeros(count, np.bool_), view.beyond_money)
    return column
