"""What a living server wrote down is what its homes signed; and a street of sixty homes is audited in seconds."""

import asyncio

import pytest
from tests.apps.audits.committed_street import committed
from tests.apps.street.kade import FIRST, Hands, orders, readings, street

from laag.adapters.stores import open_log
from laag.apps.audit.signed_events import SignedEvents
from laag.apps.street.taking import Signed, Taken
from laag.cycle import live


def test_what_homes_said_to_a_server_is_found_signed_in_its_log(tmp_path):
    place = str(tmp_path / "street.sqlite")

    async def day():
        async with street(place, clock := Hands()) as keeper:
            said = [Signed(orders("m-0", 0)), Signed(orders("m-1", 0, wh=900, side=0))]
            clock_at, clock.at = clock.at, clock.at
            assert all(isinstance(one, Taken) for one in await keeper.ask(said))
            await keeper.tell(live.Closed(FIRST))
            clock.at = live.settled_at(keeper.live.neighbourhood, FIRST)
            told = await keeper.ask([Signed(readings("m-0", 1, ptu=(0, 1), wh=(120, -7)))])
            assert all(isinstance(one, Taken) for one in told), told
            return clock_at

    asyncio.run(day())
    looks = SignedEvents(str(FIRST))
    with open_log(place) as log:
        found = [one for event in log.events() for one in looks.look(event)]
    assert (found, looks.count) == ([], 3)


@pytest.mark.slow
def test_a_day_of_sixty_homes_is_audited_in_seconds():
    made = committed(homes=60, days=2)
    found = made.audit()
    assert (found.code, found.homes) == (0, 60)
    assert sum(found.totals.values())
