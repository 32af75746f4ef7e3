"""How far a forecast was off, as a share of the mean of what it forecast."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laag.home.forecast import LEVELS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What a way of forecasting says: a mean, and a row of values per level of ``LEVELS``."""

    mean: Floats
    quantiles: Floats


@dataclass(slots=True)
class Score:
    """Gathers guesses and what happened; what was not measured does not count."""

    errors: list[Floats] = field(default_factory=list)
    pinball: list[Floats] = field(default_factory=list)
    inside: list[Floats] = field(default_factory=list)

    def add(self, guess: Guess, happened: Floats, part: slice) -> None:
        """Score a part of a guess."""
        known = np.isfinite(happened[part])
        truth = happened[part][known]
        mean, quantiles = guess.mean[part][known], guess.quantiles[:, part][:, known]
        above = truth - quantiles
        level = np.array(LEVELS)[:, None]
        self.errors.append(mean - truth)
        self.pinball.append(np.maximum(level * above, (level - 1) * above).mean(axis=0))
        self.inside.append(((truth >= quantiles[0]) & (truth <= quantiles[-1])).astype(np.float64))

    def row(self, scale: float) -> list[float]:
        """MAE, RMSE, bias and pinball in percent of ``scale``, and the percentage inside the 10-90 % band."""
        error = np.concatenate(self.errors)
        return [
            100 * float(np.abs(error).mean()) / scale,
            100 * float(np.sqrt((error**2).mean())) / scale,
            100 * float(error.mean()) / scale,
            100 * float(np.concatenate(self.pinball).mean()) / scale,
            100 * float(np.concatenate(self.inside).mean()),
        ]


COLUMNS = ("MAE", "RMSE", "bias", "pinball", "in band")


def heading() -> str:
    """Above the lines."""
    return " " * 36 + "".join(f"{when + name:>13}" for when in ("4 h ", "day ") for name in COLUMNS)


def line(home: str, way: str, row: list[float]) -> str:
    """One way's scores for one home."""
    return f"{home:>12}{way:>24}" + "".join(f"{value:13.1f}" for value in row)
