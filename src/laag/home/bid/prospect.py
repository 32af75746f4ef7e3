"""What a home may know of a market it bids on: the price it expects, and how such expectations missed of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from laag.foundation.errors import GridMismatch
from laag.home.outlook import Floats, Outlook


@dataclass(frozen=True, slots=True, eq=False)
class Prospect:
    """One number per PTU of the day that is bid for, in the market's own EUR/kWh: without VAT."""

    market_eur_per_kwh: Floats
    """The price at which the market is expected to clear: what limits are held against."""
    later_eur_per_kwh: Floats
    """What a kWh is expected to cost that is taken later, outside one's position."""
    surprise_eur_per_kwh: Floats
    """How much dearer it may become, shape ``(courses, PTUs)``: a row for each way the day may go, perhaps none."""
    vat: float = 1.0
    """What a purchase costs a household for every euro before VAT."""
    spread_eur_per_kwh: float = 0.0
    """What is expected to be lost on a kWh outside one's position."""

    def __post_init__(self) -> None:
        count = len(self.market_eur_per_kwh)
        for name in ("later_eur_per_kwh", "surprise_eur_per_kwh"):
            if (seen := getattr(self, name).shape[-1]) != count:
                raise GridMismatch(
                    f"{name} has {seen} PTUs, market_eur_per_kwh has {count}; give both for the day that is bid for"
                )

    @classmethod
    def as_expected(cls, outlook: Outlook, window: slice, spread_eur_per_kwh: float = 0.0) -> Self:
        """Where nobody keeps score of past expectations: the outlook's own prices to buy at, and no other course."""
        price = outlook.buy_eur_per_kwh[window]
        return cls(price, price, np.zeros((0, len(price))), spread_eur_per_kwh=spread_eur_per_kwh)

    @property
    def prices_eur_per_kwh(self) -> Floats:
        """The price as expected, and below it how it would be in each course."""
        return np.vstack([self.market_eur_per_kwh, self.market_eur_per_kwh + self.surprise_eur_per_kwh])

    @property
    def levels_eur_per_kwh(self) -> Floats:
        """How much dearer the whole day is, per course: the middle one of its surprises."""
        if not self.surprise_eur_per_kwh.size:
            return np.zeros(len(self.surprise_eur_per_kwh))
        return np.asarray(np.median(self.surprise_eur_per_kwh, axis=1), np.float64)

    @property
    def shapes_eur_per_kwh(self) -> Floats:
        """What of each surprise is worth another plan: beyond the whole day's, and beyond the spread.

        A day that is dearer as a whole leaves a car's need as it is, and for less than the spread nobody leaves what
        was bought for the expected day.

        >>> flat, noisy = np.full(5, 0.03), np.array([0.0, 0.0, 0.1, 0.01, 0.0])
        >>> none = np.zeros(5)
        >>> Prospect(none, none, np.stack([flat, noisy]), spread_eur_per_kwh=0.02).shapes_eur_per_kwh.tolist()
        [[0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.08, 0.0, 0.0]]
        """
        apart = self.surprise_eur_per_kwh - self.levels_eur_per_kwh[:, None]
        beyond = np.maximum(np.abs(apart) - self.spread_eur_per_kwh, 0.0)
        return np.asarray(np.copysign(beyond, apart) + 0.0, np.float64)
