"""A process that speaks for several homes, each with the outbox and the link of a real one; it may be killed at any moment.

What a home orders and uses hangs on its name, the day and nothing else, so that afterwards anybody can say what should
have come of it.
"""

import asyncio
import sys
import zlib
from datetime import date, timedelta
from pathlib import Path

import httpx
import numpy as np

from laag.adapters.clocks import clock_of
from laag.adapters.homestore import HomeStore
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Away, Neighbourhood
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Orders, Readings
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid

FIRST = date(2026, 6, 1)
HOMES = tuple(f"m-{n}" for n in range(6))
ROWS = 12
ORDERS_BEFORE = timedelta(hours=9)
"""Before the gate, which is at noon of the day before."""


def random_of(member, day, what):
    """Dice that fall the same way for everybody."""
    return np.random.default_rng([zlib.crc32(member.encode()), day.toordinal(), what])


def offtake_wh(member, day):
    """What its meter will say of a day."""
    return random_of(member, day, 0).integers(-800, 1_500, len(PtuGrid.day(day, AMSTERDAM)))


def rows(member, day):
    """What it orders for a day, column by column."""
    dice = random_of(member, day, 1)
    return {
        "device": [0] * ROWS,
        "ptu": sorted(dice.integers(0, 96, ROWS).tolist()),
        "side": dice.integers(0, 2, ROWS).tolist(),
        "quantity_wh": dice.integers(1, 900, ROWS).tolist(),
        "limit_ticks": dice.integers(-5_000, 40_000, ROWS).tolist(),
    }


class Home:
    """One of them: what it still has to say is in its outbox before anybody hears it."""

    def __init__(self, folder, member, url) -> None:
        self.member = member
        self.store = HomeStore(folder / f"{member}.sqlite")
        self.link = Neighbourhood(
            url,
            Key.load(folder / f"{member}.key"),
            member,
            httpx.AsyncClient(timeout=httpx.Timeout(10.0), trust_env=False),
        )
        self._ordered = date.fromisoformat(self.store.kept("ordered") or "2000-01-01")

    def lives(self, now):
        """Write down what is over by now, and put it in the outbox; order where it is time to."""
        day = max(self._ordered + timedelta(days=1), FIRST)
        eve = PtuGrid.day(day - timedelta(days=1), AMSTERDAM).start + timedelta(hours=12)
        if now >= eve - ORDERS_BEFORE:
            self.store.outbox.add(lambda number: self._signed(Orders(member=self.member, day=day, number=number, **rows(self.member, day), signature="0" * 128)))  # fmt: skip
            # Killed here it orders twice for the day, which is allowed: the last list counts, and it is the same.
            self.store.keep("ordered", day.isoformat())
            self._ordered = day
        self._meters(now)

    def _meters(self, now):
        start = PtuGrid.day(FIRST, AMSTERDAM).start
        done = self.store.kept("metered") or 0
        over = min(int((now - start) / PTU), done + 300)
        while done < over:
            at = start + done * PTU
            day = at.astimezone(AMSTERDAM).date()
            grid = PtuGrid.day(day, AMSTERDAM)
            first = grid.index(at)
            some = range(first, min(first + over - done, len(grid)))
            wh = offtake_wh(self.member, day)[some.start : some.stop].tolist()
            self.store.outbox.add(lambda number: self._signed(Readings(member=self.member, day=day, number=number, ptu=list(some), wh=wh, signature="0" * 128)))  # noqa: B023  # fmt: skip
            done += len(some)
            # Killed here it tells them twice: the same values, and the newest counts.
            self.store.keep("metered", done)

    def _signed(self, message):
        return message.model_copy(
            update={"signature": self.link.key.sign(message_bytes(message))}
        ).model_dump_json()

    async def speaks(self, clock):
        """For ever."""
        while True:
            self.lives(clock.now())
            waiting = self.store.outbox.waiting(100)
            if waiting:
                try:
                    said = await self.link.send([one.body for one in waiting])
                except Away:
                    await asyncio.sleep(0.2)
                    continue
                self.store.outbox.answered(
                    (one.number, one.status.value, "" if one.why is None else one.why.en)
                    for one in said.answers
                )
            await asyncio.sleep(0.05)


async def _live(folder, url, clock, members):
    homes = [Home(folder, member, url) for member in members]
    await asyncio.gather(*(home.speaks(clock) for home in homes))


def main(given):
    """Until it is killed."""
    folder, url, clock, members = given
    asyncio.run(_live(Path(folder), url, clock_of(clock), members.split(",")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
