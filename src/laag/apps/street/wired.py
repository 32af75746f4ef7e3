"""The grid operator's wires in a living street: looked at when a day is cleared and when meters spoke, and limited where agreed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Literal

from pydantic import Field

from laag.adapters.homefile.fields import Strict
from laag.apps.street import codes
from laag.apps.street.keeper import Away, Busy, Keeper
from laag.apps.street.taking import Failed, NotTaken
from laag.cycle.live import Limited, Live
from laag.cycle.live.looking import Grid, foreseen, measured, returned, seen_last
from laag.cycle.validate import WH_PER_KW, Validation
from laag.foundation.ports import Records
from laag.neighbourhood.caution import Bounds
from laag.neighbourhood.grid.network import Network

log = logging.getLogger("laag.street")

WATCHES, LIMITS = "watches", "limits"
LEAST_S, LONGEST_S = 0.2, 5.0
"""Seconds of the wall between two looks."""
LOOKS_AGAIN_AFTER = time(16)
"""On the wall, the day before: by then what the grid operator buys is bought; the evening that a limit may reach begins."""


class GridWire(Strict):
    """What the street agreed to do where its wires are too full; the words are those of ``cycle.validate.Validation``."""

    grid: Literal["watches", "limits"] = "watches"
    floor_kw: float = Field(default=2.0, ge=0, le=17.25)
    band_kw: float = Field(default=4.0, gt=0, le=100)
    most_kw: float = Field(default=17.25, gt=0, le=100)
    around_quarters: int = Field(default=8, ge=0, le=32)
    share_at_once: float = Field(default=0.10, gt=0, le=1)

    @property
    def limits(self) -> bool:
        """Whether anybody is limited at all."""
        return self.grid == LIMITS

    def agreed(self) -> Grid:
        """As the core has it."""
        says = Validation(
            flexibility=False,
            limits=True,
            around_ptus=self.around_quarters,
            floor_wh=round(self.floor_kw * WH_PER_KW),
            band_wh=round(self.band_kw * WH_PER_KW),
            most_wh=round(self.most_kw * WH_PER_KW),
        )
        share = self.share_at_once
        return Grid(says, Bounds(share_at_once=share), Bounds(share_at_once=share, wave_s=30.0))


class Wired:
    """Looks for as long as it runs, where there are wires and the street chose limits."""

    def __init__(
        self,
        keeper: Keeper,
        network: Network,
        places: Callable[[], Mapping[str, str]],
        wire: GridWire,
        *,
        waits: bool = False,
    ) -> None:
        """``waits``: a grid operator buys first."""
        self._keeper, self._network, self._places = keeper, network, places
        self.wire = wire
        self._grid = wire.agreed()
        self._waits = waits
        self._looked: dict[date, int] = {}
        self._measured: tuple[date, int] | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self.look()
            except (Away, Busy) as fault:
                log.warning("limits wait", extra={"why": str(fault)})
            except Exception:
                log.exception("the wires could not be looked at")
            await asyncio.sleep(min(max(60.0 / self._keeper.clock.speed, LEAST_S), LONGEST_S))

    async def look(self) -> None:
        """All that is to be limited by now."""
        now = self._keeper.clock.now()
        for day in self._due(now):
            if not self._limits(day):
                continue
            orders = self._orders(day)
            await self._tell(
                partial(
                    foreseen, network=self._network, place=self._places(), day=day, now=now, grid=self._grid
                )
            )
            self._looked[day] = orders
        if self._limits(now.astimezone(self._keeper.live.neighbourhood.zone).date()):
            await self._at_once(now)

    def _limits(self, day: date) -> bool:
        """Whether anybody is limited on a day: as its charter says, and until members spoke of it as the configuration does."""
        state = self._keeper.live
        if state.charter_on(day).grid.when_full == LIMITS:
            return True
        return self.wire.limits and not state.process.touched("grid.when_full", day)

    def _due(self, now: datetime) -> list[date]:
        """Days that are cleared and not over, of which it was not looked at what is agreed by now."""
        state = self._keeper.live
        return [
            day
            for day, known in sorted(state.days.items())
            if known.is_cleared
            and not known.is_settled
            and state.neighbourhood.grid(day).end > now
            and self._looked.get(day) != self._orders(day)
            and (not self._waits or now >= self._bought_by(day) or self._orders(day))
        ]

    def _orders(self, day: date) -> int:
        """How often something was bought of it."""
        return sum(len(one.orders) for one in self._keeper.live.day(day).details.askings.values())

    def _bought_by(self, day: date) -> datetime:
        zone = self._keeper.live.neighbourhood.zone
        return datetime.combine(day - timedelta(days=1), LOOKS_AGAIN_AFTER, zone).astimezone(UTC)

    async def _at_once(self, now: datetime) -> None:
        state = self._keeper.live
        seen = await asyncio.to_thread(seen_last, state, now, self._grid.says.most_wh)
        if seen is None or self._measured == (seen.day, seen.ptu):
            return
        for finds in (measured, returned):
            await self._tell(
                partial(
                    finds, network=self._network, place=self._places(), seen=seen, now=now, grid=self._grid
                )
            )
        self._measured = seen.day, seen.ptu

    async def _tell(self, finds: Callable[[Live], tuple[Limited, ...]]) -> None:
        for one in await asyncio.to_thread(finds, self._keeper.live):
            outcome = await self._keeper.tell(one)
            about = {"day": one.day.isoformat(), "cause": one.cause, "points": ", ".join(one.points)}
            if isinstance(outcome, NotTaken | Failed):
                log.error("limits not taken", extra={**about, "why": str(outcome)})
            else:
                log.warning("limited", extra=about)


def places(records: Records, network: Network) -> dict[str, str]:
    """By member the connection on which it hangs: that of its own name, or of the note of the code with which it joined."""
    known = {one.name for one in network.connections}
    found = {name: name for name in known}
    for code in codes.listed(records):
        if code.member is not None and code.note in known:
            found[code.member] = code.note
    return found
