"""An aggregator at its desk: sends prognoses, answers requests with offers, keeps to what was ordered, checks settlements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import shapeshifter_uftp.uftp as u

from laag.adapters.uftp import translate
from laag.adapters.uftp.conversation import Known, Standing
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.judging import Case, day_of
from laag.adapters.uftp.participants import Participant
from laag.adapters.uftp.settling import settled_powers
from laag.adapters.uftp.translate import Offered, Ordered, Space
from laag.adapters.uftp.verdict import derived_id
from laag.adapters.uftp.wire import Message
from laag.adapters.uftp.words import instant
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A request that can still be answered."""

    id: str
    point: str
    day: date
    space: Space
    baseline_w: Ints | None
    """Our last prognosis; ``None`` where we gave none."""
    expires: datetime


@dataclass(frozen=True, slots=True)
class Aggregator:
    """What an aggregator says to one grid operator."""

    operator: str
    """Its domain."""
    stands: timedelta = timedelta(hours=1)
    """How long after the end of a request an offer can still be ordered."""

    def prognose(self, desk: Desk, point: str, day: date, watts: Ints, now: datetime) -> str | None:
        """Say what a day will be, in the next revision; ``None`` where the last one says the same."""
        last = desk.books.prognosis(self.operator, point, day, mine=True)
        if last is not None and np.array_equal(translate.prognosed(last.message, desk.rules), watts):
            return None
        message = translate.prognosis(point, day, watts, self._revision(desk, point, day), desk.rules)
        return desk.say(message, self._to(desk), now)

    def open_requests(self, desk: Desk, now: datetime) -> list[Asked]:
        """What was asked, not answered yet, and not past."""
        return [
            Asked(
                one.id,
                one.point,
                one.day,
                translate.space_of(one.message, desk.rules),
                self._baseline(desk, one),
                instant(one.message.expiration_date_time),
            )
            for one in desk.books.days("FlexRequest", mine=False)
            if one.standing is Standing.ACCEPTED
            and one.day is not None
            and f"offered/{one.id}" not in desk.books.done
            and not one.expired(now)
        ]

    def answer(self, desk: Desk, asked: str, made: Sequence[Offered], now: datetime) -> list[str]:
        """Offer on a request, once; without offers it is noted that there are none. A message for each offer."""
        request = desk.books.heard(self.operator, asked)
        if request is None or request.day is None or request.expired(now):
            return []
        baseline = desk.books.prognosis(self.operator, request.point, request.day, mine=True)
        letters = []
        for number, one in enumerate(one for one in made if one.watts.any()):
            message = translate.offer(request.message, [one], baseline.id if baseline else None, desk.rules)
            message.message_id = offer_id(desk.domain, asked, number)
            letters.append((message, self._to(desk)))
        return desk.say_all(letters, now, step=f"offered/{asked}", note=f"{len(letters)} offers")

    def until(self, asked: Asked, watts: Ints) -> datetime:
        """Until when an offer may stand: a while after the request ends, and not beyond what it is about."""
        named = np.flatnonzero(watts)
        end = asked.space.grid[int(named[-1])] if len(named) else asked.expires
        return min(asked.expires + self.stands, end)

    def revoke(self, desk: Desk, offer: str, now: datetime) -> str:
        """Take an offer back; one that was ordered stays."""
        one = desk.books.said(self.operator, offer)
        if one is None or one.kind != "FlexOffer" or not one.stands:
            raise BadInput(f"no offer {offer} stands; there is nothing to take back")
        if one.standing is Standing.SENT:
            raise BadInput(f"the offer {offer} is not confirmed yet; take it back once it is")
        if desk.books.orders_of(one, mine=False):
            raise BadInput(f"the offer {offer} was ordered, and an order is kept")
        message = u.FlexOfferRevocation(
            flex_offer_message_id=one.id, conversation_id=one.message.conversation_id
        )
        message.message_id = derived_id(desk.domain, "revocation", one.id)
        return desk.say(message, self._to(desk), now)

    def ordered(self, desk: Desk, point: str, day: date) -> list[Ordered]:
        """What was bought of us and accepted, in order: what the homes are to do, and what is settled."""
        orders = desk.books.orders(self.operator, point, day, mine=False)
        return [translate.ordered(one.message, desk.rules) for one in orders]

    def follow_orders(self, desk: Desk, now: datetime) -> None:
        """After an order the prognosis says what the day will be with it."""
        for one in desk.books.days("FlexOrder", mine=False):
            step = f"followed/{one.id}"
            if not one.stands or one.day is None or step in desk.books.done:
                continue
            last = desk.books.prognosis(self.operator, one.point, one.day, mine=True)
            if last is None:
                desk.say_all([], now, step=step, note="there is no prognosis to change")
                continue
            watts = translate.prognosed(last.message, desk.rules)
            watts = watts + translate.ordered(one.message, desk.rules).watts
            revision = self._revision(desk, one.point, one.day)
            message = translate.prognosis(one.point, one.day, watts, revision, desk.rules)
            message.message_id = derived_id(desk.domain, step)
            desk.say(message, self._to(desk), now, step=step)

    def _revision(self, desk: Desk, point: str, day: date) -> int:
        all_ = desk.books.day(self.operator, point, day, "D-Prognosis", mine=True, stands=False)
        return max((int(one.message.revision) for one in all_), default=0) + 1

    def _baseline(self, desk: Desk, request: Known) -> Ints | None:
        assert request.day is not None
        last = desk.books.prognosis(self.operator, request.point, request.day, mine=True)
        return None if last is None else translate.prognosed(last.message, desk.rules)

    def _to(self, desk: Desk) -> Participant:
        return desk.participant(self.operator, "DSO")


def offer_id(domain: str, asked: str, number: int) -> str:
    """Of the offers on a request, under which id each is made: whoever starts again finds what was ordered of it."""
    return derived_id(domain, "offer", asked, str(number))


def disputes(case: Case) -> Mapping[str, str]:
    """Which items of a settlement do not say what was ordered, or do not add up."""
    books, against = case.books, {}
    orders = {
        one.message.order_reference: one
        for one in books.days("FlexOrder", mine=False)
        if one.peer == case.peer and one.stands
    }
    for item in case.message.flex_order_settlements:
        order = orders[item.order_reference]
        if why := _dispute(case, item, order):
            against[item.order_reference] = why
    return against


def _dispute(case: Case, item: Message, order: Known) -> str:
    bought = translate.ordered(order.message, case.rules)
    powers = settled_powers(item, case.rules)
    named = powers["ordered_flex_power"] != 0
    if not np.array_equal(powers["ordered_flex_power"], bought.watts):
        return "the ordered powers are not those of the order"
    if Decimal(item.price) != translate.euros(bought.price_eur):
        return f"the price is {item.price} and the order says {bought.price_eur}"
    if Decimal(item.net_settlement) != Decimal(item.price) - Decimal(item.penalty):
        return f"{item.price} less {item.penalty} is not {item.net_settlement}"
    asked = case.books.day(case.peer, order.point, day_of(item), "FlexRequest", mine=False)
    told = case.books.day(case.peer, order.point, day_of(item), "D-Prognosis", mine=True)
    before = [one for one in told if asked and one.at <= min(r.at for r in asked)]
    if before:
        base = translate.prognosed(max(before, key=lambda one: int(one.message.revision)).message, case.rules)
        if np.any((powers["baseline_power"] != base) & named):
            return "the baseline is not our last prognosis before the request"
    return ""
