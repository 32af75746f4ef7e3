"""The cheapest feasible day of a home, with what a kWh is worth in each quarter-hour of it.

Never "infeasible": what cannot be met is a :class:`Shortfall` beside the best that can be done.
"""

from __future__ import annotations

from laag.home.house import HomeState, House
from laag.home.ladder import Ladder
from laag.home.outlook import Outlook, mended
from laag.home.physics import sound
from laag.home.plan.day import Plan
from laag.home.plan.in_order import Served, in_order, misses_any
from laag.home.plan.layout import shape_of
from laag.home.plan.program import Program, program
from laag.home.plan.question import Question, question
from laag.home.plan.read import read, without_solver
from laag.home.plan.shortfall import Shortfall, from_gaps, from_state
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.plan.whole import Whole, has_steps, one_way_again, steep
from laag.home.plan.whole import mended as whole

ROUNDS = (False, True)


def cheapest(
    house: House,
    state: HomeState,
    outlook: Outlook,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
) -> Plan:
    """The day that costs least by this outlook, from this state, within what devices, connection and claims allow.

    Claims and wishes are served in the order of the ladder, money last. The same house, state, outlook, settings and
    ladder give the same plan bit for bit, whatever the solver did before.
    """
    return weighed(house, state, outlook, solver=solver, settings=settings, ladder=ladder)[0]


def weighed(
    house: House,
    state: HomeState,
    outlook: Outlook,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
) -> tuple[Plan, float]:
    """The cheapest day, and what it weighs in EUR: what it costs with wear, less the worth of what is left at its end.

    Only the difference between two days from one state means anything; ``nan`` where there was nothing to solve.
    """
    outlook, gaps = mended(outlook)
    state, said = sound(house, state)
    noted = (*from_gaps(gaps), *from_state(said))
    asked = question(house, state, outlook, settings)
    if asked.count:
        layout = solver.layout(shape_of(asked))
        stated = program(layout, asked)
        served = _served(solver, stated, asked, ladder)
        if served is not None:
            weighs = float(stated.cost @ served.answer.column)
            return read(asked, stated, served, ladder, noted), weighs
        noted += (
            Shortfall(
                "solver", 1.0, "plan", 0, "the solver found no optimum; the home follows its demand instead"
            ),
        )
    return without_solver(asked, ladder, noted), float("nan")


def _served(solver: Solver, stated: Program, asked: Question, ladder: Ladder) -> Served | None:
    answer = solver.solve(stated)
    if answer is not None and has_steps(stated, asked) and misses_any(stated, answer):
        stated = steep(stated, ladder)
        answer = solver.again(stated.lower, stated.upper, stated.weighted)
    kept = None if answer is None else whole(solver, stated, asked, answer, ladder)
    served = None if kept is None else in_order(solver, stated, ladder, kept.answer, kept.lower, kept.upper)
    for last in ROUNDS:
        if kept is None or served is None:
            return None
        closer = one_way_again(stated, kept, served.answer.column, last=last)
        if closer is None:
            return served
        answer = solver.again(closer.lower, closer.upper, stated.weighted)
        kept = None if answer is None else Whole(answer, closer.lower, closer.upper)
        served = (
            None if kept is None else in_order(solver, stated, ladder, kept.answer, kept.lower, kept.upper)
        )
    return served
