"""What the gateway announces per quarter-hour, and in which revision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid

Ints = NDArray[np.int64]


class Role(StrEnum):
    """To whom a nomination goes."""

    TSO = "TSO"
    """E-program: what balance responsibility is measured against."""
    DSO = "DSO"
    """D-prognosis: what the grid operator checks its cables with, per congestion point."""


@dataclass(frozen=True, slots=True, eq=False)
class Nomination:
    """Whole Wh per PTU that the layer says it will take (+) or give (-); read-only.

    >>> from datetime import date
    >>> from laag.foundation.ptu import AMSTERDAM
    >>> day = PtuGrid.day(date(2026, 1, 1), AMSTERDAM)
    >>> first = Nomination(day, np.zeros(96, np.int64), Role.TSO)
    >>> first.revised(np.full(96, 250)).revision
    1
    """

    grid: PtuGrid
    energy_wh: Ints
    to: Role
    revision: int = 0

    def __post_init__(self) -> None:
        energy = np.array(self.energy_wh, np.int64)
        if energy.shape != (len(self.grid),):
            raise GridMismatch(
                f"a nomination of {energy.shape} does not fit {self.grid}; give one Wh number per PTU"
            )
        energy.flags.writeable = False
        object.__setattr__(self, "energy_wh", energy)

    def revised(self, energy_wh: Ints) -> Self:
        """The next revision: after a flex order, or an intraday trade."""
        return type(self)(self.grid, energy_wh, self.to, self.revision + 1)
