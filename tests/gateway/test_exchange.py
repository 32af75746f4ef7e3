"""What stays with the gateway is its fee; the imbalance price is the one on the side of the deviation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadOrder
from laag.gateway.exchange import NationalPrices, position, steps

prices = st.integers(-50_000, 400_000)
flows = st.integers(-(10**6), 10**6)


def national(day_ahead, shortage=0, surplus=0):
    return NationalPrices(*(np.array([ticks]) for ticks in (day_ahead, shortage, surplus)))


@given(prices, st.integers(0, 5000), st.integers(0, 5000), flows)
def test_what_stays_with_the_gateway_is_its_fee(day_ahead, import_fee, export_fee, wh):
    outside = national(day_ahead)
    door = steps(outside, import_fee, export_fee, levy_ticks=9161)
    members_pay = int(np.where(wh > 0, door.import_ticks, door.export_ticks)[0]) * wh
    nation_gets = int(position(np.array([wh]), np.array([wh]), outside).day_ahead_units[0])
    assert members_pay - nation_gets == abs(wh) * (import_fee if wh > 0 else export_fee)


@given(prices, prices, flows, flows)
def test_short_pays_the_shortage_price_and_long_receives_the_surplus_price(
    shortage, surplus, nominated, metered
):
    here = position(np.array([nominated]), np.array([metered]), national(0, shortage, surplus))
    off = metered - nominated
    assert here.imbalance_units[0] == off * (shortage if off > 0 else surplus)


def test_a_flex_order_changes_the_nomination_but_not_what_was_bought_day_ahead():
    here = position(np.array([80]), np.array([80]), national(5000, 9000, 1000), day_ahead_wh=np.array([100]))
    assert (here.day_ahead_units[0], here.imbalance_units[0]) == (500_000, 0)


def test_a_gateway_that_pays_more_than_it_asks_is_refused():
    with pytest.raises(BadOrder, match="trade with itself"):
        steps(national(8000), import_fee_ticks=-500, export_fee_ticks=0, levy_ticks=0)
