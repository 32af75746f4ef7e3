"""Sources of prices: asked in turn, left alone where they say so, and said to be missing where nobody answers."""

import asyncio
from datetime import UTC, datetime, timedelta

from tests.apps.street.kade import FIRST, STREET, street

from laag.adapters.fetch import Away
from laag.apps.street.figures import Figures
from laag.apps.street.sources import Asked, InTurn
from laag.apps.street.watch import LATE, Watch
from laag.cycle import live
from laag.foundation.words import Said

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)


class Shut:
    """Says when it may be asked again."""

    name = Said("de bron", "the source")

    def __init__(self, wait_s) -> None:
        self.wait_s, self.asked = wait_s, 0

    async def day_ahead(self, _):
        self.asked += 1
        raise Away(Said("te vaak gevraagd", "asked too often"), self.wait_s)

    imbalance = day_ahead


def test_a_source_that_says_when_it_may_be_asked_again_is_left_alone_until_then():
    wall = [0.0]
    source = Shut(wait_s=600.0)
    sources = InTurn([source], Figures(), lambda: wall[0])

    async def asked_at(second):
        wall[0] = second
        await sources.ask(Asked("day_ahead", FIRST), NOON, NOON, timedelta(hours=9))
        return source.asked

    assert [asyncio.run(asked_at(second)) for second in (0, 1, 599, 601, 700, 1_300)] == [1, 1, 1, 2, 2, 3]
    assert sources.failing == {"the source": "asked too often"}


def test_a_day_whose_prices_do_not_come_says_since_when_and_what_waits_for_them():
    async def lived():
        async with street() as keeper:
            watch = Watch(keeper, InTurn([], Figures()))
            gate = live.gate(STREET, FIRST)
            await keeper.tell(live.Closed(FIRST))
            due = datetime(2026, 3, 27, 12, tzinfo=UTC)
            at_once = watch.missing(max(due, gate))
            late = watch.missing(due + LATE["day_ahead"])
            over = STREET.grid(FIRST).end + LATE["imbalance"]
            return at_once, late, watch.missing(over)

    at_once, late, later = asyncio.run(lived())
    assert at_once == []
    (said,) = late
    assert said.en.startswith("The day-ahead prices of 2026-03-28 are missing since 2026-03-27 13:00.")
    assert "wacht" in said.nl
    assert len(later) == 2
    assert "settlement of that day waits" in later[1].en
