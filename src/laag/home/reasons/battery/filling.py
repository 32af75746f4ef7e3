"""Why the home battery fills."""

from __future__ import annotations

import numpy as np

from laag.home.devices import Device
from laag.home.reasons.battery.store import Store
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.near import LITTLE_EUR_PER_KWH, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, cheapest_within, holds_at, whose_at


def fills_because(store: Store, column: Column) -> None:
    """Give the reasons of filling, and when else it could have."""
    view, fills, battery = store.view, store.fills, store.battery
    pays = battery.charge_efficiency * store.worth - view.all_told
    column.limited(fills, store.charge, pays)
    later = fills & (store.used_from < len(view))
    column.give(Code.STORES_SPARE_SUN, fills & view.spare_sun, view.giving.claim)
    helps = later & holds_at(view.cramped, store.used_from)
    column.give(Code.FILLS_FOR_CONNECTION, helps, whose_at(view.taking.claim, store.used_from))
    reserves = fills & (store.held_at < np.minimum(store.gives_from, len(view)))
    column.give(Code.FILLS_RESERVE, reserves, whose_at(store.floor.claim, store.held_at))
    paid = view.pays_to_take & ~view.on_sun
    column.give(
        Code.PAID_TO_FILL, fills & paid & (battery.charge_efficiency * store.worth < LITTLE_EUR_PER_KWH)
    )
    column.give(Code.SUN_FIRST, fills & view.keeps_sun(Device.BATTERY), view.sun_first)
    worth = battery.charge_efficiency * store.kept
    after = fills & store.mostly_after & store.lasts & (worth - view.down >= -SAME_EUR_PER_KWH)
    column.give(Code.SUN_FOR_AFTER, after & view.on_sun)
    column.give(Code.FOR_AFTER, after)
    column.decide(Code.SUN_FOR_LATER, later & view.on_sun, store.gain, store.gain_weighed)
    column.decide(Code.CHEAP_FOR_LATER, later, store.gain, store.gain_weighed)
    column.give(
        Code.SUN_FOR_AFTER, fills & store.lasts & view.on_sun & (worth >= view.down - SAME_EUR_PER_KWH)
    )
    column.decide(Code.FOR_AFTER, fills & store.lasts, worth - view.down, worth - view.weighed(view.down))
    column.give(Code.FILL_WORTH, fills & (pays >= -SAME_EUR_PER_KWH))
    _other_times_to_fill(store, column)
    column.unplanned.put(later, Doing.NOTHING, NOWHEN, store.gain, store.gain_weighed)
    column.unplanned.put(
        fills & ~later, Doing.NOTHING, NOWHEN, worth - view.down, worth - view.weighed(view.down)
    )


def _other_times_to_fill(store: Store, column: Column) -> None:
    """Filling elsewhen, or giving less elsewhen: the cheapest that the battery has room for."""
    view, into = store.view, store.battery.charge_efficiency
    takes = np.array([store.battery.takes_kw(level) for level in store.before.tolist()])
    room = view.plan.battery_kw < np.minimum(store.charge.kw, takes) - ON_KW
    possible = (store.gives | room) & ~view.stuck_in(lambda wiring: wiring.battery)
    cost = np.where(possible, store.costs, np.inf)
    best, where = cheapest_within(cost, no_later=store.low, no_earlier=store.full)
    nudged = np.where(store.gives, view.nudge * store.battery.discharge_efficiency, view.nudge / into)
    weighs = into * best - view.weighed(view.down)
    money = weighs - into * at(nudged, where) + view.nudge
    gives_then = holds_at(store.gives, where)
    column.next_best.put(store.fills & ~gives_then, Doing.CHARGE_THEN, where, money, weighs)
    column.next_best.put(store.fills & gives_then, Doing.GIVE_LESS_THEN, where, money, weighs)
