"""One home's window as it is lived: it announces its day, is asked in each quarter-hour, moves or does not, and is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from laag.foundation.contracts import Flags, Ints
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.series import wh
from laag.home import operate, plan
from laag.home.devices import EvSession
from laag.home.house import HomeState
from laag.home.operate import Operated
from laag.home.outlook import Floats, Outlook
from laag.home.plan.cheapest import weighed
from laag.home.plan.solver import Solver
from laag.home.priced import Moved, at_premium
from laag.study.backtest import Case
from laag.study.backtest.known import Sight, outlook
from laag.study.population.noise import Tape
from laag.study.vpp.signals import Signals

DEVICES = ("battery", "car", "heat pump")
AHEAD_PTUS = 120
"""How far a home looks when it is asked: to the end of tomorrow morning."""
NOMINATES_PTUS = 192
NOON = 48
HOUR = 4
LATE_MINUTES = 2.0
"""From being asked to doing it, each time that the way changes."""
UNREACHED = 0.03
"""Of all times that a home is asked: it does not hear it, and does what it was going to do."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong besides cars that leave and forecasts that miss, which are in the days themselves."""

    late_minutes: float = LATE_MINUTES
    unreached: float = UNREACHED
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """Of one home; arrays over the window, Wh, towards it +."""

    metered_wh: Ints
    nominated_wh: Ints
    """The day-ahead position, as bought at noon of the day before."""
    announced_wh: Ints
    """What it was going to take, said just before it was asked."""
    promised_wh: Ints
    """Less than that (+) or more (-)."""
    called: Flags
    """Where it heard that it was asked; where it did not it is as if it had been spared."""
    asked_eur_per_kwh: Floats
    """What each kWh promised was to cost the home at its own prices."""
    devices_wh: Ints
    """``(DEVICES, quarter-hours)``: less taken by each than announced."""
    missing_kwh: float
    """What cars lacked on departure."""
    cold_kh: float
    """Kelvin hours below what the household asked."""
    bill_eur: float
    """What the household pays for energy at its own prices, tax and VAT included."""
    wear_eur: float
    left_eur: float
    """What is in battery, car and walls at the end, at the mean price of the window."""


@dataclass(slots=True)
class _Rows:
    announced_kw: list[float]
    promised_kw: list[float]
    asked: list[float]
    devices_kw: list[tuple[float, float, float]]


def lived(
    case: Case, index: int, signals: Signals | None, solver: Solver, faults: Faults = Faults()
) -> Lived:
    """Live the window; without signals nobody asks anything, and all else is the same."""
    actual, state, watch = case.actual(), case.state, operate.Watch()
    count = case.stop - case.start
    heard = Tape(faults.seed, index, "hears what it is asked").uniform(case.start, count) >= faults.unreached
    nominated = np.zeros(count)
    rows = _Rows([], [], [], [])
    parts: list[Operated] = []
    usual: plan.Plan | None = None
    way, reacts = 0.0, 1.0 if signals is None else signals.reacts

    def plan_at(ptu: int, held: HomeState, begun: tuple[EvSession, ...]) -> plan.Plan:
        return plan.cheapest(case.house, held, _ahead(case, ptu, begun), solver=solver)

    days = case.grid.window(case.start, case.stop).local_days(case.zone)
    ends = {case.start + span.stop for _, span in days}
    for ptu in range(case.start, case.stop):
        row = ptu - case.start
        begun = tuple(s for s in actual.sessions if s.arrives <= ptu)
        if row == 0 or case.calendar.quarter[ptu] == NOON:
            _nominate(case, ptu, state, begun, nominated, ends, solver)
        told = None if signals is None else signals.premium[row] / 1000.0
        asks = told is not None and told[0] != 0.0
        moved = None
        if usual is None or row % HOUR == 0 or asks or way:
            ahead = _ahead(case, ptu, begun)
            going_to = weighed(case.house, state, ahead, solver=solver)
            usual, watch = going_to[0], replace(watch, drift_kwh=0.0, planned_at=ptu)
            if told is not None and asks:
                moved = at_premium(case.house, state, ahead, told, solver=solver, going_to=going_to)
                moved = None if moved is not None and moved.less_wh[0] * told[0] <= 0 else moved
        follows, way = _follows(
            usual, moved, way, signals.reacts if signals else 1.0, faults, heard=heard[row]
        )
        at = ptu - case.grid.index(usual.grid.start)
        _note(rows, usual, at, moved, reacts)
        part = operate.stretch(case.house, state, follows, actual, ptu, ptu + 1, plan_at, watch=watch)
        rows.devices_kw.append(_by_device(usual, at, part))
        state, watch = part.state, part.watch
        parts.append(part)
    return _told(case, parts, nominated, rows, heard)


def _ahead(case: Case, ptu: int, begun: tuple[EvSession, ...], count: int = AHEAD_PTUS) -> Outlook:
    return outlook(case, ptu, begun, Sight(horizon_ptus=count))


