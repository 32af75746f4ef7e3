"""One day's market: all orders of all quarter-hours and layers, cleared in one go, and what everybody may know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laag.cycle.events import DayOrders
from laag.cycle.layers import Layers
from laag.cycle.terms import Terms
from laag.foundation.contracts import Clearings, Gateways, Ints, Orders
from laag.gateway.exchange import NationalPrices, steps
from laag.gateway.order import DayAheadOrder, Door, day_ahead_order
from laag.neighbourhood.market import clear, tree
from laag.settlement.allocate import pro_rata
from laag.settlement.day import Traded, per_member
from laag.settlement.policy import pool_centiticks


@dataclass(frozen=True, slots=True, eq=False)
class DayMarket:
    """A cleared day. Rows of ``clearings`` and ``gateways`` are layer by layer, each with all PTUs of the day."""

    first: int
    """Its first PTU, counted from the start of the street's grid."""
    ptus: int
    layers: int
    orders: DayOrders
    gateways: Gateways
    clearings: Clearings
    rent_units: Ints
    cleared_wh: Ints
    """Shape ``(members, ptus)``: net purchase, day ahead and by every round since."""
    traded: Traded
    """Day ahead."""
    day_ahead_order: DayAheadOrder
    """What the gateway sent to the exchange, before the price was known."""

    @property
    def within_cables(self) -> NDArray[np.bool_]:
        """PTUs in which no feeder was full: there the order of the street is exactly its clearing."""
        rows = slice(self.ptus, None)
        used = self.clearings.imported_wh[rows], self.clearings.exported_wh[rows]
        full = (used[0] >= self.gateways.import_max_wh[rows]) | (used[1] >= self.gateways.export_max_wh[rows])
        return ~np.asarray(full.reshape(self.layers - 1, self.ptus).any(axis=0))

    @property
    def landed_ticks(self) -> Ints:
        """What an imported Wh costs the street, per PTU."""
        return self.gateways.landed_ticks[: self.ptus]

    @property
    def export_ticks(self) -> Ints:
        """What an exported Wh earns the street, per PTU."""
        return self.gateways.export_ticks[: self.ptus]

    @property
    def nominated_wh(self) -> Ints:
        """The street's position: what it takes from the nation."""
        return np.asarray(self.cleared_wh.sum(axis=0), np.int64)

    @property
    def buyer_centiticks(self) -> Ints:
        """What members on all cables together paid per Wh; where nobody bought, what the first Wh would have cost."""
        trade = self.traded
        bought_wh, sold_wh = trade.bought_wh.sum(axis=0), trade.sold_wh.sum(axis=0)
        first = np.where(sold_wh > 0, trade.price_centiticks, 100 * self.landed_ticks)
        return pool_centiticks(trade.bought_units.sum(axis=0), bought_wh, first)

    @property
    def seller_centiticks(self) -> Ints:
        """What members on all cables together received per Wh; where nobody sold, what the first Wh would have earned."""
        trade = self.traded
        bought_wh, sold_wh = trade.bought_wh.sum(axis=0), trade.sold_wh.sum(axis=0)
        first = np.where(bought_wh > 0, trade.price_centiticks, 100 * self.export_ticks)
        return pool_centiticks(-trade.sold_units.sum(axis=0), sold_wh, first)

    @property
    def margin_centiticks(self) -> Ints:
        """What one Wh more or less costs the street: the outside price on the side on which it trades."""
        imports, exports = self.clearings.imported_wh[: self.ptus], self.clearings.exported_wh[: self.ptus]
        inside = self.traded.price_centiticks
        return np.where(
            imports > 0, 100 * self.landed_ticks, np.where(exports > 0, 100 * self.export_ticks, inside)
        )


