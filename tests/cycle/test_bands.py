"""Bands with the figures of a day: every price an example, and a pool that nobody loses by."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.cycle.bands import answered, beyond_eur_per_kwh, earned_by, pooling
from laag.foundation.errors import LaagError
from laag.neighbourhood.bandwidth import BANDS_KW, Answered
from laag.settlement.bands import yearly_units
from laag.settlement.delivered import Room
from laag.settlement.tariff import Status

FACTS = facts.load(date(2026, 6, 1))


def test_every_price_of_a_band_is_an_example():
    for name in (*(f"bandwidth.{kw}" for kw in BANDS_KW), "bandwidth.beyond"):
        assert FACTS[name].status is Status.EXAMPLE


def test_a_wider_band_costs_more_and_one_earned_by_answering_less():
    yearly = [yearly_units(FACTS, kw) for kw in BANDS_KW]
    assert yearly == sorted(set(yearly))
    earned = Answered(20, 10_000, 10_000).earned_permille
    assert yearly_units(FACTS, 8, earned) == yearly_units(FACTS, 4)


def test_a_kwh_beyond_costs_the_same_in_a_plan_and_in_the_pool():
    quarters = pooling(["ann"], [2], np.full((1, 4), 750), FACTS)
    assert quarters.units.sum() == 30_000_000
    assert beyond_eur_per_kwh(FACTS) == pytest.approx(0.30 * 1.21)
    given_back = pooling(["ann"], [2], np.full((1, 4), -750), FACTS)
    assert given_back.units.sum() == 30_000_000


names = [f"home {i}" for i in range(4)]
days = arrays(np.int64, (4, 6), elements=st.integers(-4000, 4000))
minutes = st.dictionaries(
    st.sampled_from(names), arrays(np.int64, (90,), elements=st.integers(-17_000, 17_000))
)


@given(days, minutes)
def test_nobody_pays_more_in_the_pool_than_alone(metered, by_the_minute):
    together = pooling(names, BANDS_KW, metered, FACTS, by_the_minute)
    for i, name in enumerate(names):
        mine = {name: by_the_minute[name]} if name in by_the_minute else {}
        alone = pooling([name], BANDS_KW[i : i + 1], metered[i : i + 1], FACTS, mine)
        assert (together.units[i] <= alone.units[0]).all()


@given(days, minutes)
def test_what_is_borrowed_is_lent_and_all_above_a_band_is_borrowed_or_paid(metered, by_the_minute):
    found = pooling(names, BANDS_KW, metered, FACTS, by_the_minute)
    assert (found.borrowed_wmin.sum(axis=0) == found.lent_wmin.sum(axis=0)).all()
    for i, name in enumerate(names):
        watts = by_the_minute.get(name, np.repeat(4 * metered[i], 15))
        above = np.maximum(np.abs(watts) - 1000 * BANDS_KW[i], 0).reshape(6, 15).sum(axis=1)
        assert (found.borrowed_wmin[i] + found.beyond_wmin[i] == above).all()


@given(days, minutes, st.permutations(range(4)))
def test_the_order_of_the_members_changes_nothing(metered, by_the_minute, order):
    one = pooling(names, BANDS_KW, metered, FACTS, by_the_minute)
    other = pooling(
        [names[i] for i in order], [BANDS_KW[i] for i in order], metered[list(order)], FACTS, by_the_minute
    )
    for column in ("borrowed_wmin", "lent_wmin", "beyond_wmin"):
        assert (getattr(one, column)[list(order)] == getattr(other, column)).all()


@given(days, st.integers(2, 5))
def test_a_street_that_is_several_times_as_large_is_charged_as_many_times_as_much(metered, times):
    one = pooling(names, BANDS_KW, metered, FACTS)
    many = pooling(
        [f"{name} {copy}" for copy in range(times) for name in names],
        BANDS_KW * times,
        np.tile(metered, (times, 1)),
        FACTS,
    )
    assert (many.beyond_wmin.sum(axis=0) == times * one.beyond_wmin.sum(axis=0)).all()
    assert (many.borrowed_wmin.sum(axis=0) == times * one.borrowed_wmin.sum(axis=0)).all()


@given(days)
def test_a_meter_of_minutes_that_are_alike_counts_as_its_quarter_hours(metered):
    by_the_minute = {name: np.repeat(4 * metered[i], 15) for i, name in enumerate(names)}
    plain = pooling(names, BANDS_KW, metered, FACTS)
    fine = pooling(names, BANDS_KW, metered, FACTS, by_the_minute)
    # Of each minute the last watts go one by one, and of a quarter-hour the last watt-minutes.
    assert np.abs(plain.beyond_wmin - fine.beyond_wmin).max() <= 15
    assert (plain.beyond_wmin.sum(axis=0) == fine.beyond_wmin.sum(axis=0)).all()


def test_who_answered_twelve_times_and_gave_nine_tenths_pays_three_fifths_of_the_step_less():
    gave = answered([Room(70, 72, 500, 450, 0)] * 12)
    assert earned_by(gave).permille == 600
    assert earned_by(gave).delivered_percent == 90
    assert earned_by(answered([Room(70, 72, 500, 450, 0)] * 11)) is None


def test_a_meter_without_a_subscription_is_refused():
    with pytest.raises(LaagError, match="one of each per member"):
        pooling(["ann"], [2], np.zeros((2, 96), int), FACTS)
    with pytest.raises(LaagError, match="15 for each"):
        pooling(["ann"], [2], np.zeros((1, 96), int), FACTS, {"ann": np.zeros(96, int)})
