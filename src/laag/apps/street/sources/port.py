"""What every source of prices satisfies."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from laag.cycle.live import Imbalanced, Intraday, Priced
from laag.foundation.words import Said


class Prices(Protocol):
    """Prices of a local day; ``None`` where they are not there yet. What it raises is a failure of the source."""

    @property
    def name(self) -> Said:
        """What residents call it."""
        ...

    async def day_ahead(self, day: date) -> Priced | None:
        """The auction's prices."""
        ...

    async def imbalance(self, day: date) -> Imbalanced | None:
        """What being short and being long cost."""
        ...


class IntradayPrices(Protocol):
    """A source that also knows the intraday market, as far as it is known now."""

    async def intraday(self, day: date) -> Intraday | None:
        """What one pays and receives there for quarter-hours of a day."""
        ...
