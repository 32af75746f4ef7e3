"""Sources of prices: asked in turn, left alone where they say so, and said to be missing where nobody answers."""

import asyncio
from datetime import UTC, datetime, timedelta

from tests.apps.street.kade import DAY, FIRST, STREET, Hands, prices, street

from laag.adapters.fetch import Away
from laag.apps.street.figures import Figures
from laag.apps.street.sources import Asked, InTurn
from laag.apps.street.taking import NotTaken
from laag.apps.street.watch import LATE, LONGEST_WAIT, Watch
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
    assert "the day-ahead price counts; a correction follows" in later[1].en


class Slow:
    """Has day-ahead prices at once, and imbalance prices when it has them."""

    name = Said("de bron", "the source")

    def __init__(self) -> None:
        self.has = False

    async def day_ahead(self, day):
        return prices(day)[0] if day <= FIRST else None

    async def imbalance(self, day):
        return prices(day)[1] if self.has and day <= FIRST + DAY else None


def test_a_bill_does_not_wait_for_imbalance_prices_for_ever_and_is_corrected_when_they_come():
    async def lived():
        hands, source = Hands(live.gate(STREET, FIRST)), Slow()
        async with street(clock=hands) as keeper:
            watch = Watch(keeper, InTurn([source], Figures()))
            await watch.once()
            hands.at = STREET.grid(FIRST).end + LATE["imbalance"]
            await watch.once()
            stood_in = keeper.live.day(FIRST)
            source.has = True
            hands.at += LONGEST_WAIT
            await watch.once()
            return (
                stood_in,
                keeper.live.day(FIRST),
                await keeper.tell(
                    live.Imbalanced(FIRST, *stood_in.imbalance_ticks, "day ahead", expected=True)
                ),
            )

    stood_in, real, again = asyncio.run(lived())
    assert (stood_in.revision, stood_in.imbalance_expected) == (1, True)
    assert (stood_in.imbalance_ticks[0] == stood_in.day_ahead_ticks).all()
    assert not real.imbalance_expected
    assert real.late, "it is settled anew with the next day"
    assert isinstance(again, NotTaken)
