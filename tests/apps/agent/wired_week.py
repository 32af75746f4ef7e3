"""A week of three homes that live in simulated houses and a server behind real sockets; the test moves the clock."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta

import numpy as np
import uvicorn
from tests.apps.agent.asked_street import AsWeMoveIt, an_agent
from tests.apps.agent.proxied import proxy
from tests.apps.street.kade import prices
from tests.apps.street.recorded import ledger_in
from tests.apps.street.test_api import noted, operator

from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.stores import open_log, open_records
from laag.apps.agent import wiring
from laag.apps.street import codes
from laag.apps.street.api.straight import Straight
from laag.apps.street.app import street_app
from laag.apps.street.keeper import Keeper
from laag.apps.street.patient import Patient
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn
from laag.apps.street.taking import Taken
from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.live.messages_limited import Bears, Limited, Runs
from laag.foundation.ptu import PTU, midnight
from laag.study.population import street as built_in

FIRST, DAYS = date(2026, 6, 2), 7
DAY = timedelta(days=1)
PLACE = live.Neighbourhood("Kade", terms_of(Options(policy="layered", rule="layered")), FIRST)
AGENTS = ("a-0", "a-1", "a-2")
EVENING = np.arange(72, 80)


class Week:
    """The street, its homes, and what the clock and the grid operator say."""

    def __init__(self, agents, keeper, running, clock) -> None:
        self.agents, self.keeper, self.running, self.clock = agents, keeper, running, clock

    async def lives(self, days=DAYS):
        """Day by day: bids before the gate, its day measured, asked, limited, amended and settled."""
        await self._gate(FIRST)
        for number in range(days):
            day = FIRST + number * DAY
            await self._begins(day, number)
            await self._goes_by(day)
            await self._ends(day)

    async def _gate(self, day):
        """Everybody orders for a day, and its market is cleared."""
        self.clock.at = max(self.clock.at, live.gate(PLACE, day) - PTU)
        for agent in self.agents:
            await self.thinks(agent)
        self.clock.at = live.gate(PLACE, day)
        await self.tells(live.Closed(day), *prices(day))
        assert self.keeper.live.day(day).is_cleared

    async def _begins(self, day, number):
        """The grid operator asks for less in the evening, and one evening a cable is too full."""
        count = len(self.keeper.live.day(day).members)
        everybody = np.arange(count)
        await self.tells(
            live.Asked(day, f"r-{number}", "point", "net.example", True, midnight(day, PLACE.zone) + 15 * 4 * PTU, EVENING, everybody)
        )  # fmt: skip
        for agent in self.agents:
            await self.thinks(agent)
        if number == 3:
            await self.tells(limited(day, self.clock.at, count))

    async def _goes_by(self, day):
        begins = midnight(day, PLACE.zone)
        self.clock.at = max(self.clock.at, begins)
        gate = live.gate(PLACE, day + DAY)
        while self.clock.at < begins + DAY:
            at = self.clock.at + PTU
            if at == gate:
                await self._gate(day + DAY)
            for agent in self.agents:
                lives(agent, at)
            self.clock.at = at
            if (at - begins) % timedelta(hours=8) == timedelta(0):
                for agent in self.agents:
                    await self.thinks(agent)

    async def _ends(self, day):
        await self.tells(live.Settle(day))
        if self.running.shared is not None:
            assert await asyncio.to_thread(self.running.shared.committing.until_done, 30)
        for agent in self.agents:
            await agent.record.look()

    async def thinks(self, agent):
        """Looks, plans (and orders, amends or offers), and says what it has to say."""
        await agent.neighbour.look()
        await agent.plan()
        agent.neighbour.put_readings()
        while await agent.neighbour._sent():
            agent.neighbour.put_readings()

    @property
    def settled(self):
        """The last day that is."""
        return max(day for day, known in self.keeper.live.days.items() if known.is_settled)

    async def tells(self, *messages):
        for one in messages:
            done = await self.keeper.tell(one)
            assert isinstance(done, Taken) or isinstance(one, live.Closed), done


def lives(agent, at):
    """A quarter-hour of one home, and what its meter counted in it."""
    house = agent.life.links[0]
    happens = None
    for minute in range(15):
        now = at - PTU + timedelta(minutes=minute + 1)
        wishes = house._wishes(now)
        house._body.lives_until(now, wishes)
        happens = house._body.begins(wishes)
    agent.life.store.write(
        at - PTU,
        import_wh=float(max(round(happens.offtake_kw * 250), 0)),
        export_wh=float(max(round(-happens.offtake_kw * 250), 0)),
    )


def limited(day, made, homes):
    """Nobody takes more than 3 kW in the evening, and all fit."""
    column, one = np.arange(homes), np.ones(homes, np.int64)
    runs = Runs(column, one, 72 * one, 80 * one, 750 * one, 0 * one, 0 * one, 0 * one)
    empty = np.zeros(0, np.int64)
    return Limited(
        day, 0, "likely", "dso:full cable", made, 300, ("north",), runs, Bears(empty, empty, empty, empty), 0 * one, column
    )  # fmt: skip


@asynccontextmanager
async def wired_week(folder, monkeypatch):
    """All of it; what goes over the wire is in the list of lines."""
    clock = AsWeMoveIt(midnight(FIRST - DAY, PLACE.zone) + timedelta(hours=9))
    monkeypatch.setattr(wiring, "clock_of", lambda _: clock)
    place = built_in(FIRST - DAY, DAYS + 4, homes=16, warmup_days=1)
    homes = sorted(place.homes, key=lambda home: home.house.battery is None)[: len(AGENTS)]
    async with AsyncExitStack() as stack:
        store = str(folder / "street.sqlite")
        ledger = stack.enter_context(ledger_in(folder))
        records = stack.enter_context(open_records(store))
        keeper = Keeper(lambda: open_log(store), PLACE, clock)
        running = Running(keeper, records, InTurn([], keeper.figures), version="test", ledger=ledger)
        running.watch.run = asyncio.Event().wait
        app = street_app(running, ways=(operator,), note_look=noted)
        await stack.enter_async_context(running)
        port = await stack.enter_async_context(served(Straight(app, running, app.state.doors), running))
        url, lines = await stack.enter_async_context(proxy(port))
        agents = []
        for name, home in zip(AGENTS, homes, strict=True):
            agent = an_agent(folder / name, name, home, place, clock)
            agent.life.store.keep("member", None)
            link = Neighbourhood(url, agent.neighbour.link.key)
            agent.neighbour.link = agent.record._asks = link
            code = codes.made(records, "", name, clock.at)
            await agent.enrol(code.code)
            agents.append(agent)
        yield Week(agents, keeper, running, clock), lines
        for agent in agents:
            await agent.neighbour.link.close()
            agent.life.store.close()


@asynccontextmanager
async def served(app, running):
    """As a server of a neighbourhood is."""
    quiet = uvicorn.Config(
        app, port=0, http=Patient, lifespan="off", log_config=None, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(quiet)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        running.stream.close()
        server.should_exit = True
        await task
