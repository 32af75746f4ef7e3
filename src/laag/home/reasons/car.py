"""Why the car charges, waits or gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Charger, Device, EvSession
from laag.home.house import HomeState
from laag.home.ladder import On
from laag.home.outlook import Floats, Ints
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.limits import Most, most
from laag.home.reasons.near import LEVEL_KWH, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, next_where
from laag.home.reasons.view import View
from laag.home.stays import stays_in


@dataclass(frozen=True, slots=True, eq=False)
class _Car:
    """The car's day; what does not belong to a stay is ``nan``, or the count."""

    view: View
    charger: Charger
    stays: tuple[EvSession, ...]
    takes: Flags
    gives: Flags
    limit: Most
    room: Flags
    """It could take more."""
    before: Floats
    left: Floats
    """What it leaves with, or holds at the end of the plan."""
    wanted: Floats
    most_kwh: Floats
    arrives: Ints
    departs: Ints
    until: Ints
    """Its departure, or the end of the plan."""
    taking: Ints
    """In how many quarter-hours of this stay it charges."""
    cheaper: Ints
    """How many quarter-hours of this stay are cheaper."""
    cheaper_with_room: Ints
    lighter: Ints
    """How many weigh less, in what money and the household's choice weigh together."""
    dearest: Floats
    """The dearest quarter-hour after this one in which it charges during this stay."""
    taken_at: Ints
    """The next quarter-hour in which it charges during this stay."""
    next_stay: Floats
    """The cheapest quarter-hour of the stay after this one."""


def car_reasons(view: View, charger: Charger) -> Column:
    """Code, numbers and alternatives of the car in every PTU."""
    car = _car(view, charger)
    column = Column(Subject.CAR, view.plan.ev_kw)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": np.where(car.takes, view.down, view.up),
        "departs_at": car.departs,
        "until_by": car.until,
        "taking_cheapest": car.taking,
        "left_kwh": car.left,
        "wanted_kwh": car.wanted,
        "most_kwh": car.most_kwh,
        "held_kwh": car.before,
        "taken_at": car.taken_at,
        "taken_by": car.taken_at,
        "taken_eur_per_kwh": at(view.down, car.taken_at),
        "next_stay_eur_per_kwh": car.next_stay,
        "cap_kw": car.limit.kw,
        "least_kw": np.full(len(view), charger.min_kw),
        "kept_eur_per_kwh": view.plan.ev_stored_eur_per_kwh,
        "worth_eur_per_kwh": view.plan.ev_stored_eur_per_kwh * charger.efficiency,
    }
    here = ~np.isnan(view.plan.ev_stored_kwh)
    column.give(Code.AWAY, ~here)
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    _taking(car, column)
    _giving(car, column)
    _waiting(car, column, here)
    least_kw = charger.min_kw + ON_KW
    column.give(Code.CAR_STEP, car.takes & (view.plan.ev_kw <= least_kw) & (charger.min_kw > ON_KW))
    column.finish(view.plan.firm[Device.EV])
    return column


def _stays(view: View, charger: Charger) -> tuple[EvSession, ...]:
    """The stays as the plan took them; one that has begun holds what the plan starts from."""
    plan = view.plan
    begun = 0.0
    if len(view) and not np.isnan(plan.ev_stored_kwh[0]):
        begun = float(plan.ev_stored_kwh[0] - _into(plan.ev_kw[:1], charger)[0])
    return stays_in(view.house, HomeState(ev_stored_kwh=begun), plan.sessions, len(view))


def _into(ev_kw: Floats, charger: Charger) -> Floats:
    """What each PTU adds to the car."""
    return ev_kw * np.where(ev_kw > 0, charger.efficiency, 1 / charger.discharge_efficiency) * PTU_HOURS


