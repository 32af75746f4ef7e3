"""What a cleared day makes known: prices that members really paid, on whichever cable."""

import numpy as np
import pytest

from laag.apps.wiring import Options, terms_of
from laag.cycle.events import DayOrders
from laag.cycle.layers import Layers
from laag.cycle.market_day import clear_day
from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Side
from laag.gateway.exchange import NationalPrices

TERMS = terms_of(Options())
OPEN = np.full(3, NO_LIMIT_WH)
TWO_CABLES = Layers(
    names=("street", "left", "right"),
    parent=np.zeros(3, np.int64),
    import_max_wh=OPEN,
    export_max_wh=OPEN,
    members=("ann", "bob", "cas", "dee"),
    of_member=np.array([1, 1, 2, 2]),
    place=np.arange(20).reshape(4, 5),
)


def cleared(*orders):
    """One PTU of a street at 80 EUR/MWh; an order is (member, Wh), bought or (negative) fed in at any price."""
    member, wh = np.array(orders).T
    buys = wh > 0
    none = np.zeros_like(member)
    day = DayOrders(
        member,
        none,
        none,
        np.where(buys, Side.BUY, Side.SELL),
        np.abs(wh),
        np.where(buys, ANY_PRICE, -ANY_PRICE),
    )
    flat = np.array([8000])
    return clear_day(TWO_CABLES, TERMS, NationalPrices(flat, flat, flat), 0, day)


@pytest.mark.parametrize("cas", [-300, 300, 900])
def test_the_price_made_known_is_what_members_paid_also_within_one_cable(cas):
    day = cleared((0, 400), (1, -600), (2, cas), (3, -500))
    trade = day.traded
    assert day.buyer_centiticks[0] == 100 * trade.bought_units.sum() // trade.bought_wh.sum()
    assert day.seller_centiticks[0] == -100 * trade.sold_units.sum() // trade.sold_wh.sum()
    assert day.export_ticks[0] * 100 <= day.seller_centiticks[0] <= day.buyer_centiticks[0]


def test_where_nobody_bought_the_first_kwh_would_come_from_a_neighbour_with_sun_to_spare():
    day = cleared((1, -600))
    assert day.buyer_centiticks[0] == day.traded.price_centiticks[0] < 100 * day.landed_ticks[0]
    assert day.seller_centiticks[0] == 100 * day.export_ticks[0]


def test_where_nobody_sold_the_first_kwh_would_go_to_a_neighbour():
    day = cleared((0, 400))
    assert day.seller_centiticks[0] == day.traded.price_centiticks[0] > 100 * day.export_ticks[0]
    assert day.buyer_centiticks[0] == 100 * day.landed_ticks[0]


def test_the_tax_on_a_bill_follows_the_money_through_the_cables():
    """Left takes from outside and right has sun to spare: only who bought on the left carries the levy."""
    day = cleared((0, 400), (2, 100), (3, -300))
    tax = day.traded.tax_units
    assert tax.sum() == day.traded.levy_units.sum() > 0
    assert tax[0, 0] == day.traded.levy_units[0]
    assert (tax[1:] == 0).all()


@pytest.mark.parametrize("cas", [-300, 0, 300])
def test_all_tax_is_carried_by_buyers(cas):
    day = cleared((0, 400), (1, -50), (2, cas or 1), (3, -20))
    tax = day.traded.tax_units
    assert (tax.sum(axis=0) == day.traded.levy_units).all()
    assert ((tax >= 0) & ((day.traded.bought_wh > 0) | (tax == 0))).all()
    assert (tax <= day.traded.bought_units).all()


def test_orders_of_one_device_are_told_apart_whatever_their_order_of_arrival():
    """Their ids settle who gets the last unit of money: two alike would leave it to chance."""
    one = np.zeros(4, np.int64)
    limits = np.array([9_000, 30_000, 9_000, 20_000])
    side = np.array([Side.SELL, Side.BUY, Side.BUY, Side.BUY])
    for mixed in (np.arange(4), np.array([2, 0, 3, 1])):
        orders = DayOrders(one, one, one, side[mixed], one + 100, limits[mixed])
        assert orders.number.tolist() == np.array([2, 0, 3, 1])[mixed].tolist()
    codes, words = TWO_CABLES.order_ids(orders)
    assert [words[code] for code in codes] == ["ann/load/03", "ann/load/02", "ann/load/01", "ann/load"]


def test_of_a_device_with_many_limits_only_those_above_an_import_are_served():
    member, limits = np.array([0, 0, 0, 1, 1]), np.array([30_000, 20_000, 12_000, 25_000, 10_000])
    none = np.zeros(5, np.int64)
    day = DayOrders(member, none, none, none + Side.BUY, none + 333, limits)
    flat = np.array([8_000])
    market = clear_day(TWO_CABLES, TERMS, NationalPrices(flat, flat, flat), 0, day)
    assert market.clearings.fill_wh.tolist() == [333, 333, 0, 333, 0]
    assert market.cleared_wh[:, 0].tolist() == [666, 333, 0, 0]
