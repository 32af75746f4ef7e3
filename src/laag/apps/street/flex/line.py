"""The line to the grid operator while the neighbourhood lives: it is told, it asks, homes answer, it orders.

The messages are in a store of their own and what follows from them is in the neighbourhood's log. Neither waits for the
other: every step looks at both and does what is missing, under names that follow from the messages, so that a server that
was killed between the two does it after all, and once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

from fastapi import APIRouter

from laag.adapters.keys import Key
from laag.adapters.uftp import translate
from laag.adapters.uftp.agr import Asked as Request
from laag.adapters.uftp.agr import offer_id
from laag.adapters.uftp.conversation import Known, Standing
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.flexing import Bundle
from laag.adapters.uftp.judging import day_of
from laag.adapters.uftp.link import PATH
from laag.adapters.uftp.words import instant
from laag.apps.dso.aggregating import Aggregating
from laag.apps.dso.serving import keep
from laag.apps.street.flex import asking
from laag.apps.street.flex.config import DsoWire
from laag.apps.street.flex.points import W_PER_WH, homes_behind, may_be_told, may_be_told_again, planned_wh
from laag.apps.street.flex.sharing import flexed
from laag.apps.street.keeper import Keeper
from laag.apps.street.kept import Kept
from laag.apps.street.taking import Taken
from laag.cycle.live import Asked, Flexed, Live, Message, Offered
from laag.cycle.live.flexing import waits_for
from laag.cycle.live.state import Asking, Day

log = logging.getLogger("laag.flex")
_NEWS = (Offered, Flexed)


class AtTheGrid:
    """A neighbourhood as an aggregator. Hold it open while it lives, and hang ``router()`` under its door."""

    def __init__(self, wire: DsoWire, key: Key, store: str, keeper: Keeper) -> None:
        self.wire = wire
        self._keeper = keeper
        self.aggregating = Aggregating(wire, key, store, keeper.clock, _nobody)
        self._margin = timedelta(minutes=wire.margin_minutes)
        self._points = {point: wire.behind.get(point) for point in wire.points}
        self._looked: dict[tuple[str, date], tuple[object, int]] = {}
        self._shared: set[str] = set()
        """Orders that are known to be in the log."""

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[AtTheGrid, None]:
        """On the line, at work."""
        self._keeper.hear(self._hears)
        async with self.aggregating.opened():
            acting = asyncio.create_task(keep(self.aggregating.line, self.act), name="grid operator")
            try:
                yield self
            finally:
                acting.cancel()
                await asyncio.gather(acting, return_exceptions=True)

    def router(self) -> APIRouter:
        """The one route that the grid operator calls."""
        return self.aggregating.router(PATH)

    async def act(self) -> None:
        """Everything that is due; what goes wrong with one holds up no other."""
        for what, does in (
            ("orders", self._orders),
            ("prognoses", self._prognoses),
            ("requests", self._requests),
        ):
            try:
                await does()
            except Exception:
                log.exception("%s could not be done; it is tried again", what)

    async def settled(self) -> dict[date, Decimal]:
        """What the grid operator settled each day for, all orders together; its newest word counts."""
        return await self.aggregating.line.on_desk(_settled)

    def withheld(self) -> list[tuple[str, int]]:
        """Points of which nothing is told of the newest day that is cleared, and how many homes are behind each."""
        days = [day for day, known in self._live.days.items() if known.is_cleared]
        if not days:
            return []
        members = self._live.day(max(days)).members
        told = may_be_told(members, self._points, self.wire.least_homes)
        return [
            (point, len(homes_behind(members, cables)))
            for point, cables in self._points.items()
            if point not in told
        ]

    def _hears(self, kept: Kept, taken: Sequence[Taken]) -> None:
        del kept
        if any(isinstance(one.message, _NEWS) or one.effects for one in taken):
            self.aggregating.line.news.set()

    @property
    def _live(self) -> Live:
        return self._keeper.live

    def _now(self) -> datetime:
        return self._keeper.clock.now()

    def _days(self) -> list[date]:
        """Those that are cleared and not over."""
        now, state = self._now(), self._live
        return sorted(
            day
            for day, known in state.days.items()
            if known.is_cleared and state.neighbourhood.grid(day).end > now
        )

    async def _prognoses(self) -> None:
        for day in self._days():
            known = self._live.day(day)
            told = may_be_told(known.members, self._points, self.wire.least_homes)
            for point in self.wire.points:
                if point in told:
                    await self._tell(point, day, known)

    async def _tell(self, point: str, day: date, known: Day) -> None:
        made_of = (known.market, sum(len(one.orders) for one in known.askings.values()))
        before = self._looked.get((point, day))
        if before is not None and before[0] is made_of[0] and before[1] == made_of[1]:
            return
        homes = homes_behind(known.members, self._points[point])
        watts = planned_wh(known)[homes].sum(axis=0) * W_PER_WH
        last, ordered, gate = await self.aggregating.line.on_desk(
            lambda desk: (
                desk.books.prognosis(self.wire.operator, point, day, mine=True),
                bool(desk.books.orders(self.wire.operator, point, day, mine=False)),
                desk.rules.gate(day),
            )
        )
        if self._now() > gate and not ordered:
            if last is None:
                log.warning("too late to tell the grid operator what %s does on %s", point, day)
        elif last is None or await asyncio.to_thread(
            may_be_told_again,
            known,
            homes,
            translate.prognosed(last.message, self.aggregating.wire.agreed()),
            self.wire.least_homes,
        ):
            await self.aggregating.prognose(point, day, watts, len(homes))
        self._looked = {key: made for key, made in self._looked.items() if key[1] >= day - timedelta(days=2)}
        self._looked[point, day] = made_of

    async def _requests(self) -> None:
        line = self.aggregating.line
        for request in await line.on_desk(
            lambda desk: self.aggregating.aggregator.open_requests(desk, self._now())
        ):
            try:
                await self._request(request)
            except Exception:
                log.exception("no offer could be made on the request %s; it is tried again", request.id)

    async def _request(self, request: Request) -> None:
        """Ask homes, or where all have answered or the time is over, pass on what they said."""
        known = self._live.day(request.day)
        if not known.is_cleared:
            return
        names = (request.id, request.id + asking.MORE)
        if not any(name in known.askings for name in names):
            homes = homes_behind(known.members, self._points.get(request.point))
            for one in asking.questions(request, homes, self.wire.operator, self._now(), self._margin):
                await self._said(one)
            known = self._live.day(request.day)
        asked = [known.askings[name] for name in names if name in known.askings]
        if all(self._is_ready(known, one) for one in asked):
            await self._answer(request, [one.asked.request for one in asked])

    def _is_ready(self, known: Day, one: Asking) -> bool:
        return one.passed is not None or self._now() >= one.asked.until or not waits_for(known, one)

    async def _answer(self, request: Request, names: list[str]) -> None:
        """First in the log, then on the line: what was passed on stays as it was, however often it is done again."""
        made = []
        for name in names:
            known = self._live.day(request.day)
            one = known.askings[name]
            found = await asyncio.to_thread(self._bundles, request, one, known)
            if one.passed is None and not await self._said(asking.passed(one, known, found)):
                return
            made += found
        offered = [bundle.offered for bundle in made]
        await self.aggregating.line.on_desk(
            lambda desk: self.aggregating.aggregator.answer(desk, request.id, offered, self._now())
        )

    def _bundles(self, request: Request, one: Asking, known: Day) -> list[Bundle]:
        grid, aggregator = request.space.grid, self.aggregating.aggregator
        return asking.bundles(
            one, known, grid, lambda watts: aggregator.until(request, watts), self.wire.least_homes
        )

    async def _orders(self) -> None:
        heard = await self.aggregating.line.on_desk(lambda desk: _bought(desk, self._live, self._shared))
        for request, order, number in heard:
            known = self._live.day(request.day)
            shared = await asyncio.to_thread(self._flexed, request, order, number, known)
            if shared is None:
                log.error("the order %s is of an offer that is not in the log; look at both stores", order.id)
            else:
                await self._said(shared)

    def _flexed(self, request: Request, order: translate.Ordered, number: int, known: Day) -> Flexed | None:
        """What follows from an order of the offer with this number; ``None`` where none was passed on."""
        made = [
            (known.askings[name], bundle)
            for name in (request.id, request.id + asking.MORE)
            if name in known.askings and known.askings[name].passed is not None
            for bundle in self._bundles(request, known.askings[name], known)
            if bundle.offered.watts.any()
        ]
        if not 0 <= number < len(made):
            return None
        one, bundle = made[number]
        known_from = max(self._live.neighbourhood.grid(request.day).index(self._now()) + 1, 0)
        return flexed(one.asked, known, bundle, order, self.wire.penalty_ticks, known_from)

    async def _said(self, message: Message) -> bool:
        outcome = await self._keeper.tell(message)
        if isinstance(outcome, Taken):
            about = message.request if isinstance(message, Asked | Flexed) else ""
            log.info("done", extra={"which": type(message).__name__, "request": about})
            return True
        log.warning("not taken: %s", outcome)
        return False


def _bought(desk: Desk, state: Live, shared: set[str]) -> list[tuple[Request, translate.Ordered, int]]:
    """Orders that hold and are not in the log, each with its request and the number of the offer that it is of."""
    found = []
    for one in desk.books.days("FlexOrder", mine=False):
        if one.id in shared or not one.stands or one.day is None or not state.day(one.day).is_cleared:
            continue
        orders = (order.order for asked in state.day(one.day).askings.values() for order in asked.orders)
        offer = desk.books.said(one.peer, one.message.flex_offer_message_id)
        if one.id in orders:
            shared.add(one.id)
            continue
        if offer is None:
            continue
        request = desk.books.heard(one.peer, offer.message.flex_request_message_id)
        if request is None or request.day is None:
            continue
        number = _number(desk, request.id, offer.id)
        found.append((_request(desk, request), translate.ordered(one.message, desk.rules), number))
    return found


def _number(desk: Desk, request: str, offer: str, most: int = 100) -> int:
    return next((at for at in range(most) if offer_id(desk.domain, request, at).lower() == offer), -1)


def _request(desk: Desk, one: Known) -> Request:
    assert one.day is not None
    return Request(
        one.id,
        one.point,
        one.day,
        translate.space_of(one.message, desk.rules),
        None,
        instant(one.message.expiration_date_time),
    )


def _settled(desk: Desk) -> dict[date, Decimal]:
    orders: dict[tuple[date, str], Decimal] = {}
    for one in desk.books.days("FlexSettlement", mine=False):
        if one.standing is Standing.ACCEPTED:
            for item in one.message.flex_order_settlements:
                orders[day_of(item), item.order_reference or ""] = Decimal(item.net_settlement)
    days: dict[date, Decimal] = {}
    for (day, _), net in orders.items():
        days[day] = days.get(day, Decimal(0)) + net
    return days


async def _nobody(_: Request) -> Sequence[translate.Offered]:
    """Homes are asked here, and nowhere else."""
    return ()
