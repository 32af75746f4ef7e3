"""The window as laag runs it: a plan whenever prices come or the day departs from it, and the next quarter-hour of it done."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.home import operate, plan
from laag.home.devices import EvSession
from laag.home.house import HomeState
from laag.home.operate import Absorbing, Operated, Triggers
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.study.backtest.case import Case
from laag.study.backtest.known import PUBLISHED, Sight, outlook
from laag.study.backtest.score import Course


@dataclass(frozen=True, slots=True)
class Way:
    """How a home is run; the defaults are laag's own."""

    sight: Sight = Sight()
    settings: PlanSettings = PlanSettings()
    triggers: Triggers = Triggers()
    absorbing: Absorbing | None = Absorbing()
    """``None``: what was not foreseen is left to the connection."""
    every_ptus: int = 1
    """A new plan at least this often, besides the one when prices come."""
    hedged: bool = True
    """Whether a kWh in the battery is worth what it is on the mean of days that turn out otherwise."""


def lived(case: Case, way: Way, solver: Solver) -> Course:
    """Plan, follow, measure, plan again, with nothing known before it is."""
    plans = 0

    def plan_at(ptu: int, held: HomeState, begun: tuple[EvSession, ...]) -> plan.Plan:
        nonlocal plans
        plans += 1
        ahead = outlook(case, ptu, begun, way.sight)
        made = plan.hedged if way.hedged else plan.cheapest
        return made(case.house, held, ahead, solver=solver, settings=way.settings)

    actual, state, watch = case.actual(), case.state, operate.Watch()
    parts: list[Operated] = []
    for begin, end in _stretches(case, way.every_ptus):
        begun = tuple(s for s in actual.sessions if s.arrives <= begin)
        fresh = plan_at(begin, state, begun)
        part = operate.stretch(
            case.house,
            state,
            fresh,
            actual,
            begin,
            end,
            plan_at,
            triggers=way.triggers,
            watch=watch,
            absorbing=way.absorbing,
        )
        state, watch = part.state, replace(part.watch, drift_kwh=0.0, planned_at=end)
        parts.append(part)
    return _together(case, parts, plans)


def _stretches(case: Case, every: int) -> list[tuple[int, int]]:
    """From plan to plan: every so often, and when prices are published."""
    at = np.arange(case.start, case.stop)
    fresh = ((at - case.start) % every == 0) | (case.calendar.quarter[at] == PUBLISHED)
    begins = at[fresh].tolist()
    return list(zip(begins, [*begins[1:], case.stop], strict=True))


def _together(case: Case, parts: list[Operated], plans: int) -> Course:
    in_car = np.concatenate([part.ev_stored_kwh for part in parts])
    missing = [
        max(stay.wanted_kwh - in_car[stay.departs - 1 - case.start], 0.0)
        for stay in (case.stays() if case.house.charger is not None else ())
    ]
    return Course(
        np.concatenate([part.offtake_kw for part in parts]),
        np.concatenate([part.battery_kw for part in parts]),
        np.concatenate([part.stored_kwh for part in parts]),
        np.concatenate([part.indoor_c for part in parts]),
        tuple(missing),
        plans,
    )
