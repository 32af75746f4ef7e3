"""What the grid operator asks of a day and buys of it: who answered, what was passed on, and what was ordered of whom.

What is ordered is an event, so that settlement reads it and chooses nothing again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.live.messages import Asked, Flexed, Offered, Passed
from laag.cycle.live.state import Asking, Day
from laag.foundation.contracts import Ints
from laag.gateway.exchange import NationalPrices
from laag.settlement.delivered import Room, Sold, delivered_wh, ordered, rooms
from laag.settlement.flexibility import Ordered

if TYPE_CHECKING:
    from laag.cycle.live.state import Live


def asked(state: Live, message: Asked) -> Live:
    """With another request, beside what everybody has agreed to by now."""
    market = state.day(message.day).market
    assert market is not None
    return _having(state, message, Asking(message, market.cleared_wh))


def offered(state: Live, message: Offered) -> Live:
    """With what a member gives, in the place of what it gave before."""
    one = state.day(message.day).askings[message.request]
    offers = {**one.offers, message.member: message}
    return _having(state.heard(message), message, replace(one, offers=offers))


def passed(state: Live, message: Passed) -> Live:
    """From now on what was offered stays."""
    one = state.day(message.day).askings[message.request]
    return _having(state, message, replace(one, passed=message))


def flexed(state: Live, message: Flexed) -> Live:
    """With an order; a day that was settled without it is settled again."""
    one = state.day(message.day).askings[message.request]
    after = _having(state, message, replace(one, orders=(*one.orders, message)))
    day = after.day(message.day)
    return after.having(message.day, replace(day, late=day.late or day.is_settled))


def _having(state: Live, message: Asked | Offered | Passed | Flexed, one: Asking) -> Live:
    day = state.day(message.day)
    details = day.details.whole()
    askings = {**details.askings, message.request: one}
    return state.having(message.day, replace(day, details=replace(details, askings=askings)))


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """What was bought of a day's members, all orders together; rows are members, columns quarter-hours."""

    sold: Sold
    agreed_wh: Ints
    """Against which it is measured: what was agreed when it was first asked for."""
    penalty_ticks: Ints

    @property
    def moved_wh(self) -> Ints:
        """By how much less everybody takes than agreed."""
        return self.sold.bought_wh - self.sold.comes_back_wh

    def ordered(self, metered_wh: Ints, prices: NationalPrices) -> Ordered:
        """For the books of the day: sold on at the price of imbalance, which is what too late for a round comes to."""
        resale = np.where(self.moved_wh.sum(axis=0) > 0, prices.surplus_ticks, prices.shortage_ticks)
        return ordered(self.sold, self.agreed_wh, metered_wh, resale, self.penalty_ticks)

    def delivered_wh(self, metered_wh: Ints) -> Ints:
        """Of what was ordered; zero or more, whichever way."""
        return delivered_wh(self.sold, self.agreed_wh, metered_wh)

    def rooms(self, done: Ordered, metered_wh: Ints, quarter: Ints) -> dict[int, tuple[Room, ...]]:
        """For the bills, by the row of each member of whom something was ordered."""
        given = self.delivered_wh(metered_wh)
        rows = np.flatnonzero(self.sold.bought_wh.any(axis=1)).tolist()
        return {row: rooms(self.sold, done.dso_units, given, row, quarter) for row in rows}


def bought(askings: Mapping[str, Asking], shape: tuple[int, int]) -> Bought | None:
    """All that was ordered of a day; ``None`` where nothing was."""
    orders = [(one, order) for one in askings.values() for order in one.orders]
    if not orders:
        return None
    wh, back, paid, penalty, agreed = np.zeros((5, *shape), np.int64)
    known = np.zeros(shape, np.bool_)
    for asking, order in orders:
        at = order.home, order.ptu
        np.add.at(wh, at, order.bought_wh)
        np.add.at(back, at, order.comes_back_wh)
        np.add.at(paid, at, order.paid_units)
        np.maximum.at(penalty, at, np.where(order.ptu < order.known_from, 0, order.penalty_ticks))
        fresh = np.zeros(shape, np.bool_)
        fresh[at] = True
        fresh &= ~known
        agreed[fresh] = asking.agreed_wh[fresh]
        known |= fresh
    return Bought(Sold(wh, back, paid), agreed, penalty)


def waits_for(day: Day, one: Asking) -> tuple[str, ...]:
    """Who was asked and did not answer, in the order of the day."""
    names = [day.members[row].member for row in one.asked.homes.tolist()]
    return tuple(name for name in names if name not in one.offers)
