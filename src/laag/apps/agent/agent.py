"""One home's agent: its parts at work together, and what pages may ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from typing import Protocol

from laag.adapters.dsmr import Notice, Reading
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.wire import Amendments, Enrolled
from laag.apps.agent import agreeing, promising
from laag.apps.agent.amending import Amending
from laag.apps.agent.bidding import Bidding
from laag.apps.agent.hands import Hands, listens
from laag.apps.agent.helping import Helping
from laag.apps.agent.kept import kept_plan
from laag.apps.agent.ledger.watching import SharedRecord
from laag.apps.agent.life import LOG, Life
from laag.apps.agent.meter import Metering
from laag.apps.agent.mind import Mind, next_quarter
from laag.apps.agent.neighbour import Neighbour
from laag.apps.agent.now import Now, now_of
from laag.apps.agent.weather import FileWeather, Weather
from laag.apps.agent.wishing import Wishing
from laag.cycle.day import HORIZON_PTUS
from laag.cycle.living import Thought, orders_for, think
from laag.foundation.errors import BadInput
from laag.home.plan.solver import Solver

_SETTLES_S = 4.0
"""The readings of a quarter-hour come a moment after its end; a plan waits for them, but not for long."""
_AGAIN_S = 2.0
_WEATHER_BACK = timedelta(days=2)
"""After a start the weather of so long ago is asked for again; what was before is kept already."""

_STAYS = frozenset({"held", "chance", "secret", "inventory", "limited", "board"})
"""Facts of the devices and the box, which are no household's."""


class Runs(Protocol):
    """Something that goes on for as long as somebody waits for it."""

    @property
    def name(self) -> str:
        """What it is called where it stops."""
        ...

    def live(self) -> Awaitable[None]:
        """Go on."""
        ...


