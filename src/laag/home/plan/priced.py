"""One home's day, kept warm and asked again at other prices: the planner's own program with one price for either way.

What the connection takes is paid at that price and what it gives is paid back at it; everything else that a day weighs
(wear, gas, comfort, what is left at its end) stays as the planner has it. A day may be held near another: every kW away
from it costs more the further it is, in steps, so that a small change of price moves a home a little and not at once
from nothing to all it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import highspy
import numpy as np

from laag.foundation.errors import GridMismatch
from laag.foundation.highs import quiet_highs
from laag.foundation.ptu import PTU_HOURS
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook, mended
from laag.home.physics import sound
from laag.home.plan.layout import Layout, shape_of
from laag.home.plan.program import Program, program
from laag.home.plan.question import question
from laag.home.plan.weights import PlanSettings

STEPS_KW = (0.05, 0.25, 0.75, 2.0, 5.0)
"""Where the cost of moving gets steeper."""


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """A day at some prices."""

    connection_kw: Floats
    """Net offtake."""
    beside_eur: float
    """What the day weighs beside the energy over the connection; only differences mean anything."""


def without_money(made: Program, outlook: Outlook) -> Floats:
    """What every column weighs, were energy over the connection free."""
    _, above, below = outlook.prices_of_a_change()
    base = made.weighted
    for block in made.layout.up:
        base[block] -= above * PTU_HOURS
    for block in made.layout.down:
        base[block] += below * PTU_HOURS
    return base


class AskedAgain:
    """A home's program in a solver of its own; ``None`` from it is a solver that found no optimum."""

    def __init__(
        self,
        house: House,
        state: HomeState,
        outlook: Outlook,
        settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ) -> None:
        outlook, _ = mended(outlook)
        state, _ = sound(house, state)
        asked = question(house, state, outlook, settings)
        self.made = program(Layout(shape_of(asked)), asked)
        self.base = without_money(self.made, outlook)
        self.outlook = outlook
        self._anyway = sum(self.made.weight[rung] * much for rung, much in self.made.missed_anyway.items())
        self.count = asked.count
        at = self.made.layout
        self._up = np.concatenate([np.arange(b.start, b.stop) for b in at.up])
        self._down = np.concatenate([np.arange(b.start, b.stop) for b in at.down])
        self._highs = quiet_highs()
        self._write()

    def _write(self) -> None:
        made, T, S = self.made, self.count, len(STEPS_KW) + 1
        at, highs = made.layout, self._highs
        highs.passModel(
            at.columns, at.rows, len(made.value), highspy.MatrixFormat.kColwise, highspy.ObjSense.kMinimize,
            0.0, self.base, made.lower, made.upper, made.right, made.right, made.starts, made.index, made.value,
            np.zeros(at.columns, np.int32),
        )  # fmt: skip
        edges = (0.0, *STEPS_KW)
        width = np.repeat([*np.diff(edges), np.inf], T)
        extra = 2 * S * T
        none = np.zeros(0, np.int32)
        highs.addCols(
            extra,
            np.zeros(extra),
            np.zeros(extra),
            np.tile(width, 2),
            0,
            np.zeros(extra, np.int32),
            none,
            np.zeros(0),
        )
        middle = np.array([*((a + b) / 2 for a, b in pairwise(edges)), edges[-1] * 1.5])
        self._slope = np.tile(np.repeat(middle, T), 2)
        self._moved = np.arange(at.columns, at.columns + extra, dtype=np.int32)
        part = np.arange(T)
        rows = [
            *((b.start + part, 1.0) for b in at.up),
            *((b.start + part, -1.0) for b in at.down),
            *((at.columns + s * T + part, -1.0) for s in range(S)),
            *((at.columns + (S + s) * T + part, 1.0) for s in range(S)),
        ]
        index = np.stack([column for column, _ in rows], axis=1).astype(np.int32)
        value = np.tile([sign for _, sign in rows], (T, 1))
        starts = (np.arange(T) * len(rows)).astype(np.int32)
        highs.addRows(T, np.zeros(T), np.zeros(T), index.size, starts, index.ravel(), value.ravel())
        self._links = np.arange(at.rows, at.rows + T, dtype=np.int32)

    def at(self, price: Floats, near_kw: Floats | None = None, weight: float = 0.0) -> Priced | None:
        """The cheapest day at one price for either way, held near ``near_kw`` by ``weight`` EUR/kWh per kW."""
        return self.between(price, price, near_kw, weight)

    def between(
        self, buy: Floats, sell: Floats, near_kw: Floats | None = None, weight: float = 0.0
    ) -> Priced | None:
        """The same where what is given earns less than what is taken costs."""
        if buy.shape != (self.count,):
            raise GridMismatch(f"{buy.shape} prices for {self.count} PTUs; give one per PTU of the outlook")
        highs = self._highs
        near = np.zeros(self.count) if near_kw is None else near_kw
        times = len(self._up) // self.count
        cost = np.concatenate(
            [
                self.base[self._up] + np.tile(buy, times) * PTU_HOURS,
                self.base[self._down] - np.tile(sell, len(self._down) // self.count) * PTU_HOURS,
                weight * PTU_HOURS * self._slope,
            ]
        )
        which = np.concatenate([self._up, self._down, self._moved]).astype(np.int32)
        highs.changeColsCost(len(which), which, cost)
        highs.changeRowsBounds(self.count, self._links, near, near)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            highs.clearSolver()
            highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        column = np.array(highs.getSolution().col_value)[: self.made.layout.columns]
        return Priced(self.net_kw(column), self.beside_eur(column))

    def net_kw(self, column: Floats) -> Floats:
        """What the connection takes in an answer of the program."""
        up, down = (column[block].reshape(-1, self.count).sum(axis=0) for block in (self._up, self._down))
        return np.asarray(up - down, np.float64)

    def beside_eur(self, column: Floats) -> float:
        """What such an answer weighs beside the energy over the connection."""
        return float(self.base @ column) + self._anyway