def _car(view: View, charger: Charger) -> _Car:
    plan, count = view.plan, len(view)
    takes = plan.ev_kw > ON_KW
    limit = most(view.claims, On.CAR, charger.max_kw, count)
    wiring = view.house.wiring
    room = (plan.ev_kw < limit.kw - ON_KW) & ~view.stuck_in(None if wiring is None else wiring.car)
    unknown, beyond = np.full(count, np.nan), np.full(count, count)
    left, wanted, most_kwh, dearest, next_stay = (unknown.copy() for _ in range(5))
    arrives, departs, until, taken_at = (beyond.copy() for _ in range(4))
    taking, cheaper, with_room, lighter = (np.zeros(count, np.int64) for _ in range(4))
    stays = _stays(view, charger)
    for place, stay in enumerate(stays):
        here = slice(stay.arrives, min(stay.departs, count))
        charges = takes[here]
        price = np.where(charges, view.down[here], view.up[here])
        left[here], wanted[here] = plan.ev_stored_kwh[here.stop - 1], stay.wanted_kwh
        most_kwh[here] = min(stay.most_kwh, charger.capacity_kwh)
        arrives[here], departs[here], until[here] = stay.arrives, stay.departs, here.stop
        taking[here] = charges.sum()
        cheaper[here] = _how_many_cheaper(price, price)
        with_room[here] = _how_many_cheaper(price[charges | room[here]], price)
        weight = price + view.nudge[here]
        lighter[here] = _how_many_cheaper(weight[charges | room[here]], weight)
        after = next_where(charges)
        taken_at[here] = np.where(after < len(price), after + stay.arrives, count)
        dearest[here] = _dearest_after(price, charges)
        if place + 1 < len(stays) and stays[place + 1].used_kwh is not None:
            following = slice(stays[place + 1].arrives, min(stays[place + 1].departs, count))
            free = np.where(room[following], view.up[following], np.inf)
            next_stay[here] = free.min(initial=np.inf)
    return _Car(
        view=view,
        charger=charger,
        stays=stays,
        takes=takes,
        gives=plan.ev_kw < -ON_KW,
        limit=limit,
        room=room,
        before=plan.ev_stored_kwh - _into(plan.ev_kw, charger),
        left=left,
        wanted=wanted,
        most_kwh=most_kwh,
        arrives=arrives,
        departs=departs,
        until=until,
        taking=taking,
        cheaper=cheaper,
        cheaper_with_room=with_room,
        lighter=lighter,
        dearest=dearest,
        taken_at=taken_at,
        next_stay=next_stay,
    )


def _how_many_cheaper(among: Floats, price: Floats) -> Ints:
    return np.searchsorted(np.sort(among), price - SAME_EUR_PER_KWH, side="left")


def _dearest_after(price: Floats, charges: Flags) -> Floats:
    later = np.append(np.where(charges, price, -np.inf)[1:], -np.inf)
    return np.maximum.accumulate(later[::-1])[::-1]


def _taking(car: _Car, column: Column) -> None:
    view, takes = car.view, car.takes
    worth = view.plan.ev_stored_eur_per_kwh * car.charger.efficiency
    column.limited(takes, car.limit, worth - view.all_told)
    short = (car.departs <= len(view)) & (car.left < car.wanted - LEVEL_KWH)
    idle_room = _any_in_stay(car, car.room)
    column.give(Code.CAN_NO_MORE, takes & short & ~idle_room)
    column.give(Code.NEEDS_ALL, takes & ~idle_room & (car.before < car.wanted - LEVEL_KWH))
    column.give(Code.PAID_TO_CHARGE, takes & (view.above < -SAME_EUR_PER_KWH) & ~view.on_sun)
    column.give(Code.CAR_TAKES_SPARE_SUN, takes & view.spare_sun, view.giving.claim)
    column.give(Code.CHARGES_ON_SUN, takes & view.on_sun & (view.down < view.above - SAME_EUR_PER_KWH))
    extra = takes & (car.before >= car.wanted - LEVEL_KWH)
    column.give(Code.CHARGES_EXTRA, extra & (car.next_stay - view.down >= -SAME_EUR_PER_KWH))
    column.give(Code.CHEAPEST, takes & (car.cheaper < car.taking))
    column.give(Code.CHEAPEST_WITH_ROOM, takes & (car.cheaper_with_room < car.taking))
    column.give(Code.CHOSEN, takes & (car.lighter < car.taking))
    column.give(Code.CAR_WORTH, takes & (worth >= view.all_told - SAME_EUR_PER_KWH))
    _other_times_to_take(car, column)


def _any_in_stay(car: _Car, flags: Flags) -> Flags:
    found = np.zeros(len(flags), np.bool_)
    for stay in car.stays:
        here = slice(stay.arrives, min(stay.departs, len(flags)))
        found[here] = flags[here].any()
    return found


def _other_times_to_take(car: _Car, column: Column) -> None:
    """The cheapest quarter-hour of the stay that it leaves alone, and charging at once."""
    view, count = car.view, len(car.view)
    for stay in car.stays:
        here = slice(stay.arrives, min(stay.departs, count))
        idle = car.room[here] & ~car.takes[here]
        inside = np.zeros(count, np.bool_)
        inside[here] = car.takes[here]
        if idle.any():
            _charge_instead(view, column, inside, stay.arrives, idle, view.weighed(view.up)[here])
            # Where not money chose, the telling alternative is the one that money would have chosen.
            chosen = inside & column.has(Code.CHOSEN)
            _charge_instead(view, column, chosen, stay.arrives, idle, view.up[here])
        if idle[0]:
            column.unplanned.put(
                inside,
                Doing.CHARGE_THEN,
                stay.arrives,
                view.up[stay.arrives] - view.down,
                view.weighed(view.up)[stay.arrives] - view.weighed(view.down),
            )