class Agent:
    """What ``run`` keeps going: listening, planning, steering, speaking. One thread plans; everything else waits its turn."""

    def __init__(
        self,
        life: Life,
        hears: Callable[[], AsyncIterator[Reading | Notice]],
        neighbour: Neighbour | None = None,
        weather: Weather | None = None,
        beside: tuple[Runs, ...] = (),
        *,
        new_key: Callable[[], Key] = Key.new,
    ) -> None:
        self.life, self.neighbour = life, neighbour
        self.wishes = Wishing(life)
        self._new_key = new_key
        self._hears, self._weather, self._beside = hears, weather, beside
        self.record = None if neighbour is None else SharedRecord(life, neighbour.link)
        self._meter, self._mind, self._hands = Metering(life), Mind(life), Hands(life)
        self._bidding, self._amending, self._solver = Bidding(life), Amending(life), Solver()
        self._helping = None if neighbour is None else Helping(life, neighbour, self._solver)
        self._planning = asyncio.Lock()
        self._weather_until = max(life.past.grid.start, life.clock.now() - _WEATHER_BACK)

    @property
    def thought(self) -> Thought | None:
        """The newest plan and all that it was asked; ``None`` before the first."""
        return self.life.thought

    @property
    def asks_weather(self) -> bool:
        """Whether somebody outside the home is asked for a forecast."""
        return self._weather is not None and not isinstance(self._weather, FileWeather)

    def now(self) -> Now:
        """What everything does at this moment, how old each word of it is, and why."""
        return now_of(self.life)

    async def run(self) -> None:
        """For ever, until it is cancelled."""
        life = self.life
        async with AsyncExitStack() as stack:
            if self.neighbour is not None:
                stack.push_async_callback(self.neighbour.link.close)
            async with asyncio.TaskGroup() as works:
                for one in self._beside:
                    works.create_task(_kept_going(one.name, one.live))
                for link in life.links:
                    works.create_task(_kept_going(link.name, lambda link=link: listens(life, link)))  # type: ignore[misc] # bound now
                works.create_task(_kept_going("the meter", lambda: self._meter.listens(self._hears())))
                works.create_task(_kept_going("planning", self._plans))
                works.create_task(_kept_going("steering", self._hands.steer))
                if self.neighbour is not None:
                    works.create_task(_kept_going("sending", self.neighbour.speaks))
                    works.create_task(_kept_going("the board", self.neighbour.looks))
                    works.create_task(_kept_going("listening", self.neighbour.hears))
                if self.record is not None:
                    works.create_task(_kept_going("the shared record", self.record.watches))

    async def plan(self) -> Thought:
        """Plan now, by what is known now."""
        life = self.life
        async with self._planning:
            now = life.clock.now()
            await self._looks_outside(now)
            thought = await self._thinks(now)
            life.thought = thought
            life.store.write_plan(thought.plan.made_at, kept_plan(thought))
            life.tell("plan", {"made_at": thought.plan.made_at.isoformat()})
            await self._orders(life.clock.now())
            self._amends(life.clock.now())
            agreeing.noted(life, thought.plan)
            if self.neighbour is not None:
                agreeing.tells(life, self.neighbour)
            if self._helping is not None:
                await self._helping.answers(thought)
        return thought

    async def _thinks(self, now: datetime) -> Thought:
        """The newest thought; where something was ordered since the last, by first promising it."""
        life, fresh = self.life, promising.unbound(self.life)
        if fresh and self._helping is not None:
            names = {one.request for one in fresh}
            life.promises = tuple(one for one in life.promises if one.ordered.request not in names)
            await self._helping.binds(await self._thought(now), fresh)
        return await self._thought(now)

    async def _thought(self, now: datetime) -> Thought:
        known, board = self._mind.question(now)
        return await asyncio.to_thread(
            think, known, board, self.life.senses.held, HORIZON_PTUS, solver=self._solver
        )

    async def enrol(self, code: str) -> Enrolled:
        """Become a member of the neighbourhood that the settings name."""
        if self.neighbour is None:
            raise BadInput("the settings name no neighbourhood; write its url under [home.neighbourhood]")
        return await self.neighbour.enrol(code)

    def start_clean(self) -> None:
        """Another household lives here from now on: nothing of the former's is left, its devices are."""
        life = self.life
        life.store.start_clean(_STAYS)
        if self.neighbour is not None:
            self.neighbour.start_clean(self._new_key(), life.clock.now())
        life.positions, life.grid, life.promises, life.thought = None, None, (), None
        life.findings.clear()
        life.past.forgotten(life.clock.now())
        life.replan.set()

    async def _plans(self) -> None:
        """Every quarter-hour, when something has happened, and when it is time to order."""
        life = self.life
        while True:
            life.replan.clear()
            await self.plan()
            wakes = next_quarter(life.clock.now()) + timedelta(seconds=_SETTLES_S)
            moment = self._bidding.moment()
            if moment is not None and life.clock.now() < moment < wakes:
                wakes = moment + timedelta(seconds=1)
            await self._wakes(wakes)

    async def _wakes(self, at: datetime) -> None:
        life = self.life
        with suppress(TimeoutError):
            async with asyncio.timeout(max((at - life.clock.now()).total_seconds() / life.clock.speed, 0.0)):
                await life.replan.wait()
        # What happens at once (a quarter-hour, a car, the board) is one reason to plan, not three.
        await asyncio.sleep(min(_AGAIN_S / life.clock.speed, 0.5))

    async def _orders(self, now: datetime) -> None:
        life, thought = self.life, self.life.thought
        span = self._bidding.due(now)
        if self.neighbour is None or self.neighbour.link.member is None or span is None or thought is None:
            return
        assert life.board is not None
        day = life.board.bid_day
        orders = await asyncio.to_thread(orders_for, thought, span, solver=self._solver)
        if self.neighbour.put_orders(day, orders):
            self._bidding.done(day, span)
            life.tell("ordered", {"day": day.isoformat(), "orders": len(orders)})

    def _amends(self, now: datetime) -> None:
        if self.neighbour is None or self.neighbour.link.member is None:
            return
        for one in self._amending.due(now):
            if self.neighbour.put_orders(one.day, one.rows, Amendments):
                self._amending.done(one)
                self.life.tell("amended", {"day": one.day.isoformat(), "orders": len(one.rows)})

    async def _looks_outside(self, now: datetime) -> None:
        if self._weather is None:
            return
        for grid, series in await self._weather.told(self._weather_until, now):
            self.life.past.put_all(grid, series)
        self._weather_until = now


async def _kept_going(what: str, work: Callable[[], Awaitable[None]]) -> None:
    """A part that fails is begun again: a home goes on without it meanwhile."""
    wait_s = 1.0
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001 - whatever it was: a home is not left alone for one part of it
            LOG.exception("%s stopped, and is begun again in %.0f s", what, wait_s)
        await asyncio.sleep(wait_s)
        wait_s = min(2 * wait_s, 60.0)
