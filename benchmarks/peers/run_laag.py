"""laag on home-b; cold is a new solver in a young process, its start basis included."""

from __future__ import annotations

from typing import Any

from tests.home.home_b import question

from benchmarks.peers.stopwatch import run, told
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

SETTINGS = PlanSettings(keep_stored=True)


class Home:
    """One solver, kept between plans; it is made when the first plan is asked for."""

    def __init__(self) -> None:
        self._kept: Solver | None = None

    def plan(self, given: Any) -> list[float]:
        """The connection in kW."""
        if self._kept is None:
            self._kept = Solver()
        kw: list[float] = cheapest(*given, solver=self._kept, settings=SETTINGS).connection_kw.tolist()
        return kw


if __name__ == "__main__":
    case, started = told()
    run(case, started, question, Home().plan)
