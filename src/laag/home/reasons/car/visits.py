"""The car's day as its reasons look at it: its stays, and in each what is cheaper and when it charges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Charger, EvSession
from laag.home.house import HomeState
from laag.home.ladder import On
from laag.home.outlook import Floats, Ints
from laag.home.reasons.limits import Most, most
from laag.home.reasons.near import ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import next_where
from laag.home.reasons.view import View
from laag.home.stays import stays_in


@dataclass(frozen=True, slots=True, eq=False)
class Car:
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
    """The cheapest quarter-hour of the stay after this one in which it could take more; infinite where it then can nowhere."""

    @property
    def here(self) -> Flags:
        """It is plugged in."""
        return np.isfinite(self.view.plan.ev_stored_kwh)

    @property
    def waits(self) -> Flags:
        """It is plugged in and neither takes nor gives."""
        return self.here & ~self.takes & ~self.gives

    @property
    def worth(self) -> Floats:
        """What a kWh taken is worth in the car by the plan."""
        return self.view.plan.ev_stored_eur_per_kwh * self.charger.efficiency

    @property
    def spans(self) -> list[slice]:
        """The PTUs of each stay that lie in the plan."""
        return [slice(stay.arrives, min(stay.departs, len(self.view))) for stay in self.stays]


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


def car_of(view: View, charger: Charger) -> Car:
    """The car's day in this view."""
    plan, count = view.plan, len(view)
    takes = plan.ev_kw > ON_KW
    limit = most(view.claims, On.CAR, charger.max_kw, count)
    room = (plan.ev_kw < limit.kw - ON_KW) & ~view.stuck_in(lambda wiring: wiring.car)
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
    return Car(
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
