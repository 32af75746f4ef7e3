"""What is expected, and how far it may be off: quantiles per quarter-hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist

import numpy as np

from laag.foundation.errors import BadInput, GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.outlook import Floats

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
NEIGHBOURS = 2
"""An error half an hour earlier or later says as much about this quarter-hour as its own."""
ENOUGH = 5
"""Days that must have been rehearsed before their errors are believed."""
UNREHEARSED = 0.8
"""Until then: the spread of the logarithm around what is expected, as of a household's single quarter-hours."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """With probability ``levels[i]`` what happens stays below ``values[i]``, in each quarter-hour by itself."""

    grid: PtuGrid
    levels: tuple[float, ...]
    values: Floats
    """Shape ``(levels, PTUs)``, rising with the level."""
    unit: Unit
    made_at: datetime
    """The instant of the knowledge in it."""
    source: str

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.levels), len(self.grid)):
            raise GridMismatch(
                f"{self.values.shape} values do not fit {len(self.levels)} levels on {self.grid}; give a row per level"
            )
        rising = np.diff(self.levels) > 0
        if not (len(self.levels) and rising.all() and self.levels[0] > 0 and self.levels[-1] < 1):
            raise BadInput(f"levels rise between 0 and 1, these are {self.levels}")
        if (np.diff(self.values, axis=0) < 0).any():
            raise BadInput(
                f"a quantile of '{self.source}' lies below a lower one; sort them per quarter-hour"
            )

    def at(self, level: float) -> Profile:
        """This quantile; between two levels on a straight line, beyond them the outermost.

        >>> from datetime import UTC
        >>> start = datetime(2025, 1, 1, tzinfo=UTC)
        >>> one = Forecast(PtuGrid(start, 1), (0.1, 0.5), np.array([[1.0], [2.0]]), Unit.KW, start, "example")
        >>> one.at(0.3).values.tolist(), one.at(0.9).values.tolist()
        ([1.5], [2.0])
        """
        above = int(np.searchsorted(self.levels, level))
        if above == 0 or above == len(self.levels):
            return Profile(self.grid, self.values[min(above, len(self.levels) - 1)], self.unit)
        low, high = self.levels[above - 1], self.levels[above]
        share = (level - low) / (high - low)
        values = self.values[above - 1] + share * (self.values[above] - self.values[above - 1])
        return Profile(self.grid, values, self.unit)


def around(
    expected: Floats,
    errors: Floats,
    levels: tuple[float, ...],
    *,
    least: float | Floats = -np.inf,
    most: float | Floats = np.inf,
) -> Floats:
    """Quantiles around what is expected, from past errors (rows) at the same lead (columns) and its neighbours.

    Of ``n`` days the ``p (n + 1)``-th error is taken: what is right on average for one day more.
    """
    days = np.isfinite(errors).sum(axis=0)
    level = np.array(levels)[:, None]
    learnt = expected + _ranked(_with_neighbours(errors), (level * (days + 1) - 0.5) / np.maximum(days, 1))
    spread = np.array([NormalDist().inv_cdf(p) for p in levels])[:, None]
    guessed = expected * np.exp(UNREHEARSED * spread)
    values = np.where(days >= ENOUGH, learnt, guessed)
    return np.asarray(np.maximum.accumulate(np.clip(values, least, most), axis=0))


def _with_neighbours(errors: Floats) -> Floats:
    """Each lead's errors with those of the leads beside it below them."""
    leads = np.arange(errors.shape[1])
    shifts = range(-NEIGHBOURS, NEIGHBOURS + 1)
    return np.concatenate([errors[:, np.clip(leads + by, 0, len(leads) - 1)] for by in shifts])


def _ranked(errors: Floats, share: Floats) -> Floats:
    """Per column the error below which this share of them lies; ``nan`` in a column without any."""
    ordered = np.sort(errors, axis=0)  # nan last
    last = np.maximum(np.isfinite(ordered).sum(axis=0) - 1, 0)
    place = np.clip(share * (last + 1) - 0.5, 0, last)
    below = place.astype(np.int64)
    low = np.take_along_axis(ordered, below, axis=0)
    high = np.take_along_axis(ordered, np.minimum(below + 1, last), axis=0)
    return np.asarray(low + (place - below) * (high - low))