def clear_day(
    layers: Layers, terms: Terms, prices: NationalPrices, first: int, orders: DayOrders
) -> DayMarket:
    """Clear the day whose national prices these are.

    Feeders take part as layers under the ``layered`` rule, whose net curves nest; other rules see one street.
    """
    ptus = len(prices.day_ahead_ticks)
    nested = terms.charter.rule == "layered"
    count = len(layers.names) if nested else 1
    gateways = _gateways(layers, terms, prices, count)
    layer = layers.of_member[orders.member] if nested else np.zeros(len(orders), np.int64)
    books = terms.charter.books(
        gateways,
        Orders(
            layer * ptus + orders.ptu,
            orders.side,
            orders.quantity_wh,
            orders.limit_ticks,
            layers.rank(orders),
        ),
    )
    if count > 1:
        result = tree.clear(books, layers.parent)
        clearings, rent = result.clearings, result.rent_units
    else:
        clearings = clear(terms.charter.rule, books)
        rent = np.zeros(ptus, np.int64)
    members = len(layers.members)
    door = Door(
        terms.import_fee_ticks,
        terms.export_fee_ticks,
        terms.levy_ticks,
        int(layers.import_max_wh[0]),
        int(layers.export_max_wh[0]),
    )
    street = replace(books.orders, book=orders.ptu)
    rents = rent.reshape(count, ptus).sum(axis=0)
    traded = traded_by(orders, clearings, rents, prices.day_ahead_ticks, terms.levy_ticks, members)
    if count > 1:
        traded = replace(traded, tax_units=_tax(layers, clearings, traded))
    return DayMarket(
        first,
        ptus,
        count,
        orders,
        gateways,
        clearings,
        rent,
        traded.cleared_wh,
        traded,
        day_ahead_order(street, ptus, door),
    )


def _tax(layers: Layers, clearings: Clearings, traded: Traded) -> Ints:
    """Energy tax per member along the way of the money: over who buys from the street, then over who buys on each cable."""
    ptus = traded.bought_wh.shape[1]
    direct = np.flatnonzero(layers.of_member == 0)
    through = clearings.imported_wh.reshape(len(layers.names), ptus)[1:]
    levy = traded.levy_units
    shares = pro_rata(
        levy, np.concatenate([traded.bought_wh[direct], through]), np.arange(len(direct) + len(through))
    )
    tax = np.zeros_like(traded.bought_wh)
    tax[direct] = shares[: len(direct)]
    by_name = layers.place[:, 0]
    for cable, carried in enumerate(shares[len(direct) :], 1):
        on_it = np.flatnonzero(layers.of_member == cable)
        tax[on_it] = pro_rata(carried, traded.bought_wh[on_it], by_name[on_it])
    return tax


def _gateways(layers: Layers, terms: Terms, prices: NationalPrices, count: int) -> Gateways:
    """The street's gateway carries prices and levy; a feeder's has only a capacity, its prices are the street's."""
    ptus = len(prices.day_ahead_ticks)
    every = NationalPrices(*(np.tile(p, count) for p in (prices.day_ahead_ticks,) * 3))
    return steps(
        every,
        terms.import_fee_ticks,
        terms.export_fee_ticks,
        terms.levy_ticks,
        np.repeat(layers.import_max_wh[:count], ptus),
        np.repeat(layers.export_max_wh[:count], ptus),
    )


def traded_by(
    orders: DayOrders,
    clearings: Clearings,
    rent_units: Ints,
    outside_ticks: Ints,
    levy_ticks: int,
    members: int,
) -> Traded:
    """What every member bought and sold; ``outside_ticks``, one per PTU, is the price where a rule has no single one."""
    ptus = len(outside_ticks)
    buys = orders.side == 1

    def of(value: Ints, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
        return per_member(orders.member[kept], orders.ptu[kept], value[kept], members, ptus)

    street = slice(0, ptus)
    return Traded(
        bought_wh=of(clearings.fill_wh, buys),
        bought_units=of(clearings.fill_units, buys),
        sold_wh=of(clearings.fill_wh, ~buys),
        sold_units=of(clearings.fill_units, ~buys),
        price_centiticks=np.where(
            clearings.priced[street], clearings.price_centiticks[street], 100 * outside_ticks
        ),
        levy_ticks=np.full(ptus, levy_ticks, np.int64),
        levy_units=clearings.levy_units[street],
        gateway_units=clearings.gateway_units[street],
        fund_units=clearings.fund_units[street],
        rent_units=rent_units,
    )
