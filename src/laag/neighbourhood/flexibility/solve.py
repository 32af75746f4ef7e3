"""The cheapest shares of all parts: a linear program on one warm solver, with binaries only where something is all or nothing.

Per part ``x`` from 0 to 1, and per row that is over ``u``, what stays over::

    sum(relief x) + u >= over        u from 0 to over: nothing gets worse than it is
    sum(relief x)     >= -room       where nothing is over: nothing new is overloaded
    x of a step       <= x of the step before it
    x of one <= z, x of the other <= 1 - z   where two exclude each other; z is 0 or 1

Taking nothing always is an answer, so no need is infeasible. What stays over comes first and money second, in that
order and not by a weight, unless a price says what a kW that stays over may cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from laag.neighbourhood.flexibility.need import Floats
from laag.neighbourhood.flexibility.parts import WH_PER_KW, Effects, Parts

Flags = NDArray[np.bool_]

NOTHING_KW = 1e-7
"""In all: below this nothing stays over."""
INDIFFERENT = 1e-9
"""A column or row with a smaller slack price changes nothing."""
STILL_EUR_PER_KWH = 1e-8
"""Of two equally cheap sets the one that moves less."""
NODES = 2_000
"""As far as all-or-nothing offers are looked through; a count, not a clock."""
ITERATIONS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How far each part is taken, and what one kW more of room is worth in each row (EUR, at the connection that does most)."""

    share: Floats
    over_kw: Floats
    """What stays over, per row, at the element."""
    worth_eur: Floats
    proven: bool


