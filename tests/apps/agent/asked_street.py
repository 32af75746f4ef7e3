"""Three agents that live in simulated houses, twelve more members, a server and a grid operator; the test moves the clock."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
from tests.apps.street.flex.neighbours import KEYS, OURS, PLACE, Kade, net, settings
from tests.apps.street.kade import FIRST, Hands
from tests.apps.street.test_api import HERE, noted, operator

from laag.adapters.dsmr import Reading
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.stores import open_log, open_records
from laag.apps.agent import config, wiring
from laag.apps.agent.car import plugged
from laag.apps.agent.settings import settings_of
from laag.apps.agent.simulated import _measured
from laag.apps.agent.surroundings import Surroundings
from laag.apps.street.app import street_app
from laag.apps.street.flex.line import AtTheGrid
from laag.apps.street.keeper import Keeper
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn
from laag.cycle import live
from laag.foundation.ptu import midnight
from laag.study.population import street as built_in

STEP = timedelta(minutes=1)
MIDNIGHT = midnight(FIRST, PLACE.zone)
AGENTS = ("a-0", "a-1", "a-2")


class AsWeMoveIt(Hands):
    """A clock whose hands only the test moves; nobody who waits moves them."""

    async def until(self, at):
        del at
        await asyncio.Event().wait()


class Asked(Kade):
    """The street with agents in it."""

    def __init__(self, agents, *more) -> None:
        super().__init__(*more)
        self.agents = agents

    async def talk(self, *agents):
        """Each looks, thinks, says what it has to say, and hears what becomes of it."""
        for agent in agents or self.agents:
            await agent.neighbour.look()
            await agent.plan()
            await self.sends(agent)

    async def sends(self, agent):
        agent.neighbour.put_readings()
        while await agent.neighbour._sent():
            agent.neighbour.put_readings()

    async def lives_until(self, at):
        """Minute by minute: the house goes on, meter and devices speak, devices are told; every quarter-hour a plan."""
        while self.clock.at < at:
            self.clock.at += STEP
            for agent in self.agents:
                await lives(agent, self.clock.at)


async def lives(agent, at):
    """One minute of one home."""
    house, life = agent.life.links[0], agent.life
    wishes = house._wishes(at)
    house._body.lives_until(at, wishes)
    happens = house._body.begins(wishes)
    for one in _measured(house._body, at, happens):
        life.senses.hear(one)
        plugged(life, one)
    watts = round(happens.offtake_kw * 1000)
    counted = {"import_wh": int(happens.import_wh), "export_wh": int(happens.export_wh)}
    agent._meter.hears(
        Reading(at, True, True, "m", "50", **counted, import_w=max(watts, 0), export_w=max(-watts, 0))
    )
    if at.minute % 15 == 0:
        life.met()
        await agent.plan()
    await agent._hands.step(at)


def an_agent(folder, name, home, place, clock):
    folder.mkdir(exist_ok=True)
    Surroundings.of(place, home).save(folder / "house.npz")
    start = home.start
    given = settings_of(
        home,
        clock="wall",
        meter="simulated",
        neighbourhood={"url": HERE},
        simulated={
            "stored_kwh": start.stored_kwh,
            "ev_stored_kwh": start.ev_stored_kwh,
            "indoor_c": start.indoor_c,
        },
    )
    made = wiring.agent_of(config.parse(given, folder))
    made.life.store.keep("member", name)
    made.life.store.keep("first_day", FIRST.isoformat())
    made.life.secret, made.life.chance = 7, 0.5  # whose moments are drawn from chance no test should wait for
    assert made.life.clock is clock
    return made


@asynccontextmanager
async def asked_street(folder, monkeypatch, capacity_kw):
    """All of it; the clock stands at two hours before the gate of the first day."""
    clock = AsWeMoveIt()
    monkeypatch.setattr(wiring, "clock_of", lambda _: clock)
    place = built_in(FIRST - timedelta(days=1), 3, homes=24, warmup_days=1)
    homes = [home for home in place.homes if home.house.battery is not None][: len(AGENTS)]
    assert len(homes) == len(AGENTS), "the built-in street has batteries enough"
    keeper = Keeper(lambda: open_log(str(folder / "street.sqlite")), PLACE, clock)
    with (
        open_records(str(folder / "street.sqlite")) as records,
        open_log(str(folder / "net.sqlite")) as theirs,
    ):
        running = Running(keeper, records, InTurn([], keeper.figures), version="test")
        app = street_app(running, ways=(operator,), note_look=noted)
        async with app.router.lifespan_context(app):
            for name, key in KEYS.items():
                await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            agents = []
            for name, home in zip(AGENTS, homes, strict=True):
                agent = an_agent(folder / name, name, home, place, clock)
                link = agent.neighbour.link
                await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": link.key.public})
                caller = httpx.AsyncClient(transport=transport, base_url=HERE)
                agent.neighbour.link = Neighbourhood(HERE, link.key, name, caller)
                agents.append(agent)
            line = AtTheGrid(settings(), OURS, str(folder / "uftp.sqlite"), keeper)
            async with line.aggregating.opened():
                yield Asked(agents, keeper, line, net(theirs, capacity_kw, "0"), clock)
            for agent in agents:
                await agent.neighbour.link.close()
                agent.life.store.close()


def sold_wh(street, name):
    """What was ordered of a member, per quarter-hour of the day."""
    known = street.keeper.live.day(FIRST)
    wh = np.zeros(len(PLACE.grid(FIRST)), np.int64)
    for one in known.askings.values():
        for order in one.orders:
            mine = order.home == known.row_of[name]
            np.add.at(wh, order.ptu[mine], order.bought_wh[mine])
    return wh


def metered_wh(agent):
    """What passed its meter, per quarter-hour of the day; ``nan`` is not over yet."""
    seen = agent.life.store.series(PLACE.grid(FIRST))
    return seen["import_wh"] - seen["export_wh"]


def at(hour, minute=0):
    """Of the first day, on the wall (it is winter)."""
    return datetime(FIRST.year, FIRST.month, FIRST.day, hour - 1, minute, tzinfo=UTC)
