"""The worked table of the rule book, and three small books that open engines are known to clear wrongly."""

import numpy as np
import pytest

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Gateways, Orders, Side
from laag.foundation.money import shown
from laag.neighbourhood.market import clear, layered

SELLS = [(Side.SELL, 60, 5_000), (Side.SELL, 20, 12_000)]


def one_book(orders, import_ticks=8_000, export_ticks=7_000, levy=10_000, most=(None, None), k_percent=50):
    gate = Gateways(
        *(np.array([x]) for x in (import_ticks, export_ticks, levy)),
        *(np.array([NO_LIMIT_WH if x is None else x]) for x in most),
    )
    side, wh, limit = (np.array(column, np.int64) for column in zip(*orders, strict=True))
    n = len(side)
    return Books(gate, Orders(np.zeros(n, np.int64), side, wh, limit, np.arange(n)), k_percent)


def buys(*orders: tuple[int, int]):
    return [(Side.BUY, wh, limit if limit == ANY_PRICE else 100 * limit) for wh, limit in orders]


TABLE = {
    # demand and capacities: imported, exported, bounds, then p, u and s for k = 0, 0.5 and 1
    "100 Wh": (buys((100, 300)), (None, None), 20, 0, "120..180", "120 150 180", "132 156 180", "120 150 180"),
    "an exact fit": (buys((100, 300)), (20, None), 20, 0, "120..180", "120 150 180", "132 156 180", "120 150 180"),
    "one Wh too little": (
        buys((100, 300)), (19, None), 19, 0, "300..300", "300 300 300", "276.97 276.97 276.97", "300 300 300",
    ),
    "a price-taker left short": (
        buys((100, ANY_PRICE)), (10, None), 10, 0, "180..180", "180 180 180", "180 180 180", "180 180 180",
    ),
    "70 Wh": (buys((70, 300)), (None, None), 0, 0, "120..120", "120 120 120", "120 120 120", "120 120 120"),
    "40 Wh": (buys((40, 300)), (None, None), 0, 20, "70..120", "70 95 120", "70 95 120", "70 86.67 103.33"),
    "three buyers, little import": (
        buys((50, 300), (30, 250), (20, 200)), (10, None), 10, 0,
        "200..200", "200 200 200", "197.78 197.78 197.78", "200 200 200",
    ),
    "little export": (buys((40, 300)), (None, 10), 0, 10, "50..50", "50 50 50", "50 50 50", "54 54 54"),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
@pytest.mark.parametrize("k", [0, 1, 2], ids=["k=0", "k=0.5", "k=1"])
def test_the_worked_table(row, k):
    demand, most, imported, exported, between, *prices = row
    c = layered.clear(one_book(demand + SELLS, most=most, k_percent=50 * k))
    assert (c.imported_wh[0], c.exported_wh[0]) == (imported, exported)
    assert f"{c.low_ticks[0] / 100:g}..{c.high_ticks[0] / 100:g}" == between
    told = (
        (c.price_centiticks[0], 10_000),
        (c.buyers_units[0], 100 * int(c.bought_wh[0])),
        (c.sellers_units[0], 100 * int(c.sold_wh[0])),
    )
    for (total, per), expected in zip(told, prices, strict=True):
        assert float(shown(int(total), int(per), most=2)) == float(expected.split()[k])


PEERS = {
    "one offer, two bids": ([(1, 5, 30), (1, 10, 20), (0, 8, 10)], 8, 20),
    "offers and bids that overlap": ([(1, 5, 30), (1, 5, 29), (0, 3, 10), (0, 7, 11)], 10, None),
    "two equal offers": ([(1, 20, 30), (0, 10, 10), (0, 10, 10)], 20, None),
}


@pytest.mark.parametrize(
    "rule", ["layered", "literal", "uniform", "pay_as_bid", "mid_market", "peer_to_peer"]
)
@pytest.mark.parametrize("book", PEERS.values(), ids=PEERS)
def test_the_books_that_others_get_wrong(rule, book):
    """No gateway. The gateway's prices, for the rules that look at them, lie around the limits."""
    orders, traded, price = book
    c = clear(rule, one_book(orders, import_ticks=40, export_ticks=0, levy=0, most=(0, 0)))
    assert c.bought_wh[0] == c.sold_wh[0] == traded
    if price and c.priced[0]:
        assert c.price_centiticks[0] == 100 * price


def test_members_at_the_margin_share_in_proportion_whatever_came_first():
    c = layered.clear(one_book([(1, 30, 100), (1, 20, 100), (1, 10, 100), (0, 20, 10)], most=(0, 0)))
    assert c.fill_wh.tolist() == [10, 7, 3, 20]


def test_a_batch_may_hold_no_books_and_a_book_no_orders():
    nothing = np.zeros(0, np.int64)
    empty = Orders(*(nothing,) * 5)
    for rule in ("layered", "literal", "uniform", "pay_as_bid", "mid_market", "peer_to_peer"):
        assert len(clear(rule, Books(Gateways(*(nothing,) * 5), empty))) == 0
        c = clear(rule, Books(one_book([(1, 1, 1)]).gateways, empty))
        assert (c.bought_wh[0], c.buyers_units[0], c.imported_wh[0]) == (0, 0, 0)


@pytest.mark.parametrize(("charter", "expected"), [(None, 180), (250, 250), (100, 120)])
def test_the_charter_may_name_a_price_for_scarcity(charter, expected):
    """But never one below what a member who sold asked for."""
    books = one_book([*buys((100, ANY_PRICE)), *SELLS], most=(10, None))
    scarcity = None if charter is None else np.array([100 * charter])
    c = layered.clear(Books(books.gateways, books.orders, scarcity_ticks=scarcity))
    assert c.price_centiticks[0] == 10_000 * expected
    assert c.rationed[0]


@pytest.mark.parametrize(("charter", "expected"), [(None, 70), (10, 10)])
def test_the_charter_may_name_a_price_for_surplus(charter, expected):
    books = one_book([(Side.SELL, 100, -ANY_PRICE), *buys((40, 300))], most=(None, 10))
    surplus = None if charter is None else np.array([100 * charter])
    c = layered.clear(Books(books.gateways, books.orders, surplus_ticks=surplus))
    assert c.price_centiticks[0] == 10_000 * expected


@pytest.mark.parametrize(
    ("rule", "gwh"),
    [
        ("layered", 50),
        ("literal", 50),
        ("uniform", 50),
        ("pay_as_bid", 50),
        ("peer_to_peer", 50),
        ("mid_market", 10),
    ],
)
def test_books_the_size_of_a_country_are_exact(rule, gwh):
    """100 GWh in a quarter-hour at 100,000 EUR/MWh: near the edge of 64 bits, and not over it."""
    c = clear(
        rule,
        one_book(
            [(1, 10**9, 10_000_000)] * 50 + [(0, 10**9, 9_999_999)] * 49,
            import_ticks=9_999_999,
            export_ticks=-10_000_000,
            levy=1,
            most=(10**10, 0),
        ),
    )
    assert c.bought_wh[0] == gwh * 10**9
    paid = sum(c.fill_units.tolist())
    assert paid - int(c.levy_units[0]) + int(c.gateway_units[0]) + int(c.fund_units[0]) == 0
    assert 0 < max(c.fill_units.tolist()) <= 10**16
