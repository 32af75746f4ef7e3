"""The order that goes to the exchange and the clearing in the street are one result."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Gateways, Orders, Side
from laag.gateway.order import HIGHEST_TICKS, LOWEST_TICKS, Door, day_ahead_order
from laag.neighbourhood.market import clear

prices = st.integers(-60, 60)


@st.composite
def orders(draw, ptus=2):
    count = draw(st.integers(0, 8))
    side = [draw(st.sampled_from([0, 1])) for _ in range(count)]
    taker = [draw(st.integers(0, 5)) == 0 for _ in range(count)]
    limit = [
        (ANY_PRICE if s else -ANY_PRICE) if free else draw(prices)
        for s, free in zip(side, taker, strict=True)
    ]
    return Orders(
        np.array([draw(st.integers(0, ptus - 1)) for _ in range(count)], np.int64),
        np.array(side, np.int64),
        np.array([draw(st.integers(1, 9)) for _ in range(count)], np.int64),
        np.array(limit, np.int64),
        np.arange(count, dtype=np.int64),
    )


doors = st.builds(
    Door,
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 20),
    st.sampled_from([0, 5, 20, NO_LIMIT_WH]),
    st.sampled_from([0, 5, 20, NO_LIMIT_WH]),
)


@given(orders(), doors, st.lists(prices, min_size=2, max_size=2))
def test_what_the_exchange_awards_is_what_the_clearing_lets_through(posted, door, day_ahead):
    price = np.array(day_ahead, np.int64)
    every = np.ones(2, np.int64)
    gateways = Gateways(
        price + door.import_fee_ticks,
        price - door.export_fee_ticks,
        door.levy_ticks * every,
        door.import_max_wh * every,
        door.export_max_wh * every,
    )
    cleared = clear("layered", Books(gateways, posted))
    awarded = day_ahead_order(posted, 2, door).awarded_wh(price)
    assert awarded.tolist() == (cleared.imported_wh - cleared.exported_wh).tolist()


@given(orders(), doors)
def test_the_curve_never_rises_and_stays_within_the_capacity(posted, door):
    order = day_ahead_order(posted, 2, door)
    net = [order.awarded_wh(np.array([p, p])) for p in range(LOWEST_TICKS, HIGHEST_TICKS, 7919)]
    assert all((a >= b).all() for a, b in itertools.pairwise(net))
    assert all((n <= door.import_max_wh).all() and (-n <= door.export_max_wh).all() for n in net)


@given(orders(), doors)
def test_every_step_is_a_whole_quantity_at_one_price(posted, door):
    order = day_ahead_order(posted, 2, door)
    assert (order.quantity_wh > 0).all()
    rows = list(zip(order.ptu.tolist(), order.side.tolist(), order.limit_ticks.tolist(), strict=True))
    assert len(set(rows)) == len(rows)
    assert set(order.side.tolist()) <= {Side.BUY, Side.SELL}
    assert ((order.limit_ticks >= LOWEST_TICKS) & (order.limit_ticks <= HIGHEST_TICKS)).all()
