"""HiGHS, kept warm, with answers that depend on the question alone.

Streaming homes from the previous home's basis finds other, equally cheap days than solving each alone. Here every
home of a shape starts from the same basis: the optimal one of a typical home of that shape, solved cold.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from laag.home.lp import Layout, Program, Shape, program, stays_in
from laag.home.outlook import Floats
from laag.home.typical import typical_home
from laag.home.weights import PlanSettings

ITERATIONS = 20_000
"""Ten times what the hardest home needed; a count, not a clock, so that a slow machine finds the same day."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An optimum: one value per column, one price per row (what one unit more on its right side costs)."""

    column: Floats
    row_price: Floats


class _Warm:
    """The solver of one shape."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.highs = quiet_highs()
        question = typical_home(layout.shape)
        typical = program(
            layout,
            question.house,
            question.state,
            question.outlook,
            stays_in(question.house, question.state, question.outlook.sessions, layout.shape.count),
            PlanSettings(),
        )
        _load(self.highs, typical)
        self.highs.run()
        self.basis = self.highs.getBasis()


class Solver:
    """Solves programs of any shape; keeps one HiGHS instance and one start basis per shape.

    ``most`` is how many shapes are kept: the one longest unused makes room, which costs time and changes nothing.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._warm: dict[Shape, _Warm] = {}

    def layout(self, shape: Shape) -> Layout:
        """Where this shape's variables and equations stand."""
        return self._of(shape).layout

    def solve(self, question: Program) -> Answer | None:
        """The optimum; ``None`` where the solver did not get there."""
        warm = self._of(question.layout.shape)
        _load(warm.highs, question)
        warm.highs.setBasis(warm.basis)
        warm.highs.run()
        return _answer(warm.highs)

    def again(self, question: Program, upper: Floats) -> Answer | None:
        """The optimum of the program just solved, with other upper bounds."""
        highs = self._of(question.layout.shape).highs
        count = len(upper)
        highs.changeColsBounds(count, np.arange(count, dtype=np.int32), question.lower, upper)
        highs.run()
        return _answer(highs)

    def _of(self, shape: Shape) -> _Warm:
        warm = self._warm.pop(shape, None) or _Warm(Layout(shape))
        self._warm[shape] = warm
        if len(self._warm) > self._most:
            del self._warm[next(iter(self._warm))]
        return warm


def quiet_highs() -> highspy.Highs:
    """A solver that says nothing, uses one thread and counts instead of looking at the clock."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("simplex_iteration_limit", ITERATIONS)
    return highs


def _load(highs: highspy.Highs, question: Program) -> None:
    starts, _, _ = question.layout.by_column
    columns, rows = question.layout.columns, question.layout.rows
    highs.passModel(
        columns,
        rows,
        len(question.value),
        highspy.MatrixFormat.kColwise,
        highspy.ObjSense.kMinimize,
        0.0,
        question.cost,
        question.lower,
        question.upper,
        question.right,
        question.right,
        starts,
        question.index,
        question.value,
        np.zeros(columns, np.int32),
    )


def _answer(highs: highspy.Highs) -> Answer | None:
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    return Answer(np.array(solution.col_value), np.array(solution.row_dual))
