"""Why the hot-water tank is heated, or not."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Device, Tank
from laag.home.ladder import Level, On
from laag.home.plan.reach import tank_pace, water_flow_c
from laag.home.reasons.codes import Code, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.limits import least, most
from laag.home.reasons.near import LEVEL_K, ON_KW
from laag.home.reasons.scan import here_or_next
from laag.home.reasons.view import View
from laag.home.reasons.warmth import HeatCodes, Warmth, heats_because, rests_because

WATER = HeatCodes(
    all_it_can=Code.WATER_ALL_IT_CAN,
    paid=Code.PAID_TO_HEAT_WATER,
    spare_sun=Code.WATER_SPARE_SUN,
    on_sun=Code.WATER_ON_SUN,
    holds=Code.HOLDS_HOT,
    ahead=Code.WATER_AHEAD,
    ahead_of_peak=Code.WATER_AHEAD_OF_PEAK,
    for_after=Code.WATER_FOR_AFTER,
    worth=Code.WATER_WORTH,
    warmest=Code.HOTTEST,
    later=Code.WATER_LATER,
    even=Code.WATER_EVEN,
    stays=Code.STAYS_HOT,
    enough=Code.HOT_ENOUGH,
    blocked=Code.WATER_BLOCKED,
    no_help=Code.TEPID_BUT_NO_HELP,
)


def water_reasons(view: View, tank: Tank) -> Column:
    """Code, numbers and alternatives of the hot-water tank in every PTU."""
    water = _tank(view, tank)
    column = Column(Subject.WATER, view.plan.water_kw)
    hot_at = here_or_next(_hot(view, tank))
    column.numbers |= water.numbers | {
        "hot_at": hot_at,
        "legionella_c": np.full(len(view), tank.legionella_c),
        "days": np.full(len(view), float(tank.legionella_days)),
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    before_hot = ~np.logical_or.accumulate(
        np.append(False, view.plan.tank_c[:-1] >= tank.legionella_c - LEVEL_K)
    )
    against = water.heats & before_hot & (hot_at < np.minimum(water.needed_at, len(view)))
    column.give(Code.AGAINST_LEGIONELLA, against)
    heats_because(water, column, WATER)
    rests_because(water, column, WATER)
    column.finish(view.plan.firm[Device.WATER], view.beyond_money)
    return column


def _hot(view: View, tank: Tank) -> Flags:
    """Where the tank is brought to just what kills legionella, and no further."""
    level = view.plan.tank_c
    follows = np.append(level[1:], -np.inf)
    just = (level >= tank.legionella_c - LEVEL_K) & (level <= tank.legionella_c + 10 * LEVEL_K)
    return just & (level >= follows) & (tank.legionella_days > 0)


def _tank(view: View, tank: Tank) -> Warmth:
    plan, count, pump = view.plan, len(view), view.house.heat_pump
    decay, _ = tank_pace(tank, PTU_HOURS)
    low = least(view.claims, Level.TANK, np.full(count, tank.low_c))
    by_pump = plan.water_kw - plan.element_kw
    limit = most(view.claims, On.HEAT_PUMP, 0.0 if pump is None else pump.power_max_kw, count)
    stuck = view.stuck_in(lambda wiring: wiring.water)
    # The heat pump comes first, up to its reach; beyond it the element gives the next kWh.
    last_by_pump = (plan.element_kw <= ON_KW) & (
        (by_pump > ON_KW) | (plan.tank_c < tank.pump_max_c - LEVEL_K)
    )
    cop = np.ones(count) if pump is None else pump.cop(view.outlook.outdoor_c, water_flow_c(tank))
    pump_busy = plan.heat_pump_kw + by_pump >= limit.kw - ON_KW
    element_busy = plan.element_kw >= tank.element_max_kw - ON_KW
    return Warmth(
        view=view,
        device=Device.WATER,
        heats=plan.water_kw > ON_KW,
        limit=limit,
        level_c=plan.tank_c,
        low=low,
        high=np.maximum(low.level, tank.high_c),
        flat_out=(pump_busy & element_busy) | stuck,
        cop=np.where(last_by_pump & (limit.kw > ON_KW), cop, 1.0),
        worth_eur_per_kwh=plan.water_eur_per_kwh,
        decay=decay,
        at_reach=last_by_pump & (plan.tank_c >= tank.pump_max_c - LEVEL_K),
    )
