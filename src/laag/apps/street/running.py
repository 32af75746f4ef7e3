"""A server's parts together, as its routes find them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from fastapi import Request

from laag.adapters.neighbourhood import wire
from laag.apps.access import addresses
from laag.apps.street.ballots import Ballots
from laag.apps.street.board import board
from laag.apps.street.cold import Cold
from laag.apps.street.figures import Figures
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.opening import Opened
from laag.apps.street.ledger.shared import SharedRecord
from laag.apps.street.limits import Buckets
from laag.apps.street.says import Teller
from laag.apps.street.sending import Sending
from laag.apps.street.shadow import Shadows
from laag.apps.street.sources import InTurn
from laag.apps.street.stream import Stream
from laag.apps.street.trouble import TOO_MANY, Trouble
from laag.apps.street.trying import Trying
from laag.apps.street.watch import Watch
from laag.apps.street.wired import GridWire, Wired, places
from laag.foundation.ports import Records
from laag.foundation.ptu import PTU
from laag.foundation.words import Said
from laag.neighbourhood.grid.network import Network

if TYPE_CHECKING:  # an extra
    from laag.apps.street.flex.line import AtTheGrid


@dataclass(slots=True)
class Limits:
    """How much may be asked; generous to homes that catch up, tight for who guesses."""

    messages: Buckets = field(default_factory=lambda: Buckets(burst=2_000, per_s=20))
    """Per member."""
    calls: Buckets = field(default_factory=lambda: Buckets(burst=600, per_s=50))
    """Per address: calls that cannot be read and messages that are refused."""
    codes: Buckets = field(default_factory=lambda: Buckets(burst=8, per_s=1 / 30))
    """Wrong codes per address."""
    all_codes: Buckets = field(default_factory=lambda: Buckets(burst=200, per_s=1))
    """Wrong codes altogether."""
    reads: Buckets = field(default_factory=lambda: Buckets(burst=300, per_s=2))
    """Per caller: bills and whole histories, which take the log or other rules to work out."""


class Running:
    """Keeper, clock's work, board, stream and limits of one neighbourhood."""

    def __init__(
        self,
        keeper: Keeper,
        records: Records,
        sources: InTurn,
        *,
        version: str,
        public_url: str = "",
        ledger: Opened | None = None,
        wires: Network | None = None,
        grid: AtTheGrid | None = None,
        agreed: GridWire | None = None,
        cold: Cold | None = None,
    ) -> None:
        self.keeper = keeper
        self._cold = cold
        self.records = records
        self.version = version
        self.public_url = public_url
        self.wires = wires
        """The grid operator's network; ``None`` where nobody gave one."""
        self.grid = grid
        """The line to the grid operator; ``None`` where there is none."""
        self.agreed = agreed or GridWire()
        """What the street agreed to do where its wires are too full."""
        self.wired = (
            None if wires is None else Wired(keeper, wires, self._places, self.agreed, waits=grid is not None)
        )
        self.shared = None if ledger is None else SharedRecord(ledger, keeper, records, version)
        """Its part in the shared record; ``None`` where it takes part in none."""
        self.trying = Trying(keeper, Shadows(records))
        """Tries what is proposed for the charter on our own past days."""
        self.ballots = Ballots(records)
        self.stream = Stream()
        self.limits = Limits()
        self.watch = Watch(keeper, sources)
        self.sending = Sending()
        """What it lets itself send of prices."""
        self._teller = Teller(self.stream, keeper.clock)
        self._board: tuple[Any, wire.Board] | None = None
        self._making = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        figures = self.figures
        figures.watch("laag_waiting", "Messages that wait to be written", lambda: float(keeper.waiting))
        figures.watch(
            "laag_listeners", "Browsers that listen to the stream", lambda: float(self.stream.listeners)
        )
        figures.watch("laag_board_age_seconds", "How old the board is", self._board_age_s)
        figures.watch("laag_log_events", "Events in the log", lambda: float(keeper.kept.events))
        if (shared := self.shared) is not None:
            figures.watch(
                "laag_ledger_waiting",
                "Entries that are to be on the ledger and are not",
                lambda: float(len(shared.committing.standing().waiting)),
            )

    @property
    def figures(self) -> Figures:
        """For whoever watches over the server."""
        return self.keeper.figures

    def now(self) -> datetime:
        """By the neighbourhood's clock."""
        return self.keeper.clock.now()

    @property
    def notes(self) -> list[Said]:
        """What is weaker than it should be, for the days that still matter."""
        zone = self.keeper.live.neighbourhood.zone
        today = self.now().astimezone(zone).date()
        other = [said for asked, said in self.watch.sources.notes.items() if asked.day >= today]
        shared = self.shared.notes(today) if self.shared else []
        held = [] if self.sending.why is None else [self.sending.why]
        return [*self.watch.missing(self.now()), *held, *other, *shared]

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.keeper)
        self.keeper.hear(self._teller.hears)
        self.keeper.hear(self.trying.hears)
        if self.shared is not None:
            self.shared.start()
            self._stack.push_async_callback(self.shared.close)
        if self.grid is not None:
            await self._stack.enter_async_context(self.grid.opened())
        self._tasks = [
            asyncio.create_task(self.watch.run(), name="watch"),
            asyncio.create_task(self._publish(), name="board"),
            *([] if self._cold is None else [asyncio.create_task(self._cold.run(), name="weather")]),
            asyncio.create_task(self.trying.run(), name="shadow"),
        ]
        if self.wired is not None:
            self._tasks.append(asyncio.create_task(self.wired.run(), name="wires"))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.close()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        await self._stack.aclose()

    def _places(self) -> Mapping[str, str]:
        """Where each member hangs on the wires."""
        assert self.wires is not None
        return places(self.records, self.wires)

    async def board(self) -> wire.Board:
        """The newest board; made anew for every quarter-hour, and when prices or a clearing came."""
        async with self._making:
            now, state = self.now(), self.keeper.live
            notes = self.notes
            days = state.days.items()
            made_of = (
                int(now.timestamp() // PTU.total_seconds()),
                tuple(day for day, one in days if one.day_ahead_ticks is not None),
                tuple(day for day, one in days if one.is_cleared),
                tuple(day for day, one in days if one.closed),
                tuple(state.expected),
                state.charter.version,
                len(self.watch.past),
                tuple(one.en for one in notes),
            )
            if self._board is None or self._board[0] != made_of:
                made = await asyncio.to_thread(
                    board, self.keeper.kept, dict(self.watch.past), now, tuple(notes)
                )
                self._board = made_of, self.sending.next(made)
            return self._board[1]

    async def believe(self) -> bool:
        """An operator looked at prices that were held back, and lets them go; whether there were any."""
        async with self._making:
            released = self.sending.believe()
            self._board = None
        return released

    async def _publish(self) -> None:
        """Tell listeners when there is another board."""
        last = None
        while True:
            with suppress(Exception):
                made = await self.board()
                if made is not last:
                    self.stream.say("board", {"start": made.start.isoformat()})
                last = made
            await asyncio.sleep(max(0.2, min(5.0, 60.0 / self.keeper.clock.speed)))

    def _board_age_s(self) -> float:
        return float("nan") if self._board is None else (self.now() - self._board[1].made_at).total_seconds()


def wall_s() -> float:
    """Seconds for limits: of the wall, and never set back."""
    return time.monotonic()


def running(request: Request) -> Running:
    """The server that a route belongs to."""
    found: Running = request.app.state.running
    return found


def address(request: Request) -> str:
    """Where a call comes from, as limits count it."""
    return addresses.address(request)


def let_in(buckets: Buckets, key: str, amount: float = 1.0) -> None:
    """Answer 429 where this is too much."""
    now_s = wall_s()
    if not buckets.take(key, now_s, amount):
        raise Trouble(429, TOO_MANY, retry_s=buckets.wait_s(key, now_s, amount))
