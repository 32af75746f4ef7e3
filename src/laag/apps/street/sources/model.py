"""The built-in model's prices: deterministic, at once, for any day; needs the extra ``street``."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import lru_cache

import numpy as np

from laag.cycle.live import Imbalanced, Intraday, Priced
from laag.cycle.street import Nation
from laag.foundation.contracts import Ints
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile
from laag.foundation.words import Said

SOURCE = "model"
_NAME = Said("het ingebouwde rekenmodel (geen gemeten prijzen)", "the built-in model (not measured prices)")


class Model:
    """Day-ahead prices from a merit order over modelled weather, imbalance drawn around them."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed

    @property
    def name(self) -> Said:
        """What residents call it."""
        return _NAME

    async def day_ahead(self, day: date) -> Priced | None:
        """Known for any day."""
        nation = await asyncio.to_thread(_nation, day, self._seed)
        return Priced(day, ticks(nation.day_ahead), SOURCE)

    async def imbalance(self, day: date) -> Imbalanced | None:
        """Known for any day."""
        nation = await asyncio.to_thread(_nation, day, self._seed)
        return Imbalanced(day, ticks(nation.shortage), ticks(nation.surplus), SOURCE)

    async def intraday(self, day: date) -> Intraday | None:
        """Known for any day, and all of it at once."""
        buy, sell = await asyncio.to_thread(_intraday, day, self._seed)
        return Intraday(day, np.arange(len(buy.grid)), ticks(buy), ticks(sell), SOURCE)


@lru_cache(64)
def _nation(day: date, seed: int) -> Nation:
    from laag.study.population.days import Days
    from laag.study.population.prices import modelled_nation
    from laag.study.population.weather import weather

    days = Days(PtuGrid.day(day, AMSTERDAM))
    return modelled_nation(days, weather(days, seed), seed)


def _intraday(day: date, seed: int) -> tuple[Profile, Profile]:
    from laag.study.population.prices import modelled_intraday

    return modelled_intraday(_nation(day, seed))


def ticks(eur_per_mwh: Profile) -> Ints:
    """As the market counts."""
    return np.rint(eur_per_mwh.values * 100).astype(np.int64)
