"""HiGHS, kept warm, with answers that depend on the question alone.

Streaming homes from the previous home's basis finds other, equally cheap days than solving each alone. Here every
home of a shape starts from the same basis: the optimal one of a typical home of that shape, solved cold.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from laag.foundation.highs import quiet_highs
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout, Shape
from laag.home.plan.program import Program, program
from laag.home.plan.typical import typical_home


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An optimum: one value per column, one price per row (what one unit more on its right side costs)."""

    column: Floats
    row_price: Floats
    slack_price: Floats
    """Per column: what one unit more than its bound allows would cost, zero where no bound holds it."""


class Solver:
    """Solves programs of any shape with one HiGHS instance, and keeps a start basis per shape.

    ``most`` is how many shapes are remembered: the one longest unused makes room, which costs time and changes
    nothing.
    """

    def __init__(self, most: int = 512) -> None:
        self._most = most
        self._highs = quiet_highs()
        self._known: dict[Shape, tuple[Layout, highspy.HighsBasis]] = {}

    def layout(self, shape: Shape) -> Layout:
        """Where this shape's variables and equations stand."""
        return self._start(shape)[0]

    def solve(self, program: Program) -> Answer | None:
        """The optimum with every miss at its weight; ``None`` where the solver did not get there."""
        _, basis = self._start(program.layout.shape)
        load(self._highs, program)
        self._highs.setBasis(basis)
        return self._run()

    def again(self, lower: Floats, upper: Floats, cost: Floats | None = None) -> Answer | None:
        """The optimum of the program solved last, with other bounds and perhaps another cost."""
        every = np.arange(len(upper), dtype=np.int32)
        self._highs.changeColsBounds(len(upper), every, lower, upper)
        if cost is not None:
            self._highs.changeColsCost(len(cost), every, cost)
        return self._run()

    def _run(self) -> Answer | None:
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._highs.clearSolver()  # one basis in some ten thousand leads nowhere; a start from nothing does not
            self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        return Answer(np.array(solution.col_value), np.array(solution.row_dual), np.array(solution.col_dual))

    def _start(self, shape: Shape) -> tuple[Layout, highspy.HighsBasis]:
        start = self._known.pop(shape, None) or self._typical_start(shape)
        self._known[shape] = start
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]
        return start

    def _typical_start(self, shape: Shape) -> tuple[Layout, highspy.HighsBasis]:
        layout = Layout(shape)
        load(self._highs, program(layout, typical_home(shape)))
        self._highs.run()
        return layout, self._highs.getBasis()


def load(highs: highspy.Highs, program: Program) -> None:
    """Give a program to HiGHS."""
    columns, rows = program.layout.columns, program.layout.rows
    highs.passModel(
        columns,
        rows,
        len(program.value),
        highspy.MatrixFormat.kColwise,
        highspy.ObjSense.kMinimize,
        0.0,
        program.weighted,
        program.lower,
        program.upper,
        program.right,
        program.right,
        program.starts,
        program.index,
        program.value,
        np.zeros(columns, np.int32),
    )
