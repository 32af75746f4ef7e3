"""An aggregator without homes, to try a grid operator with: prognoses from files, and offers at one price: `laag dso aggregate`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from laag.adapters.uftp.agr import Asked
from laag.adapters.uftp.translate import Offered, euros
from laag.apps.dso import powers
from laag.apps.dso.aggregating import Aggregating
from laag.apps.dso.serving import serve
from laag.apps.dso.settings import FromFilesWire, read_aggregator

_AHEAD = 3
_WATT_PTUS_PER_KWH = 4000


class FromFiles:
    """Says what its files say."""

    def __init__(self, path: Path) -> None:
        file = read_aggregator(path)
        self.wire, self._homes = file.dso, file.homes
        self._folder = path.absolute().parent / file.homes.prognoses
        self._clock, self._rules = file.dso.lives_by(), file.dso.agreed()
        self.aggregating = Aggregating.of(file.dso, path, self._clock, self._offers)

    async def act(self) -> None:
        """Tell every day that has a file and can still be told, then what an aggregator does."""
        today = self._rules.today(self._clock.now())
        for day in (today + timedelta(days=ahead) for ahead in range(1, _AHEAD)):
            for point in self.wire.points:
                await self._tell(point, day)
        await self.aggregating.act()

    async def _tell(self, point: str, day: date) -> None:
        operator = self.wire.operator
        told = await self.aggregating.line.on_desk(
            lambda desk: desk.books.day(operator, point, day, "D-Prognosis", mine=True, stands=False)
        )
        if told:
            return
        watts = powers.read(powers.of_day(self._folder, day), self._rules.grid(day), point)
        if watts is not None:
            await self.aggregating.prognose(point, day, watts, self.wire.least_homes)

    async def _offers(self, asked: Asked) -> Sequence[Offered]:
        return offers_at(asked, self._homes, self.aggregating)


def offers_at(asked: Asked, homes: FromFilesWire, aggregating: Aggregating) -> list[Offered]:
    """A share of what is asked, at one price, and the same energy later."""
    space = asked.space
    wanted = np.where(space.requested, np.where(space.high_w <= 0, space.low_w, space.high_w), 0)
    less = np.rint(wanted * homes.share).astype(np.int64)
    later = np.zeros_like(less)
    if shift := round(homes.back_after_hours * 4):
        later[shift:] = less[:-shift]
    watts = less - later
    if not watts.any():
        return []
    price = euros(Decimal(int(np.abs(less).sum())) / _WATT_PTUS_PER_KWH * homes.offer_eur_per_kwh)
    return [Offered(watts, price, aggregating.aggregator.until(asked, watts), Decimal("0.01"))]


def run(path: Path) -> int:
    """Until SIGTERM or Ctrl-C."""
    made = FromFiles(path)
    asyncio.run(serve(made.aggregating.line, made.act, made.wire.host, made.wire.port))
    return 0
