"""The same home planned again and again, each time with something left out."""

from __future__ import annotations

from collections.abc import Sequence

from laag.home.conflicts.asks import Ask
from laag.home.conflicts.home import Home
from laag.home.ladder import Ladder
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

MOST = 40
"""How many plans are made without one request, and how many more without several."""


class Trials:
    """Plans without some of the requests, each made once."""

    def __init__(
        self, home: Home, asks: Sequence[Ask], solver: Solver, settings: PlanSettings, ladder: Ladder
    ) -> None:
        self._home, self._asks = home, asks
        self._solver, self._settings, self._ladder = solver, settings, ladder
        self._made: dict[frozenset[int], Plan] = {}

    def without(self, *left_out: int) -> Plan | None:
        """The plan had nobody asked these; ``None`` where enough plans have been made."""
        key = frozenset(left_out)
        if key not in self._made:
            alike = sum((len(made) == 1) == (len(key) == 1) for made in self._made)
            if alike >= MOST:
                return None
            self._made[key] = self._plan(sorted(key))
        return self._made[key]

    def _plan(self, left_out: list[int]) -> Plan:
        home = self._home
        for i in left_out:
            home = self._asks[i].left_out(home)
        return cheapest(
            home.house,
            home.state,
            home.outlook,
            solver=self._solver,
            settings=self._settings,
            ladder=self._ladder,
        )
