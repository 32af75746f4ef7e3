"""Why the heat pump warms the rooms, or does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.devices import Building, Device, HeatPump
from laag.home.ladder import Level, On
from laag.home.outlook import Floats, Ints
from laag.home.plan.question import comfort_low_c
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import NOWHEN, SAME_EUR_PER_KWH, Column
from laag.home.reasons.limits import Least, Most, least, most
from laag.home.reasons.scan import at, cheapest_within, here_or_next, next_where
from laag.home.reasons.view import LEVEL_K, ON_KW, View


@dataclass(frozen=True, slots=True, eq=False)
class _Warmth:
    """The rooms' day; costs are per kWh of heat."""

    view: View
    heats: Flags
    limit: Most
    indoor: Floats
    low: Least
    high: Floats
    flat_out: Flags
    """The heat pump gives all it can."""
    spent: Floats
    """What a kWh of heat less would save in money, per PTU."""
    more: Floats
    """What a kWh of heat more would cost in money."""
    nudge: Floats
    kept: Floats
    """Which share of the warmth of the first PTU is left in this one; only ratios mean something."""
    needed_at: Ints
    """This PTU, or the next, at whose end the rooms are no warmer than they must be."""
    heated_at: Ints
    """The next PTU in which it heats."""


def heating_reasons(view: View, pump: HeatPump, building: Building) -> Column:
    """Code, numbers and alternatives of the heat pump's rooms in every PTU."""
    warmth = _warmth(view, pump, building)
    column = Column(Subject.HEATING, view.plan.heat_pump_kw)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": view.down,
        "heat_eur_per_kwh": warmth.spent,
        "indoor_c": warmth.indoor,
        "low_c": warmth.low.level,
        "high_c": warmth.high,
        "needed_by": warmth.needed_at,
        "needed_at": warmth.needed_at,
        "needed_c": at(warmth.low.level, warmth.needed_at),
        "heated_at": warmth.heated_at,
        "heated_by": warmth.heated_at,
        "worth_eur_per_kwh": view.plan.heat_eur_per_kwh * view.plan.cop,
        "least_kw": np.full(len(view), pump.min_kw),
        "least_minutes": np.full(len(view), 15.0 * pump.min_run_ptus),
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    _heating(warmth, column)
    _resting(warmth, column)
    started = np.flatnonzero(warmth.heats & ~np.append(False, warmth.heats[:-1]))
    since = (
        np.arange(len(view))
        - np.append(started, 0)[np.searchsorted(started, np.arange(len(view)), "right") - 1]
    )
    column.give(Code.RUNS_ON, warmth.heats & (since < pump.min_run_ptus))
    step = (pump.min_kw > ON_KW) & (view.plan.heat_pump_kw <= pump.min_kw + ON_KW)
    column.give(Code.HEAT_STEP, warmth.heats & step)
    column.finish(view.plan.firm[Device.HEAT_PUMP])
    return column


def _warmth(view: View, pump: HeatPump, building: Building) -> _Warmth:
    plan, count = view.plan, len(view)
    heats = plan.heat_pump_kw > ON_KW
    low = least(view.claims, Level.INDOOR, comfort_low_c(view.house, view.outlook))
    limit = most(view.claims, On.HEAT_PUMP, pump.power_max_kw, count)
    wiring = view.house.wiring
    stuck = view.stuck_in(None if wiring is None else wiring.heat_pump)
    return _Warmth(
        view=view,
        heats=heats,
        limit=limit,
        indoor=plan.indoor_c,
        low=low,
        high=np.maximum(low.level, view.house.comfort.high_c),
        flat_out=(plan.heat_pump_kw + plan.water_kw - plan.element_kw >= limit.kw - ON_KW) | stuck,
        spent=view.down / plan.cop,
        more=view.up / plan.cop,
        nudge=view.nudge / plan.cop,
        kept=np.power(building.retention, np.arange(count, dtype=np.float64)),
        needed_at=here_or_next(plan.indoor_c <= low.level + LEVEL_K),
        heated_at=next_where(heats),
    )


