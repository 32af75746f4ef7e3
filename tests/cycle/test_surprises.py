"""How expected prices missed lately, on the clock of the day that is bid for."""

from datetime import date, timedelta

import numpy as np
import pytest

from laag.cycle.surprises import DAYS_BACK, surprises_ticks
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar

FIRST = date(2026, 3, 10)
GRID = PtuGrid.days(FIRST, 25, AMSTERDAM)
CALENDAR = Calendar.of(GRID, AMSTERDAM)
NOISE = np.random.default_rng(7).integers(-9_000, 30_000, len(GRID))


def day(number):
    return PtuGrid.day(FIRST + timedelta(days=number), AMSTERDAM).within(GRID)


def as_yesterday(ticks):
    return lambda published, count: ticks[np.maximum(np.arange(published, published + count) - 96, 0)]


def test_prices_that_come_as_expected_surprise_nobody():
    flat = np.full(len(GRID), 8_000)
    assert not surprises_ticks(flat, CALENDAR, day(12), as_yesterday(flat)).any()


def test_each_course_is_what_a_day_cost_beside_what_was_expected_of_it():
    seen = surprises_ticks(NOISE, CALENDAR, day(16), as_yesterday(NOISE))
    assert seen.shape == (DAYS_BACK, 96)
    for back, course in enumerate(seen, 1):
        then = day(16 - back)
        assert course.tolist() == (NOISE[then] - NOISE[then.start - 96 : then.stop - 96]).tolist()


@pytest.mark.parametrize("number", [9, 12, 19])
def test_no_price_of_the_day_itself_or_later_is_looked_at(number):
    asked = day(number)
    other = NOISE.copy()
    other[asked.start :] = 99_999
    theirs, ours = (surprises_ticks(ticks, CALENDAR, asked, as_yesterday(ticks)) for ticks in (other, NOISE))
    assert np.array_equal(theirs, ours)


def test_before_a_week_has_passed_nothing_is_known_of_surprises():
    assert surprises_ticks(NOISE, CALENDAR, day(7), as_yesterday(NOISE)).shape == (0, 96)
    assert surprises_ticks(NOISE, CALENDAR, day(9), as_yesterday(NOISE)).shape == (2, 96)


def test_an_evening_peak_that_came_dearer_stays_in_the_evening_when_the_clock_goes_forward():
    """29 March 2026 has 92 quarter-hours; so have the courses for it, and later courses from it have all of their day's."""
    expected, peak = np.full(len(GRID), 8_000), (CALENDAR.quarter >= 72) & (CALENDAR.quarter < 80)
    came = expected + 5_000 * peak
    for number, count in ((19, 92), (20, 96)):
        seen = surprises_ticks(came, CALENDAR, day(number), lambda at, more: expected[at : at + more])
        assert seen.shape == (DAYS_BACK, count)
        assert (seen == 5_000 * peak[day(number)]).all()
