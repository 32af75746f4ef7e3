"""The chance of overload: sums of homes between all alike and each by itself, probabilities that behave."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.foundation.errors import LaagError
from laag.neighbourhood.congestion import Spread, common_share, coverage, overload, summed

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


@st.composite
def spreads(draw, homes=None):
    shape = (len(LEVELS), homes or draw(st.integers(1, 8)), draw(st.integers(1, 3)))
    kw = draw(arrays(np.float64, shape, elements=st.floats(-5, 8)))
    return Spread(LEVELS, np.sort(kw, axis=0))


@given(spreads(), st.floats(0, 1))
def test_the_quantiles_of_a_sum_rise(homes, common):
    assert (np.diff(summed(homes, common).kw, axis=0) >= 0).all()


@given(spreads(homes=1), st.floats(0, 1))
def test_one_home_is_its_own_sum(homes, common):
    assert summed(homes, common).kw == pytest.approx(homes.kw, abs=1e-9)


@given(spreads())
def test_where_all_are_alike_quantiles_add_up(homes):
    assert summed(homes, 1.0).kw[:, 0] == pytest.approx(homes.kw.sum(axis=1), abs=1e-9)


@given(spreads(), arrays(np.float64, 8, elements=st.floats(-60, 60)))
def test_the_chance_of_more_falls_from_one_to_zero(homes, powers):
    spread = summed(homes, 0.3)
    chances = [spread.above(np.array([[kw]])) for kw in sorted(powers)]
    for less, more in pairwise(chances):
        assert (more <= less + 1e-12).all()
    assert all(((one >= 0) & (one <= 1)).all() for one in chances)


@given(spreads(), st.floats(0, 40), st.floats(0, 10))
def test_a_thicker_cable_is_overloaded_less_often(homes, kw, more):
    spread = summed(homes, 0.3)
    thin, thick = (overload(spread, np.array([most]), np.array([most])) for most in (kw, kw + more))
    assert (thick <= thin + 1e-12).all()


@given(st.floats(0.0, 1.0), st.integers(0, 2**31))
def test_what_errors_have_in_common_is_found_again(common, seed):
    rng = np.random.default_rng(seed)
    shared, own = rng.standard_normal((4000, 1)), rng.standard_normal((4000, 12))
    errors = np.sqrt(common) * shared + np.sqrt(1 - common) * own
    assert common_share(errors) == pytest.approx(common, abs=0.08)


@pytest.mark.parametrize("common", [0.0, 0.2, 0.7])
def test_errors_drawn_so_are_covered_as_often_as_is_said(common):
    rng = np.random.default_rng(11)
    homes, ptus = 30, 4000
    z = {0.1: -1.2816, 0.25: -0.6745, 0.5: 0.0, 0.75: 0.6745, 0.9: 1.2816}
    size = rng.uniform(0.2, 2.0, (homes, 1))
    kw = np.array([z[level] * size for level in LEVELS]) * np.ones((1, 1, ptus))
    drawn = np.sqrt(common) * rng.standard_normal((1, ptus)) + np.sqrt(1 - common) * rng.standard_normal(
        (homes, ptus)
    )
    happened = (size * drawn).sum(axis=0)
    spread = summed(Spread(LEVELS, kw), common)
    eighty, half = coverage(Spread(LEVELS, spread.kw[:, 0]), happened, ((0.1, 0.9), (0.25, 0.75)))
    assert eighty == pytest.approx(0.8, abs=0.03)
    assert half == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    "odd",
    [
        lambda: Spread((0.5, 0.6), np.zeros((2, 1))),
        lambda: Spread((0.5, 0.4, 0.9), np.zeros((3, 1))),
        lambda: summed(Spread(LEVELS, np.zeros((5, 1, 1))), 1.5),
        lambda: common_share(np.zeros((1, 3))),
    ],
)
def test_what_cannot_be_meant_is_refused(odd):
    with pytest.raises(LaagError):
        odd()
