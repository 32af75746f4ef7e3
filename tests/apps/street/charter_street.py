"""A served street of twelve homes with four settled days behind it, in which a day takes as long as the test says."""

import asyncio
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import uvicorn
from tests.apps.access.hands import Hands
from tests.apps.street.paged_street import PAGE, key_of
from tests.apps.web.asking import Asking
from tests.cycle.any_street import PLACE as ANY
from tests.cycle.any_street import Street as Told12

from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.street.keeper import Keeper
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Told
from laag.cycle import live
from laag.cycle.market_day import clear_day
from laag.gateway.exchange import NationalPrices
from laag.neighbourhood.charter import VotingTable

HOMES, LIVED = 12, 4
DAY = timedelta(days=1)
CHARTER = replace(ANY.terms.charter, voting=VotingTable(days=1, notice_days=1))
PLACE = replace(ANY, terms=replace(ANY.terms, charter=CHARTER))
HOMES_SAY = Told12(HOMES, LIVED, 3)
TODAY = HOMES_SAY.last + DAY
FOLDER = "street.sqlite"


def at(day, hour, minute=0):
    """By the clock on the wall."""
    return datetime.combine(day, time(hour, minute), PLACE.zone)


def said_of(day):
    """What homes say of a day: their orders, then what their meters measured."""
    every = HOMES_SAY.day(day, 10 * (day - HOMES_SAY.dates[0]).days)
    return (
        [one for one in every if isinstance(one, live.Ordered)],
        [one for one in every if isinstance(one, live.Metered)],
    )


@cache
def lived():
    """The log: four days settled, and the gate of today closed."""
    folder = Path(mkdtemp(prefix="laag-charter-"))
    log = str(folder / FOLDER)
    orders, _ = said_of(TODAY)
    priced = [one for one in HOMES_SAY.day(TODAY, 900) if isinstance(one, live.Priced)]

    async def tell():
        async with Keeper(lambda: open_log(log), PLACE, Hands(at(TODAY, 10))) as keeper:
            for message in (*HOMES_SAY.messages(), *orders, live.Closed(TODAY), *priced):
                (outcome,) = await keeper.ask([Told(message, key_of(message))])
                assert not hasattr(outcome, "why"), outcome

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, tell()).result()
    return folder


class Street:
    """The server's parts; its clock stands at ten in the morning of the fifth day."""

    def __init__(self, folder, public=False, start=None) -> None:
        if not (folder / FOLDER).exists():
            shutil.copytree(lived(), folder, dirs_exist_ok=True)
        self.folder, log = folder, str(folder / FOLDER)
        self.clock = Hands(start or at(TODAY, 10))
        self.records = open_records(log)
        keeper = Keeper(lambda: open_log(log), PLACE, self.clock)
        self.running = Running(keeper, self.records, InTurn([Model()], keeper.figures), version="test")
        self.app = paged_app(self.running, public=public)
        self.site = self.app.state.site
        self.members = HOMES_SAY.members

    @property
    def live(self):
        return self.running.keeper.live

    @property
    def process(self):
        return self.live.process

    def session(self, role=Role.RESIDENT, home=0):
        """Somebody signed in; a resident of the home of that number."""
        name = f"{role.value} {home}"
        if (account := self.site.accounts.find(name)) is None:
            member = self.members[home] if role is Role.RESIDENT else None
            account = self.site.accounts.accept(
                self.site.accounts.invite(role, member=member), name, "fiets regen kaasplank"
            )
        return self.site.sessions.begin(account)

    async def orders(self, day):
        """Homes order, where the gate of that day is open."""
        if not self.live.day(day).closed:
            await self.running.keeper.ask([Told(one) for one in said_of(day)[0]])

    async def lives(self, day):
        """The day goes by: homes order the next before its gate, meters speak when it is over, and it is settled."""
        await self.on(at(day, 0, 1))
        await self.on(at(day, 11, 30))
        await self.orders(day + DAY)
        await self.on(at(day, 12, 1))
        await self.on(at(day, 14))
        self.clock.at = at(day + DAY, 0, 30)
        await self.running.keeper.ask([Told(one) for one in said_of(day)[1]])
        await self.on(at(day + DAY, 4))

    async def on(self, instant):
        """The clock goes on, and what it has to say is said; where a thing follows from another, that too."""
        self.clock.at = max(self.clock.at, instant)
        for _ in range(2):
            await self.running.watch.once()

    async def until(self, so):
        """Wait for what the server does by itself."""
        async with asyncio.timeout(60):
            while not so():  # noqa: ASYNC110 - nothing announces it
                await asyncio.sleep(0.05)


@contextmanager
def street(folder, public=False, start=None):
    """In this process, without its clock's work: ``ask(role, home)`` is a browser in which somebody is signed in."""
    made = Street(folder, public, start)
    with asyncio.Runner() as runner:
        runner.run(made.running.keeper.__aenter__())

        def ask(role=None, home=0, lang="en"):
            asking = Asking(made.app, {"accept": PAGE, "accept-language": lang}, runner=runner)
            if role is not None:
                asking.cookies.set("laag_session", made.session(role, home), domain="street.example")
            return asking

        made.ask, made.run, made.runner = ask, runner.run, runner
        try:
            yield made
        finally:
            runner.run(made.running.keeper.__aexit__(None, None, None))
            made.records.close()


@contextmanager
def served(folder, public=False):
    """Behind a real port, with all its work: ``url`` is where, ``wait(coroutine)`` runs one where the server runs."""
    made = Street(folder, public)
    server = uvicorn.Server(uvicorn.Config(made.app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.05)
    made.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    loop = server.servers[0].get_loop()
    made.wait = lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(120)
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(20)
        made.records.close()


def form_token(text):
    """Of a page's forms."""
    return text.partition('name="form_token" value="')[2].partition('"')[0]


def prices_as(place, day, charter):
    """Whether a day was cleared as this charter says."""
    known, where = place.live.day(day), place.live.neighbourhood
    ticks = known.day_ahead_ticks
    again = clear_day(
        where.layers(known.members),
        replace(where.terms, charter=charter),
        NationalPrices(ticks, ticks, ticks),
        where.first_ptu(day),
        known.market.orders,
    )
    return (again.traded.bought_units == known.market.traded.bought_units).all()
