"""Days on end in one way, from what homes held at the first noon, and what came of it for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.house import HomeState
from laag.home.plan import Plan
from laag.home.plan.question import comfort_low_c
from laag.home.plan.solver import Solver
from laag.neighbourhood.coordination import Gate
from laag.study.coordination.by_prices import Told
from laag.study.coordination.homes import OWN_PTUS, Neighbours, then
from laag.study.coordination.ways import Day, Memory, Optimum, Way

Floats = NDArray[np.float64]

SHORT_KWH, COLD_K = 0.1, 0.05
"""Less is not missed: a car's least current leaves as much over, and a thermostat does not measure it."""


@dataclass(slots=True)
class Lived:
    """Some days in one way."""

    way: str
    connection_kw: Floats
    """``(homes, ptus)``."""
    paid_eur: Floats
    """By home, energy over its connection with tax; what is over or short at the gateway shared by all alike."""
    wear_eur: Floats
    """By home, of its battery."""
    held_kwh: Floats
    """By home: what battery, car and walls hold at the end, in kWh over its connection."""
    car_short_kwh: Floats
    """By home: what its car left without and had been wished for."""
    cold_kh: Floats
    """By home: kelvin below what was wished for, times hours."""
    told: Told
    optima: list[Optimum] = field(default_factory=list)


def lived(
    homes: Neighbours,
    name: str,
    way: Way,
    days: int,
    clock: Callable[[], float],
    tells: Callable[[str], None],
) -> Lived:
    """The days one after the other."""
    count, solver, memory = len(homes.homes), Solver(), Memory()
    states = [home.start for home in homes.homes]
    paid, wear, held, short, cold = (np.zeros(count) for _ in range(5))
    total = Lived(name, np.zeros((count, 0)), paid, wear, held, short, cold, Told())
    parts: list[Floats] = []
    for day in range(days):
        tells(f"{name}, day {day + 1} of {days}")
        span = homes.span(day)
        began = clock()
        done = way(Day(homes, span, states, solver, memory, clock))
        total.told.seconds += done.told.seconds or clock() - began
        parts.append(np.stack([plan.connection_kw[:OWN_PTUS] for plan in done.plans]))
        own = homes.gate(slice(span.start, span.start + OWN_PTUS))
        total.paid_eur += done.paid_eur + _shared(
            own, parts[-1], done.paid_eur, alone=name in {"alone", "operator"}
        )
        total.wear_eur += [_wear(homes, i, plan) for i, plan in enumerate(done.plans)]
        for i, plan in enumerate(done.plans):
            total.car_short_kwh[i] += _short(homes, i, plan)
            total.cold_kh[i] += _cold(homes, i, plan, span)
        total.told.rounds += done.told.rounds
        total.told.messages += done.told.messages
        total.told.bytes += done.told.bytes
        if done.optimum is not None:
            total.optima.append(done.optimum)
        states = [then(plan, held) for plan, held in zip(done.plans, states, strict=True)]
    total.connection_kw = np.concatenate(parts, axis=1)
    total.held_kwh += [_kwh(homes, i, state) for i, state in enumerate(states)]
    return total


def _shared(gate: Gate, kw: Floats, paid: Floats, *, alone: bool) -> float:
    """What each home gets (-) or adds (+), where the street settles together; who has a contract alone settles alone."""
    if alone:
        return 0.0
    return (gate.energy_eur(kw.sum(axis=0)) - float(paid.sum())) / len(kw)


def _wear(homes: Neighbours, at: int, plan: Plan) -> float:
    battery = homes.homes[at].house.battery
    if battery is None:
        return 0.0
    given = np.maximum(-plan.battery_kw[:OWN_PTUS], 0.0).sum() * PTU_HOURS
    return float(given) * battery.wear_eur_per_kwh


def _short(homes: Neighbours, at: int, plan: Plan) -> float:
    """What cars that left in these hours lack of what was wished for."""
    short = 0.0
    if homes.homes[at].house.charger is None:
        return short
    for stay in plan.sessions:
        if 0 < stay.departs <= OWN_PTUS:
            has = float(plan.ev_stored_kwh[stay.departs - 1])
            lacks = stay.wanted_kwh - has
            short += lacks if lacks > SHORT_KWH else 0.0
    return short


def _cold(homes: Neighbours, at: int, plan: Plan, span: slice) -> float:
    house = homes.homes[at].house
    if house.heat_pump is None:
        return 0.0
    none = np.zeros(span.stop - span.start)
    low = comfort_low_c(house, homes.outlook(at, span, none, none))
    below = (low - plan.indoor_c)[:OWN_PTUS]
    return float(below[below > COLD_K].sum()) * PTU_HOURS


def _kwh(homes: Neighbours, at: int, state: HomeState) -> float:
    """What a home holds, in kWh over its connection."""
    house = homes.homes[at].house
    held = 0.0
    if house.battery is not None:
        held += state.stored_kwh * house.battery.discharge_efficiency
    if house.charger is not None:
        held += state.ev_stored_kwh / house.charger.efficiency
    if house.heat_pump is not None and house.building is not None:
        cop = float(np.mean(house.heat_pump.cop(homes.street.outdoor_c.values)))
        held += state.indoor_c * house.building.heat_capacity_kwh_per_k / cop
    return held


def moved_kw(one: Lived, alone: Lived) -> Floats:
    """By home: how far it was moved from its own plan, mean kW."""
    return np.asarray(np.abs(one.connection_kw - alone.connection_kw).mean(axis=1), np.float64)


def gains_eur(one: Lived, alone: Lived, worth_eur_per_kwh: float) -> Floats:
    """By home: what it is better off than by itself; what it holds more or less at the end counts too."""
    held = worth_eur_per_kwh * (one.held_kwh - alone.held_kwh)
    return alone.paid_eur + alone.wear_eur - one.paid_eur - one.wear_eur + held


def gini(values: Sequence[float]) -> float:
    """0: all the same; near 1: one has all. Of what is below zero, zero is taken.

    >>> round(gini([1.0, 1.0, 1.0]), 9), round(gini([0.0, 0.0, 3.0]), 3)
    (0.0, 0.667)
    """
    rising = np.sort(np.maximum(np.asarray(values, np.float64), 0.0))
    if rising.sum() <= 1e-6:
        return 0.0
    place = np.arange(1, len(rising) + 1)
    return float((2 * place - len(rising) - 1) @ rising / (len(rising) * rising.sum()))


def jain(values: Sequence[float]) -> float:
    """1: all the same; 1/n: one has all. Of what is below zero, zero is taken.

    >>> jain([2.0, 2.0]), jain([0.0, 2.0])
    (1.0, 0.5)
    """
    got = np.maximum(np.asarray(values, np.float64), 0.0)
    return float(got.sum() ** 2 / (len(got) * (got**2).sum())) if got.sum() > 1e-6 else 1.0
