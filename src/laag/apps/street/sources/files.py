"""Prices from files as exchanges and grid operators publish them; read again when a file changes."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from laag.adapters.prices import load_nation
from laag.apps.street.sources.model import ticks
from laag.cycle.live import Imbalanced, Priced
from laag.cycle.street import Nation
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Said

_KEPT = 64


class Files:
    """A file of day-ahead prices and, where there is one, a file of imbalance prices."""

    def __init__(self, day_ahead: Path, imbalance: Path | None = None, zone: ZoneInfo = AMSTERDAM) -> None:
        self._day_ahead, self._imbalance, self._zone = day_ahead, imbalance, zone
        self._known: dict[tuple[date, float], Nation | None] = {}

    @property
    def name(self) -> Said:
        """What residents call it."""
        return Said(f"het bestand {self._day_ahead.name}", f"the file {self._day_ahead.name}")

    async def day_ahead(self, day: date) -> Priced | None:
        """Where the file has all of the day."""
        nation = await asyncio.to_thread(self._of, day)
        return None if nation is None else Priced(day, ticks(nation.day_ahead), nation.source)

    async def imbalance(self, day: date) -> Imbalanced | None:
        """Where the file has all of the day; without a file imbalance is settled at the day-ahead price."""
        nation = await asyncio.to_thread(self._of, day)
        if nation is None:
            return None
        return Imbalanced(day, ticks(nation.shortage), ticks(nation.surplus), nation.source)

    def _of(self, day: date) -> Nation | None:
        changed = max(one.stat().st_mtime for one in (self._day_ahead, self._imbalance) if one is not None)
        if (day, changed) not in self._known:
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[day, changed] = self._read(day)
        return self._known[day, changed]

    def _read(self, day: date) -> Nation | None:
        try:
            nation, _ = load_nation(self._day_ahead, self._imbalance, PtuGrid.day(day, self._zone))
        except BadInput:  # a file that grows does not hold tomorrow yet
            return None
        whole = (nation.day_ahead, nation.shortage, nation.surplus)
        return nation if all(np.isfinite(one.values).all() for one in whole) else None
