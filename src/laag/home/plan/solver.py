"""HiGHS, kept warm, with answers that depend on the question alone.

Streaming homes from the previous home's basis finds other, equally cheap days than solving each alone. Here every
home of a shape starts from the same basis: the optimal one of a typical home of that shape, solved cold.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from laag.home.outlook import Floats
from laag.home.plan.lp import Layout, Program, Shape, program
from laag.home.plan.typical import typical_home
from laag.home.plan.weights import PlanSettings
from laag.home.stays import stays_in

ITERATIONS = 20_000
"""Ten times what the hardest home needed; a count, not a clock, so that a slow machine finds the same day."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An optimum: one value per column, one price per row (what one unit more on its right side costs)."""

    column: Floats
    row_price: Floats


class Solver:
    """Solves programs of any shape with one HiGHS instance, and keeps a start basis per shape.

    ``most`` is how many shapes are remembered: the one longest unused makes room, which costs time and changes
    nothing.
    """

    def __init__(self, most: int = 512) -> None:
        self._most = most
        self._highs = _quiet_highs()
        self._known: dict[Shape, tuple[Layout, highspy.HighsBasis]] = {}

    def layout(self, shape: Shape) -> Layout:
        """Where this shape's variables and equations stand."""
        return self._start(shape)[0]

    def solve(self, question: Program) -> Answer | None:
        """The optimum; ``None`` where the solver did not get there."""
        _, basis = self._start(question.layout.shape)
        _load(self._highs, question)
        self._highs.setBasis(basis)
        self._highs.run()
        return _answer(self._highs)

    def again(self, question: Program, upper: Floats) -> Answer | None:
        """The optimum of the program solved last, with other upper bounds."""
        every = np.arange(len(upper), dtype=np.int32)
        self._highs.changeColsBounds(len(upper), every, question.lower, upper)
        self._highs.run()
        return _answer(self._highs)

    def _start(self, shape: Shape) -> tuple[Layout, highspy.HighsBasis]:
        start = self._known.pop(shape, None) or self._typical_start(shape)
        self._known[shape] = start
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]
        return start

    def _typical_start(self, shape: Shape) -> tuple[Layout, highspy.HighsBasis]:
        layout = Layout(shape)
        home = typical_home(shape)
        stays = stays_in(home.house, home.state, home.outlook.sessions, shape.count)
        _load(self._highs, program(layout, home.house, home.state, home.outlook, stays, PlanSettings()))
        self._highs.run()
        return layout, self._highs.getBasis()


def _quiet_highs() -> highspy.Highs:
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
