"""A window as a household lives it that says all, or nothing: what it wants is compiled into every plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from laag.home import operate, plan
from laag.home.devices import EvSession
from laag.home.house import HomeState
from laag.home.operate import Operated
from laag.home.plan.solver import Solver
from laag.study.backtest.case import Case
from laag.study.backtest.households import AT_START_SHARE, Resident, Trips, learnt, stays_ahead
from laag.study.backtest.known import PUBLISHED, Sight, outlook
from laag.study.backtest.score import Course

TWO_DAYS = Sight()


@dataclass(slots=True)
class _Lived:
    """What has happened so far."""

    state: HomeState
    watch: operate.Watch = field(default_factory=operate.Watch)
    parts: list[Operated] = field(default_factory=list)
    stranded_kwh: list[float] = field(default_factory=list)
    plans: int = 0


def as_said(
    case: Case, resident: Resident, solver: Solver, sight: Sight = TWO_DAYS, every_ptus: int = 4
) -> Course:
    """Live the window with a car that keeps its own count; what it lacked on the road is missing.

    Nothing the household did not say is known: not when the car leaves, nor how far it will drive.
    """
    trips = Trips(case.sessions if case.house.charger is not None else ())
    charger = case.house.charger
    start = replace(case.state, ev_stored_kwh=AT_START_SHARE * charger.capacity_kwh if charger else 0.0)
    so_far = _Lived(start)
    for begin, end in _stretches(case, trips, every_ptus):
        _stretch(case, trips, resident, solver, sight, so_far, begin, end)
    parts = so_far.parts
    return Course(
        np.concatenate([part.offtake_kw for part in parts]),
        np.concatenate([part.battery_kw for part in parts]),
        np.concatenate([part.stored_kwh for part in parts]),
        np.concatenate([part.indoor_c for part in parts]),
        tuple(so_far.stranded_kwh),
        so_far.plans,
        so_far.state.ev_stored_kwh,
    )


def _stretch(
    case: Case,
    trips: Trips,
    resident: Resident,
    solver: Solver,
    sight: Sight,
    so_far: _Lived,
    begin: int,
    end: int,
) -> None:
    usual, k = learnt(case, trips, begin), trips.present(begin)
    ended = trips.ended(begin)
    here: EvSession | None = None
    if k is not None:
        if trips.stays[k].arrives == begin:
            _comes_home(so_far, trips.used_kwh(k))
        here = resident.stay(case, trips, k, begin, usual)
        here = replace(here, stored_kwh=so_far.state.ev_stored_kwh, departs=max(here.departs, end))

    def plan_at(ptu: int, held: HomeState, _: tuple[EvSession, ...]) -> plan.Plan:
        so_far.plans += 1
        ahead = outlook(case, ptu, (), sight)
        if case.house.charger is not None:
            ahead = replace(ahead, sessions=stays_ahead(case, ended, here, ptu, len(ahead.grid), held))
        house, wished = resident.compiled(case, ptu, ahead, usual)
        return plan.hedged(house, held, wished, solver=solver)

    actual = replace(case.actual(), sessions=(here,) if here is not None else ())
    first = plan_at(begin, so_far.state, ())
    part = operate.stretch(case.house, so_far.state, first, actual, begin, end, plan_at, watch=so_far.watch)
    so_far.state, so_far.watch = part.state, replace(part.watch, drift_kwh=0.0, planned_at=end)
    so_far.parts.append(part)


def _comes_home(so_far: _Lived, used_kwh: float) -> None:
    """With what is left after the drive; what the battery did not have was charged on the road."""
    left = so_far.state.ev_stored_kwh - used_kwh
    so_far.stranded_kwh.append(max(-left, 0.0))
    so_far.state = replace(so_far.state, ev_stored_kwh=max(left, 0.0))


def _stretches(case: Case, trips: Trips, every: int) -> list[tuple[int, int]]:
    """From plan to plan: every so often, when prices are published, and when the car comes or goes."""
    at = np.arange(case.start, case.stop)
    moves = [ptu for stay in trips.stays for ptu in (stay.arrives, stay.departs)]
    fresh = ((at - case.start) % every == 0) | (case.calendar.quarter[at] == PUBLISHED) | np.isin(at, moves)
    begins = at[fresh].tolist()
    return list(zip(begins, [*begins[1:], case.stop], strict=True))
