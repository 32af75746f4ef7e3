"""Bands with the figures of a day: every price an example, and a pool that nobody loses by."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.cycle.bands import Subscribed, a_year_units, beyond_of, in_the_pool, planned_with
from laag.foundation.errors import LaagError
from laag.neighbourhood.bandwidth import BANDS_KW, Answered
from laag.settlement.tariff import Status

FACTS = facts.load(date(2026, 6, 1))


def test_every_price_of_a_band_is_an_example():
    for name in (*(f"bandwidth.{kw}" for kw in BANDS_KW), "bandwidth.beyond"):
        assert FACTS[name].status is Status.EXAMPLE


def test_a_wider_band_costs_more_and_one_earned_by_answering_less():
    yearly = [a_year_units(Subscribed(kw), FACTS) for kw in BANDS_KW]
    assert yearly == sorted(set(yearly))
    earned = Subscribed(8, Answered(20, 10_000, 10_000))
    assert a_year_units(earned, FACTS) == a_year_units(Subscribed(4), FACTS)


def test_a_kwh_beyond_costs_the_same_in_a_plan_and_in_the_pool():
    pool = in_the_pool([Subscribed(2)], np.full((60, 1), 3000))
    assert beyond_of(pool, FACTS).tolist() == [30_000_000]
    assert planned_with(2, FACTS).beyond_eur_per_kwh == pytest.approx(0.30)
    quarters = in_the_pool([Subscribed(2)], np.full((4, 1), -3000))
    assert beyond_of(quarters, FACTS, minutes=15).tolist() == [30_000_000]


@given(arrays(np.int64, (6, 4), elements=st.integers(-12_000, 12_000)))
def test_nobody_pays_more_in_the_pool_than_alone(wanted):
    members = [Subscribed(kw) for kw in BANDS_KW]
    together = beyond_of(in_the_pool(members, wanted), FACTS)
    for i, one in enumerate(members):
        alone = beyond_of(in_the_pool([one], wanted[:, i : i + 1]), FACTS)
        assert together[i] <= alone[0]


def test_a_meter_without_a_subscription_is_refused():
    with pytest.raises(LaagError, match="one for each"):
        in_the_pool([Subscribed(2)], np.zeros((1, 2), int))
