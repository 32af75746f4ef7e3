"""The clock's work: gates are closed, prices asked for and days settled when it is time, and after a stop made up for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from laag.apps.street.keeper import Away, Busy, Keeper
from laag.apps.street.sources import Asked, InTurn
from laag.apps.street.taking import Failed, NotTaken
from laag.cycle import live
from laag.cycle.live import Imbalanced, Priced
from laag.cycle.live.state import Day
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Said

log = logging.getLogger("laag.street")

PUBLISHED = time(13)
"""On the wall, the day before delivery: from then on the auction's result is asked for."""
PAST_DAYS = 17
"""Before today: what expected prices, and how they missed, are told from."""
PATIENCE = {
    "day_ahead": timedelta(hours=9),
    "imbalance": timedelta(days=2),
    "intraday": timedelta(days=3650),
}
"""How long the first source of prices is given before the next one's are taken; intraday, where it is not the market
itself that says so, nobody can be traded with."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)
# What is settled is corrected once the real ones come, so a bill need not wait for them.
LATE = {"day_ahead": timedelta(hours=6), "imbalance": timedelta(days=2)}
"""From then on everybody is told that they are missing: a day never waits in silence."""
LEAST_S, LONGEST_S = 0.05, 1.0
"""Seconds of the wall between two looks at the clock."""


def _unquoted(known: Day, grid: PtuGrid, now: datetime) -> datetime | None:
    """Since when intraday prices of a day are asked for: once it is cleared, while a round may need one it has not."""
    coming = max(grid.index(now) + 2, 0)
    if not known.is_cleared or known.is_settled or coming >= len(grid) or coming in known.quoted:
        return None
    return now


@dataclass(slots=True)
class _Try:
    at: datetime
    wait: timedelta


class Watch:
    """Looks at the clock for as long as it runs."""

    def __init__(self, keeper: Keeper, sources: InTurn) -> None:
        self._keeper, self.sources = keeper, sources
        self._tries: dict[Asked, _Try] = {}
        self.past: dict[date, Ints] = {}
        """Prices of days before the neighbourhood's own, for expectations only."""
        self._past_of: date | None = None
        self._turn = asyncio.Lock()
        self._fetching = asyncio.Lock()
        self.looked_at: datetime | None = None
        """When it last looked: a watch that stands still is seen."""

    def missing(self, now: datetime) -> list[Said]:
        """Prices that no source gave in good time: since when, and what waits for them."""
        zone = self._keeper.live.neighbourhood.zone
        return [
            _missing(asked, due.astimezone(zone))
            for asked, due in self._lacking(now)
            if asked.kind in LATE and now >= due + LATE[asked.kind]
        ]

    async def run(self) -> None:
        """Until it is cancelled. A source of prices that does not answer keeps no gate open."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._again_and_again(self.look))
            both.create_task(self._again_and_again(self.fetch))

    async def once(self) -> None:
        """All that has to be done by now."""
        await self.look()
        await self.fetch()

    async def look(self) -> datetime:
        """Close what is to be closed by now and settle what is to be settled; when to look again."""
        async with self._turn:
            now = self._keeper.clock.now()
            if self._keeper.away is not None:
                await self._keeper.ask([])  # tries the store again
            for message in live.due(self._keeper.live, now):
                outcome = await self._keeper.tell(message)
                about = {"which": type(message).__name__, "day": message.day.isoformat()}
                if isinstance(outcome, NotTaken) and message not in live.due(self._keeper.live, now):
                    continue  # a home spoke just then, and the gate was closed before it was heard
                if isinstance(outcome, NotTaken | Failed):
                    log.error("not taken", extra={**about, "why": str(outcome)})
                else:
                    log.info("done", extra=about)
            self.looked_at = now
            return live.next_at(self._keeper.live, now)

    async def fetch(self) -> datetime:
        """Ask for prices that should be there by now; when to ask again."""
        async with self._fetching:
            now = self._keeper.clock.now()
            for asked, due in self._wanted(now):
                await self._ask(asked, due, now)
            await self._ask_for_the_past(now)
            return min((one.at for one in self._tries.values()), default=now + LONGEST_WAIT)

    async def _again_and_again(self, work: Callable[[], Awaitable[datetime]]) -> None:
        clock = self._keeper.clock
        while True:
            try:
                again_s = (await work() - clock.now()).total_seconds() / clock.speed
            except (Away, Busy) as fault:
                log.warning("the clock's work waits", extra={"why": str(fault)})
                again_s = 1.0
            except Exception:
                log.exception("the clock's work failed")
                again_s = 1.0
            await asyncio.sleep(min(max(again_s, LEAST_S), LONGEST_S))

    def _wanted(self, now: datetime) -> list[tuple[Asked, datetime]]:
        """Prices that should be there by now and are not, and since when."""
        found = self._lacking(now)
        for asked, due in found:
            self._tries.setdefault(asked, _Try(due, FIRST_WAIT))
        for asked in [one for one in self._tries if one not in {asked for asked, _ in found}]:
            del self._tries[asked]
        return [(asked, due) for asked, due in found if self._tries[asked].at <= now]

    def _lacking(self, now: datetime) -> list[tuple[Asked, datetime]]:
        """Prices of closed days that are not known, and from when on they should be."""
        place = self._keeper.live.neighbourhood
        found = []
        for day, known in sorted(self._keeper.live.days.items()):
            if not known.closed:
                continue
            eve = datetime.combine(day - timedelta(days=1), PUBLISHED, place.zone).astimezone(UTC)
            if known.day_ahead_ticks is None:
                found.append((Asked("day_ahead", day), eve))
            if known.imbalance_ticks is None or known.imbalance_expected:
                found.append((Asked("imbalance", day), place.grid(day).end))
            if (since := _unquoted(known, place.grid(day), now)) is not None:
                found.append((Asked("intraday", day), since))
        return found

    async def _ask(self, asked: Asked, due: datetime, now: datetime) -> None:
        got = await self.sources.ask(asked, due, now, PATIENCE[asked.kind])
        outcome = None if got is None else await self._keeper.tell(got)
        if got is not None and not isinstance(outcome, NotTaken | Failed):
            self._tries.pop(asked, None)
            await self.look()
            return
        if outcome is not None:
            log.error("prices not taken", extra={"day": asked.day.isoformat(), "why": str(outcome)})
        elif asked.kind == "imbalance" and now >= due + LATE["imbalance"]:
            await self._stand_in(asked.day)
            await self.look()
        one = self._tries[asked]
        one.at, one.wait = now + one.wait, min(2 * one.wait, LONGEST_WAIT)

    async def _stand_in(self, day: date) -> None:
        """Settle by the day-ahead price where imbalance prices do not come."""
        known = self._keeper.live.day(day)
        if known.day_ahead_ticks is None or known.imbalance_ticks is not None:
            return
        ticks = known.day_ahead_ticks
        outcome = await self._keeper.tell(Imbalanced(day, ticks, ticks, "day ahead", expected=True))
        log.warning("imbalance prices stood in for", extra={"day": day.isoformat(), "outcome": str(outcome)})

    async def _ask_for_the_past(self, now: datetime) -> None:
        """Whichever source has them: nothing is settled by these. Once a day; what is not there then is guessed."""
        place = self._keeper.live.neighbourhood
        today = now.astimezone(place.zone).date()
        if self._past_of == today:
            return
        self._past_of = today
        days = [today - timedelta(days=n) for n in range(PAST_DAYS + 1)]
        self.past = {day: ticks for day, ticks in self.past.items() if day in days}
        for day in days:
            if day in self.past or self._keeper.live.day(day).day_ahead_ticks is not None:
                continue
            got = await self.sources.any(Asked("day_ahead", day))
            if isinstance(got, Priced) and len(got.day_ahead_ticks) == len(place.grid(day)):
                self.past[day] = got.day_ahead_ticks


def _missing(asked: Asked, since: datetime) -> Said:
    at = f"{since:%Y-%m-%d %H:%M}"
    if asked.kind == "day_ahead":
        return Said(
            f"De day-aheadprijzen van {asked.day} ontbreken sinds {at}. Huizen plannen met wat van die dag verwacht wordt; de markt "
            "van die dag wacht, want die prijzen staan daarna vast. Een andere bron, of een bestand, kan ze geven.",
            f"The day-ahead prices of {asked.day} are missing since {at}. Homes plan by what is expected of that day; its market "
            "waits, since those prices are final once used. Another source, or a file, can give them.",
        )
    return Said(
        f"De onbalansprijzen van {asked.day} ontbreken sinds {at}. Tot ze er zijn telt de day-aheadprijs; daarna volgt een correctie.",
        f"The imbalance prices of {asked.day} are missing since {at}. Until they come the day-ahead price counts; a correction follows.",
    )
