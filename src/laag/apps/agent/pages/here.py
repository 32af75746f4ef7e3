"""What the pages of one home share."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from fastapi import Request

from laag.adapters.neighbourhood.agreed import agreed_ladder
from laag.adapters.neighbourhood.own import OwnStreet
from laag.apps.access import Sessions
from laag.apps.agent.agent import Agent
from laag.apps.agent.life import Life
from laag.apps.agent.mind import Mind
from laag.apps.agent.pages.country import Country
from laag.apps.agent.pages.day import day_of
from laag.apps.agent.pages.street import Street
from laag.apps.agent.wishing import ladder_of
from laag.apps.home.day import Day
from laag.apps.web import Web
from laag.cycle.day import HORIZON_PTUS
from laag.cycle.living import Thought, think
from laag.cycle.street import Wants
from laag.home.ladder import Ladder
from laag.home.plan.solver import Solver
from laag.home.preferences import Wished, parse


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a household wants, and which of it goes first."""

    wishes: Sequence[Wished]
    ladder: Ladder


@dataclass(slots=True, eq=False)
class Here:
    """One home's agent, and how its pages are written."""

    agent: Agent
    web: Web
    sessions: Sessions
    street: Street
    _solver: Solver = field(default_factory=Solver)
    _trying: asyncio.Lock = field(default_factory=asyncio.Lock)
    _last: tuple[Thought, Day] | None = None
    country: Country = field(init=False)

    def __post_init__(self) -> None:
        self.country = Country(self._outside)

    async def _outside(self) -> OwnStreet | None:
        return await self.street.outside()

    @property
    def life(self) -> Life:
        """All that the agent holds."""
        return self.agent.life

    @property
    def now(self) -> datetime:
        """By the home's clock, as it hangs on the wall."""
        return self.life.clock.now().astimezone(self.life.zone)

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def day(self) -> Day | None:
        """The newest plan with its reasons; ``None`` before the first."""
        thought = self.life.thought
        if thought is None:
            return None
        if self._last is None or self._last[0] is not thought:
            self._last = thought, day_of(thought)
        return self._last[1]

    async def tried(self, *each: Wanted) -> list[Day]:
        """The plan that each of these would give now, all from the same knowledge."""
        life = self.life
        known, board = Mind(life).question(life.clock.now())
        base = life.base or Wants()
        days = []
        async with self._trying:
            for one in each:
                asked = replace(known, wants=replace(base, wishes=tuple(one.wishes)), ladder=one.ladder)
                thought = await asyncio.to_thread(
                    think, asked, board, life.senses.held, HORIZON_PTUS, solver=self._solver
                )
                days.append(day_of(thought))
        return days

    def wishes(self) -> list[tuple[int, Wished]]:
        """What the household wishes, each by the number under which it is kept."""
        return [(number, parse(line)) for number, line in self.life.store.wishes()]

    @property
    def ladder(self) -> Ladder:
        """Who goes first in this home."""
        return ladder_of(self.life.store, agreed_ladder(self.life.board))


def here(request: Request) -> Here:
    """The home that a page belongs to."""
    found: Here = request.app.state.here
    return found
