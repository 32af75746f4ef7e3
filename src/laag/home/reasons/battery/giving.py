"""Why the home battery gives."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats
from laag.home.reasons.battery.store import Store
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.near import (
    ABOUT_THE_SAME_EUR_PER_KWH,
    NOWHEN,
    ON_KW,
    SAME_EUR_PER_KWH,
    WHOLE_CENTS_FROM_EUR,
)
from laag.home.reasons.scan import at, cheapest_within, holds_at


def gives_because(store: Store, column: Column) -> None:
    """Give the reasons of giving, and what else could be done with what it gives."""
    view, gives = store.view, store.gives
    pays = store.drawn - store.worth
    column.limited(gives, store.discharge, pays)
    column.give(Code.EASES_CONNECTION, gives & view.cramped, view.taking.claim)
    column.tariff(gives, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    money, weighs, refills = _other_times_to_give(store, column)
    refilled = at(view.down, store.filled_at)
    even = _reads_alike(view.up, refilled)
    said_even = _reads_alike(view.said_up, at(view.said_down, store.filled_at))
    lower = at(view.weighed(view.down), store.filled_at) < view.weighed(view.down)
    differs = np.abs(view.all_told - at(view.all_told, store.filled_at)) > ABOUT_THE_SAME_EUR_PER_KWH
    swaps = gives & (refills | lower) & even
    column.give(Code.GIVE_WORTH, swaps & differs & (pays >= -SAME_EUR_PER_KWH))
    column.give(Code.GIVES_EVEN, swaps & refills)
    column.decide(Code.MAKES_ROOM, gives & refills & ~said_even, money, weighs)
    sells = view.plan.connection_kw < -ON_KW
    column.decide(Code.SELLS, gives & sells, money, weighs)
    column.decide(Code.SERVES_HOME, gives & ~sells, money, weighs)
    column.give(Code.GIVES_EVEN, swaps)
    column.give(Code.MAKES_ROOM, gives & lower & ~said_even)
    column.give(Code.GIVE_WORTH, gives & (pays >= -SAME_EUR_PER_KWH))


def _reads_alike(one: Floats, other: Floats) -> Flags:
    return np.asarray(np.abs(one - other) < np.where(np.abs(other) >= WHOLE_CENTS_FROM_EUR, 0.01, 0.001))


def _other_times_to_give(store: Store, column: Column) -> tuple[Floats, Floats, Flags]:
    """Giving elsewhen, filling less elsewhen, or keeping it: how much worse the best of these is, and which it is."""
    view, battery = store.view, store.battery
    out = battery.discharge_efficiency
    most_kw = np.array([battery.gives_kw(level) for level in store.before.tolist()])
    room = -view.plan.battery_kw < np.minimum(store.discharge.kw, most_kw) - ON_KW
    possible = (store.fills | room) & ~view.stuck_out(lambda wiring: wiring.battery)
    value = np.where(possible, store.saves, -np.inf)
    lowest, where = cheapest_within(-value, no_later=store.full, no_earlier=store.low)
    kept = ~np.logical_or.accumulate(store.full[::-1])[::-1] & (store.kept >= -lowest)
    best = np.where(kept, store.kept, -lowest)
    where = np.where(kept, NOWHEN, where)
    weighs = view.weighed(view.up) - battery.wear_eur_per_kwh - best / out
    nudged = np.where(store.fills, view.nudge / battery.charge_efficiency, view.nudge * out)
    money = weighs + np.nan_to_num(at(nudged, where)) / out - view.nudge
    fills_then = holds_at(store.fills, where)
    column.next_best.put(store.gives & ~fills_then & ~kept, Doing.GIVE_THEN, where, money, weighs)
    column.next_best.put(store.gives & fills_then, Doing.CHARGE_LESS_THEN, where, money, weighs)
    column.next_best.put(store.gives & kept, Doing.KEEP, NOWHEN, money, weighs)
    none = ~np.isfinite(weighs)
    refills = fills_then & (where > np.arange(len(where)))
    return np.where(none, 0.0, money), np.where(none, 0.0, weighs), refills
