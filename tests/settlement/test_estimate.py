"""A silent meter is filled by a named method, never by zero, and the mark stays."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement.estimate import Method, filled, week_earlier

numbers = arrays(np.int64, 20, elements=st.integers(-5000, 5000))
flags = arrays(np.bool_, 20)


@given(numbers, flags, numbers, numbers, flags)
def test_measured_stays_as_measured_and_all_else_is_marked(measured, missing, cleared, last_week, gone):
    readings = filled(measured, missing, cleared, last_week, gone)
    assert (readings.wh[~missing] == measured[~missing]).all()
    assert (readings.estimated == missing).all()
    assert (readings.wh[missing & gone] == cleared[missing & gone]).all()
    assert (readings.method[missing & ~gone] == Method.SAME_QUARTER_LAST_WEEK).all()


def test_across_a_clock_change_last_week_is_the_same_time_on_the_wall():
    for day, quarters in (
        (date(2025, 4, 2), 7 * 96 - 4),
        (date(2025, 10, 29), 7 * 96 + 4),
        (date(2025, 6, 4), 672),
    ):
        grid = PtuGrid.day(day, AMSTERDAM)
        assert (np.arange(96) - week_earlier(grid, AMSTERDAM) == quarters).all()
