"""The most that the same homes could have earned: all weather, stays and prices known, one program for the whole window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.series import wh
from laag.home.house import HomeState
from laag.home.outlook import Floats
from laag.home.plan.day import Plan
from laag.home.plan.solver import Solver
from laag.home.priced import at_premium
from laag.study.backtest import Case
from laag.study.backtest.known import Sight, outlook
from laag.study.vpp.lived import bill_eur, left_eur, wear_eur

BEYOND_PTUS = 96
"""After the window, so that it does not end with everything empty."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one home's window, EUR."""

    bill: float
    wear: float
    left: float


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """One home: its day as it would be bought, and as it would be lived at the prices of imbalance as they became."""

    usual_wh: Ints
    moved_wh: Ints
    usual: Costs
    moved: Costs


def foreseen(case: Case, premium_eur_per_mwh: Floats, solver: Solver) -> Foreseen:
    """``premium_eur_per_mwh`` as ``signals.foresight``, of the window."""
    count = case.stop - case.start
    all_of_it = Sight(count + BEYOND_PTUS, load=1.0, pv=1.0, weather=1.0, prices=True, stays=True)
    begun = tuple(s for s in case.sessions if s.arrives <= case.start)
    ahead = outlook(case, case.start, begun, all_of_it)
    moved = at_premium(case.house, case.state, ahead, premium_eur_per_mwh / 1000.0, solver=solver)
    if moved is None:
        still = wh(case.load_kw[case.start : case.stop] - case.pv_kw[case.start : case.stop])
        none = Costs(0.0, 0.0, 0.0)
        return Foreseen(still, still, none, none)
    usual, other = (_costs(case, day, day.connection_kw[:count], count) for day in (moved.usual, moved.other))
    return Foreseen(
        wh(moved.usual.connection_kw[:count]), wh(moved.other.connection_kw[:count]), usual, other
    )


def _costs(case: Case, day: Plan, offtake_kw: Floats, count: int) -> Costs:
    def last(levels: Floats) -> float:
        return float(np.nan_to_num(levels[count - 1]))

    state = HomeState(last(day.stored_kwh), last(day.ev_stored_kwh), last(day.indoor_c))
    return Costs(bill_eur(case, offtake_kw), wear_eur(case, day.battery_kw[:count]), left_eur(case, state))
