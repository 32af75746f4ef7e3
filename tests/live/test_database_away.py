"""A database that restarts while a day is settled: the settlement is there once, or is said not to be there yet."""

import asyncio
import importlib.util
import threading
import time

import pytest
from tests.apps.street.kade import FIRST, KEYS, STREET, Hands, books, orders, prices, readings, street
from tests.ports.server import Server, binaries

from laag.adapters.stores import open_log
from laag.adapters.stores.postgres import PostgresLog
from laag.apps.street.keeper import Away
from laag.apps.street.taking import Signed, Taken
from laag.cycle import live


@pytest.fixture(scope="module")
def postgres():
    if importlib.util.find_spec("pg8000") is None or binaries() is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql, pip install 'laag[postgres]'")
    server = Server()
    server.start()
    yield server
    server.stop("immediate")
    server.remove()


async def ready(keeper):
    """All that a settlement needs, and nothing of it."""
    await keeper.ask([Signed(orders(name, 10)) for name in KEYS])
    priced, imbalanced = prices(FIRST)
    for one in (live.Closed(FIRST), priced):
        await keeper.tell(one)
    keeper.clock.at = live.settled_at(STREET, FIRST)
    await keeper.ask([Signed(readings(name, 11, FIRST, range(96), range(96))) for name in KEYS])
    await keeper.tell(imbalanced)


def quiet():
    """The books of a day that nothing happened to."""

    async def lived():
        async with street(clock=Hands()) as keeper:
            await ready(keeper)
            await keeper.tell(live.Settle(FIRST))
            return books(keeper.live)

    return asyncio.run(lived())


def settlements(place):
    with open_log(place) as log:
        log.verify()
        return len(list(log.events("settled")))


def test_a_settlement_waits_for_a_database_that_restarts(postgres):
    place = postgres.fresh()

    async def lived():
        async with street(place, Hands()) as keeper:
            await ready(keeper)
            await asyncio.to_thread(postgres.stop, "immediate")
            back = threading.Timer(0.7, postgres.start)
            back.start()
            settled = await keeper.tell(live.Settle(FIRST))
            await asyncio.to_thread(back.join)
            return settled, books(keeper.live)

    settled, kept = asyncio.run(lived())
    assert isinstance(settled, Taken)
    assert kept == quiet()
    assert settlements(place) == 1


def test_where_it_stays_away_that_is_said_and_the_next_try_settles_once(postgres):
    place = postgres.fresh()

    async def lived():
        async with street(clock=Hands(), opens=lambda: PostgresLog(place, patience_s=0.3)) as keeper:
            await ready(keeper)
            await asyncio.to_thread(postgres.stop, "immediate")
            try:
                for _ in range(2):
                    with pytest.raises(Away):
                        await keeper.tell(live.Settle(FIRST))
                    assert keeper.away
                    assert keeper.live.day(FIRST).posted is None
            finally:
                await asyncio.to_thread(postgres.start)
            until = time.monotonic() + 60
            while True:
                try:
                    settled = await keeper.tell(live.Settle(FIRST))
                    break
                except Away:
                    assert time.monotonic() < until
                    await asyncio.sleep(0.1)
            return settled, keeper.away, books(keeper.live)

    settled, away, kept = asyncio.run(lived())
    assert isinstance(settled, Taken)
    assert away is None
    assert kept == quiet()
    assert settlements(place) == 1
