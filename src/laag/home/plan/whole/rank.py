"""Which of two days is better: the one whose highest rung misses less, and of equals the cheaper."""

from __future__ import annotations

from laag.home.ladder import Ladder, Rung
from laag.home.plan.program import Program
from laag.home.plan.solver import Answer

_DECIMALS = 3
"""kWh or kelvin hours: days that differ less miss the same."""


class Rank:
    """The lower the better."""

    def __init__(self, program: Program, ladder: Ladder) -> None:
        self._program = program
        self.rungs = tuple(rung for rung in ladder.order if rung in program.missed)
        """Those that may miss something, the highest first."""
        comfort = ladder.place(Rung.COMFORT)
        self.above_comfort = tuple(rung for rung in self.rungs if ladder.place(rung) < comfort)

    def __call__(self, answer: Answer) -> tuple[float, ...]:
        """What each rung misses, highest first, and then money."""
        return (*self._missed(answer), float(self._program.weighted @ answer.column))

    def misses_more(self, one: Answer, other: Answer) -> bool:
        """Whether some rung of one misses more than in the other."""
        return any(a > b for a, b in zip(self._missed(one), self._missed(other), strict=True))

    def _missed(self, answer: Answer) -> tuple[float, ...]:
        return tuple(
            round(self._program.amount_missed(rung, answer.column), _DECIMALS) for rung in self.rungs
        )
