"""The rungs of the ladder, served in order: a lower one never costs a higher one anything.

One solve with every miss at its weight comes first. Where nothing is missed, that is the answer. Otherwise each rung in
turn is given all that it can have: its misses are minimised, and every column that could only add to them is held where
it is. What is left free is exactly the set of days in which the rung misses no more, so the next rung, and money last,
choose among those. No row is added and no tolerance given away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.ladder import Ladder, Rung
from laag.home.outlook import Floats
from laag.home.plan.program import Program
from laag.home.plan.solver import Answer, Solver

NOTHING = 1e-6
"""kWh or kelvin hours over a whole plan: below this nothing is missed."""
INDIFFERENT = 1e-7
"""A column whose slack price is smaller moves a rung's misses by nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """The answer, what each rung still misses, and which columns a rung above the market holds."""

    answer: Answer
    missed: tuple[tuple[Rung, float], ...]
    held: Flags
    claimed: Flags
    """Per row: whether one unit more or less there would change what such a rung misses."""


def misses_any(program: Program, answer: Answer) -> bool:
    """Whether some rung misses something in this answer."""
    return any(program.amount_missed(rung, answer.column) > NOTHING for rung in program.missed)


def in_order(
    solver: Solver, program: Program, ladder: Ladder, answer: Answer, lower: Floats, upper: Floats
) -> Served | None:
    """Serve the rungs from the weighted answer, which the solver has just found within these bounds."""
    rungs = [rung for rung in ladder.order if rung in program.missed]
    if not misses_any(program, answer):
        return Served(answer, (), np.zeros(len(upper), np.bool_), np.zeros(len(program.right), np.bool_))
    lower, upper = lower.copy(), upper.copy()
    held, claimed = np.zeros(len(upper), np.bool_), np.zeros(len(program.right), np.bool_)
    missed: list[tuple[Rung, float]] = []
    for rung in rungs:
        slope = program.missed[rung]
        if program.amount_missed(rung, answer.column) > NOTHING:
            least = solver.again(lower, upper, slope)
            if least is None:
                return None
            answer, binds = least, np.abs(least.slack_price) > INDIFFERENT
            claimed |= np.abs(least.row_price) > INDIFFERENT
        else:
            binds = slope != 0
        amount = program.amount_missed(rung, answer.column)
        if amount > NOTHING:
            missed.append((rung, amount))
        # The answer itself may be off its bound by a rounding; it must stay within.
        near = answer.column - lower < upper - answer.column
        bound = np.where(near | ~np.isfinite(upper), lower, upper)
        lower = np.where(binds, np.minimum(bound, answer.column), lower)
        upper = np.where(binds, np.maximum(bound, answer.column), upper)
        held |= binds
    cheapest = solver.again(lower, upper, program.cost)
    return None if cheapest is None else Served(cheapest, tuple(missed), held, claimed)