class Program:
    """One question, kept in the solver: asked again with other bounds or another cost it starts from where it ended.

    Nothing is carried from one question to the next, so that an answer depends on its question alone.
    """

    def __init__(
        self, highs: highspy.Highs, parts: Parts, effects: Effects, most_eur_per_kwh: float | None
    ) -> None:
        self.highs, self.parts, self.effects = highs, parts, effects
        self.over = effects.over_kw > 0
        self.nested = np.flatnonzero(parts.before >= 0)
        self.first_of, self.which = np.unique(parts.either[:, 0], return_inverse=True)
        self.whole = bool((parts.least_share > 0).any() or len(parts.either))
        money = parts.cost_eur + STILL_EUR_PER_KWH * parts.wh / 1000
        self.first = most_eur_per_kwh is None
        dearest = float((parts.cost_eur / np.maximum(parts.wh / 1000, 1e-9)).max(initial=0.0))
        weight = 100.0 * (1.0 + dearest) if most_eur_per_kwh is None else most_eur_per_kwh
        staying = np.full(int(self.over.sum()), WH_PER_KW / 1000)
        none = np.zeros(len(self.first_of))
        self.staying = slice(len(parts), len(parts) + len(staying))
        self.cost = np.concatenate([money, weight * staying, none])
        self.stays = np.concatenate([np.zeros(len(parts)), staying, none])
        self.money = np.concatenate([money, 0.0 * staying, none])
        self.lower = np.zeros(len(self.cost))
        over = (effects.over_kw / effects.scale)[self.over]
        self.upper = np.concatenate([np.ones(len(parts)), over, none + 1.0])
        nested, last = np.zeros(len(self.nested)), np.array([-np.inf])
        either = np.concatenate([none, -np.ones(len(parts.either))])
        self.least = np.concatenate([effects.over_kw / effects.scale, nested, either, last])
        self.most = np.full(len(self.least), np.inf)
        self._pass()

    def solve(self) -> Shares:
        """The cheapest shares for the bounds as they are."""
        lower, upper, proven = self._whole() if self.whole else (self.lower, self.upper, True)
        self._bounds(lower, upper, self.least, self.most)
        proven = self._run(self.cost) and proven
        if self.first and self._stays() > NOTHING_KW:
            proven = self._run(self.stays) and proven
            self._hold(lower, upper)
            proven = self._run(self.money) and proven
        found, worth = self._column(), self._worth()
        count, rows = len(self.parts), len(self.effects)
        stays = np.zeros(rows)
        stays[self.over] = found[self.staying]
        return Shares(np.clip(found[:count], 0.0, 1.0), stays * self.effects.scale, worth[:rows], proven)

    def _whole(self) -> tuple[Floats, Floats, bool]:
        """Bounds in which it is decided what is taken at all of each offer that cannot be taken in any part, or beside another."""
        self._bounds(self.lower, self.upper, self.least, self.most)
        self._kinds(self.kind)
        proven = self._run(self.cost)
        if self.first and self._stays() > NOTHING_KW:
            proven = self._run(self.stays) and proven
            most = self.most.copy()
            most[-1] = self._stays() + NOTHING_KW
            self._bounds(self.lower, self.upper, self.least, most)
            proven = self._run(self.money) and proven
        share = self._column()
        least, lower, upper = np.zeros(len(share)), self.lower.copy(), self.upper.copy()
        least[: len(self.parts)] = self.parts.least_share
        decided, taken = least > 0, share > np.minimum(least, 1.0) / 2
        lower[decided] = np.where(taken, np.minimum(least, upper), 0.0)[decided]
        upper[decided & ~taken] = 0.0
        if len(self.first_of):
            first = share[self.staying.stop :] > 0.5
            lower[self.staying.stop :] = upper[self.staying.stop :] = first
            one, other = self.parts.either.T
            upper[one[~first[self.which]]] = lower[one[~first[self.which]]] = 0.0
            upper[other[first[self.which]]] = lower[other[first[self.which]]] = 0.0
        self._kinds(np.zeros_like(self.kind))
        return lower, upper, proven

    def ask_more(self, kw: Floats) -> bool:
        """So many kW more (at the element) in these rows; whether there was any room to ask for.

        Never so much that taking nothing would be no answer: what is full already stays as full.
        """
        rows, before = len(self.effects), self.least.copy()
        raised = before[:rows] + kw / self.effects.scale
        stays = self.upper[self.staying]
        held = self.over.copy()
        held[self.over] = self._column()[self.staying] < stays - INDIFFERENT
        self.least[:rows] = np.where(
            self.over, np.where(held, raised, before[:rows]), np.minimum(raised, 0.0)
        )
        stays[:] = np.maximum(stays, self.least[:rows][self.over])
        return bool((self.least > before).any())

    def _pass(self) -> None:
        parts, effects = self.parts, self.effects
        count, rows = len(parts), len(effects)
        over = np.flatnonzero(self.over)
        nest = rows + np.arange(len(self.nested))
        staying = count + np.arange(len(over))
        last = np.full(len(over), len(self.least) - 1)
        relief = effects.relief_kw / effects.scale[effects.row]
        column = [effects.part, staying, parts.before[self.nested], self.nested, staying]
        row = [effects.row, over, nest, nest, last]
        one = np.ones(len(nest))
        value = [relief, np.ones(len(over)), one, -one, self.stays[self.staying]]
        first = rows + len(nest) + np.arange(len(self.first_of))
        pairs = rows + len(nest) + len(first) + np.arange(len(parts.either))
        z = self.staying.stop + np.arange(len(first))
        column += [z, self.first_of, z[self.which], parts.either[:, 1]]
        row += [first, first, pairs, pairs]
        value += [np.ones(len(z)), -np.ones(len(z)), -np.ones(len(pairs)), -np.ones(len(pairs))]
        columns, rows_of, values = _summed(
            np.concatenate(column), np.concatenate(row), np.concatenate(value), len(self.least)
        )
        starts = np.searchsorted(columns, np.arange(len(self.cost) + 1))
        self.kind = np.zeros(len(self.cost), np.uint8)
        least = np.concatenate([parts.least_share, np.zeros(len(over) + len(z))])
        self.kind[z] = int(highspy.HighsVarType.kInteger)
        self.kind[least >= 1.0] = int(highspy.HighsVarType.kInteger)
        part = (least > 0) & (least < 1.0)
        self.kind[part] = int(highspy.HighsVarType.kSemiContinuous)
        self.lower[part] = least[part]
        self.highs.clearModel()
        self.highs.setOptionValue("simplex_iteration_limit", ITERATIONS)
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        self.highs.setOptionValue("mip_abs_gap", 1e-9)
        self.highs.setOptionValue("mip_max_nodes", NODES)
        self.highs.setOptionValue("presolve", "on" if self.whole else "off")
        self.highs.passModel(
            len(self.cost),
            len(self.least),
            len(values),
            highspy.MatrixFormat.kColwise,
            highspy.ObjSense.kMinimize,
            0.0,
            self.cost,
            self.lower,
            self.upper,
            self.least,
            self.most,
            starts.astype(np.int32),
            rows_of.astype(np.int32),
            values,
            np.zeros(len(self.cost), np.int32),
        )

    def _run(self, cost: Floats) -> bool:
        every = np.arange(len(cost), dtype=np.int32)
        self.highs.changeColsCost(len(cost), every, cost)
        self.highs.run()
        status = self.highs.getModelStatus()
        return bool(status == highspy.HighsModelStatus.kOptimal)

    def _kinds(self, kind: NDArray[np.uint8]) -> None:
        kinds = np.array([highspy.HighsVarType(int(one)) for one in kind])
        self.highs.changeColsIntegrality(len(kind), np.arange(len(kind), dtype=np.int32), kinds)

    def _stays(self) -> float:
        return float(self.stays @ self._column())

    def _column(self) -> Floats:
        return np.array(self.highs.getSolution().col_value)

    def _worth(self) -> Floats:
        worth: Floats = np.maximum(np.array(self.highs.getSolution().row_dual), 0.0)
        return worth

    def _hold(self, lower: Floats, upper: Floats) -> None:
        """Leave free only what could not make more stay over: the sets among which money chooses."""
        solution = self.highs.getSolution()
        column = np.array(solution.col_value)
        tied = np.abs(np.array(solution.col_dual)) > INDIFFERENT
        tight = np.abs(np.array(solution.row_dual)) > INDIFFERENT
        self._bounds(
            np.where(tied, column, lower),
            np.where(tied, column, upper),
            self.least,
            np.where(tight, self.least, self.most),
        )

    def _bounds(self, lower: Floats, upper: Floats, least: Floats, most: Floats) -> None:
        self.highs.changeColsBounds(len(lower), np.arange(len(lower), dtype=np.int32), lower, upper)
        rows = np.arange(len(least), dtype=np.int32)
        self.highs.changeRowsBounds(len(least), rows, least, most)


def _summed(
    column: NDArray[np.int64], row: NDArray[np.int64], value: Floats, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """By column and row, with what stands twice in one place added up."""
    key, at = np.unique(column * max(rows, 1) + row, return_inverse=True)
    return key // max(rows, 1), key % max(rows, 1), np.bincount(at, value, len(key)).astype(np.float64)
