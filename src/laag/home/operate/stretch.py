"""A stretch of a real day, quarter-hour by quarter-hour: follow the plan, obey physics, plan again when it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Ints
from laag.home.physics import NO_LIMIT, Flow, Physics, sound
from laag.home.plan import Plan
from laag.home.plan.shortfall import Shortfall, of_stay

Replan = Callable[[int, HomeState, tuple[EvSession, ...]], Plan]
"""(PTU of the actual grid, state at its start, the stays that have begun) -> the plan from that PTU on."""


@dataclass(frozen=True, slots=True, eq=False)
class Actual:
    """What really happens, on the street's grid; sessions count PTUs from its start.

    ``nan`` is a silent meter or sensor. ``pv_kw`` is what the panels could give.
    """

    grid: PtuGrid
    quarter: Ints
    """Local quarter of the day, for the thermostat."""
    load_kw: Floats
    pv_kw: Floats
    outdoor_c: Floats
    sun_w_m2: Floats
    sessions: tuple[EvSession, ...] = ()


@dataclass(frozen=True, slots=True)
class Triggers:
    """When what is measured departs so far from the plan that it is made again."""

    drift_kwh: float = 0.5
    """Energy at the connection, summed since the last plan."""
    drift_k: float = 1.0
    """Indoor temperature off the plan's."""
    rest_ptus: int = 4
    """Not more often than this, but for a car that comes or goes."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a home remembers from one stretch to the next."""

    drift_kwh: float = 0.0
    planned_at: int = -(2**31)
    """The PTU of the last plan made on the way."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """A plan made on the way, and why."""

    ptu: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Operated:
    """One row per PTU of the stretch, mean kW; states hold at the end of the PTU, ``nan`` without their device.

    ``offtake = load - pv + battery + ev + heat_pump``, exactly.
    """

    load_kw: Floats
    pv_kw: Floats
    battery_kw: Floats
    ev_kw: Floats
    heat_pump_kw: Floats
    offtake_kw: Floats
    planned_kw: Floats
    """The connection as the plan in force expected it."""
    stored_kwh: Floats
    ev_stored_kwh: Floats
    """``nan`` while the car is away."""
    indoor_c: Floats
    estimated: NDArray[np.bool_]
    """The meter was silent: the load is the plan's."""
    replanned: tuple[Replanned, ...]
    shortfalls: tuple[Shortfall, ...]
    """Cars that left with less than they should have; ``ptu`` on the street's grid."""
    state: HomeState
    """At the end of the stretch."""
    plan: Plan
    """In force at the end of the stretch."""
    watch: Watch


def stretch(
    house: House,
    state: HomeState,
    plan: Plan,
    actual: Actual,
    start: int,
    stop: int,
    replan: Replan,
    *,
    triggers: Triggers = Triggers(),
    watch: Watch = Watch(),
) -> Operated:
    """Live PTUs ``start`` to ``stop`` of the actual grid, beginning with ``plan`` in force.

    At the start of each PTU the home knows what happened before it and whether the car is there. When that departs
    from the plan it plans again, at most once an hour (a car's arrival or departure cannot wait), and follows the new
    plan from this PTU on. A household tells the car's real departure and need on arrival: a stay is known once begun.
    """
    return _Day(house, state, plan, actual, start, replan, triggers, watch).live(start, stop)


