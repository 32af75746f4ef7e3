"""The design paper's words taken narrowly: sellers get the price inside, buyers pay it plus their part of the tax.

Quantities and ``p`` of the layered rule; sellers get ``p``, buyers pay ``p + levy M / B``. What is then short or over
at the gateway comes from or goes to the community fund, which also gives back what would exceed a buyer's limit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Books, Clearings, Side
from laag.foundation.money import floor_share, sum_by
from laag.neighbourhood.market import layered, pools

RULE = "literal/1"


def clear(books: Books) -> Clearings:
    """Clear all books at once.

    >>> from laag.foundation.contracts import Gateways, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [100], [0]]))
    >>> c = clear(Books(gate, Orders(*np.array([[0, 0], [1, 0], [100, 60], [30000, 5000], [0, 1]])), k_percent=0))
    >>> c.price_centiticks.tolist(), c.buyers_units.tolist(), c.sellers_units.tolist(), c.fund_units.tolist()
    ([500000], [900000], [300000], [120000])
    """
    base, orders = layered.clear(books), books.orders
    per = np.full(len(books), pools.CENTITICKS)
    sellers_units = floor_share(base.price_centiticks, base.sold_wh, per)
    full_price = floor_share(base.price_centiticks, base.bought_wh, per) + base.levy_units
    charged = pools.spread(orders, len(books), base.fill_wh, sellers_units, full_price)
    limited = (orders.side == Side.BUY) & (orders.limit_ticks < ANY_PRICE)
    most = np.where(limited, orders.limit_ticks, 0) * base.fill_wh
    fill_units = np.where(limited, np.minimum(charged, most), charged)
    paid = sum_by(orders.book, fill_units, len(books))
    return replace(
        base,
        rule=RULE,
        fill_units=fill_units,
        sellers_units=sellers_units,
        buyers_units=paid + sellers_units,
        fund_units=base.levy_units - base.gateway_units - paid,
    )
