"""Helping a full cable: answer what the grid operator asks, and hold the home to what it ordered of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from laag.adapters.neighbourhood.flexing import asked_of
from laag.adapters.neighbourhood.own import OwnAsked
from laag.apps.agent import promising
from laag.apps.agent.hands import paused_until
from laag.apps.agent.life import Life
from laag.apps.agent.neighbour import Neighbour
from laag.cycle.living import Ordered, Thought, offered, promised
from laag.foundation.flex import Offer
from laag.home.flex import Consent
from laag.home.plan.solver import Solver

ANSWERED = "answered"
_ON_ITS_WAY_S = 20.0
"""What is sent later than this before the end may come too late, and is not sent."""
_REMEMBERED = timedelta(days=2)


class Helping:
    """One home's side of what its grid operator asks."""

    def __init__(self, life: Life, neighbour: Neighbour, solver: Solver) -> None:
        self._life, self._neighbour, self._solver = life, neighbour, solver

    async def binds(self, thought: Thought, fresh: tuple[Ordered, ...]) -> None:
        """Promise what was ordered, by a thought that did not know of it; the next one does."""
        made = [await asyncio.to_thread(promised, thought, one, solver=self._solver) for one in fresh]
        promising.keep(self._life, (*self._life.promises, *made))
        self._life.tell("grid", {})

    async def answers(self, thought: Thought) -> None:
        """Each request that is open and was not answered, or would be answered otherwise now."""
        life = self._life
        if life.grid is None or self._neighbour.link.member is None or life.away is not None:
            return
        for one in self._open():
            consent = self._consent(one)
            before = self._before(one, consent)
            if before is not None and before["consent"] == _plain(consent) and before["offered"]:
                continue
            made = None if consent is None else await self._offer(thought, one, consent)
            if before is not None and made is None and not before["offered"]:
                continue  # still nothing: that is known
            if self._is_open(one, life.clock.now()) and self._neighbour.put_offer(one, made):
                self._remember(one, consent, made)

    def _before(self, one: OwnAsked, consent: Consent | None) -> dict[str, Any] | None:
        """What was answered; the outbox knows it also where this home was stopped before it could note it."""
        if (noted := self._answered.get(one.id)) is not None:
            return dict(noted)
        said = promising.all_said_on(self._life, one.id)
        return {"consent": _plain(consent), "offered": bool(said[-1].less_wh)} if said else None

    @property
    def _answered(self) -> dict[str, Any]:
        return dict(self._life.store.kept(ANSWERED) or {})

    def _open(self) -> Iterator[OwnAsked]:
        now = self._life.clock.now()
        assert self._life.grid is not None
        return iter([one for one in self._life.grid.asked if self._is_open(one, now)])

    def _is_open(self, one: OwnAsked, now: datetime) -> bool:
        return now + timedelta(seconds=_ON_ITS_WAY_S * self._life.clock.speed) < one.until

    def _consent(self, one: OwnAsked) -> Consent | None:
        """A home that is paused can promise nothing."""
        return None if paused_until(self._life) is not None else promising.consent(self._life, one.day)

    async def _offer(self, thought: Thought, one: OwnAsked, consent: Consent) -> Offer | None:
        asked = asked_of(one, self._life.zone)
        return await asyncio.to_thread(offered, thought, asked, consent, solver=self._solver)

    def _remember(self, one: OwnAsked, consent: Consent | None, made: Offer | None) -> None:
        life = self._life
        now = life.clock.now()
        kept = {
            request: about
            for request, about in self._answered.items()
            if datetime.fromisoformat(about["until"]) + _REMEMBERED > now
        }
        kept[one.id] = {
            "until": one.until.isoformat(),
            "consent": _plain(consent),
            "offered": made is not None,
        }
        life.store.keep(ANSWERED, kept)
        life.tell("grid", {})


def _plain(consent: Consent | None) -> dict[str, Any] | None:
    """As a store keeps it."""
    if consent is None:
        return None
    return {name: None if value == float("inf") else value for name, value in asdict(consent).items()}