def _charge_instead(
    view: View, column: Column, where: Flags, arrives: int, idle: Flags, cost: Floats
) -> None:
    """The idle quarter-hour of a stay in which charging costs least."""
    other = arrives + int(np.argmin(np.where(idle, cost, np.inf)))
    column.next_best.put(
        where,
        Doing.CHARGE_THEN,
        other,
        view.up[other] - view.down,
        view.weighed(view.up)[other] - view.weighed(view.down),
    )


def _giving(car: _Car, column: Column) -> None:
    """A car that gives back does so where a kWh saves more than putting it back costs."""
    view = car.view
    column.give(Code.CAR_EASES_CONNECTION, car.gives & view.cramped, view.taking.claim)
    refilled = at(view.weighed(view.down), car.taken_at) / car.charger.efficiency
    saves = (view.weighed(view.up) - car.charger.wear_eur_per_kwh) * car.charger.discharge_efficiency
    column.tariff(car.gives, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    spare = (car.taken_at == len(view)) & (car.left >= car.wanted - LEVEL_KWH) & (view.up > 0)
    column.give(Code.CAR_GIVES_SPARE, car.gives & spare)
    column.give(Code.CAR_GIVES, car.gives & (saves - refilled >= -SAME_EUR_PER_KWH))
    drawn = (view.all_told - car.charger.wear_eur_per_kwh) * car.charger.discharge_efficiency
    column.give(
        Code.CAR_GIVES_WORTH,
        car.gives & (drawn >= view.plan.ev_stored_eur_per_kwh - SAME_EUR_PER_KWH),
    )


def _waiting(car: _Car, column: Column, here: Flags) -> None:
    view, count = car.view, len(car.view)
    waits = here & ~car.takes & ~car.gives
    cannot = car.charger.max_kw < max(ON_KW, car.charger.min_kw - ON_KW)
    column.give(Code.CAR_CANNOT, waits & (car.before < car.wanted - LEVEL_KWH) & cannot)
    done = waits & (car.taken_at == count)
    column.give(Code.HAS_ENOUGH, done & (car.left >= car.wanted - LEVEL_KWH))
    column.give(Code.AT_MOST, done & (car.before >= car.most_kwh - LEVEL_KWH))
    column.give(Code.TIME_LATER, done & (car.departs > count) & ~view.full_in)
    claimed = (car.limit.claim != NOWHEN) & (car.limit.kw <= max(ON_KW, car.charger.min_kw - ON_KW))
    wants = waits & (view.up <= car.dearest + SAME_EUR_PER_KWH)
    column.give(Code.CLAIMED, (wants | done) & claimed, car.limit.claim)
    cramped = view.full_in & (view.above <= car.dearest + SAME_EUR_PER_KWH)
    column.give(Code.CAR_BLOCKED, waits & (cramped | (done & view.full_in)), view.taking.claim)
    saved = view.up - at(view.down, car.taken_at)
    sun_then = at(column.has(Code.CHARGES_ON_SUN).astype(np.float64), car.taken_at) > 0
    column.give(Code.WAITS_FOR_SUN, waits & sun_then & (saved > SAME_EUR_PER_KWH))
    column.give(Code.WAITS_FOR_PRICE, waits & (saved > SAME_EUR_PER_KWH))
    column.give(Code.CAR_EVEN, waits & (np.abs(saved) <= SAME_EUR_PER_KWH))
    lighter = view.weighed(view.up) - at(view.weighed(view.down), car.taken_at)
    column.give(Code.CHOSEN, waits & (lighter > -SAME_EUR_PER_KWH))
    later = column.has(Code.WAITS_FOR_SUN, Code.WAITS_FOR_PRICE, Code.CAR_EVEN)
    later |= waits & column.has(Code.CHOSEN)
    column.next_best.put(later, Doing.CHARGE_EARLIER, NOWHEN, saved, lighter)
    column.tariff(waits, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    worth = view.plan.ev_stored_eur_per_kwh * car.charger.efficiency
    column.give(Code.CAR_NOT_WORTH, waits & (worth <= view.all_told + SAME_EUR_PER_KWH))
