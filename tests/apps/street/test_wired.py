"""A server whose street chose limits: made, told, kept in the log, the same after a restart, and none where it only watches."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pytest
from tests.cycle.limited_street import DAY, EVE, FREE, HOMES, NAMES, PLACES, messages, network

from laag.adapters.stores import open_log
from laag.apps.street.config import parse
from laag.apps.street.keeper import Keeper
from laag.apps.street.own_grid import own_grid
from laag.apps.street.says import Teller
from laag.apps.street.stream import Stream
from laag.apps.street.taking import Told
from laag.apps.street.wired import GridWire, Wired
from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.foundation.errors import BadInput

pytest.importorskip("power_grid_model")

THIN = network(30.0, 20.0)
LIMITS = GridWire(grid="limits", floor_kw=1.2)


@dataclass
class Hands:
    """A clock whose hands are moved by the test."""

    at: datetime = FREE.grid(EVE).start + timedelta(hours=14)
    speed: float = 1.0

    def now(self):
        return self.at

    async def until(self, at):
        self.at = max(self.at, at)


def lived(store, work, said=(), clock=None, wire=LIMITS, waits=False):
    """What is known after the server looked; ``work`` gets the keeper and who looks."""

    async def go():
        clock_ = clock or Hands()
        async with Keeper(lambda: open_log(store), FREE, clock_) as keeper:
            await keeper.ask([Told(one) for one in said])
            wired = Wired(keeper, THIN, lambda: PLACES, wire, waits=waits)
            await work(keeper, wired)
            return keeper.live

    return asyncio.run(go())


async def looks(_, wired):
    await wired.look()


def two_days():
    return messages(EVE, DAY)


def test_a_day_is_limited_once_it_is_cleared_and_a_restart_changes_nothing(tmp_path):
    store = str(tmp_path / "street.sqlite")
    once = lived(store, looks, two_days())
    assert once.day(DAY).limited
    again = lived(store, looks)
    for day in (EVE, DAY):
        assert fingerprint(again.day(day).limited) == fingerprint(once.day(day).limited)


def test_killed_between_two_days_of_one_limit_it_tells_the_rest(tmp_path):
    store = str(tmp_path / "street.sqlite")

    async def first_only(keeper, wired):
        tell = keeper.tell
        told = []

        async def one(message):
            if told:
                raise asyncio.CancelledError  # as if it was killed here
            told.append(message)
            return await tell(message)

        keeper.tell = one
        with pytest.raises(asyncio.CancelledError):
            await wired.look()

    half = lived(store, first_only, two_days())
    whole = lived(store, looks)
    assert sum(len(half.day(day).limited) for day in (EVE, DAY)) == 1
    assert whole.day(DAY).limited
    assert sum(len(whole.day(day).limited) for day in (EVE, DAY)) > 1


def test_a_street_that_only_watches_limits_nobody(tmp_path):
    state = lived(str(tmp_path / "street.sqlite"), looks, two_days(), wire=GridWire())
    assert not state.day(EVE).limited
    assert not state.day(DAY).limited


def test_where_a_grid_operator_buys_first_limits_wait_until_it_did(tmp_path):
    store, clock = str(tmp_path / "street.sqlite"), Hands()
    state = lived(store, looks, two_days(), clock=clock, waits=True)
    assert not state.day(DAY).limited
    clock.at += timedelta(hours=3)
    assert lived(store, looks, clock=clock, waits=True).day(DAY).limited


def test_a_member_reads_its_own_limits_with_reason_begin_and_end_in_both_languages(tmp_path):
    clock = Hands()
    state = lived(str(tmp_path / "street.sqlite"), looks, two_days(), clock=clock)
    for name in NAMES:
        own = own_grid(state, name, clock.at).limits
        assert own
        assert all(one.begins < one.ends and one.kw >= 1.2 and one.way == "takes" for one in own)
        assert all("huis" in one.why.nl and "home" in one.why.en for one in own)
    assert own_grid(state, "stranger", clock.at) is None
    last = max(one.ends for name in NAMES for one in own_grid(state, name, clock.at).limits)
    assert not own_grid(state, NAMES[0], last).limits


def test_too_much_measured_is_limited_at_once_and_listeners_hear_of_the_day_and_of_no_home(tmp_path):
    clock = Hands(FREE.grid(EVE)[60] + timedelta(minutes=1))
    stream = Stream()
    heard = []
    stream.say = lambda *said: heard.append(said[:2])
    told = [live.Metered(name, EVE, 90, np.array([59]), np.array([2_000])) for name in NAMES]

    async def work(keeper, wired):
        await wired.look()
        before = len(keeper.live.day(EVE).limited)
        keeper.hear(Teller(stream, clock).hears)
        await keeper.ask([Told(one) for one in told])
        await wired.look()
        await wired.look()
        assert len(keeper.live.day(EVE).limited) == before + 1

    state = lived(str(tmp_path / "street.sqlite"), work, messages(EVE, most_wh=300), clock)
    newest = state.day(EVE).limited[-1]
    assert newest.cause == "measured"
    assert set(newest.runs.home.tolist()) == set(range(HOMES))
    assert ("limited", {"day": EVE.isoformat()}) in heard


def test_limits_without_wires_are_refused_with_a_way_out(tmp_path):
    with pytest.raises(BadInput, match=r"street\.wires"):
        parse({"street": {"name": "Kade", "first_day": EVE}, "grid": {"grid": "limits"}}, tmp_path)
    with pytest.raises(BadInput, match="floor"):
        parse({"street": {"name": "Kade", "first_day": EVE}, "grid": {"flor_kw": 3}}, tmp_path)
