"""The aggregator's side, for whoever has homes to hold: prognoses go out, requests are answered, orders come back as values."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import date, timedelta
from pathlib import Path

from fastapi import APIRouter

from laag.adapters.keys import Key
from laag.adapters.stores import open_log
from laag.adapters.uftp.agr import Aggregator, Asked, disputes
from laag.adapters.uftp.conversation import Standing
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.link import PATH, Line
from laag.adapters.uftp.translate import Offered, Ordered
from laag.apps.dso.settings import AggregatorWire
from laag.foundation.errors import BadInput
from laag.foundation.ports import Clock

Offers = Callable[[Asked], Awaitable[Sequence[Offered]]]
"""What can be offered on a request; it may take until the request ends, and may ask homes."""
log = logging.getLogger("laag.dso")


class Aggregating:
    """An aggregator on its line to one grid operator.

    Hold it open while you live, hang ``router()`` under your door, call ``prognose`` when a day is planned, and ``act``
    on news and every so often (``serving.keep`` does). What was bought is ``ordered``.
    """

    def __init__(self, wire: AggregatorWire, key: Key, store: str, clock: Clock, offers: Offers) -> None:
        self.wire = wire
        self._clock, self._offers = clock, offers
        self.aggregator = Aggregator(wire.operator, timedelta(minutes=wire.offers_stand_minutes))
        rules, participants = wire.agreed(), wire.participants()

        @contextmanager
        def desk() -> Iterator[Desk]:
            with open_log(store) as kept:
                yield Desk(wire.domain, "AGR", key, participants, rules, kept, disputes)

        self.line = Line(desk, clock, wire.carrying())

    @classmethod
    def of(cls, wire: AggregatorWire, path: Path, clock: Clock, offers: Offers) -> Aggregating:
        """With key and store beside the file that named them."""
        from laag.apps.dso.settings import key_of, store_of

        return cls(wire, key_of(wire, path), store_of(wire, path), clock, offers)

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[Aggregating, None]:
        """On the line."""
        async with self.line.opened():
            yield self

    def router(self, path: str = PATH) -> APIRouter:
        """The one route that the grid operator calls."""
        return self.line.router(path)

    async def prognose(self, point: str, day: date, watts: Ints, homes: int) -> str | None:
        """Tell what a point will do on a day; the message's id, or ``None`` where it was told already."""
        if homes < self.wire.least_homes:
            raise BadInput(
                f"a sum of {homes} homes would show what one of them does; tell sums of at least {self.wire.least_homes}"
            )
        return await self.line.on_desk(
            lambda desk: self.aggregator.prognose(desk, point, day, watts, self._clock.now())
        )

    async def act(self) -> None:
        """Follow what was ordered, and offer on what was asked."""
        await self.line.on_desk(lambda desk: self.aggregator.follow_orders(desk, self._clock.now()))
        for asked in await self.line.on_desk(
            lambda desk: self.aggregator.open_requests(desk, self._clock.now())
        ):
            try:
                await self._offer(asked)
            except Exception:
                log.exception("no offer could be made on the request %s; it is tried again", asked.id)

    async def _offer(self, asked: Asked) -> None:
        made = await self._offers(asked)
        await self.line.on_desk(lambda desk: self.aggregator.answer(desk, asked.id, made, self._clock.now()))

    async def ordered(self, point: str, day: date) -> list[Ordered]:
        """What was bought of us for a day, in order."""
        return await self.line.on_desk(lambda desk: self.aggregator.ordered(desk, point, day))

    async def revoke(self, offer: str) -> str:
        """Take an offer back."""
        return await self.line.on_desk(lambda desk: self.aggregator.revoke(desk, offer, self._clock.now()))

    async def standing(self, message_id: str) -> tuple[Standing, str]:
        """What became of a message of ours, and why."""
        one = await self.line.on_desk(lambda desk: desk.books.said(self.wire.operator, message_id))
        if one is None:
            raise BadInput(f"nothing was sent under {message_id}")
        return one.standing, one.why
