"""The one who writes: takes what waits together, judges it, appends it in one go, and answers only then.

What was answered is in the log. Where the store fails nothing is answered but that it failed, the state stays as it
was, and the next that comes tries the store again.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar

from laag.adapters.stores.chain import EMPTY
from laag.apps.street.checking import beforehand
from laag.apps.street.checkpoints import Checkpoints, Shelf
from laag.apps.street.figures import Figures
from laag.apps.street.kept import Kept, followed
from laag.apps.street.limits import Buckets
from laag.apps.street.opening import begun, opened
from laag.apps.street.taking import Ask, Failed, Known, Noted, NotTaken, Outcome, Signed, Taken, Told, take
from laag.cycle.live import Closed, Live, Message, Neighbourhood, begin, due
from laag.foundation.errors import LaagError
from laag.foundation.ports import Clock, Event, EventLog, Scalar

log = logging.getLogger("laag.street")
Found = TypeVar("Found")

MOST_AT_ONCE = 2_000
"""Asks in one append: a long one makes others wait."""
MOST_WAITING = 20_000
TOLD_EVERY_S = 5.0
"""How often a long start says how far it is."""
NOTED_BURST, NOTED_PER_S = 50, 1 / 60
"""Refusals of a member that are written down: fifty at once, then one a minute."""


class Away(LaagError):
    """The store does not take anything now; nothing was acknowledged, and the same may be asked again."""


class Busy(LaagError):
    """So much is waiting that nothing more is let in."""


class Store(EventLog, Protocol):
    """A log that can be let go of."""

    def close(self) -> None:
        """Let go."""
        ...


Opens = Callable[[], Store]
Hears = Callable[[Kept, Sequence[Taken]], None]


@dataclass(slots=True)
class _Call:
    asks: Sequence[Ask]
    answer: asyncio.Future[list[Outcome]]


@dataclass(frozen=True, slots=True)
class _Done:
    gates: list[Outcome]
    """Of what the clock said first."""
    outcomes: list[Outcome]


class Keeper:
    """Holds the state and the log; everything that changes either goes through ``ask``."""

    def __init__(
        self,
        opens: Opens,
        place: Neighbourhood,
        clock: Clock,
        *,
        figures: Figures | None = None,
        version: str = "",
        shelf: Shelf | None = None,
    ) -> None:
        self._opens = opens
        self._place = place
        self.clock = clock
        self.figures = figures or Figures()
        self._version = version
        self._log: Store | None = None
        self._digest = EMPTY
        self._kept = Kept(begin(place))
        self._checkpoints = Checkpoints(shelf, place, version)
        self._thread = ThreadPoolExecutor(1, "keeper")
        self._helpers = ThreadPoolExecutor(os.cpu_count() or 1, "verifies")
        self._waiting: deque[_Call] = deque()
        self._count = 0
        self._wake = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._hearers: list[Hears] = []
        self._noted = Buckets(NOTED_BURST, NOTED_PER_S)
        self.away: str | None = None
        """Why the store takes nothing; ``None`` where it does."""

    @property
    def kept(self) -> Kept:
        """What is known now: all of it is in the log."""
        return self._kept

    @property
    def live(self) -> Live:
        """The neighbourhood now."""
        return self._kept.live

    @property
    def waiting(self) -> int:
        """How many asks wait."""
        return self._count

    def hear(self, hears: Hears) -> None:
        """Be told of everything that is taken, after it is in the log."""
        self._hearers.append(hears)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._begin)
        except BaseException:
            self._checkpoints.close()
            self._end()
            raise
        self._writer = asyncio.create_task(self._write(), name="keeper")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish what waits, lay down what is known, and let go of the log."""
        if self._writer is not None:
            while self._waiting:
                self._wake.set()
                await asyncio.sleep(0.01)
            self._writer.cancel()
            with suppress(asyncio.CancelledError):
                await self._writer
        await asyncio.get_running_loop().run_in_executor(self._thread, self._finish)
        self._end()

    def _end(self) -> None:
        self._thread.shutdown()
        self._helpers.shutdown()

    async def ask(self, asks: Sequence[Ask]) -> list[Outcome]:
        """What becomes of each, in their order; raises ``Away`` or ``Busy`` where nothing did."""
        if self._writer is None or self._writer.done():
            raise Away("the server is stopping; ask again when it is back")
        if self._count + len(asks) > MOST_WAITING:
            raise Busy("too much is waiting; ask again in a moment")
        call = _Call(asks, asyncio.get_running_loop().create_future())
        self._waiting.append(call)
        self._count += len(asks)
        self._wake.set()
        return await call.answer

    async def tell(self, message: Message, more: Mapping[str, Scalar] | None = None) -> Outcome:
        """Say one thing as the server."""
        (outcome,) = await self.ask([Told(message, more or {})])
        return outcome

    async def note(self, event: Event) -> None:
        """Keep something that changes nothing; returns when it is in the log."""
        (outcome,) = await self.ask([Noted(event)])
        if isinstance(outcome, Failed):
            raise outcome.fault

    async def read(self, look: Callable[[Iterator[Event]], Found], kind: str | None = None) -> Found:
        """What somebody finds in the log; it is opened once more for it, so that nobody who writes has to wait."""

        def read() -> Found:
            store = self._opens()
            try:
                return look(store.events(kind))
            finally:
                store.close()

        return await asyncio.to_thread(read)

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while batch := self._next():
                commit = loop.run_in_executor(self._thread, self._commit, batch)
                try:
                    # A batch that is being written is finished, also when the server stops meanwhile.
                    await asyncio.shield(commit)
                except asyncio.CancelledError:
                    with suppress(Exception):
                        self._answer(batch, await commit)
                    raise
                except Exception as fault:  # noqa: BLE001 - whoever waits is told, whatever it was
                    self._fail(batch, fault)
                else:
                    self._answer(batch, commit.result())

    def _next(self) -> list[_Call]:
        batch: list[_Call] = []
        count = 0
        while self._waiting and (not batch or count + len(self._waiting[0].asks) <= MOST_AT_ONCE):
            batch.append(self._waiting.popleft())
            count += len(batch[-1].asks)
        self._count -= count
        return batch

    def _answer(self, batch: list[_Call], done: _Done) -> None:
        at, outcomes = 0, done.outcomes
        for call in batch:
            mine = outcomes[at : at + len(call.asks)]
            at += len(mine)
            if not call.answer.done():
                call.answer.set_result(mine)
        everything = (*done.gates, *outcomes)
        taken = [one for one in everything if isinstance(one, Taken) and one.message is not None]
        self.figures.answered(
            len(taken),
            sum(isinstance(one, Known) for one in outcomes),
            sum(isinstance(one, NotTaken) for one in outcomes),
        )
        for hears in self._hearers if taken else ():
            try:
                hears(self._kept, taken)
            except Exception:
                log.exception("a listener failed")

    def _fail(self, batch: list[_Call], fault: Exception) -> None:
        away = fault if isinstance(fault, Away) else Away(f"the store failed: {fault}")
        for call in batch:
            if not call.answer.done():
                call.answer.set_exception(away)

    # What follows runs in the keeper's own thread, in which the log was opened.

    def _begin(self) -> None:
        self._log = self._opens()
        asked = opened(self._place, self._version)
        first = next(iter(self._log.events("opened")), None)
        if first is None:
            self._digest = self._log.append([asked])
        else:
            self._goes_on(first)
        known = self._checkpoints.newest(self._log)
        try:
            self._replay(known)
        except LaagError as fault:
            if known is None:
                raise
            log.warning("checkpoint ignored", extra={"why": f"{fault}; the whole log is read"})
            self._replay(None)

    def _goes_on(self, first: Event) -> None:
        """Under the charter with which the log began: what the configuration says of it now changes nothing."""
        place = begun(self._place, first)
        if place != self._place:
            if place.terms.charter != self._place.terms.charter:
                log.warning(
                    "the charter is that of the log",
                    extra={
                        "why": "it began with another one than the configuration has; members change it by proposals"
                    },
                )
            self._checkpoints.of(place)
        self._place, self._kept = place, Kept(begin(place))

    def _replay(self, known: tuple[Kept, str] | None) -> None:
        """Follow the log, from what is known of it on."""
        assert self._log is not None
        started = told = time.monotonic()
        kept, _ = known or (Kept(begin(self._place)), EMPTY)
        before = kept.events
        digest = self._log.digest()
        for event in self._log.events(after=before):
            kept = followed(kept, event)
            if time.monotonic() - told > TOLD_EVERY_S:
                told = time.monotonic()
                log.info("replaying", extra={"events": kept.events, "seconds": round(told - started)})
        self._kept, self._digest = kept, digest
        log.info(
            "replayed",
            extra={
                "events": kept.events,
                "from_checkpoint": before,
                "seconds": round(time.monotonic() - started, 3),
            },
        )

    def _finish(self) -> None:
        self._checkpoints.finish(self._kept, self._digest)
        self._let_go()

    def _let_go(self) -> None:
        if self._log is not None:
            with suppress(LaagError, OSError):
                self._log.close()
            self._log = None

    def _commit(self, batch: list[_Call]) -> _Done:
        store = self._ready()
        now, kept = self.clock.now(), self._kept
        outcomes: list[Outcome] = []
        events: list[Event] = []
        may_note = self._may_note()
        asks = [ask for call in batch for ask in call.asks]
        gates = self._gates(asks, now)
        is_right = beforehand([ask.wire for ask in asks if isinstance(ask, Signed)], kept.keys, self._helpers)
        for ask in (*gates, *asks):
            try:
                kept, outcome, event = take(kept, ask, now, may_note, is_right)
            except Exception as fault:  # one that cannot be taken takes no other with it
                log.exception("not taken")
                outcome, event = Failed(fault), None
            outcomes.append(outcome)
            if event is not None:
                events.append(event)
        if events:
            self._append(store, events)
        self._kept = kept
        if events:
            self._checkpoints.offer(kept, self._digest)
        self.figures.members(len(kept.keys))
        return _Done(outcomes[: len(gates)], outcomes[len(gates) :])

    def _gates(self, asks: list[Ask], now: datetime) -> list[Ask]:
        """What the clock has to say before homes are heard: after a stop they may speak before anybody looked at it.

        An order would be taken after its gate else, and a reading of a day that has begun be refused for ever.
        """
        if not any(isinstance(ask, Signed) for ask in asks):
            return []
        gates = [message for message in due(self._kept.live, now) if isinstance(message, Closed)]
        for one in gates:
            log.info("done", extra={"which": "Closed", "day": one.day.isoformat()})
        return [Told(one) for one in gates]

    def _may_note(self) -> Callable[[str], bool]:
        return lambda member: self._noted.take(member, time.monotonic())

    def _append(self, store: Store, events: list[Event]) -> None:
        started = time.monotonic()
        try:
            self._digest = store.append(events)
        except Exception as fault:
            self._went_away(fault)
            raise Away(f"nothing can be written now ({fault}); ask again later") from fault
        self.figures.appended(len(events), time.monotonic() - started)

    def _went_away(self, fault: Exception) -> None:
        self.figures.away()
        if self.away is None:
            log.error("the store is away", extra={"why": str(fault)})
        self.away = str(fault)
        self._let_go()

    def _ready(self) -> Store:
        """The log; opened anew where it was away, with whatever it did write after all."""
        if self._log is None:
            try:
                self._log = self._opens()
                if self._log.digest() != self._digest:
                    goes_on = self._log.digest(self._kept.events) == self._digest
                    self._replay((self._kept, self._digest) if goes_on else None)
            except Exception as fault:
                self._went_away(fault)
                raise Away(f"nothing can be written now ({fault}); ask again later") from fault
        if self.away is not None:
            log.warning("the store is back")
            self.away = None
        return self._log
