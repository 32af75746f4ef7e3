"""What would have been: three ways to say it, and what each lets a home earn that gives nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.foundation.errors import BadInput
from laag.settlement.baselines import DEFAULT, Baseline, Prices, Seen, Trick, baseline_wh, gamed

DAY = arrays(np.int64, (40,), elements=st.integers(0, 2000))
AT = slice(24, 28)
PRICES = Prices(flexibility=25_000, bought=30_000, sold_back=10_000, moved=3_000)


@given(DAY, st.sampled_from(list(Baseline)))
def test_a_home_that_does_the_same_every_day_has_that_as_its_baseline(day, method):
    seen = Seen(day, np.tile(day, (10, 1)), day)
    assert (baseline_wh(method, seen, AT) == day[AT]).all()


@given(DAY, st.sampled_from(list(Baseline)), st.integers(0, 39))
def test_nothing_that_is_measured_once_it_is_asked_moves_a_baseline(day, method, late):
    seen = Seen(day, np.tile(day, (10, 1)), day)
    today = day.copy()
    today[max(AT.start - 4, late) :] += 900
    moved = Seen(day, seen.past_wh, today)
    if late >= AT.start - 4:
        assert (baseline_wh(method, moved, AT) == baseline_wh(method, seen, AT)).all()


@given(DAY, st.sampled_from(list(Baseline)), st.sampled_from(list(Trick)))
def test_without_a_trick_nothing_is_earned(day, method, trick):
    found = gamed(method, trick, day, AT, 0, PRICES)
    assert (found.paid_units, found.cost_units) == (0, 0)


@given(DAY, st.integers(1, 900))
def test_a_trick_that_a_baseline_does_not_look_at_only_costs(day, extra):
    blind = [
        (Baseline.NOMINATED, Trick.USE_MORE_BEFORE),
        (Baseline.NOMINATED, Trick.USE_MORE_JUST_BEFORE),
        (Baseline.LAST_WEEK, Trick.ANNOUNCE_MORE),
        (Baseline.LAST_WEEK, Trick.USE_MORE_JUST_BEFORE),
        (Baseline.LIKE_DAYS, Trick.ANNOUNCE_MORE),
    ]
    for method, trick in blind:
        assert gamed(method, trick, day, AT, extra, PRICES).gain_units < 0


@given(st.integers(1, 900), st.integers(0, 60_000), st.integers(0, 40_000), st.integers(0, 40_000))
def test_announcing_more_pays_exactly_where_the_price_beats_what_buying_and_selling_again_loses(
    extra, flexibility, bought, sold_back
):
    usual = np.full(40, 1000)
    prices = Prices(flexibility, bought, sold_back, 0)
    found = gamed(Baseline.NOMINATED, Trick.ANNOUNCE_MORE, usual, AT, extra, prices)
    assert found.gain_units == 4 * extra * (flexibility - (bought - sold_back))


def test_each_baseline_can_be_gamed_and_this_is_by_how_much():
    usual = np.full(40, 1000)
    best = {
        method: max(gamed(method, trick, usual, AT, 250, PRICES).gain_units for trick in Trick) / 1e8
        for method in Baseline
    }
    assert best[Baseline.NOMINATED] == pytest.approx(0.05)
    assert best[Baseline.LAST_WEEK] == pytest.approx(0.22)
    assert best[Baseline.LIKE_DAYS] == pytest.approx(0.14)
    assert min(best, key=best.get) is DEFAULT, (
        "the default is the one that pays least for nothing, at these prices"
    )


def test_raising_one_of_ten_days_hardly_moves_the_mean_of_the_five_highest():
    day = np.full(40, 500)
    past = np.tile(day, (10, 1))
    past[3, AT] += 1000
    seen = Seen(day, past, day)
    assert baseline_wh(Baseline.LIKE_DAYS, seen, AT).tolist() == [700] * 4


def test_only_days_like_it_count():
    past = np.array([[100], [900], [100], [900]])
    seen = Seen(np.array([0]), past, np.array([0]), like=(0, 2))
    assert baseline_wh(Baseline.LIKE_DAYS, seen, slice(0, 1)).tolist() == [100]


@pytest.mark.parametrize("method", [Baseline.LAST_WEEK, Baseline.LIKE_DAYS])
def test_a_past_that_is_not_there_is_said(method):
    seen = Seen(np.zeros(4, np.int64), np.zeros((0, 4), np.int64), np.zeros(4, np.int64))
    with pytest.raises(BadInput, match="nominated none"):
        baseline_wh(method, seen, slice(0, 2))


def test_days_of_another_length_are_refused():
    with pytest.raises(BadInput, match="cut all to the same"):
        Seen(np.zeros(4, np.int64), np.zeros((2, 5), np.int64), np.zeros(4, np.int64))
