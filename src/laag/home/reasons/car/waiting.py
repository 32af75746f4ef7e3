"""Why the car waits."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.reasons.car.visits import Car
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.near import LEVEL_KWH, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, holds_at


def waits_because(car: Car, column: Column) -> None:
    """Give the reasons of not charging: done, not allowed, no room, or better later."""
    view, waits, charger = car.view, car.waits, car.charger
    least_kw = max(ON_KW, charger.min_kw - ON_KW)
    lacking = car.before < car.wanted - LEVEL_KWH
    column.give(Code.CAR_CANNOT, waits & lacking & (charger.max_kw < least_kw))
    done = waits & (car.taken_at == len(view))
    column.give(Code.HAS_ENOUGH, done & (car.left >= car.wanted - LEVEL_KWH))
    column.give(Code.AT_MOST, done & (car.before >= car.most_kwh - LEVEL_KWH))
    later_kwh = charger.max_kw * charger.efficiency * PTU_HOURS * np.maximum(car.departs - len(view), 0)
    column.give(Code.TIME_LATER, done & (car.left + later_kwh >= car.wanted - LEVEL_KWH) & ~view.full_in)
    claimed = (car.limit.claim != NOWHEN) & (car.limit.kw <= least_kw)
    wants = waits & (view.up <= car.dearest + SAME_EUR_PER_KWH)
    column.give(Code.CLAIMED, (wants | done) & claimed, car.limit.claim)
    cramped = view.cramped & (view.above <= car.dearest + SAME_EUR_PER_KWH)
    column.give(Code.CAR_BLOCKED, waits & (cramped | (done & view.full_in)), view.taking.claim)
    _for_later(car, column)
    column.tariff(waits, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    column.give(Code.CAR_NOT_WORTH, waits & (car.worth <= view.all_told + SAME_EUR_PER_KWH))


def _for_later(car: Car, column: Column) -> None:
    """Where it charges later in this stay, for less."""
    view, waits = car.view, car.waits
    saved = view.up - at(view.down, car.taken_at)
    lighter = view.weighed(view.up) - at(view.weighed(view.down), car.taken_at)
    sun_then = holds_at(column.has(Code.CHARGES_ON_SUN), car.taken_at)
    column.give(Code.WAITS_FOR_SUN, waits & sun_then & (saved > SAME_EUR_PER_KWH))
    column.give(Code.WAITS_FOR_PRICE, waits & (saved > SAME_EUR_PER_KWH))
    column.give(Code.CAR_EVEN, waits & (np.abs(saved) <= SAME_EUR_PER_KWH))
    column.give(Code.CHOSEN, waits & (lighter > -SAME_EUR_PER_KWH))
    later = column.has(Code.WAITS_FOR_SUN, Code.WAITS_FOR_PRICE, Code.CAR_EVEN, Code.CHOSEN)
    # Less than it can take at least is no charging; then another moment is no choice.
    fits = view.taking.kw - view.plan.connection_kw >= max(car.charger.min_kw, ON_KW)
    column.next_best.put(waits & later & fits, Doing.CHARGE_EARLIER, NOWHEN, saved, lighter)
