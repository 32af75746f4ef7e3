"""Who pays for the import: one price inside, and the gateway's trade spread over all who were on its side.

``u = p + (R - p) M / B`` and ``s = p + (E - p) X / S``, kept as whole totals that close exactly.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Books, Clearings, Flags, Ints, Orders, Side
from laag.foundation.money import allot, floor_share
from laag.neighbourhood.market.merit import Volumes

CENTITICKS = 100
"""In a tick."""


def totals(price: Ints, per: Ints, inside_wh: Ints, cost: Ints, proceeds: Ints) -> tuple[Ints, Ints]:
    """What all sellers receive, rounded down to whole units, and what all buyers then pay.

    The price inside is ``price / per`` ticks; ``cost`` is what the gateway's energy costs, ``proceeds`` what it earns.
    """
    sellers = floor_share(price, inside_wh, per) + proceeds
    return sellers, sellers + cost - proceeds


def spread(orders: Orders, books: int, wh: Ints, sellers_units: Ints, buyers_units: Ints) -> Ints:
    """What each order pays (+) or receives (-): the totals in proportion to Wh, largest remainder first."""
    some = np.flatnonzero(wh)
    side = orders.side[some]
    share = allot(
        np.concatenate([sellers_units, buyers_units]),
        wh[some],
        side * books + orders.book[some],
        orders.rank[some],
    )
    units = np.zeros(len(wh), np.int64)
    units[some] = np.where(side == Side.SELL, -share, share)
    return units


def at_one_price(
    rule: str,
    books: Books,
    traded: Volumes,
    fill: tuple[Ints, Ints],
    price: tuple[Ints, Ints, Ints],
    rationed: Flags,
) -> Clearings:
    """The clearing of a rule with one price inside, pooled: ``fill`` is Wh and outcome, ``price`` is low, high, p."""
    gate = books.gateways
    low, high, price_centiticks = price
    fill_wh, outcome = fill
    proceeds = gate.export_ticks * traded.exported
    sellers_units, buyers_units = totals(
        price_centiticks,
        np.full(len(books), CENTITICKS),
        traded.sold - traded.exported,
        gate.landed_ticks * traded.imported,
        proceeds,
    )
    return Clearings(
        rule=rule,
        priced=np.ones(len(books), np.bool_),
        low_ticks=low,
        high_ticks=high,
        price_centiticks=price_centiticks,
        bought_wh=traded.bought,
        sold_wh=traded.sold,
        imported_wh=traded.imported,
        exported_wh=traded.exported,
        buyers_units=buyers_units,
        sellers_units=sellers_units,
        levy_units=gate.levy_ticks * traded.imported,
        gateway_units=proceeds - gate.import_ticks * traded.imported,
        fund_units=np.zeros(len(books), np.int64),
        rationed=rationed,
        fill_wh=fill_wh,
        fill_units=spread(books.orders, len(books), fill_wh, sellers_units, buyers_units),
        outcome=outcome,
    )
