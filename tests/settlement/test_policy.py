"""A policy is a few named choices; the prices that follow from it are exact."""

from dataclasses import replace

import numpy as np
import pytest

from laag.adapters import facts
from laag.cycle.fingerprint import fingerprint
from laag.foundation.errors import BadInput
from laag.settlement.policy import POLICIES, FeedIn, felt_centiticks, named, retail_ticks

DAY_AHEAD = np.array([-5000, 0, 12_000])


def retail_of(name):
    policy = named(name)
    return retail_ticks(policy, facts.load(policy.facts_day), DAY_AHEAD)


def test_a_fixed_contract_has_one_price_and_half_of_it_for_feed_in_from_2027():
    buy, sell = retail_of("law-2027")
    assert (buy.tolist(), sell.tolist()) == ([12_140] * 3, [6070] * 3)


def test_a_dynamic_contract_follows_the_exchange_also_below_zero():
    buy, sell = retail_of("dynamic-2027")
    assert (buy - DAY_AHEAD).tolist() == [1570] * 3  # 1.9 ct with VAT
    assert sell.tolist() == DAY_AHEAD.tolist()


@pytest.mark.parametrize(
    ("name", "buy", "sell"),
    [
        ("layered", 12_140 * 121, 607_000),
        ("netting-2026", (12_140 + 9161) * 121, 607_000),
        ("law-2027", (12_140 + 8800) * 121, 607_000 - 550_000),
        ("dynamic-2027", (12_140 + 8800) * 121, 607_000),
    ],
)
def test_what_a_household_feels_holds_tax_vat_and_feed_in_cost(name, buy, sell):
    policy = named(name)
    felt = felt_centiticks(policy, facts.load(policy.facts_day), np.array([1_214_000]), np.array([607_000]))
    assert [int(side[0]) for side in felt] == [buy, sell]


def test_netting_needs_one_price():
    with pytest.raises(BadInput, match="one price for the period"):
        replace(POLICIES["dynamic-2027"], netting=True)


def test_a_local_market_has_no_suppliers_price():
    with pytest.raises(BadInput, match="a local market finds it"):
        replace(POLICIES["layered"], feed_in=FeedIn.FLOOR)
    with pytest.raises(BadInput, match="clear the local market"):
        retail_of("layered")


def test_an_unknown_policy_is_answered_with_the_known_ones():
    with pytest.raises(BadInput, match="layered, netting-2026, law-2027, dynamic-2027"):
        named("law-2028")


def test_what_came_later_changes_no_policy_that_logs_were_opened_under():
    # Of the day before connections could be bands: another name, and no street's log could be gone on with.
    assert fingerprint(POLICIES["layered"]).startswith("77155751d7922d13")
    assert fingerprint(POLICIES["dynamic-2027"]).startswith("45fb00fd97cb1dfd")
    assert fingerprint(POLICIES["layered-bandwidth"]) != fingerprint(
        replace(POLICIES["layered"], name="layered-bandwidth")
    )