def _nominate(
    case: Case,
    ptu: int,
    state: HomeState,
    begun: tuple[EvSession, ...],
    nominated: Floats,
    ends: set[int],
    solver: Solver,
) -> None:
    """At noon the next day is bought as it is expected; at the start the rest of the first day as well."""
    made = plan.cheapest(case.house, state, _ahead(case, ptu, begun, NOMINATES_PTUS), solver=solver)
    stops = sorted(end for end in ends if end > ptu)
    first, last = (ptu, stops[0]) if ptu == case.start else (stops[0], (stops[1:2] or stops[:1])[0])
    nominated[first - case.start : last - case.start] = made.connection_kw[first - ptu : last - ptu]


def _follows(
    usual: plan.Plan, moved: Moved | None, way: float, reacts: float, faults: Faults, *, heard: bool
) -> tuple[plan.Plan, float]:
    """The plan in force for this quarter-hour: the part of it that is left after hearing and starting is moved."""
    if moved is None or not heard:
        return usual, 0.0
    now = float(np.sign(moved.less_wh[0]))
    late = faults.late_minutes / 15.0 if now != way else 0.0
    return _mixed(moved, max(reacts - late, 0.0)), now


def _mixed(moved: Moved, share: float) -> plan.Plan:
    if share == 1.0:
        return moved.other

    def first(name: str) -> Floats:
        usual, other = getattr(moved.usual, name), np.array(getattr(moved.other, name))
        other[0] += (1.0 - share) * (usual[0] - other[0])
        return other

    return replace(
        moved.other,
        battery_kw=first("battery_kw"),
        ev_kw=first("ev_kw"),
        heat_pump_kw=first("heat_pump_kw"),
        connection_kw=first("connection_kw"),
        stored_kwh=first("stored_kwh"),
        ev_stored_kwh=first("ev_stored_kwh"),
    )


def _note(rows: _Rows, usual: plan.Plan, at: int, moved: Moved | None, reacts: float) -> None:
    announced = float(usual.connection_kw[at])
    rows.announced_kw.append(announced)
    if moved is None:
        rows.promised_kw.append(0.0)
        rows.asked.append(0.0)
        return
    less_kw = float(moved.usual.connection_kw[0] - moved.other.connection_kw[0])
    rows.promised_kw.append(reacts * less_kw)
    rows.asked.append(moved.asked_now_eur() / (abs(less_kw) * PTU_HOURS) if less_kw else 0.0)


def _by_device(usual: plan.Plan, at: int, part: Operated) -> tuple[float, float, float]:
    return (
        float(usual.battery_kw[at] - part.battery_kw[0]),
        float(usual.ev_kw[at] - part.ev_kw[0]),
        float(usual.heat_pump_kw[at] - part.heat_pump_kw[0]),
    )


def _told(case: Case, parts: list[Operated], nominated: Floats, rows: _Rows, heard: Flags) -> Lived:
    def joined(read: Callable[[Operated], Floats]) -> Floats:
        return np.concatenate([read(part) for part in parts])

    in_car, indoor = joined(lambda part: part.ev_stored_kwh), joined(lambda part: part.indoor_c)
    battery = joined(lambda part: part.battery_kw)
    missing = 0.0
    if case.house.charger is not None:
        missing = sum(
            max(stay.wanted_kwh - float(in_car[stay.departs - 1 - case.start]), 0.0) for stay in case.stays()
        )
    cold = 0.0
    if case.house.heat_pump is not None:
        low = case.house.comfort.low_c(case.calendar.quarter[case.start : case.stop])
        cold = float(np.maximum(low - indoor, 0.0).sum()) * PTU_HOURS
    offtake_kw = joined(lambda part: part.offtake_kw)
    return Lived(
        wh(offtake_kw),
        wh(nominated),
        wh(np.array(rows.announced_kw)),
        wh(np.array(rows.promised_kw)),
        heard,
        np.array(rows.asked),
        wh(np.array(rows.devices_kw).T),
        missing,
        cold,
        bill_eur(case, offtake_kw),
        wear_eur(case, battery),
        left_eur(case, parts[-1].state),
    )


def bill_eur(case: Case, offtake_kw: Floats) -> float:
    """Energy as metered, at the household's own prices."""
    buy, sell = (price[case.start : case.stop] for price in case.prices(case.day_ahead.values))
    return float(np.where(offtake_kw > 0, buy, sell) @ offtake_kw) * PTU_HOURS


def wear_eur(case: Case, battery_kw: Floats) -> float:
    """What the battery loses of its life."""
    store = case.house.battery
    given_kwh = float(np.maximum(-battery_kw, 0.0).sum()) * PTU_HOURS
    return store.wear_eur_per_kwh * given_kwh if store else 0.0


def left_eur(case: Case, state: HomeState) -> float:
    """What the energy that is left would have cost, at the mean price of the window."""
    house, span = case.house, slice(case.start, case.stop)
    buy = float(case.prices(case.day_ahead.values)[0][span].mean())
    kwh = 0.0
    if house.battery is not None:
        kwh += state.stored_kwh * house.battery.discharge_efficiency
    if house.charger is not None and any(s.arrives < case.stop < s.departs for s in case.sessions):
        kwh += state.ev_stored_kwh / house.charger.efficiency
    if house.heat_pump is not None and house.building is not None:
        cop = float(np.mean(house.heat_pump.cop(case.outdoor_c[span])))
        kwh += state.indoor_c * house.building.heat_capacity_kwh_per_k / cop
    return kwh * buy
