"""Why the car charges."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.devices import Device
from laag.home.outlook import Floats
from laag.home.reasons.car.visits import Car
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.near import LEVEL_KWH, LITTLE_EUR_PER_KWH, ON_KW, SAME_EUR_PER_KWH


def takes_because(car: Car, column: Column) -> None:
    """Give the reasons of charging, and when else it could have."""
    view, takes = car.view, car.takes
    pays = car.worth - view.all_told
    column.limited(takes, car.limit, pays)
    rests = car.here & ~car.takes
    all_used = takes & (~_any_in_stay(car, car.room) | ~_any_in_stay(car, rests))
    short = (car.departs <= len(view)) & (car.left < car.wanted - LEVEL_KWH)
    column.give(Code.CAN_NO_MORE, all_used & short)
    column.give(Code.NEEDS_ALL, all_used & (car.before < car.wanted - LEVEL_KWH))
    column.give(
        Code.PAID_TO_CHARGE,
        takes & view.pays_to_take & ~view.on_sun & (car.worth < LITTLE_EUR_PER_KWH),
    )
    column.give(Code.CAR_TAKES_SPARE_SUN, takes & view.spare_sun, view.giving.claim)
    column.give(Code.SUN_FIRST, takes & view.keeps_sun(Device.EV), view.sun_first)
    # What it would take from the grid as well, it does not take because there is sun.
    column.give(Code.CHARGES_ON_SUN, takes & view.on_sun & (car.worth < view.above - SAME_EUR_PER_KWH))
    extra = takes & (car.before >= car.wanted - LEVEL_KWH)
    column.give(Code.CHARGES_AHEAD, extra & np.isposinf(car.next_stay))
    column.give(Code.CHARGES_EXTRA, extra & (car.next_stay - view.down >= -SAME_EUR_PER_KWH))
    stored = (view.plan.connection_kw <= ON_KW) & (view.plan.battery_kw < -ON_KW)
    column.give(Code.CHARGES_ON_STORED, takes & stored)
    column.give(Code.CHEAPEST, takes & (car.cheaper < car.taking))
    column.give(Code.CHEAPEST_WITH_ROOM, takes & (car.cheaper_with_room < car.taking))
    column.give(Code.CHOSEN, takes & (car.lighter < car.taking))
    column.give(Code.CAR_WORTH, takes & (pays >= -SAME_EUR_PER_KWH))
    least_kw = car.charger.min_kw
    column.give(Code.CAR_STEP, takes & (view.plan.ev_kw <= least_kw + ON_KW) & (least_kw > ON_KW))
    _other_times(car, column)


def _any_in_stay(car: Car, flags: Flags) -> Flags:
    found = np.zeros(len(flags), np.bool_)
    for here in car.spans:
        found[here] = flags[here].any()
    return found


def _other_times(car: Car, column: Column) -> None:
    """The cheapest quarter-hour of the stay that it leaves alone, and charging at once."""
    view = car.view
    for here in car.spans:
        idle, takes = np.zeros((2, len(view)), np.bool_)
        idle[here], takes[here] = (car.room & ~car.takes)[here], car.takes[here]
        if idle.any():
            _charge_then(car, column, takes, _cheapest(idle, view.weighed(view.up)))
            # Where not money chose, the telling alternative is the one that money would have chosen.
            _charge_then(car, column, takes & column.has(Code.CHOSEN), _cheapest(idle, view.up))
        if idle[here.start]:
            other = here.start
            weighs = view.weighed(view.up)[other] - view.weighed(view.down)
            column.unplanned.put(takes, Doing.CHARGE_THEN, other, view.up[other] - view.down, weighs)


def _cheapest(among: Flags, cost: Floats) -> int:
    return int(np.argmin(np.where(among, cost, np.inf)))


def _charge_then(car: Car, column: Column, where: Flags, other: int) -> None:
    view = car.view
    weighs = view.weighed(view.up)[other] - view.weighed(view.down)
    column.next_best.put(where, Doing.CHARGE_THEN, other, view.up[other] - view.down, weighs)
