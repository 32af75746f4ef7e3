"""A battery goes one way at a time, also where taking a kWh earns money and losses would pay on paper.

The linear program does not know that: at a negative price it charges and discharges in the same quarter-hour to burn
energy. Its answer is checked, and only then mended: each such quarter-hour is given one way and the rest is solved
again. Two ways of giving are tried, and the cheaper day is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery
from laag.home.outlook import Floats
from laag.home.plan.lp import Layout, Program
from laag.home.plan.solver import Answer, Solver

BOTH_WAYS_KW = 1e-6
_Rule = Callable[[Floats, Floats, Flags], Flags]


def one_way(
    solver: Solver, question: Program, answer: Answer, battery: Battery, stored_kwh: float
) -> Answer | None:
    """The answer just found, or the cheapest that was found without charging and discharging at once."""
    if not _both_ways(question.layout, answer).any():
        return answer
    rules: tuple[_Rule, ...] = (partial(_while_there_is_room, battery, stored_kwh), _as_it_nets)
    tried = [_given_ways(solver, question, answer, rule) for rule in rules]
    found = [one for one in tried if one is not None]
    return min(found, key=lambda one: float(question.cost @ one.column)) if found else None


def _both_ways(at: Layout, answer: Answer) -> Flags:
    charge, discharge = answer.column[at.charge], answer.column[at.discharge]
    return np.asarray((charge > BOTH_WAYS_KW) & (discharge > BOTH_WAYS_KW), np.bool_)


def _given_ways(solver: Solver, question: Program, answer: Answer, rule: _Rule) -> Answer | None:
    """Give ways by the rule and solve again, until no PTU goes both; in the last round all PTUs get one."""
    at = question.layout
    upper = question.upper.copy()
    for last in (False, False, False, True):
        both = _both_ways(at, answer)
        if not both.any():
            return answer
        charge, discharge = answer.column[at.charge], answer.column[at.discharge]
        charging = _as_it_nets(charge, discharge, both) if last else rule(charge, discharge, both)
        given = both | last
        upper[at.discharge][given & charging] = 0.0
        upper[at.charge][given & ~charging] = 0.0
        again = solver.again(question, upper)
        if again is None:
            return None
        answer = again
    return answer


def _as_it_nets(charge: Floats, discharge: Floats, _both: Flags) -> Flags:
    """Charging where more goes in than comes out: keeps what the connection sees."""
    return np.asarray(charge >= discharge, np.bool_)


def _while_there_is_room(
    battery: Battery, stored_kwh: float, charge: Floats, discharge: Floats, both: Flags
) -> Flags:
    """Charging until the battery is full, then making room, and again: burns what it may, a quarter-hour at a time."""
    charging = np.zeros(len(both), np.bool_)
    for i in range(len(both)):
        full = battery.after(stored_kwh, float(charge[i]), PTU_HOURS)
        if not both[i]:
            stored_kwh = battery.after(full, -float(discharge[i]), PTU_HOURS)
        elif full <= battery.capacity_kwh:
            charging[i], stored_kwh = True, full
        else:
            stored_kwh = max(battery.after(stored_kwh, -float(discharge[i]), PTU_HOURS), 0.0)
    return charging
