"""A program being written: what each part of a home puts into it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import Rung
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.question import Question
from laag.home.plan.tiers import Segment

EARLIER_EUR_PER_KWH = 2e-5
"""Over the whole horizon: of two equally cheap moments the earlier is taken."""
STILL_EUR_PER_KWH = 1e-6
"""Of two equally cheap days the one that moves less energy."""
HELD_EUR_PER_KWH = 1e-6
"""Per PTU in the battery: what may as well be used now is, or a plan made anew every few hours would put it off forever."""


@dataclass(slots=True)
class Draft:
    """A program being written."""

    at: Layout
    asked: Question
    cost: Floats
    lower: Floats
    upper: Floats
    right: Floats
    missed: dict[Rung, Floats] = field(default_factory=dict)
    missed_anyway: dict[Rung, float] = field(default_factory=dict)
    places: list[tuple[slice | NDArray[np.int64], slice | NDArray[np.int64]]] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def put(
        self,
        column: slice | NDArray[np.int64],
        row: slice | NDArray[np.int64],
        value: float | Floats,
    ) -> None:
        """Coefficients of some columns in as many rows."""
        many = len(column) if isinstance(column, np.ndarray) else column.stop - column.start
        self.places.append((column, row))
        self.values.append(np.full(many, value) if isinstance(value, float) else value)

    def misses(self, rung: Rung, column: slice, slope: float | Floats) -> None:
        """Each unit of these columns adds this to what the rung misses."""
        every = self.missed.get(rung)
        if every is None:
            every = self.missed[rung] = np.zeros(self.at.columns)
            self.missed_anyway[rung] = 0.0
        every[column] += slope

    def segments(self, blocks: list[slice], pieces: list[Segment], hours: float = PTU_HOURS) -> None:
        """Bound the blocks by their pieces; what is beyond a limit is missed by its rung."""
        for block, piece in zip(blocks, pieces, strict=True):
            self.upper[block] = piece.width
            for rung, slope in piece.misses:
                if rung is not None and slope.any():
                    self.misses(rung, block, slope * hours)

    def flow(self, blocks: list[slice], shares: str, way: float = -1.0) -> None:
        """Power that the connection sees, and the phases that carry it; ``way`` is -1 for what is taken."""
        T = self.asked.count
        wiring = self.asked.house.wiring
        for block in blocks:
            self.put(block, self.at.balance, way)
            if wiring is None:
                continue
            for phase, share in enumerate(getattr(wiring, shares)):
                first = self.at.phases.start + phase * T
                self.put(block, slice(first, first + T), -way * share)
