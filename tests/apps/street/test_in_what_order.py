"""After a stop homes may speak before anybody has looked at the clock, and may ask again what was refused."""

import asyncio
from datetime import timedelta

from tests.apps.street.kade import DAY, FIRST, STREET, Hands, orders, readings, street

from laag.apps.street.taking import Known, NotTaken, Signed, Taken
from laag.cycle import live


def done(coroutine):
    return asyncio.run(coroutine)


async def said(keeper, *messages):
    return await keeper.ask([Signed(one) for one in messages])


def test_a_list_that_comes_after_its_gate_is_late_also_where_nobody_has_closed_it_yet():
    async def lived():
        async with street(clock=Hands(live.gate(STREET, FIRST))) as keeper:
            heard = []
            keeper.hear(lambda _, taken: heard.extend(type(one.message) for one in taken))
            (late,) = await said(keeper, orders("m-0", 1))
            (next_day,) = await said(keeper, orders("m-0", 2, FIRST + DAY))
            return late, next_day, heard, keeper.live

    late, next_day, heard, state = done(lived())
    assert isinstance(late, NotTaken)
    assert "gate" in late.why.en
    assert isinstance(next_day, Taken)
    assert heard == [live.Closed, live.Ordered]
    assert state.day(FIRST).closed
    assert not state.day(FIRST + DAY).closed


def test_readings_of_a_day_whose_gate_closed_while_the_server_was_away_are_taken():
    async def lived():
        async with street(clock=Hands(STREET.grid(FIRST)[8])) as keeper:
            return await said(keeper, readings("m-0", 1, FIRST, range(8), range(8)))

    (taken,) = done(lived())
    assert isinstance(taken, Taken)


def test_what_was_refused_is_refused_again_although_something_later_was_taken(tmp_path):
    place = str(tmp_path / "log.sqlite")
    late = orders("m-0", 1)
    clock = Hands(live.gate(STREET, FIRST) + timedelta(minutes=1))

    async def lived(*messages):
        async with street(place, clock) as keeper:
            return await said(keeper, *messages)

    first, _ = done(lived(late, orders("m-0", 2, FIRST + DAY)))
    again, later = done(lived(late, orders("m-0", 2, FIRST + DAY)))
    assert isinstance(again, NotTaken)
    assert again.why == first.why
    assert isinstance(later, Known)


def test_what_a_stranger_said_in_a_members_name_makes_nothing_of_the_members_own_refused():
    from laag.adapters.keys import Key

    async def lived():
        async with street() as keeper:
            forged, own = orders("m-0", 1, key=Key.new()), orders("m-0", 1)
            return await said(keeper, forged, own, own)

    assert [type(one) for one in done(lived())] == [NotTaken, Taken, Known]
