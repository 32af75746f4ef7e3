"""Hot water to expect: like the same hour of the same kind of day, and from nothing but the past."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar
from laag.home.forecast import hot_water_kw

GRID = PtuGrid.days(date(2025, 3, 17), 21, AMSTERDAM)
CALENDAR = Calendar.of(GRID, AMSTERDAM)


def expected(drawn, now, count=192):
    return hot_water_kw(drawn[:now], GRID.window(0, now), CALENDAR, GRID.window(now, now + count))


def test_showers_come_by_the_clock_on_the_wall_also_after_it_was_changed():
    drawn = np.where(CALENDAR.quarter == 28, 5.0, 0.0)
    spring = 14 * 96 - 4
    assert (expected(drawn, spring) > 1).nonzero()[0].tolist() == [28, 28 + 96]


def test_weekends_have_showers_of_their_own():
    drawn = np.where(CALENDAR.quarter == np.where(CALENDAR.weekend, 40, 28), 5.0, 0.0)
    friday = 11 * 96
    ahead = expected(drawn, friday)
    assert (ahead > 1).nonzero()[0].tolist() == [28, 96 + 40]


def test_where_nothing_was_measured_nobody_showers():
    assert not expected(np.full(len(GRID), np.nan), 300).any()
    assert not expected(np.zeros(0), 0).any()


@given(
    hnp.arrays(float, len(GRID), elements=st.one_of(st.floats(0, 20), st.just(np.nan))), st.integers(0, 1500)
)
def test_it_lies_between_the_least_and_the_most_that_was_drawn(drawn, now):
    ahead = expected(drawn, now, 96)
    seen = drawn[:now][np.isfinite(drawn[:now])]
    assert np.isfinite(ahead).all()
    assert (ahead >= seen.min(initial=0.0) - 1e-9).all()
    assert (ahead <= seen.max(initial=0.0) + 1e-9).all()
