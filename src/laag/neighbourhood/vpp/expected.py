"""What imbalance is going to cost or earn in the next two hours, by what is published and nothing else.

A Dutch portfolio may help without being called: whoever is long while the country is short gets the imbalance price. Nobody
knows that price beforehand, but it has a memory: of the last quarter-hour known about half is still there in the next one,
and a fifth after two hours (2025). This is fitted anew each day on the weeks before, by least squares, and no more is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput

Floats = NDArray[np.float64]

AHEAD = 8
"""Quarter-hours ahead about which the last known one says anything."""
LOOKS_BACK = 60 * 96
"""Two months: long enough for rare prices, short enough for a season."""
LEAST = 4 * 96
"""With less of a past than this nothing is expected."""
BEYOND = 300.0
"""EUR/MWh: what lies farther from the day-ahead price counts as this, or a single hour would set the rest of the season."""
STEADY = 20.0
"""Of a ridge: how many quarter-hours of a mean past the fit holds on to."""


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """EUR/MWh per quarter-hour, up to the last of which imbalance prices are published; ``state`` as TenneT's, or ``nan``."""

    day_ahead: Floats
    shortage: Floats
    surplus: Floats
    state: Floats

    def __post_init__(self) -> None:
        lengths = {len(self.day_ahead), len(self.shortage), len(self.surplus), len(self.state)}
        if len(lengths) > 1:
            raise BadInput(
                f"published prices are {sorted(lengths)} quarter-hours long; cut all of them at the last that is known"
            )

    def __len__(self) -> int:
        return len(self.day_ahead)

    def last(self) -> Published:
        """Its last quarter-hour alone."""
        return Published(self.day_ahead[-1:], self.shortage[-1:], self.surplus[-1:], self.state[-1:])

    @property
    def long_(self) -> Floats:
        """What a MWh too much earned beyond the day-ahead price."""
        return self.surplus - self.day_ahead

    @property
    def short(self) -> Floats:
        """What a MWh too little cost beyond it."""
        return self.shortage - self.day_ahead


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """By quarter-hours since the last known one (a row each), what weighs in the premium of being long, and short."""

    long_: Floats
    short: Floats
    back_long: float
    """What a MWh given back at some other time loses on average: it is sold at the surplus price."""
    back_short: float
    """What a MWh taken back at some other time costs more on average: it is bought at the shortage price."""


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """EUR/MWh beyond the day-ahead price, quarter-hour by quarter-hour from the next one on."""

    long_: Floats
    short: Floats


def learnt(past: Published, lag: int = 1) -> Learnt | None:
    """From the weeks before; ``None`` where there are too few days.

    ``lag`` says how many quarter-hours lie between the last known one and the next: with 1 the one that just ended is known
    when the next begins, as by the minute figures of the balance delta.
    """
    known = slice(max(len(past) - LOOKS_BACK, 0), len(past))
    if known.stop - known.start < LEAST:
        return None
    seen = _features(past)[known]
    sides = [np.clip(side[known], -BEYOND, BEYOND) for side in (past.long_, past.short)]
    long_, short = (np.zeros((AHEAD, seen.shape[1])) for _ in sides)
    for ahead in range(AHEAD):
        gap = lag + ahead
        rows = seen[:-gap]
        square = rows.T @ rows + STEADY * np.eye(seen.shape[1])
        for row, side in zip((long_, short), sides, strict=True):
            row[ahead] = np.linalg.solve(square, rows.T @ side[gap:])
    return Learnt(long_, short, max(-float(sides[0].mean()), 0.0), max(float(sides[1].mean()), 0.0))


def expected(by: Learnt, past: Published) -> Expected:
    """From the next quarter-hour on, by the last that is known. A surplus never earns more than a shortage costs."""
    last = _features(past.last())[-1]
    long_, short = by.long_ @ last, by.short @ last
    return Expected(np.minimum(long_, short), np.maximum(long_, short))


def signal(what: Expected, by: Learnt, margin_eur_per_mwh: float = 0.0) -> Floats:
    """One premium per quarter-hour, told to homes: above zero less is wanted, below it more, and nothing where neither pays.

    What comes back of it is bought or sold at some other time, at the wrong end of that time's imbalance prices: that is taken
    off here, with a margin for whoever would rather be sure.

    >>> by = Learnt(np.zeros((8, 6)), np.zeros((8, 6)), back_long=15.0, back_short=8.0)
    >>> signal(Expected(np.array([30.0, 5.0, -60.0]), np.array([40.0, 25.0, -50.0])), by).tolist()
    [22.0, 0.0, -35.0]
    """
    less = what.long_ - by.back_short - margin_eur_per_mwh
    more = what.short + by.back_long + margin_eur_per_mwh
    return np.where(less > 0, less, np.where(more < 0, more, 0.0))


def _features(past: Published) -> Floats:
    """One row per quarter-hour: what it says about those that follow."""
    middle = np.clip((past.long_ + past.short) / 2, -BEYOND, BEYOND) / 100.0
    state = _states(past)
    gap = np.clip(past.shortage - past.surplus, 0.0, BEYOND) / 100.0
    return np.column_stack(
        [np.ones(len(past)), middle, state == 1.0, state == -1.0, state == 2.0, gap]
    ).astype(np.float64)


def _states(past: Published) -> Floats:
    """As published; where they are not, as the prices tell."""
    both = past.shortage > past.surplus
    told = np.where(both, 2.0, np.sign(past.long_))
    return np.where(np.isfinite(past.state), past.state, told)
