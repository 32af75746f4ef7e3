"""Whom one deals with: first whom one likes, then who is near."""

import numpy as np
import pytest

from laag.foundation.contracts import ANY_PRICE, Books, Gateways, Neighbours, Orders, Outcome
from laag.neighbourhood.market import clear

BUY, SELL = 1, 0


def street(limits, *, east=(0, 0, 0), placed=(True,) * 3, wishes=(), most=(0, 0)):
    """One buyer of 10 Wh (member 0) and two sellers of 10 Wh (members 1 and 2)."""
    gate = Gateways(*(np.array([x]) for x in (8_000, 7_000, 10_000, *most)))
    orders = Orders(
        np.zeros(3, np.int64), np.array([BUY, SELL, SELL]), np.full(3, 10), np.array(limits), np.arange(3)
    )
    order, member = np.array(wishes, np.int64).reshape(-1, 2).T
    known = Neighbours(np.arange(3), np.array(east), np.zeros(3, np.int64), np.array(placed), order, member)
    return clear("peer_to_peer", Books(gate, orders, neighbours=known))


@pytest.mark.parametrize(
    ("known", "partner"),
    [
        ({}, 1),
        ({"east": (0, 50, 20)}, 2),
        ({"east": (0, 20, 50), "placed": (True, False, True)}, 2),
        ({"east": (0, 50, 20), "wishes": [(0, 1)]}, 1),
        ({"east": (0, 50, 20), "wishes": [(1, 0)]}, 1),
        ({"wishes": [(0, 1), (0, 2), (2, 0)]}, 2),
        ({"wishes": [(0, 2), (0, 2), (0, 1), (1, 0)]}, 1),
    ],
    ids=[
        "first by id",
        "nearest",
        "unknown is far",
        "wished",
        "wished by the other",
        "wished by both",
        "once is enough",
    ],
)
def test_the_partner_is_the_preferred_then_the_nearest(known, partner):
    cleared = street([20_000, 10_000, 10_000], **known)
    assert cleared.fill_wh.tolist() == [10, 10 if partner == 1 else 0, 10 if partner == 2 else 0]
    assert cleared.fill_units[0] == 150_000


def test_only_pairs_whose_limits_agree_deal():
    assert street([9_000, 10_000, 8_000]).fill_wh.tolist() == [10, 0, 10]


def test_the_rest_deals_with_the_supplier_at_its_own_prices():
    cleared = street([ANY_PRICE, 20_000, 6_000], most=(100, 100))
    assert cleared.fill_wh.tolist() == [10, 0, 10]
    assert cleared.fill_units.tolist() == [120_000, 0, -120_000]
    alone = street([20_000, 30_000, 6_900], most=(4, 100), wishes=[])
    assert alone.fill_wh.tolist() == [10, 0, 10]


def test_a_part_without_a_partner_is_told_apart():
    cleared = street([20_000, 30_000, 30_000], most=(4, 0))
    assert cleared.fill_wh.tolist() == [4, 0, 0]
    assert Outcome(cleared.outcome[0]) is Outcome.PARTLY
    assert cleared.imported_wh[0] == 4
