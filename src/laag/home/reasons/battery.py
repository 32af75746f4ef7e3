"""Why the home battery fills, gives or rests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery, Device
from laag.home.devices.wiring import Shares
from laag.home.ladder import Level, On
from laag.home.outlook import Floats, Ints
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.limits import Least, Most, least, most
from laag.home.reasons.near import LEVEL_KWH, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, cheapest_within, here_or_next, lowest_in_runs, next_where, run_ends
from laag.home.reasons.view import View


@dataclass(frozen=True, slots=True, eq=False)
class _Store:
    """The battery's day: where it fills and gives, and what a kWh in it costs and saves, all per kWh stored."""

    view: View
    battery: Battery
    fills: Flags
    gives: Flags
    before: Floats
    after: Floats
    floor: Least
    charge: Most
    discharge: Most
    costs: Floats
    """To have one kWh more in it after this PTU: filling more, or giving less."""
    saves: Floats
    """To have one kWh less in it after this PTU: giving more, or filling less."""
    used_from: Ints
    """The start of the next run of quarter-hours in which it gives; the count where there is none."""
    used_until: Ints
    used_at: Floats
    """What a kWh in that run costs at least."""
    used_weighed: Floats
    gain: Floats
    """What filling now and giving then brings, per kWh taken, in money."""
    gain_weighed: Floats
    filled_at: Ints
    """The next quarter-hour in which it fills."""

    @property
    def held_at(self) -> Ints:
        """This PTU, or the next, at whose end it holds just what somebody claims."""
        return here_or_next(self.low & (self.floor.claim != NOWHEN))

    @property
    def shares(self) -> Shares | None:
        """Over the phases."""
        wiring = self.view.house.wiring
        return None if wiring is None else wiring.battery

    @property
    def rests(self) -> Flags:
        return ~(self.fills | self.gives)

    @property
    def full(self) -> Flags:
        return np.asarray(self.after >= self.battery.capacity_kwh - LEVEL_KWH)

    @property
    def low(self) -> Flags:
        """At the end it holds no more than it must."""
        return np.asarray(self.after <= self.floor.level + LEVEL_KWH)

    @property
    def lasts(self) -> Flags:
        """From here on it is never down to what it must hold: what is put in now is still there at the end."""
        return ~np.logical_or.accumulate(self.low[::-1])[::-1]

    @property
    def kept(self) -> float:
        """What a kWh that is left at the end of the plan is worth."""
        return float(self.view.plan.stored_eur_per_kwh[-1]) if len(self.view) else 0.0


def battery_reasons(view: View, battery: Battery) -> Column:
    """Code, numbers and alternatives of the home battery in every PTU."""
    store = _store(view, battery)
    column = Column(Subject.BATTERY, view.plan.battery_kw)
    count = len(view)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": np.where(store.gives, view.up, view.down),
        "kept_eur_per_kwh": np.full(count, store.kept),
        "used_by": store.used_from,
        "used_end_by": store.used_until,
        "used_eur_per_kwh": store.used_at,
        "filled_at": store.filled_at,
        "filled_by": store.filled_at,
        "filled_eur_per_kwh": at(view.down, store.filled_at),
        "charge_kw": store.charge.kw,
        "discharge_kw": store.discharge.kw,
        "worth_eur_per_kwh": view.plan.stored_eur_per_kwh,
        "reserve_at": store.held_at,
        "reserve_kwh": at(store.floor.level, store.held_at),
        "then_kw": at(view.taking.kw, store.used_from),
        "stored_kwh": store.after,
        "floor_kwh": store.floor.level,
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    _filling(store, column)
    _giving(store, column)
    _resting(store, column)
    powerless = (store.charge.kw <= ON_KW) | (store.discharge.kw <= ON_KW)
    column.give(Code.BATTERY_CANNOT, store.rests & powerless)
    column.finish(view.plan.firm[Device.BATTERY])
    return column


