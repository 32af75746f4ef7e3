"""What a home plans with is what it will be billed: the same prices, as floats."""

import numpy as np
import pytest

from laag.adapters import facts
from laag.cycle.signals import signals
from laag.settlement.policy import POLICIES

DAY_AHEAD = np.array([-500.0, 0.0, 87.65])


def of(name):
    policy = POLICIES[name]
    return signals(policy, facts.load(policy.facts_day), DAY_AHEAD)


@pytest.mark.parametrize("name", POLICIES)
def test_no_price_invites_to_buy_and_sell_at_once(name):
    buy, sell = of(name)
    assert (buy >= sell).all()


def test_under_netting_a_kwh_fed_in_saves_a_kwh_taken():
    buy, sell = of("netting-2026")
    np.testing.assert_allclose(buy, (0.1214 + 0.09161) * 1.21)
    np.testing.assert_array_equal(buy, sell)


def test_from_2027_feed_in_at_a_fixed_price_is_worth_next_to_nothing():
    _, sell = of("law-2027")
    np.testing.assert_allclose(sell, 0.0607 - 0.055)


def test_a_dynamic_contract_passes_the_quarter_hour_on():
    buy, sell = of("dynamic-2027")
    np.testing.assert_allclose(buy, (DAY_AHEAD / 1000 + 0.0157 + 0.0880) * 1.21)
    np.testing.assert_allclose(sell, DAY_AHEAD / 1000)


def test_behind_a_gateway_the_signals_are_its_landed_and_export_price():
    buy, sell = of("layered")
    np.testing.assert_allclose(buy, (DAY_AHEAD / 1000 + 0.0157 + 0.09161) * 1.21)
    np.testing.assert_allclose(sell, DAY_AHEAD / 1000)