def _heating(warmth: _Warmth, column: Column) -> None:
    view, heats, count = warmth.view, warmth.heats, len(warmth.view)
    too_cold = warmth.indoor < warmth.low.level - LEVEL_K
    column.give(Code.HEATS_ALL_IT_CAN, heats & too_cold & warmth.flat_out)
    column.give(Code.PAID_TO_HEAT, heats & (view.above < -SAME_EUR_PER_KWH) & ~view.on_sun)
    column.give(Code.HEATS_SPARE_SUN, heats & view.spare_sun, view.giving.claim)
    column.give(Code.HEATS_ON_SUN, heats & view.on_sun & (view.down < view.above - SAME_EUR_PER_KWH))
    needed_now = warmth.needed_at == np.arange(count)
    column.give(Code.HOLDS_WARM, heats & needed_now, warmth.low.claim)
    ahead = heats & (warmth.needed_at < count)
    flat_out_then = at(warmth.flat_out.astype(np.float64), warmth.needed_at) > 0
    column.give(Code.HEATS_AHEAD_OF_PEAK, ahead & flat_out_then)
    left = at(warmth.kept, warmth.needed_at) / warmth.kept
    money = at(warmth.more, warmth.needed_at) - warmth.spent / left
    column.decide(
        Code.HEATS_AHEAD,
        ahead,
        money,
        money + at(warmth.nudge, warmth.needed_at) - warmth.nudge / left,
    )
    worth = view.plan.heat_eur_per_kwh[-1:] * warmth.kept[-1:] / warmth.kept
    column.decide(
        Code.HEATS_FOR_AFTER, heats & ~ahead, worth - warmth.spent, worth - warmth.spent - warmth.nudge
    )
    worth = view.plan.heat_eur_per_kwh * view.plan.cop
    column.give(Code.HEAT_WORTH, heats & (worth >= view.all_told - SAME_EUR_PER_KWH))
    _other_times_to_heat(warmth, column)


def _other_times_to_heat(warmth: _Warmth, column: Column) -> None:
    """Heating elsewhen for the same warmth now: more of it if earlier, for some leaks away, less if later."""
    cost = np.where(warmth.flat_out, np.inf, (warmth.more + warmth.nudge) * warmth.kept)
    cold, hot = warmth.indoor <= warmth.low.level + LEVEL_K, warmth.indoor >= warmth.high - LEVEL_K
    _, where = cheapest_within(cost, no_later=cold, no_earlier=hot)
    share = at(warmth.kept, where) / warmth.kept
    money = at(warmth.more, where) * share - warmth.spent
    weighs = money + at(warmth.nudge, where) * share - warmth.nudge
    column.next_best.put(warmth.heats, Doing.HEAT_THEN, where, money, weighs)


def _resting(warmth: _Warmth, column: Column) -> None:
    view, rests, count = warmth.view, ~warmth.heats, len(warmth.view)
    cold = warmth.indoor < warmth.low.level - LEVEL_K
    claimed = (warmth.limit.claim != NOWHEN) & (warmth.limit.kw <= ON_KW)
    column.give(Code.CLAIMED, rests & cold & claimed, warmth.limit.claim)
    column.give(Code.HEATING_BLOCKED, rests & cold & view.full_in, view.taking.claim)
    column.give(Code.COLD_BUT_NO_HELP, rests & cold)
    column.give(Code.WARMEST, rests & (warmth.indoor >= warmth.high - LEVEL_K))
    share = warmth.kept / at(warmth.kept, warmth.heated_at)
    saved = warmth.more * share - at(warmth.spent, warmth.heated_at)
    weighed = saved + warmth.nudge * share - at(warmth.nudge, warmth.heated_at)
    column.give(Code.HEATS_LATER, rests & (saved > SAME_EUR_PER_KWH))
    column.give(Code.HEATING_EVEN, rests & (np.abs(saved) <= SAME_EUR_PER_KWH))
    column.give(Code.CHOSEN, rests & (weighed > SAME_EUR_PER_KWH))
    later = column.has(Code.HEATS_LATER, Code.HEATING_EVEN) | (rests & column.has(Code.CHOSEN))
    column.next_best.put(later, Doing.HEAT_EARLIER, NOWHEN, saved, weighed)
    column.give(Code.STAYS_WARM, rests & (warmth.heated_at == count))
    column.give(Code.WARM_ENOUGH, rests)