def _store(view: View, battery: Battery) -> _Store:
    plan, count = view.plan, len(view)
    fills, gives = plan.battery_kw > ON_KW, plan.battery_kw < -ON_KW
    into = np.where(plan.battery_kw > 0, battery.charge_efficiency, 1 / battery.discharge_efficiency)
    used_from = next_where(gives)

    # What is given in a run saves the price of taking more; what is filled costs what taking less would bring.
    bought = np.where(fills, view.down, view.up)

    def brings(nudge: Floats) -> Floats:
        lowest = at(lowest_in_runs(view.up + nudge, gives), used_from)
        saves = (lowest - battery.wear_eur_per_kwh) * battery.discharge_efficiency
        return saves * battery.charge_efficiency - bought - nudge

    up, down = view.weighed(view.up), view.weighed(view.down)
    given = (up - battery.wear_eur_per_kwh) * battery.discharge_efficiency
    giving = (down - battery.wear_eur_per_kwh) * battery.discharge_efficiency

    return _Store(
        view=view,
        battery=battery,
        fills=fills,
        gives=gives,
        before=plan.stored_kwh - plan.battery_kw * into * PTU_HOURS,
        after=plan.stored_kwh,
        floor=least(view.claims, Level.STORED, np.zeros(count)),
        charge=most(view.claims, On.CHARGE, battery.charge_max_kw, count),
        discharge=most(view.claims, On.DISCHARGE, battery.discharge_max_kw, count),
        costs=np.where(gives, given, up / battery.charge_efficiency),
        saves=np.where(fills, down / battery.charge_efficiency, giving),
        used_from=used_from,
        used_until=np.append(run_ends(gives), count)[used_from],
        used_at=at(lowest_in_runs(view.up, gives), used_from),
        used_weighed=at(lowest_in_runs(up, gives), used_from),
        gain=brings(np.zeros(count)),
        gain_weighed=brings(view.nudge),
        filled_at=next_where(fills),
    )


def _filling(store: _Store, column: Column) -> None:
    view, fills, battery = store.view, store.fills, store.battery
    column.numbers["cap_kw"] = np.where(fills, store.charge.kw, store.discharge.kw)
    more = battery.charge_efficiency * view.plan.stored_eur_per_kwh - view.all_told
    column.limited(fills, store.charge, more)
    later = fills & (store.used_from < len(view))
    column.give(Code.STORES_SPARE_SUN, fills & view.spare_sun, view.giving.claim)
    full_then = at(view.cramped.astype(np.float64), store.used_from) > 0
    column.give(
        Code.FILLS_FOR_CONNECTION, later & full_then, np.append(view.taking.claim, NOWHEN)[store.used_from]
    )
    claim = np.append(store.floor.claim, NOWHEN)[store.held_at]
    column.give(Code.FILLS_RESERVE, fills & (store.held_at < np.minimum(store.used_from, len(view))), claim)
    column.give(Code.PAID_TO_FILL, fills & (view.above < -SAME_EUR_PER_KWH) & ~view.on_sun)
    column.decide(Code.SUN_FOR_LATER, later & view.on_sun, store.gain, store.gain_weighed)
    column.decide(Code.CHEAP_FOR_LATER, later, store.gain, store.gain_weighed)
    worth = battery.charge_efficiency * store.kept
    column.decide(Code.FOR_AFTER, fills & store.lasts, worth - view.down, worth - view.weighed(view.down))
    stored = battery.charge_efficiency * view.plan.stored_eur_per_kwh
    column.give(Code.FILL_WORTH, fills & (stored >= view.all_told - SAME_EUR_PER_KWH))
    _other_times_to_fill(store, column)
    column.unplanned.put(later, Doing.NOTHING, NOWHEN, store.gain, store.gain_weighed)
    column.unplanned.put(
        fills & ~later, Doing.NOTHING, NOWHEN, worth - view.down, worth - view.weighed(view.down)
    )


def _other_times_to_fill(store: _Store, column: Column) -> None:
    """Filling elsewhen, or giving less elsewhen: the cheapest that the battery has room for."""
    view, into = store.view, store.battery.charge_efficiency
    takes = np.array([store.battery.takes_kw(level) for level in store.before.tolist()])
    room = view.plan.battery_kw < np.minimum(store.charge.kw, takes) - ON_KW
    possible = (store.gives | room) & ~view.stuck_in(store.shares)
    cost = np.where(possible, store.costs, np.inf)
    best, where = cheapest_within(cost, no_later=store.low, no_earlier=store.full)
    nudged = np.where(store.gives, view.nudge * store.battery.discharge_efficiency, view.nudge / into)
    weighs = into * best - view.weighed(view.down)
    money = weighs - into * at(nudged, where) + view.nudge
    gives_then = at(store.gives.astype(np.float64), where) > 0
    column.next_best.put(store.fills & ~gives_then, Doing.CHARGE_THEN, where, money, weighs)
    column.next_best.put(store.fills & gives_then, Doing.GIVE_LESS_THEN, where, money, weighs)


