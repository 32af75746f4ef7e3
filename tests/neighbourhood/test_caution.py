"""A server that is wrong reaches a street in parts, or not at all."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.caution import Bounds, Why, prices_held, waves
from laag.neighbourhood.limits import Limited, Rule, Way

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
BOUNDS = Bounds()


def limit(name, wh, hours=1.0):
    return Limited(
        name, Way.TAKES, wh, None, NOON, NOON + timedelta(hours=hours), Rule.SHARED, "cable", "dso:x"
    )


streets = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.tuples(st.floats(0, 17), st.integers(0, 4000), st.floats(0, 1)),
    min_size=1,
    max_size=40,
)


@given(streets, st.floats(0.02, 1.0))
def test_no_wave_moves_more_than_its_share_of_the_street_or_one_home(street, share):
    limits = [limit(name, wh) for name, (_, wh, _) in street.items()]
    before = {name: kw for name, (kw, _, _) in street.items()}
    order = {name: place for name, (_, _, place) in street.items()}
    found = waves(before, limits, NOON, order, Bounds(share_at_once=share))
    total = sum(max(before[one.connection], one.kw) for one in limits)
    for wave in found:
        moved = sum(abs(before[one.connection] - one.kw) for one in wave.limits)
        assert moved <= share * total + 1e-9 or len(wave.limits) == 1
    assert sorted(one.connection for wave in found for one in wave.limits) == sorted(street)
    assert [wave.at for wave in found] == [
        NOON + i * timedelta(seconds=BOUNDS.wave_s) for i in range(len(found))
    ]


@given(streets, st.randoms())
def test_who_comes_first_is_drawn_and_not_who_was_listed_first(street, chance):
    limits = [limit(name, wh) for name, (_, wh, _) in street.items()]
    other = list(limits)
    chance.shuffle(other)
    before = {name: kw for name, (kw, _, _) in street.items()}
    order = {name: place for name, (_, _, place) in street.items()}
    assert waves(before, limits, NOON, order) == waves(before, other, NOON, order)


prices = st.lists(st.one_of(st.floats(-10, 10), st.just(float("nan"))), min_size=1, max_size=96)


@given(prices, st.data())
def test_prices_that_are_sent_are_numbers_within_bounds_and_near_what_was_told(listed, data):
    told = np.array(
        data.draw(
            st.lists(
                st.one_of(st.floats(-1, 1), st.just(float("nan"))), min_size=len(listed), max_size=len(listed)
            )
        )
    )
    given_ = np.array(listed)
    held = prices_held(told, given_)
    if held is None:
        assert np.isfinite(given_).all()
        assert (given_ >= BOUNDS.lowest_eur_per_kwh).all()
        assert (given_ <= BOUNDS.highest_eur_per_kwh).all()
        assert np.nanmax(np.abs(given_ - told), initial=0.0) <= BOUNDS.step_eur_per_kwh
    else:
        said = held.say()
        assert said.nl.endswith(".")
        assert said.en.endswith(".")


@pytest.mark.parametrize(
    ("told", "price", "why"),
    [
        (None, float("nan"), Why.NO_NUMBER),
        (None, -5.0, Why.BEYOND),
        (0.2, 1.5, Why.JUMPS),
        (float("nan"), 1.5, None),
        (0.2, -0.5, None),
    ],
)
def test_what_is_held_and_why(told, price, why):
    held = prices_held(None if told is None else np.array([told]), np.array([price]))
    assert (held and held.why) == why


def test_a_limit_that_lasts_all_day_is_refused():
    with pytest.raises(BadInput, match="another one after it"):
        waves({"a": 1.0}, [limit("a", 100, hours=5)], NOON, {"a": 0.1})
