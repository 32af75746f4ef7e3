"""The home battery's day as its reasons look at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery
from laag.home.ladder import Level, On
from laag.home.outlook import Floats, Ints
from laag.home.reasons.battery.uses import largest_use
from laag.home.reasons.limits import Least, Most, least, most
from laag.home.reasons.near import LEVEL_KWH, NOWHEN, ON_KW
from laag.home.reasons.scan import at, here_or_next, lowest_in_runs, next_where, run_ends
from laag.home.reasons.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Store:
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
    gives_from: Ints
    """The start of the next run of quarter-hours in which it gives; the count where there is none."""
    used_from: Ints
    """The start of the run in which it gives most of what it then holds; the count where there is none."""
    used_until: Ints
    used_at: Floats
    """What a kWh in that run costs at least."""
    used_weighed: Floats
    gain: Floats
    """What filling now and giving then brings, per kWh taken, in money."""
    gain_weighed: Floats
    filled_at: Ints
    """The next quarter-hour in which it fills."""
    mostly_after: Flags
    """More of what it holds when it next gives is left at the end of the plan than any run takes."""

    @property
    def held_at(self) -> Ints:
        """This PTU, or the next, at whose end it holds just what somebody claims."""
        return here_or_next(self.low & (self.floor.claim != NOWHEN))

    @property
    def rests(self) -> Flags:
        """It neither fills nor gives."""
        return ~(self.fills | self.gives)

    @property
    def full(self) -> Flags:
        """At the end it can hold no more."""
        return np.asarray(self.after >= self.battery.capacity_kwh - LEVEL_KWH)

    @property
    def low(self) -> Flags:
        """At the end it holds no more than it must."""
        return np.asarray(self.after <= self.floor.level + LEVEL_KWH)

    @property
    def holds(self) -> Flags:
        """When it begins it holds more than it must."""
        return np.asarray(self.before > self.floor.level + LEVEL_KWH)

    @property
    def lasts(self) -> Flags:
        """From here on it is never down to what it must hold: what is put in now is still there at the end."""
        return ~np.logical_or.accumulate(self.low[::-1])[::-1]

    @property
    def drawn(self) -> Floats:
        """What a kWh stored saves when it is given, with everything that stands in the way of taking one."""
        return (self.view.all_told - self.battery.wear_eur_per_kwh) * self.battery.discharge_efficiency

    @property
    def worth(self) -> Floats:
        """What a kWh stored is worth by the plan."""
        return self.view.plan.stored_eur_per_kwh

    @property
    def kept(self) -> float:
        """What a kWh that is left at the end of the plan is worth."""
        return float(self.view.plan.stored_eur_per_kwh[-1]) if len(self.view) else 0.0


def store_of(view: View, battery: Battery) -> Store:
    """The battery's day in this view."""
    plan, count = view.plan, len(view)
    fills, gives = plan.battery_kw > ON_KW, plan.battery_kw < -ON_KW
    into = np.where(plan.battery_kw > 0, battery.charge_efficiency, 1 / battery.discharge_efficiency)
    before = plan.stored_kwh - plan.battery_kw * into * PTU_HOURS
    floor = least(view.claims, Level.STORED, np.zeros(count))
    gives_from = next_where(gives)
    used_from, mostly_after = largest_use(gives, before, plan.stored_kwh, floor.level)
    used_from, mostly_after = used_from[gives_from], mostly_after[gives_from]
    # What is given in a run saves the price of taking more; what is filled costs what taking less would bring.
    bought = np.where(fills, view.down, view.up)

    def brings(nudge: Floats) -> Floats:
        lowest = at(lowest_in_runs(view.up + nudge, gives), used_from)
        saves = (lowest - battery.wear_eur_per_kwh) * battery.discharge_efficiency
        return saves * battery.charge_efficiency - bought - nudge

    up, down = view.weighed(view.up), view.weighed(view.down)
    given = (up - battery.wear_eur_per_kwh) * battery.discharge_efficiency
    giving = (down - battery.wear_eur_per_kwh) * battery.discharge_efficiency
    return Store(
        view=view,
        battery=battery,
        fills=fills,
        gives=gives,
        before=before,
        after=plan.stored_kwh,
        floor=floor,
        charge=most(view.claims, On.CHARGE, battery.charge_max_kw, count),
        discharge=most(view.claims, On.DISCHARGE, battery.discharge_max_kw, count),
        costs=np.where(gives, given, up / battery.charge_efficiency),
        saves=np.where(fills, down / battery.charge_efficiency, giving),
        gives_from=gives_from,
        used_from=used_from,
        used_until=np.append(run_ends(gives), count)[used_from],
        used_at=at(lowest_in_runs(view.up, gives), used_from),
        used_weighed=at(lowest_in_runs(up, gives), used_from),
        gain=brings(np.zeros(count)),
        gain_weighed=brings(view.nudge),
        filled_at=next_where(fills),
        mostly_after=mostly_after,
    )