def _giving(store: _Store, column: Column) -> None:
    view, gives = store.view, store.gives
    drawn = (view.all_told - store.battery.wear_eur_per_kwh) * store.battery.discharge_efficiency
    column.limited(gives, store.discharge, drawn - view.plan.stored_eur_per_kwh)
    column.give(Code.EASES_CONNECTION, gives & view.cramped, view.taking.claim)
    column.tariff(gives, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    money, weighs, refills = _other_times_to_give(store, column)
    column.decide(Code.MAKES_ROOM, gives & refills, money, weighs)
    sells = view.plan.connection_kw < -ON_KW
    column.decide(Code.SELLS, gives & sells, money, weighs)
    column.decide(Code.SERVES_HOME, gives & ~sells, money, weighs)
    lower = at(view.weighed(view.down), store.filled_at) < view.weighed(view.down)
    column.give(Code.MAKES_ROOM, gives & lower)
    column.give(Code.GIVE_WORTH, gives & (drawn >= view.plan.stored_eur_per_kwh - SAME_EUR_PER_KWH))


def _other_times_to_give(store: _Store, column: Column) -> tuple[Floats, Floats, Flags]:
    """Giving elsewhen, filling less elsewhen, or keeping it: how much worse the best of these is, and which it is."""
    view, battery = store.view, store.battery
    out = battery.discharge_efficiency
    most_kw = np.array([battery.gives_kw(level) for level in store.before.tolist()])
    room = -view.plan.battery_kw < np.minimum(store.discharge.kw, most_kw) - ON_KW
    possible = (store.fills | room) & ~view.stuck_out(store.shares)
    value = np.where(possible, store.saves, -np.inf)
    lowest, where = cheapest_within(-value, no_later=store.full, no_earlier=store.low)
    kept = ~np.logical_or.accumulate(store.full[::-1])[::-1] & (store.kept >= -lowest)
    best = np.where(kept, store.kept, -lowest)
    where = np.where(kept, NOWHEN, where)
    weighs = view.weighed(view.up) - battery.wear_eur_per_kwh - best / out
    nudged = np.where(store.fills, view.nudge / battery.charge_efficiency, view.nudge * out)
    money = weighs + np.nan_to_num(at(nudged, where)) / out - view.nudge
    fills_then = at(store.fills.astype(np.float64), where) > 0
    column.next_best.put(store.gives & ~fills_then & ~kept, Doing.GIVE_THEN, where, money, weighs)
    column.next_best.put(store.gives & fills_then, Doing.CHARGE_LESS_THEN, where, money, weighs)
    column.next_best.put(store.gives & kept, Doing.KEEP, NOWHEN, money, weighs)
    none = ~np.isfinite(weighs)
    refills = fills_then & (where > np.arange(len(where)))
    return np.where(none, 0.0, money), np.where(none, 0.0, weighs), refills


def _resting(store: _Store, column: Column) -> None:
    view, rests, count = store.view, store.rests, len(store.view)
    holds = store.before > store.floor.level + LEVEL_KWH
    worth = view.plan.stored_eur_per_kwh
    _blocked(store, column, worth)
    column.give(Code.FULL, rests & store.full & (store.gain_weighed > SAME_EUR_PER_KWH))
    refill = np.append(view.weighed(view.down) / store.battery.charge_efficiency, 0.0)[store.filled_at]
    wants = rests & ~holds & (store.saves > refill + SAME_EUR_PER_KWH)
    dearest = np.append(np.maximum.accumulate(store.saves[::-1])[::-1][1:], store.kept)
    loses = view.weighed(view.up) - store.battery.charge_efficiency * np.maximum(dearest, store.kept)
    small = rests & ~holds & (loses > -SAME_EUR_PER_KWH)
    idle = ~np.logical_or.accumulate(store.gives) & (store.filled_at == count)
    column.give(Code.SPREAD_TOO_SMALL, small & idle & (store.floor.claim == NOWHEN))
    column.give(Code.AT_RESERVE, wants & (store.floor.claim != NOWHEN), store.floor.claim)
    column.give(Code.EMPTY, wants)
    full_then = at(view.cramped.astype(np.float64), store.used_from) > 0
    column.give(
        Code.KEEPS_FOR_CONNECTION,
        rests & holds & full_then,
        np.append(view.taking.claim, NOWHEN)[store.used_from],
    )
    uses_next = holds & (store.used_from < np.minimum(store.filled_at, count))
    dearer, cheaper = store.used_at - view.down, view.up - at(view.down, store.filled_at)
    heavier = store.used_weighed - view.weighed(view.down)
    lighter = view.weighed(view.up) - at(view.weighed(view.down), store.filled_at)
    keeps = rests & uses_next & (heavier > SAME_EUR_PER_KWH)
    column.give(Code.KEEPS_FOR_LATER, keeps & (dearer > SAME_EUR_PER_KWH))
    fills_next = rests & (store.filled_at < np.minimum(store.used_from + 1, count))
    waits = fills_next & (lighter > SAME_EUR_PER_KWH)
    column.give(Code.WAITS_TO_FILL, waits & (cheaper > SAME_EUR_PER_KWH))
    column.give(Code.KEEPS_FOR_LATER, rests & holds & (dearer > SAME_EUR_PER_KWH))
    column.give(Code.CHOSEN, keeps | waits)
    kept = store.kept - store.saves
    column.give(Code.KEEPS_FOR_AFTER, rests & holds & store.lasts & (kept > SAME_EUR_PER_KWH))
    column.give(Code.SPREAD_TOO_SMALL, small)
    column.give(Code.FULL, rests & store.full)
    first = np.minimum(np.minimum(store.used_from, store.filled_at), count)
    column.give(
        Code.KEEPS_RESERVE,
        rests & holds & (store.held_at < first),
        np.append(store.floor.claim, NOWHEN)[store.held_at],
    )
    even = (np.abs(dearer) <= SAME_EUR_PER_KWH) & holds | (np.abs(cheaper) <= SAME_EUR_PER_KWH)
    column.give(Code.BATTERY_EVEN, rests & even)
    column.tariff(rests, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    drawn = (view.all_told - store.battery.wear_eur_per_kwh) * store.battery.discharge_efficiency
    filled = view.all_told / store.battery.charge_efficiency
    column.give(
        Code.REST_WORTH, rests & (drawn <= worth + SAME_EUR_PER_KWH) & (filled >= worth - SAME_EUR_PER_KWH)
    )
    put = column.next_best.put
    chosen = column.has(Code.CHOSEN)
    put(column.has(Code.KEEPS_FOR_LATER) | (chosen & keeps), Doing.GIVE_EARLIER, NOWHEN, dearer, heavier)
    put(column.has(Code.WAITS_TO_FILL) | (chosen & waits), Doing.CHARGE_EARLIER, NOWHEN, cheaper, lighter)
    put(
        column.has(Code.KEEPS_FOR_AFTER),
        Doing.GIVE_EARLIER,
        NOWHEN,
        kept / store.battery.discharge_efficiency,
    )
    put(column.has(Code.SPREAD_TOO_SMALL), Doing.CHARGE_ANYWAY, NOWHEN, loses)


def _blocked(store: _Store, column: Column, worth: Floats) -> None:
    """Resting because a limit leaves it no room, where filling or giving would pay."""
    view, rests = store.view, store.rests
    pays = store.battery.charge_efficiency * worth - view.nudge - SAME_EUR_PER_KWH
    column.give(
        Code.BATTERY_BLOCKED, rests & view.full_in & (view.above < pays) & ~store.full, view.taking.claim
    )
    column.give(
        Code.CLAIMED,
        rests & (store.charge.claim != NOWHEN) & (store.charge.kw <= ON_KW) & (view.up < pays),
        store.charge.claim,
    )
    column.give(
        Code.CLAIMED,
        rests
        & (store.discharge.claim != NOWHEN)
        & (store.discharge.kw <= ON_KW)
        & (store.saves > worth + SAME_EUR_PER_KWH),
        store.discharge.claim,
    )
