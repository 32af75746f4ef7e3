"""A street that lived before it had a record: it begins with the first day whose orders can still change, and says so."""

import asyncio
from datetime import timedelta

import pytest
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, Hands, orders
from tests.apps.street.recorded import committed, evidence, home, record, server
from tests.apps.street.test_api import V1, post

from laag.adapters.neighbourhood.committed import OwnRecord
from laag.adapters.stores import open_log, open_records
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.past import Past
from laag.cycle import live

SECOND, THIRD = FIRST + DAY, FIRST + 2 * DAY


async def lived(folder):
    """Two days' gates closed, with nobody who kept a record."""
    clock = Hands()
    async with Keeper(lambda: open_log(f"{folder}/log.sqlite"), STREET, clock) as keeper:
        for name, key in KEYS.items():
            await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
        await keeper.tell(live.Closed(FIRST))
        clock.at = live.gate(STREET, SECOND) + timedelta(minutes=1)
        await keeper.tell(live.Closed(SECOND))
    return clock


def test_days_from_before_are_said_to_be_and_the_record_begins_with_the_next(tmp_path):
    async def go():
        clock = await lived(tmp_path)
        async with server(tmp_path, clock) as (running, caller):
            await committed(running)
            about = await home(caller, "m-1").own(OwnRecord, "GET", "record")
            first = await record(caller)
            none = await evidence(caller, "m-1", first=FIRST, last=SECOND)
            clock.at = live.gate(STREET, THIRD) - timedelta(hours=1)
            await post(caller, *(orders(name, 1, THIRD, ptu=44) for name in KEYS))
            await running.keeper.tell(live.Closed(THIRD))
            await committed(running)
            (book,) = await evidence(caller, "m-1", "book", first=FIRST, last=THIRD)
        async with server(tmp_path, clock) as (running, _):
            return about, first, none, book, running.shared.past.began

    about, first, none, book, again = asyncio.run(go())
    assert about.began == again == THIRD
    assert (first.size, first.late, first.well) == (0, [], True)
    assert any(f"begins with {THIRD}" in one.en for one in first.notes)
    assert none == []
    assert (book.day, book.late) == (THIRD, False)


def test_a_street_that_begins_with_its_record_has_no_days_from_before(tmp_path):
    async def go():
        async with server(tmp_path) as (running, caller):
            return running.shared.past.began, await home(caller, "m-1").own(OwnRecord, "GET", "record")

    began, about = asyncio.run(go())
    assert began is None
    assert about.began is None


def test_a_record_that_was_kept_before_this_was_noted_goes_on_being_about_everything(tmp_path):
    async def go():
        clock = Hands()
        async with server(tmp_path, clock) as (running, _):
            await running.keeper.tell(live.Closed(FIRST))
            await committed(running)
        with open_records(f"{tmp_path}/log.sqlite") as records:
            records.delete("ledger_began", "street")
        async with server(tmp_path, clock) as (running, caller):
            assert running.shared.past.began is None
            return await evidence(caller, "m-1", "book")

    assert [one.day for one in asyncio.run(go())] in ([FIRST], [])


@pytest.mark.parametrize("path", ["record"])
def test_whom_a_home_is_held_to_be_is_nobody_elses_to_read(tmp_path, path):
    async def go():
        async with server(tmp_path) as (_, caller):
            other = home(caller, "m-1")
            other.member = "m-2"
            return (await caller.get(f"{V1}/members/m-2/{path}")).status_code

    assert asyncio.run(go()) == 401


def test_what_happened_is_kept_in_order(tmp_path):
    from laag.adapters.neighbourhood.committed import Restored

    at = Hands().at
    with open_records(f"{tmp_path}/log.sqlite") as records:
        for hours in (5, 1, 3):
            Past(records).put_back(Restored(at=at + timedelta(hours=hours), copied=at, size=hours))
        assert [one.size for one in Past(records).restored] == [1, 3, 5]


def test_a_record_that_was_away_when_the_street_began_is_as_old_as_the_street(tmp_path):
    """That nothing stands on it yet, after a first day that it missed, makes it no younger."""

    class Away:
        def keys(self, _):
            raise OSError("nobody is there")

    async def go():
        async with server(tmp_path) as (running, _):
            before = running.keeper.live
            await running.keeper.tell(live.Closed(FIRST))
            return before, running.keeper.live

    before, after = asyncio.run(go())
    for first, decided in ((before, True), (after, False)):
        with open_records(":memory:") as records:
            Past(records).begin(Away(), first)
            assert (records.get("ledger_began", "street") is not None) == decided
            assert Past(records).began is None
