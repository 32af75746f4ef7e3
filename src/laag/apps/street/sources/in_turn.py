"""Several sources: the first is asked, and the next only when it has been given its time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from laag.adapters.fetch import Away
from laag.apps.street.figures import Figures
from laag.apps.street.sources.port import Prices
from laag.cycle.live import Imbalanced, Intraday, Priced
from laag.foundation.words import Said

log = logging.getLogger("laag.street")

WITHIN_S = 60.0
"""A source that does not answer in this time has failed."""


_KINDS = {
    "day_ahead": Said("De day-aheadprijzen", "The day-ahead prices"),
    "imbalance": Said("De onbalansprijzen", "The imbalance prices"),
    "intraday": Said("De intradayprijzen", "The intraday prices"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for."""

    kind: str
    """``day_ahead``, ``imbalance`` or ``intraday``."""
    day: date


Found = Priced | Imbalanced | Intraday


class InTurn:
    """Asks the first; after ``patience`` the second as well, and so on."""

    def __init__(
        self, sources: Sequence[Prices], figures: Figures, wall_s: Callable[[], float] = time.monotonic
    ) -> None:
        self.sources = tuple(sources)
        self._wall_s = wall_s
        self._not_before_s: dict[str, float] = {}
        """By source: when it may be asked again, where it said to wait."""
        self._figures = figures
        self.notes: dict[Asked, Said] = {}
        """Days whose prices came from another source than the first."""
        self.failing: dict[str, str] = {}
        """By source: what its last failure was; nothing where it answered since."""

    async def ask(self, asked: Asked, due: datetime, now: datetime, patience: timedelta) -> Found | None:
        """The prices, by the first source that has them and whose turn it is."""
        for turn, source in enumerate(self.sources):
            if turn and now < due + turn * patience:
                return None
            got = await self._one(source, asked)
            if got is not None:
                if turn:
                    self._note(asked, source)
                return got
        return None

    async def any(self, asked: Asked) -> Found | None:
        """The prices, by the first source that has them."""
        for source in self.sources:
            if (got := await self._one(source, asked)) is not None:
                return got
        return None

    async def _one(self, source: Prices, asked: Asked) -> Found | None:
        name = source.name.en
        if self._wall_s() < self._not_before_s.get(name, float("-inf")):
            return None
        try:
            asking = getattr(source, asked.kind, None)
            if asking is None:  # few sources know an intraday market
                return None
            async with asyncio.timeout(WITHIN_S):  # `wait_for` may swallow that we are to stop
                got: Found | None = await asking(asked.day)
        except Exception as fault:  # noqa: BLE001 - whatever a source does, the neighbourhood goes on
            self.failing[name] = str(fault) or type(fault).__name__
            if isinstance(fault, Away) and fault.wait_s:
                self._not_before_s[name] = self._wall_s() + fault.wait_s
            self._figures.source_failed(name)
            log.warning(
                "a source of prices failed",
                extra={
                    "source": name,
                    "asked": asked.kind,
                    "day": asked.day.isoformat(),
                    "why": self.failing[name],
                },
            )
            return None
        if got is not None:
            self.failing.pop(name, None)
        return got

    def _note(self, asked: Asked, source: Prices) -> None:
        first = self.sources[0].name
        what = _KINDS[asked.kind]
        self.notes[asked] = Said(
            f"{what.nl} van {asked.day} komen uit {source.name.nl}, want {first.nl} gaf ze niet op tijd.",
            f"{what.en} of {asked.day} come from {source.name.en}, since {first.en} did not give them in time.",
        )
        for old in sorted(self.notes, key=lambda one: one.day)[:-60]:
            del self.notes[old]
