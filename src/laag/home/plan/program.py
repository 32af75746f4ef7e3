"""A home's cheapest day as a sparse linear program: columns, rows and coefficients, and nothing of any solver.

Per PTU of ``h`` hours, with everything towards the home positive (kW, kWh, °C)::

    position + up - down = load - pv + charge - discharge + car - giving + pump + element + programmes
    stored'  = stored + h (in charge - discharge / out)
    indoor'  = a indoor + (1 - a) outdoor + g (cop space + boiler + gains)
    tank'    = b tank + (1 - b) room + w (cop water + element - drawn)

and per stay of a car that only charges::

    must + rest + spare - h eff (sum of car) [- what it left with] = what it came with + towed

A power is the sum of its segments between the limits that claims set, a level is its base less the dips below its
floors (``tiers``). What flows beyond a limit, lies below a floor or falls short of a need is what its rung misses, at a
price far above money: so there always is a feasible day. All rows are equalities; everything else is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.home.ladder import Rung
from laag.home.outlook import Floats
from laag.home.plan.draft import Draft
from laag.home.plan.layout import Int32s, Layout
from laag.home.plan.question import Question
from laag.home.plan.write import WRITERS


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Minimise ``cost @ x`` and what rungs miss, over ``lower <= x <= upper`` and ``A x = right``; ``A`` by column."""

    layout: Layout
    cost: Floats
    """Money, and the hair's breadth that settles ties."""
    missed: dict[Rung, Floats]
    """Per rung that may miss something: how much each column adds to it."""
    missed_anyway: dict[Rung, float]
    """Per rung: what is missed with all columns at zero."""
    weight: dict[Rung, float]
    lower: Floats
    upper: Floats
    right: Floats
    starts: Int32s
    index: Int32s
    value: Floats

    @property
    def weighted(self) -> Floats:
        """Cost with every miss at its weight: where nothing need be missed, its optimum misses nothing."""
        total = self.cost.copy()
        for rung, slope in self.missed.items():
            total += self.weight[rung] * slope
        return total

    def amount_missed(self, rung: Rung, column: Floats) -> float:
        """What a rung misses in this answer."""
        return self.missed_anyway[rung] + float(self.missed[rung] @ column)


def program(layout: Layout, asked: Question) -> Program:
    """A home's numbers in the layout of its shape."""
    draft = Draft(
        layout,
        asked,
        np.zeros(layout.columns),
        np.zeros(layout.columns),
        np.zeros(layout.columns),
        np.zeros(layout.rows),
    )
    for write in WRITERS:
        write(draft)
    if layout.pattern is None:
        layout.pattern = _pattern(draft)
    starts, index, order = layout.pattern
    if asked.stays and not layout.shape.gives:
        index = _pointed_at_stays(layout, asked, starts, index)
    return Program(
        layout,
        draft.cost,
        draft.missed,
        draft.missed_anyway,
        {rung: asked.weights.of(rung) for rung in draft.missed},
        draft.lower,
        draft.upper,
        draft.right,
        starts,
        index,
        np.concatenate(draft.values)[order],
    )


def _pattern(draft: Draft) -> tuple[Int32s, Int32s, NDArray[np.int64]]:
    """Column starts, row of each coefficient, and from where in the draft it comes."""
    column = np.concatenate([_numbers(c) for c, _ in draft.places])
    row = np.concatenate([_numbers(r) for _, r in draft.places])
    order = np.lexsort((row, column))
    starts = np.searchsorted(column[order], np.arange(draft.at.columns + 1))
    return starts.astype(np.int32), row[order].astype(np.int32), order


def _numbers(places: slice | NDArray[np.int64]) -> NDArray[np.int64]:
    return places if isinstance(places, np.ndarray) else np.arange(places.start, places.stop)


def _pointed_at_stays(layout: Layout, asked: Question, starts: Int32s, index: Int32s) -> Int32s:
    """Point each PTU's charging at its stay: the last coefficient of its column, as stays are the last rows."""
    stay_of = np.full(asked.count, layout.stay.start, np.int32)
    for k, stay in enumerate(asked.stays):
        stay_of[stay.arrives : min(stay.departs, asked.count)] = layout.stay.start + k
    pointed = index.copy()
    for block in layout.car:
        pointed[starts[block.start + 1 : block.stop + 1] - 1] = stay_of
    return pointed
