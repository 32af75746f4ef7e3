"""Which of two days is better: the one whose highest rung misses less, and of equals the cheaper."""

from __future__ import annotations

from dataclasses import replace

from laag.home.ladder import Ladder, Rung
from laag.home.plan.program import Program
from laag.home.plan.solver import Answer

_DECIMALS = 3
"""kWh or kelvin hours: days that differ less miss the same."""
_STEEPEST, _HIGHEST = 100.0, 1e6
"""How much more a rung weighs than the one below it, and the highest more than the lowest: further a solver cannot see."""


def steep(program: Program, ladder: Ladder) -> Program:
    """The same program, each rung weighing far more than the one below it.

    What devices cannot do by halves is decided before rungs are served in order. With plain weights it would be decided
    for a day in which one kWh of a higher rung is traded for two of a lower.
    """
    rungs = [rung for rung in reversed(ladder.order) if rung in program.missed]
    step = min(_STEEPEST, _HIGHEST ** (1 / max(len(rungs) - 1, 1)))
    least = min(program.weight.values(), default=0.0)
    return replace(program, weight={rung: least * step**place for place, rung in enumerate(rungs)})


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
