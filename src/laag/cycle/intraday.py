"""A round of one quarter-hour: what homes want changed of their positions, traded among neighbours and with the outside.

What the street has bought or sold day ahead is its position. A round trades differences, by the charter's rule; outside
the tax follows the position (``market.reversal``), and every cable carries what its position leaves. Without an
intraday price, and where the round comes too late for one, neighbours trade with each other alone, at prices between
what the outside would have cost and given day ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from laag.cycle.events import DayOrders
from laag.cycle.layers import Layers
from laag.cycle.market_day import DayMarket, traded_by
from laag.cycle.terms import Terms
from laag.foundation.contracts import Books, Clearings, Gateways, Ints, Orders, Side
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.market import reversal
from laag.settlement.day import Intraday, Traded


@dataclass(frozen=True, slots=True)
class Quote:
    """What the intraday market asked and gave for a quarter-hour, in ticks; ``sell <= buy``."""

    buy_ticks: int
    sell_ticks: int


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A cleared round. ``traded`` has one column; rows of ``clearings`` are the layers."""

    ptu: int
    """From local midnight."""
    quote: Quote | None
    """At which the gateway traded; ``None``: neighbours alone."""
    orders: DayOrders
    """As they were amended; their ``ptu`` is that of the day."""
    clearings: Clearings
    traded: Traded
    landed_ticks: int
    """What an imported Wh cost, levy included; among neighbours alone the most that was paid."""
    export_ticks: int
    """What an exported Wh earned; among neighbours alone the least that was received."""

    @property
    def changed_wh(self) -> Ints:
        """Per member, what its position became more (+) or less (-)."""
        return self.traded.cleared_wh[:, 0]

    @property
    def imported_wh(self) -> int:
        """What the street bought outside (+) or sold there (-)."""
        return int(self.clearings.imported_wh[0] - self.clearings.exported_wh[0])

    @property
    def nation_units(self) -> int:
        """What the gateway paid the intraday market (+) or received from it (-)."""
        if self.quote is None:
            return 0
        return self.imported_wh * (self.quote.buy_ticks if self.imported_wh > 0 else self.quote.sell_ticks)


def clear_round(
    layers: Layers, terms: Terms, market: DayMarket, ptu: int, orders: DayOrders, quote: Quote | None
) -> Round:
    """Trade these changes; ``market.cleared_wh`` is what everybody has so far."""
    count, held_wh = market.layers, market.cleared_wh[:, ptu]
    landed, export = int(market.landed_ticks[ptu]), int(market.export_ticks[ptu])
    if quote is not None:
        landed, export = (int(ticks[0]) for ticks in _at(terms, quote))
    gate = _room(layers, held_wh, count, (landed, export), terms.levy_ticks, trades=quote is not None)
    layer = layers.of_member[orders.member] if count > 1 else np.zeros(len(orders), np.int64)
    posted = Orders(layer, orders.side, orders.quantity_wh, orders.limit_ticks, layers.rank(orders))
    books = terms.charter.books(gate, posted if quote is not None else _within(posted, landed, export))
    held = np.array([held_wh.sum() if quote is not None else 0])
    clearings, rent = _cleared(terms.charter, books, layers, held)
    traded = traded_by(
        replace(orders, ptu=np.zeros_like(orders.ptu)),
        clearings,
        rent,
        np.array([landed]),
        terms.levy_ticks,
        len(layers.members),
    )
    return Round(ptu, quote, orders, clearings, traded, landed, export)


def after(market: DayMarket, done: Round) -> DayMarket:
    """The day with everybody's position as the round left it: what is nominated now, and deviated from."""
    cleared_wh = market.cleared_wh.copy()
    cleared_wh[:, done.ptu] += done.changed_wh
    return replace(market, cleared_wh=cleared_wh)


def of_day(market: DayMarket, rounds: Sequence[Round]) -> Intraday | None:
    """All rounds of a day as settlement books them; ``None`` where there was none."""
    if not rounds:
        return None
    at = np.array([one.ptu for one in rounds])

    def laid_out(columns: Sequence[Ints]) -> Ints:
        every = np.concatenate(columns, axis=-1)
        whole = np.zeros((*every.shape[:-1], market.ptus), np.int64)
        whole[..., at] = every
        return whole

    parts = {
        part.name: laid_out([getattr(one.traded, part.name) for one in rounds])
        for part in fields(Traded)
        if part.name != "tax_units"
    }
    return Intraday(
        Traded(**parts),
        laid_out([np.array([one.nation_units]) for one in rounds]),
        laid_out([np.array([one.landed_ticks]) for one in rounds]),
        laid_out([np.array([one.export_ticks]) for one in rounds]),
    )


def _at(terms: Terms, quote: Quote) -> tuple[Ints, Ints]:
    """The outside's prices as members see them."""
    buy, _ = terms.steps_ticks(np.array([quote.buy_ticks]))
    _, sell = terms.steps_ticks(np.array([quote.sell_ticks]))
    return buy, sell


def _room(
    layers: Layers, held_wh: Ints, count: int, prices: tuple[int, int], levy_ticks: int, *, trades: bool
) -> Gateways:
    """What each layer's position leaves of what it carries; the root's is closed where nobody trades outside."""
    landed, export = prices
    position = np.zeros(count, np.int64)
    if count > 1:
        np.add.at(position, layers.of_member, held_wh)
    position[0] = held_wh.sum()
    into = np.maximum(layers.import_max_wh[:count] - position, 0)
    out = np.maximum(layers.export_max_wh[:count] + position, 0)
    if not trades:
        into[0] = out[0] = 0
    ones = np.ones(count, np.int64)
    return Gateways((landed - levy_ticks) * ones, export * ones, levy_ticks * ones, into, out)


def _within(orders: Orders, landed: int, export: int) -> Orders:
    """Who agrees to more than the outside costs, or to less than it gives, agrees to that: also who takes any price."""
    buys = orders.side == Side.BUY
    limit = orders.limit_ticks
    return replace(orders, limit_ticks=np.where(buys, np.minimum(limit, landed), np.maximum(limit, export)))


def _cleared(charter: Charter, books: Books, layers: Layers, held_wh: Ints) -> tuple[Clearings, Ints]:
    if len(books) == 1:
        return reversal.clear(charter.rule, books, held_wh), np.zeros(1, np.int64)
    result = reversal.clear_tree(books, layers.parent, held_wh)
    return result.clearings, result.rent_units.sum(keepdims=True)
