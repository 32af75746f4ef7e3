"""What all pages of one neighbourhood stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from laag.apps.access import (
    Accounts,
    ApiKeys,
    Caller,
    Closed,
    Doors,
    Look,
    Purpose,
    Sessions,
    look_event,
    look_of,
)
from laag.apps.access.looks import KIND
from laag.apps.street.pages import words
from laag.apps.street.running import Running
from laag.apps.web import Web
from laag.cycle.live import Live
from laag.foundation.ports import Event
from laag.foundation.words import Said, clock


@dataclass(frozen=True, slots=True)
class Moment:
    """A chosen day and quarter-hour, counted from local midnight."""

    day: date
    ptu: int


@dataclass(frozen=True, slots=True)
class Site:
    """The server, its frame, and who may sign in."""

    running: Running
    web: Web
    accounts: Accounts
    sessions: Sessions
    keys: ApiKeys
    doors: Doors

    @property
    def state(self) -> Live:
        """The neighbourhood now."""
        return self.running.keeper.live

    def now(self) -> datetime:
        """By the neighbourhood's clock."""
        return self.running.now()

    def today(self) -> Moment:
        """The quarter-hour in which we are."""
        place, now = self.state.neighbourhood, self.now()
        day = max(now.astimezone(place.zone).date(), place.first_day)
        grid = place.grid(day)
        return Moment(day, min(max(grid.index(now), 0), len(grid) - 1))

    def chosen(self, request: Request) -> Moment:
        """What the address asks for; today, and now, where it does not."""
        place, today = self.state.neighbourhood, self.today()
        try:
            day = date.fromisoformat(request.query_params.get("day", ""))
        except ValueError:
            day = today.day
        day = max(place.first_day, min(day, max([today.day, *self.state.days])))
        asked = request.query_params.get("ptu", "")
        ptu = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else today.ptu
        return Moment(day, min(ptu, len(place.grid(day)) - 1))

    def times(self, day: date) -> list[str]:
        """The starts of a day's quarter-hours on the wall."""
        place = self.state.neighbourhood
        return [clock(int(quarter)) for quarter in place.grid(day).quarter_of_day(place.zone)]

    def days(self) -> list[date]:
        """The days of which something is known, the newest first."""
        return sorted(self.state.days, reverse=True)

    async def note_look(self, member: str, caller: Caller, purpose: Purpose, what: str) -> None:
        """Append a look to the log; it returns when it is there."""
        look = Look(member, caller.role, caller.name, purpose, what, self.now())
        try:
            await self.running.keeper.note(look_event(look))
        except Exception as fault:
            raise Closed(503, words.STORE_TROUBLE) from fault

    async def looks(self, member: str | None = None) -> list[Look]:
        """Who looked, the newest first: at one member's data, or at anybody's."""

        def read(events: Iterable[Event]) -> list[Look]:
            found = [look_of(event) for event in events if member is None or event.key == member]
            return sorted(found, key=lambda look: look.at, reverse=True)

        return await self.running.keeper.read(read, KIND)

    def what(self, look: Look) -> Said:
        """What lay behind the door."""
        method, _, path = look.what.partition(" ")
        door = self.doors.get((method, path))
        return door.what if door is not None and door.what.nl else words.SOMETHING


def quarter_options(times: list[str]) -> list[tuple[str, str]]:
    """The choices of a quarter-hour; twice the same hour in autumn is numbered."""
    seen: dict[str, int] = {}
    options = []
    for ptu, at in enumerate(times):
        seen[at] = seen.get(at, 0) + 1
        options.append((str(ptu), at if seen[at] == 1 else f"{at} ({seen[at]})"))
    return options


in_thread = run_in_threadpool
