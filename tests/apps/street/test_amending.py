"""Amendments at the door: signed as orders are, taken until a quarter-hour before, traded when the clock says so."""

import asyncio
from datetime import date, timedelta

import numpy as np
import pytest
from tests.apps.street.kade import FIRST, KEYS, STREET, orders, prices, signed, street

from laag.adapters.neighbourhood.wire import Amendments
from laag.apps.street.figures import Figures
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Known, NotTaken, Signed, Taken
from laag.apps.street.watch import Watch
from laag.cycle import live

MINUTE = timedelta(minutes=1)


def amendments(member, number, ptu, wh=300, side=1, ticks=40_000):
    one = Amendments(member=member, day=FIRST, number=number, device=[0], ptu=[ptu], side=[side], quantity_wh=[wh], limit_ticks=[ticks], signature="0" * 128)  # fmt: skip
    return signed(one)


async def a_cleared_day(keeper):
    await keeper.ask([Signed(orders(name, 10)) for name in KEYS])
    await keeper.tell(live.Closed(FIRST))
    await keeper.tell(prices(FIRST)[0])


async def outcome(keeper, wire):
    (one,) = await keeper.ask([Signed(wire)])
    return one


@pytest.mark.parametrize(("minutes", "taken"), [(-1, True), (0, False), (20, False)])
def test_a_quarter_hour_is_amended_until_its_gate_also_where_nobody_closed_its_round(minutes, taken):
    async def lived():
        async with street() as keeper:
            await a_cleared_day(keeper)
            keeper.clock.at = live.round_gate(STREET, FIRST, 40) + minutes * MINUTE
            return await outcome(keeper, amendments("m-0", 11, 40))

    one = asyncio.run(lived())
    assert isinstance(one, Taken if taken else NotTaken)
    if not taken:
        closed = 40 if minutes < 15 else 41
        assert f"up to {closed}" in one.why.en
        assert f"tot en met {closed} weg" in one.why.nl


@pytest.mark.parametrize("day", [date.min, date.max, FIRST + timedelta(days=1)])
def test_a_day_that_is_not_cleared_is_refused_for_that(day):
    async def lived():
        async with street() as keeper:
            await a_cleared_day(keeper)
            strange = amendments("m-0", 11, 40).model_copy(update={"day": day})
            return await outcome(keeper, signed(strange))

    one = asyncio.run(lived())
    assert isinstance(one, NotTaken)
    assert str(day) in one.why.en


def test_what_comes_twice_is_known_and_what_is_forged_is_refused():
    async def lived():
        async with street() as keeper:
            await a_cleared_day(keeper)
            keeper.clock.at = STREET.grid(FIRST).start
            first, again = [await outcome(keeper, amendments("m-0", 11, 40)) for _ in range(2)]
            changed = amendments("m-0", 12, 40).model_copy(update={"quantity_wh": [9_000]})
            return first, again, await outcome(keeper, changed)

    first, again, forged = asyncio.run(lived())
    assert isinstance(first, Taken)
    assert isinstance(again, Known)
    assert "signature" in forged.why.en


def test_the_clock_trades_what_was_amended_at_the_models_prices_and_positions_follow():
    async def lived():
        async with street() as keeper:
            await a_cleared_day(keeper)
            keeper.clock.at = STREET.grid(FIRST).start
            watch = Watch(keeper, InTurn([Model()], Figures()))
            await watch.once()
            assert len(keeper.live.day(FIRST).quoted) == 96
            await outcome(keeper, amendments("m-0", 11, 40))
            keeper.clock.at = live.round_gate(STREET, FIRST, 40)
            await watch.look()
            return keeper.live.day(FIRST)

    known = asyncio.run(lived())
    done = known.rounds[40]
    before = known.market.traded.cleared_wh[0, 40]
    assert done.quote == known.quoted[40]
    assert done.changed_wh[0] == 300
    assert known.market.cleared_wh[0, 40] == before + 300


def test_without_an_intraday_market_of_the_first_source_nobody_asks_another():
    class Silent:
        name = Model().name

        async def day_ahead(self, _):
            return None

        imbalance = day_ahead

    async def lived():
        async with street() as keeper:
            await a_cleared_day(keeper)
            keeper.clock.at = STREET.grid(FIRST).start
            await Watch(keeper, InTurn([Silent(), Model()], Figures())).once()
            return keeper.live.day(FIRST)

    assert not asyncio.run(lived()).quoted


def test_the_models_intraday_market_always_asks_more_than_it_gives():
    said = asyncio.run(Model().intraday(FIRST))
    assert len(said.ptu) == 96
    assert (said.buy_ticks > said.sell_ticks).all()
    assert np.array_equal(said.buy_ticks, asyncio.run(Model().intraday(FIRST)).buy_ticks)
