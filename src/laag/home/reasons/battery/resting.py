"""Why the home battery rests."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats
from laag.home.reasons.battery.store import Store
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.near import NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, holds_at, whose_at


def rests_because(store: Store, column: Column) -> None:
    """Give the reasons of resting: no room, nothing to give, better later, or not worth it."""
    loses = _loses(store)
    _blocked(store, column)
    _full_or_empty(store, column, loses)
    _for_later(store, column)
    worthless = store.rests & ~store.holds & (loses > -SAME_EUR_PER_KWH)
    column.give(Code.SPREAD_TOO_SMALL, worthless)
    column.next_best.put(column.has(Code.SPREAD_TOO_SMALL), Doing.CHARGE_ANYWAY, NOWHEN, loses)
    _as_good(store, column)


def _loses(store: Store) -> Floats:
    """What a kWh filled now loses, whichever later quarter-hour it is given in, or kept beyond them."""
    dearest = np.append(np.maximum.accumulate(store.saves[::-1])[::-1][1:], store.kept)
    best = store.battery.charge_efficiency * np.maximum(dearest, store.kept)
    return np.asarray(store.view.weighed(store.view.up) - best)


def _brings(store: Store) -> Floats:
    """What a kWh filled now brings, given in the best later quarter-hour or kept beyond them.

    The plan's own worth of a kWh can be anything in between where it holds no more than it must.
    """
    best = np.append(np.maximum.accumulate(store.drawn[::-1])[::-1][1:], store.kept)
    most = np.maximum(best, store.kept)
    return np.asarray(store.battery.charge_efficiency * np.minimum(most, store.worth))


def _left_as_cheap(store: Store) -> Flags:
    """Where it leaves a quarter-hour of the same rest that is no dearer, though no limit stands in its way there."""
    view, rest = store.view, np.cumsum(~store.rests)
    free = np.where(store.rests & ~view.full_in, view.above, np.inf)
    lowest = np.full(len(view) + 1, np.inf)
    np.minimum.at(lowest, rest, free)
    return np.asarray(lowest[rest] <= view.above)


def _blocked(store: Store, column: Column) -> None:
    """Where a limit leaves it no room, though filling or giving would pay."""
    view, rests = store.view, store.rests
    pays = _brings(store) - view.nudge - SAME_EUR_PER_KWH
    cramped = rests & view.cramped & (view.above < pays) & ~store.full & ~_left_as_cheap(store)
    column.give(Code.BATTERY_BLOCKED, cramped, view.taking.claim)
    no_filling = (store.charge.claim != NOWHEN) & (store.charge.kw <= ON_KW)
    column.give(Code.CLAIMED, rests & no_filling & (view.up < pays), store.charge.claim)
    no_giving = (store.discharge.claim != NOWHEN) & (store.discharge.kw <= ON_KW)
    saves = store.saves > store.worth + SAME_EUR_PER_KWH
    column.give(Code.CLAIMED, rests & no_giving & store.holds & saves, store.discharge.claim)


def _full_or_empty(store: Store, column: Column, loses: Floats) -> None:
    """Where more room, or something in it, would gain."""
    view, rests, count = store.view, store.rests, len(store.view)
    column.give(Code.FULL, rests & store.full & (store.gain_weighed > SAME_EUR_PER_KWH))
    # A battery that never moves is better explained by why it never fills.
    never = ~np.logical_or.accumulate(store.gives) & (store.filled_at == count)
    small = rests & ~store.holds & (loses > -SAME_EUR_PER_KWH) & (store.floor.claim == NOWHEN)
    column.give(Code.SPREAD_TOO_SMALL, small & never)
    refill = np.append(view.weighed(view.down) / store.battery.charge_efficiency, 0.0)[store.filled_at]
    pays = store.saves > np.maximum(refill, 0.0) + SAME_EUR_PER_KWH
    wants = rests & ~store.holds & pays
    column.give(Code.AT_RESERVE, wants & (store.floor.claim != NOWHEN), store.floor.claim)
    column.give(Code.EMPTY, wants)


def _for_later(store: Store, column: Column) -> None:
    """Where it gives or fills later, and that is better."""
    view, count = store.view, len(store.view)
    holding = store.rests & store.holds
    helps = holding & holds_at(view.cramped, store.used_from)
    kept = (store.kept - store.saves) / store.battery.discharge_efficiency
    lasts = holding & store.lasts & (kept > SAME_EUR_PER_KWH)
    column.give(Code.KEEPS_FOR_CONNECTION, helps, whose_at(view.taking.claim, store.used_from))
    dearer, cheaper = _to_come(store)
    heavier = store.used_weighed - view.weighed(view.down)
    lighter = view.weighed(view.up) - at(view.weighed(view.down), store.filled_at)
    gives_next = store.gives_from < np.minimum(store.filled_at, count)
    fills_next = store.filled_at < np.minimum(store.gives_from + 1, count)
    keeps = holding & gives_next & (heavier > SAME_EUR_PER_KWH)
    waits = store.rests & fills_next & (lighter > SAME_EUR_PER_KWH)
    column.give(Code.KEEPS_FOR_AFTER, lasts & gives_next & store.mostly_after)
    column.give(Code.KEEPS_FOR_LATER, keeps & (dearer > SAME_EUR_PER_KWH))
    column.give(Code.WAITS_TO_FILL, waits & (cheaper > SAME_EUR_PER_KWH))
    column.give(Code.KEEPS_FOR_LATER, holding & (dearer > SAME_EUR_PER_KWH))
    column.give(Code.CHOSEN, keeps | waits)
    column.give(Code.KEEPS_FOR_AFTER, lasts)
    put, chosen = column.next_best.put, column.has(Code.CHOSEN)
    put(column.has(Code.KEEPS_FOR_LATER) | (chosen & keeps), Doing.GIVE_EARLIER, NOWHEN, dearer, heavier)
    put(column.has(Code.WAITS_TO_FILL) | (chosen & waits), Doing.CHARGE_EARLIER, NOWHEN, cheaper, lighter)
    put(column.has(Code.KEEPS_FOR_AFTER), Doing.GIVE_EARLIER, NOWHEN, kept)


def _to_come(store: Store) -> tuple[Floats, Floats]:
    """How much dearer a kWh is when it next gives, and how much cheaper when it next fills, in money."""
    view = store.view
    return store.used_at - view.down, view.up - at(view.down, store.filled_at)


def _as_good(store: Store, column: Column) -> None:
    """What is left: full without a wish for more, a reserve, no difference, a tariff's edge, a worth in between."""
    view, rests = store.view, store.rests
    column.give(Code.FULL, rests & store.full)
    first = np.minimum(store.gives_from, store.filled_at)
    reserve = rests & store.holds & (store.held_at < first)
    column.give(Code.KEEPS_RESERVE, reserve, whose_at(store.floor.claim, store.held_at))
    dearer, cheaper = _to_come(store)
    even = (np.abs(dearer) <= SAME_EUR_PER_KWH) & store.holds | (np.abs(cheaper) <= SAME_EUR_PER_KWH)
    column.give(Code.BATTERY_EVEN, rests & even)
    column.tariff(rests, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    filled = view.all_told / store.battery.charge_efficiency
    between = (store.drawn <= store.worth + SAME_EUR_PER_KWH) & (filled >= store.worth - SAME_EUR_PER_KWH)
    column.give(Code.REST_WORTH, rests & between)
    powerless = (store.charge.kw <= ON_KW) | (store.discharge.kw <= ON_KW)
    column.give(Code.BATTERY_CANNOT, rests & powerless)
