"""A neighbourhood's server with its pages and two days behind it, in this process or behind a real port."""

import asyncio
import atexit
import json
import shutil
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import uvicorn
from tests.apps.access.hands import Hands
from tests.apps.web.asking import Asking
from tests.cycle.living_street import DAYS, FIRST, place, told

from laag.adapters.keys import Key
from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.grid_check import read_any
from laag.apps.street.keeper import Keeper
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Told
from laag.apps.street.wired import GridWire
from laag.cycle import live
from laag.neighbourhood.grid.network import Transformer
from laag.study.population.wires import grid_file

PASSWORD = "fiets regen kaasplank"
PAGE = "text/html,application/xhtml+xml"
SILENT = 1
"""One meter told nothing of the second day."""


KEYS = defaultdict(Key.new)
"""Each member's own."""


def key_of(message):
    """What a home says of its key when it joins."""
    return {"public_key": KEYS[message.member].public} if isinstance(message, live.Joined) else {}


@cache
def lived():
    """The log of a street whose first day is settled, and whose second is nearly over."""
    folder = Path(mkdtemp(prefix="laag-paged-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    log = str(folder / "street.sqlite")

    async def tell():
        async with Keeper(lambda: open_log(log), place(), Hands(noon())) as keeper:
            for moment in told()[:-2]:
                await keeper.ask([Told(message, key_of(message)) for message in moment])

    # In a thread of its own: a browser's test has a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, tell()).result()
    return folder


def noon():
    """Noon of the second day."""
    grid = place().grid(FIRST + timedelta(days=DAYS - 1))
    return grid.start + timedelta(hours=11)


def built_in_wires(folder):
    """The wires on which these homes hang."""
    homes = [(message.member, message.cable) for message in told()[0]]
    (folder / "grid.json").write_text(json.dumps(grid_file(homes)))
    return read_any(folder / "grid.json")[0]


def thinner(network, share):
    """The same, each branch with so much of its rating."""
    branches = tuple(
        replace(one, rated_kva=share * one.rated_kva)
        if isinstance(one, Transformer)
        else replace(one, rated_a=share * one.rated_a)
        for one in network.branches
    )
    return replace(network, branches=branches)


class Street:
    """The server; ``ask`` gives a browser, ``running`` the parts. ``thin``: wires of so much of their rating, and limits."""

    def __init__(self, folder, public=False, thin=None) -> None:
        shutil.copytree(lived(), folder, dirs_exist_ok=True)
        log = str(folder / "street.sqlite")
        self.folder = folder
        self.clock = Hands(noon())
        self.records = open_records(log)
        keeper = Keeper(lambda: open_log(log), place(), self.clock)
        wires = built_in_wires(folder)
        self.running = Running(
            keeper,
            self.records,
            InTurn([Model()], keeper.figures),
            version="test",
            wires=wires if thin is None else thinner(wires, thin),
            agreed=GridWire() if thin is None else GridWire(grid="limits", floor_kw=1.0),
        )
        self.app = paged_app(self.running, public=public)
        self.site = self.app.state.site
        self.members = [message.member for message in told()[0]]

    def somebody(self, role, name=None, member=None):
        """An account; its password is ``PASSWORD``."""
        name = name or f"{role.value} Jansen"
        secret = self.site.accounts.invite(role, member=member)
        return self.site.accounts.accept(secret, name, PASSWORD)


@contextmanager
def street(folder, public=False, thin=None):
    """In this process, without its clock's work: ``ask(role)`` is a browser in which somebody is signed in."""
    made = Street(folder, public, thin)
    with asyncio.Runner() as runner:
        runner.run(made.running.keeper.__aenter__())

        def ask(role=None, lang="en", member=None):
            asking = Asking(made.app, {"accept": PAGE, "accept-language": lang}, runner=runner)
            if role is not None:
                if made.site.accounts.find(f"{role.value} jansen") is None:
                    made.somebody(role, member=member)
                account = made.site.accounts.find(f"{role.value} jansen")
                asking.cookies.set("laag_session", made.site.sessions.begin(account), domain="street.example")
            return asking

        made.ask, made.run, made.runner = ask, runner.run, runner
        try:
            yield made
        finally:
            runner.run(made.running.keeper.__aexit__(None, None, None))
            made.records.close()


def _told_before(made, more):
    async def tell():
        async with Keeper(
            lambda: open_log(str(made.folder / "street.sqlite")), place(), made.clock
        ) as keeper:
            await keeper.ask(more)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, tell()).result()


@contextmanager
def served(folder, public=False, thin=None, more=()):
    """Behind a real port: ``url`` is where. ``more`` was told before anybody calls."""
    made = Street(folder, public, thin)
    if more:
        _told_before(made, more)
    server = uvicorn.Server(uvicorn.Config(made.app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.05)
    # The stream belongs to the server's own loop.
    made.say = lambda kind: (
        server.servers[0].get_loop().call_soon_threadsafe(made.running.stream.say, kind, {})
    )
    made.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(20)
        made.records.close()


def ordered_again():
    """The third day is agreed as the second was; nobody metered anything of it yet."""
    last, day = FIRST + timedelta(days=DAYS - 1), FIRST + timedelta(days=DAYS)
    plain = [one for moment in told() for one in moment]
    lists = [one for one in plain if isinstance(one, live.Ordered) and one.day == last]
    ticks = np.full(len(place().grid(day)), 8_000)
    return [
        *(replace(one, day=day, number=one.number + 1_000) for one in lists),
        live.Closed(day),
        live.Priced(day, ticks, "exchange"),
    ]


ROLES_WITH_PAGES = (Role.RESIDENT, Role.OPERATOR, Role.GRID, Role.REGULATOR, Role.RESEARCHER, Role.COMPANY)