class _Day:
    """The loop's memory; plain floats, for it runs two million times a year for a street."""

    def __init__(
        self,
        house: House,
        state: HomeState,
        plan: Plan,
        actual: Actual,
        start: int,
        replan: Replan,
        triggers: Triggers,
        watch: Watch,
    ) -> None:
        state, _ = sound(house, state)
        self.house, self.actual, self.replan, self.triggers = house, actual, replan, triggers
        self.physics = Physics(house)
        self.held = (state.stored_kwh, state.ev_stored_kwh, state.indoor_c)
        self.steers = house.battery is not None or house.charger is not None or self.physics.pump_max > 0
        self.drift_kwh, self.planned_at = watch.drift_kwh, watch.planned_at
        self.sessions = actual.sessions if house.charger is not None else ()
        self.next_stay = sum(1 for stay in self.sessions if stay.arrives < start)
        last = self.sessions[self.next_stay - 1] if self.next_stay else None
        self.stay = last if last is not None and last.departs > start else None
        self.replanned: list[Replanned] = []
        self.shortfalls: list[Shortfall] = []
        self.follow(plan)

    def follow(self, plan: Plan) -> None:
        """Put a plan in force."""
        self.plan = plan
        self.offset = self.actual.grid.index(plan.grid.start)
        self.wishes = list(
            zip(
                plan.battery_kw.tolist(),
                plan.ev_kw.tolist(),
                plan.heat_pump_kw.tolist(),
                plan.pv_limit_kw.tolist(),
                strict=True,
            )
        )
        self.planned = plan.connection_kw.tolist()
        self.planned_load = plan.load_kw.tolist()
        self.planned_pv = plan.pv_kw.tolist()
        self.planned_indoor = plan.indoor_c.tolist()

    def live(self, start: int, stop: int) -> Operated:
        actual = self.actual
        part = slice(start, stop)
        load, pv = actual.load_kw[part].tolist(), actual.pv_kw[part].tolist()
        outdoor = _last_known(actual.outdoor_c, start, stop).tolist()
        building = self.house.building
        gains = (
            np.nan_to_num(building.gains_kw(actual.sun_w_m2[part]), nan=building.internal_gain_kw).tolist()
            if building
            else [0.0] * (stop - start)
        )
        low = self.house.comfort.low_c(actual.quarter[part]).tolist()
        flows: list[Flow] = []
        loads: list[float] = []
        planned: list[float] = []
        here: list[bool] = []
        for ptu in range(start, stop):
            i = ptu - start
            self.car(ptu)
            self.reconsider(ptu)
            at = ptu - self.offset
            wish, expected, load_kw, sun_kw = self.intent(at, outdoor[i], gains[i], low[i])
            if not isnan(load[i]):
                load_kw = load[i]
            if not isnan(pv[i]):
                sun_kw = max(pv[i], 0.0)
            flow = self.physics.happens(
                self.held, wish, load_kw, sun_kw, outdoor[i], gains[i], low[i], car_here=self.stay is not None
            )
            self.held = flow[5:]
            self.drift_kwh += (flow.offtake_kw - expected) * PTU_HOURS
            flows.append(flow)
            loads.append(load_kw)
            planned.append(expected)
            here.append(self.stay is not None)
        if self.stay is not None and self.stay.departs <= stop:
            self.leaves(self.stay)
        return self.told(flows, loads, planned, here, np.isnan(actual.load_kw[part]))

    def intent(
        self, at: int, outdoor_c: float, gains_kw: float, low_c: float
    ) -> tuple[tuple[float, float, float, float], float, float, float]:
        """What the plan wants of this PTU, and the offtake, load and sun it expects; beyond the plan, a simple home."""
        if 0 <= at < len(self.wishes):
            return self.wishes[at], self.planned[at], self.planned_load[at], self.planned_pv[at]
        holding = self.physics.holding_kw(self.held[2], outdoor_c, gains_kw, low_c)
        wants = (
            max(self.stay.wanted_kwh - self.held[1], 0.0) / self.physics.car_per_kw
            if self.stay is not None
            else 0.0
        )
        load = self.planned_load[-1] if self.planned_load else 0.0
        return (0.0, wants, holding, NO_LIMIT), load + holding, load, 0.0

    def car(self, ptu: int) -> None:
        """The car leaves or comes at the start of this PTU."""
        if self.stay is not None and self.stay.departs <= ptu:
            self.leaves(self.stay)
        while self.next_stay < len(self.sessions) and self.sessions[self.next_stay].arrives <= ptu:
            stay = self.sessions[self.next_stay]
            self.next_stay += 1
            if stay.departs <= ptu:
                continue
            self.stay = stay
            came_with = min(max(stay.stored_kwh, 0.0), self.physics.car_capacity)
            self.held = (self.held[0], came_with, self.held[2])

    def leaves(self, stay: EvSession) -> None:
        """Note what the car lacks."""
        short = of_stay(stay, self.held[1], stay.departs - 1)
        if short is not None:
            self.shortfalls.append(short)
        self.stay = None

    def reconsider(self, ptu: int) -> None:
        """Plan again when something has departed from the plan."""
        why = self.departed(ptu) if self.steers else ""
        if not why:
            return
        stored, in_car, indoor = self.held
        self.replanned.append(Replanned(ptu, why))
        self.follow(self.replan(ptu, HomeState(stored, in_car, indoor), self.sessions[: self.next_stay]))
        self.drift_kwh, self.planned_at = 0.0, ptu

    def departed(self, ptu: int) -> str:
        """Why the plan no longer fits; empty when it does."""
        at = ptu - self.offset
        if self.stay is not None and self.stay.arrives == ptu and not self.expected(self.stay):
            return "the car arrived"
        if ptu - self.planned_at < self.triggers.rest_ptus:
            return ""
        if not 0 <= at < len(self.wishes):
            return "the plan ended"
        if abs(self.drift_kwh) > self.triggers.drift_kwh:
            return f"{self.drift_kwh:+.1f} kWh at the meter since the plan"
        if self.stay is None and self.wishes[at][1] > 0:
            return "the car is not there"
        if self.stay is not None and not any(stay.present(at) for stay in self.plan.sessions):
            return "the car is there"
        if at > 0 and abs(self.held[2] - self.planned_indoor[at - 1]) > self.triggers.drift_k:
            return f"{self.held[2]:.1f} °C indoors"
        return ""

    def expected(self, stay: EvSession) -> bool:
        """Whether the plan in force goes by this very stay."""
        came = stay.shifted(-self.offset)
        return any(
            (s.arrives, s.departs, s.stored_kwh, s.wanted_kwh, s.used_kwh)
            == (came.arrives, came.departs, came.stored_kwh, came.wanted_kwh, None)
            for s in self.plan.sessions
        )

    def told(
        self,
        flows: list[Flow],
        loads: list[float],
        planned: list[float],
        here: list[bool],
        estimated: NDArray[np.bool_],
    ) -> Operated:
        pv, battery, ev, pump, offtake, stored, in_car, indoor = (
            np.array(flows, np.float64).reshape(len(flows), 8).T
        )
        unknown = np.full(len(flows), np.nan)
        return Operated(
            load_kw=np.array(loads),
            pv_kw=pv,
            battery_kw=battery,
            ev_kw=ev,
            heat_pump_kw=pump,
            offtake_kw=offtake,
            planned_kw=np.array(planned),
            stored_kwh=stored if self.house.battery is not None else unknown,
            ev_stored_kwh=np.where(np.array(here, np.bool_), in_car, np.nan),
            indoor_c=indoor if self.house.building is not None else unknown,
            estimated=estimated,
            replanned=tuple(self.replanned),
            shortfalls=tuple(self.shortfalls),
            state=HomeState(*self.held),
            plan=self.plan,
            watch=Watch(self.drift_kwh, self.planned_at),
        )


def _last_known(outdoor_c: Floats, start: int, stop: int) -> Floats:
    """A silent thermometer repeats what it said in the last 24 hours; one that said nothing says 10 °C."""
    before = min(start, 96)
    span = outdoor_c[start - before : stop]
    known = np.isfinite(span)
    if known.all():
        return span[before:]
    last = np.maximum.accumulate(np.where(known, np.arange(len(span)), -1))
    return np.where(last >= 0, span[last], 10.0)[before:]
