"""A process that speaks for several homes, each with the outbox and the link of a real one; it may be killed at any moment.

It enrols them first, one after the other. What a home orders, amends and uses hangs on its name here, the day and nothing else, so that afterwards anybody can say what should
have come of it.
"""

import asyncio
import sys
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx
import numpy as np

from laag.adapters.clocks import clock_of
from laag.adapters.homestore import HomeStore
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Away, Neighbourhood
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Amendments, Orders, Readings
from laag.apps.agent.enrolling import FIRST_DAY, MEMBER, enrol
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid

FIRST = date(2026, 6, 1)
HOMES = tuple(f"m-{n}" for n in range(6))
ROWS = 12
AMENDS_EVERY = 12
"""Quarter-hours."""
AHEAD = 20
"""So many quarter-hours a round is still to come: a second and a half."""
ENROLS_EVERY = timedelta(hours=9)
"""So long after the one before it, a home enrols: they are killed meanwhile."""
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


def changes(member, day, ptu):
    """What it wants changed of some quarter-hours from this one on."""
    dice = random_of(member, day, 2 + ptu)
    some = list(range(ptu, min(ptu + 3, len(PtuGrid.day(day, AMSTERDAM)))))
    return {
        "device": [0] * len(some),
        "ptu": some,
        "side": dice.integers(0, 2, len(some)).tolist(),
        "quantity_wh": dice.integers(1, 300, len(some)).tolist(),
        "limit_ticks": dice.integers(-5_000, 40_000, len(some)).tolist(),
    }


class Home:
    """One of them: what it still has to say is in its outbox before anybody hears it."""

    def __init__(self, folder, name, url) -> None:
        self.name = name
        self.store = HomeStore(folder / f"{name}.sqlite")
        self.member = self.store.kept(MEMBER)
        self._code = (folder / f"{name}.code").read_text()
        self.link = Neighbourhood(
            url,
            Key.load(folder / f"{name}.key"),
            self.member,
            httpx.AsyncClient(timeout=httpx.Timeout(10.0), trust_env=False),
        )
        self._ordered = date.fromisoformat(self.store.kept("ordered") or "2000-01-01")
        self._amended = self.store.kept("amended") or 0

    async def joins(self, clock, first):
        """Become a member, again and again until it is written down that it is one."""
        await clock.until(first + ENROLS_EVERY * HOMES.index(self.name))
        while self.member is None:
            try:
                _, enrolled = await enrol(self.store, self.link, self._code, AMSTERDAM.key)
            except Away:
                await asyncio.sleep(0.2)
            else:
                self.member = enrolled.member

    @property
    def first_day(self):
        """As the neighbourhood said when it enrolled."""
        return date.fromisoformat(self.store.kept(FIRST_DAY))

    def lives(self, now):
        """Write down what is over by now, and put it in the outbox; order where it is time to."""
        day = max(self._ordered + timedelta(days=1), self.first_day)
        eve = PtuGrid.day(day - timedelta(days=1), AMSTERDAM).start + timedelta(hours=12)
        if now >= eve - ORDERS_BEFORE:
            self.store.outbox.add(lambda number: self._signed(Orders(member=self.member, day=day, number=number, **rows(self.name, day), signature="0" * 128)))  # fmt: skip
            # Killed here it orders twice for the day, which is allowed: the last list counts, and it is the same.
            self.store.keep("ordered", day.isoformat())
            self._ordered = day
        self._amends(now)
        self._meters(now)

    def _amends(self, now):
        """Every few hours something of what is coming; what comes too late is refused, and that is that."""
        at = now + AHEAD * PTU
        day = at.astimezone(AMSTERDAM).date()
        turn = int(at.timestamp() / PTU.total_seconds()) // AMENDS_EVERY
        if turn <= self._amended or day < self.first_day:
            return
        wanted = changes(self.name, day, PtuGrid.day(day, AMSTERDAM).index(at))
        self.store.outbox.add(lambda number: self._signed(Amendments(member=self.member, day=day, number=number, **wanted, signature="0" * 128)))  # fmt: skip
        self.store.keep("amended", turn)
        self._amended = turn

    def _meters(self, now):
        start = PtuGrid.day(self.first_day, AMSTERDAM).start
        done = self.store.kept("metered") or 0
        over = min(int((now - start) / PTU), done + 300)
        while done < over:
            at = start + done * PTU
            day = at.astimezone(AMSTERDAM).date()
            grid = PtuGrid.day(day, AMSTERDAM)
            first = grid.index(at)
            some = range(first, min(first + over - done, len(grid)))
            wh = offtake_wh(self.name, day)[some.start : some.stop].tolist()
            self.store.outbox.add(lambda number: self._signed(Readings(member=self.member, day=day, number=number, ptu=list(some), wh=wh, signature="0" * 128)))  # noqa: B023  # fmt: skip
            done += len(some)
            # Killed here it tells them twice: the same values, and the newest counts.
            self.store.keep("metered", done)

    def _signed(self, message):
        return message.model_copy(
            update={"signature": self.link.key.sign(message_bytes(message))}
        ).model_dump_json()

    async def speaks(self, clock, first):
        """For ever."""
        await self.joins(clock, first)
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


async def _live(folder, url, clock, names):
    homes = [Home(folder, name, url) for name in names]
    first = datetime.fromisoformat((folder / "begins").read_text())
    await asyncio.gather(*(home.speaks(clock, first) for home in homes))


def main(given):
    """Until it is killed."""
    folder, url, clock, names = given
    asyncio.run(_live(Path(folder), url, clock_of(clock), names.split(",")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
