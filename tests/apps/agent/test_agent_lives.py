"""A home measures, plans, steers and tells, whatever becomes of its neighbourhood, its meter or its process."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.agent.homes import FULL, MORNING, PLAIN, Place, agent_in, running, street, until

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.link import Away
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.devices import Device
from laag.home.operate import Why


def measured(agent):
    """How many quarter-hours are known."""
    life = agent.life
    grid = life.past.grid.window(0, max(life.past.grid.index(life.clock.now()), 0))
    return grid, life.store.series(grid)


def known(agent):
    return int(np.isfinite(measured(agent)[1]["import_wh"]).sum())


def test_what_is_metered_is_what_happened_in_the_house(tmp_path):
    agent = agent_in(tmp_path)

    async def day():
        async with running(agent):
            await until(lambda: known(agent) >= 16)
            return measured(agent)

    grid, seen = asyncio.run(day())
    there = np.isfinite(seen["import_wh"])
    first = street().grid.index(grid.start)
    home = street().homes[FULL]
    load = home.load_kw.values[first : first + len(grid)]
    assert np.abs(seen["load_kw"] - load)[there].max() < 0.01  # a register counts whole Wh
    sun = home.pv_kw.values[first : first + len(grid)]
    could = there & np.isfinite(seen["pv_kw"])
    assert np.abs(seen["pv_kw"] - sun)[could].max() < 1e-6
    offtake = (seen["import_wh"] - seen["export_wh"]) / 250
    devices = seen["battery_kw"] + seen["ev_kw"] + seen["heat_pump_kw"] - seen["pv_kw"]
    assert np.abs(offtake - devices - load)[could].max() < 0.01


def test_devices_are_told_what_is_planned_and_why(tmp_path):
    agent = agent_in(tmp_path)

    async def day():
        async with running(agent):
            await until(lambda: known(agent) >= 12)
            return agent.now(), agent.thought, measured(agent)[1]

    now, thought, seen = asyncio.run(day())
    assert {one.device for one in now.devices} == {Device.PV, Device.BATTERY, Device.EV, Device.HEAT_PUMP}
    assert all(one.heard and one.why.nl and one.why.en for one in now.devices if one.told_kw is not None)
    assert thought.plan.made_at >= MORNING
    missed = np.abs((seen["import_wh"] - seen["export_wh"]) / 250 - seen["planned_kw"])
    assert np.nanmedian(missed) < 0.25


def test_the_neighbourhood_hears_every_quarter_hour_once_also_after_hours_away(tmp_path):
    place = Place()
    place.away = True
    agent = agent_in(tmp_path, PLAIN, place=place)

    async def days():
        async with running(agent):
            await until(lambda: known(agent) >= 8)
            assert not place.taken
            assert agent.now().neighbourhood.away_since is not None
            place.away = False
            await until(lambda: len(place.readings()[0]) >= 16)
            await until(lambda: len(agent.life.store.outbox) == 0)
            assert agent.now().neighbourhood.away_since is None
            return measured(agent)

    grid, seen = asyncio.run(days())
    heard, often = place.readings()
    assert set(often.values()) == {1}
    for at, wh in heard.items():
        ptu = grid.index(at)
        assert wh == seen["import_wh"][ptu] - seen["export_wh"][ptu]
    first = min(heard)
    assert sorted(heard) == [first + i * PTU for i in range(len(heard))]


def test_a_home_orders_before_the_gate_and_plans_by_the_board(tmp_path):
    place = Place()
    agent = agent_in(tmp_path, FULL, speed=600.0, place=place, begins=datetime(2026, 6, 1, 8, 30, tzinfo=UTC))

    async def morning():
        async with running(agent):
            await until(place.orders, limit_s=40)
            return agent.thought

    thought = asyncio.run(morning())
    orders = place.orders()[0]
    assert str(orders.day) == "2026-06-02"
    assert sum(orders.quantity_wh) > 0
    assert set(thought.outlook.buy_eur_per_kwh.tolist()) == {0.35, 0.15, 0.25}


def test_without_a_neighbourhood_a_home_goes_by_its_contract(tmp_path):
    agent = agent_in(tmp_path, PLAIN)

    async def once():
        return await agent.plan()

    thought = asyncio.run(once())
    assert len(set(thought.outlook.buy_eur_per_kwh.tolist())) == 1
    assert thought.outlook.buy_eur_per_kwh[0] > 0.1


def test_a_silent_meter_leaves_room_at_the_fuse_and_says_so(tmp_path):
    agent = agent_in(tmp_path, FULL, speed=1.0)

    async def silence():
        await agent.plan()
        async for said in _first(agent):
            agent.life.senses.hear(said)
        await agent._hands.step(agent.life.clock.now())
        return agent.now()

    now = asyncio.run(silence())
    battery = next(one for one in now.devices if one.device is Device.BATTERY)
    assert now.meter_kw is None
    assert agent.life.told[Device.BATTERY, ""].instruction.because.why in {Why.BLIND, Why.RAMP, Why.SLOWLY}
    assert battery.told_kw is not None


async def _first(agent):
    """What the devices say at one moment."""
    simulated = agent.life.links[0]
    happens = simulated._body.begins({})
    from laag.apps.agent.simulated import _measured

    for one in _measured(simulated._body, agent.life.clock.now(), happens):
        yield one


@pytest.mark.parametrize("hours", [-10, 10])
def test_a_home_whose_clock_is_wrong_signs_by_the_clock_of_its_neighbourhood(tmp_path, hours):
    place = Place()
    place.ahead = timedelta(hours=hours)
    agent = agent_in(tmp_path, PLAIN, place=place)
    asyncio.run(agent.neighbour.look())
    assert abs(agent.neighbour.link.skew - place.ahead) < timedelta(minutes=1)
    assert agent.life.positions is not None


def test_a_wish_is_planned_for_and_taken_back(tmp_path):
    agent = agent_in(tmp_path, FULL)
    wish = agent.wishes.add("keep 40 % for a power cut")

    async def planned():
        return await agent.plan()

    assert asyncio.run(planned()).outlook.claims
    assert wish.said.nl != wish.said.en
    assert agent.wishes.remove(wish.number)
    assert not agent.wishes.remove(wish.number)


HAPPENS = st.lists(
    st.sampled_from(["meter", "send", "lose", "away", "kill", "refuse"]), min_size=5, max_size=40
)


@settings(max_examples=25)
@given(HAPPENS)
def test_killed_at_any_moment_each_reading_is_acknowledged_once(tmp_path_factory, happens):
    """Answers are lost, the neighbourhood is away, the process is killed: numbers rise, and nothing is told twice."""
    folder, place = tmp_path_factory.mktemp("home"), Place()
    agent = agent_in(folder, PLAIN, place=place)
    at, metered = MORNING, {}
    for one in [*happens, "meter", "send", "send"]:
        place.away, place.loses_answers = one == "away", one == "lose"
        if one == "meter":
            agent.life.store.write(at, import_wh=float(len(metered) + 1), export_wh=0.0)
            metered[at] = len(metered) + 1
            at += PTU
        elif one == "kill":  # nothing is closed
            agent = again(agent, folder, place)
        else:
            agent.neighbour.put_readings()
            if one != "refuse":
                asyncio.run(tried(agent))
    assert place.readings() == (metered, dict.fromkeys(metered, 1))
    assert place.order == sorted(place.order)
    assert len(agent.life.store.outbox) == 0


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(["meter", "say", "send", "lose", "away", "copy", "restore"]), min_size=5, max_size=40
    )
)
def test_a_home_restored_from_an_old_copy_is_heard_of_all_that_it_measures_from_then_on(
    tmp_path_factory, happens
):
    folder, place = tmp_path_factory.mktemp("home"), Place()
    agent = agent_in(folder, PLAIN, place=place)
    at, metered, copied = MORNING, {}, {}
    copy(agent, folder)
    for one in [*happens, "restore", "meter", "say", "send", "send"]:
        place.away, place.loses_answers = one == "away", one == "lose"
        if one == "meter":
            metered[at] = int((at - MORNING) / PTU) + 1
            agent.life.store.write(at, import_wh=float(metered[at]), export_wh=0.0)
            at += PTU
        elif one == "copy":
            copied = copy(agent, folder) or dict(metered)
        elif one == "restore":
            metered = restored(agent, folder) or dict(copied)
        else:
            agent.neighbour.put_readings()
            if one != "say":
                asyncio.run(tried(agent))
    heard = place.readings()[0]
    assert {at: heard.get(at) for at in metered} == metered
    assert len(agent.life.store.outbox) == 0
    assert place.order == sorted(set(place.order))


def test_who_was_away_for_a_day_says_it_in_three_messages_at_most(tmp_path):
    """A message for what was said just before, and one for each day of the clock on the wall."""
    place = Place()
    agent = agent_in(tmp_path, PLAIN, place=place)
    place.away = True
    for n in range(96):
        agent.life.store.write(MORNING + n * PTU, import_wh=float(n + 1), export_wh=0.0)
        agent.neighbour.put_readings()
        asyncio.run(tried(agent))
    place.away = False
    while len(agent.life.store.outbox):
        asyncio.run(tried(agent))
        agent.neighbour.put_readings()
    metered = {MORNING + n * PTU: n + 1 for n in range(96)}
    assert place.readings() == (metered, dict.fromkeys(metered, 1))
    assert len(place.order) <= 3


def copy(agent, folder):
    """A backup as it is made while the home lives."""
    with closing(sqlite3.connect(folder / "copy.sqlite")) as to:
        agent.life.store._db.backup(to)


def restored(agent, folder):
    """The home begins again on that copy, and knows nothing of what came after it."""
    agent.life.store.close()
    there = folder / "store" / "home.sqlite"
    for old in there.parent.glob("home.sqlite*"):
        old.unlink()
    shutil.copy(folder / "copy.sqlite", there)
    agent.life.store = HomeStore(there)
    agent.neighbour._agreed = False


def again(agent, folder, place):
    agent.life.store = HomeStore(folder / "store" / "home.sqlite")
    return agent


async def tried(agent):
    try:
        await agent.neighbour._sent()
    except Away:
        return


def test_what_is_refused_is_set_aside_and_shown(tmp_path):
    place = Place()
    agent = agent_in(tmp_path, PLAIN, place=place)
    agent.life.store.write(MORNING, import_wh=10.0, export_wh=0.0)
    place.refuses = {0}
    agent.neighbour.put_readings()
    asyncio.run(tried(agent))
    assert agent.now().neighbourhood.refused == 1
    assert len(agent.life.store.outbox) == 0


def test_a_simulated_house_is_the_same_house_after_a_stop(tmp_path):
    agent = agent_in(tmp_path, FULL)

    async def some_hours():
        async with running(agent):
            await until(lambda: known(agent) >= 4)
        return agent.life.links[0]._body

    body = asyncio.run(some_hours())
    clock = agent.life.clock
    other = agent_in(tmp_path, FULL, begins=clock.now())
    again = other.life.links[0]._body
    assert (again.held, again.import_wh, again.at) == (body.held, body.import_wh, body.at)
    assert PtuGrid(MORNING, 1).start <= again.at
