"""A car is expected as on earlier days like this one."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast import car_forecast

GRID = PtuGrid.days(date(2025, 2, 3), 70, AMSTERDAM)
"""From a Monday in winter; the clock goes forward on day 55."""
CALENDAR = Calendar.of(GRID, AMSTERDAM)
STARTS = [span.start for _, span in GRID.local_days(AMSTERDAM)]


def commuter(days=60, needs=8.0):
    """At home from six in the evening to half past seven, Monday to Friday; Friday night until Monday."""
    return [
        EvSession(
            STARTS[day] + evening(day), STARTS[day + (1 if day % 7 < 4 else 3)] + 30, 40.0 - needs, 40.0
        )
        for day in range(days)
        if day % 7 < 5
    ]


def evening(day):
    """Six o'clock on the wall, also on the day with 23 hours."""
    return 72 if day != 55 else 68


def expected(stays, now, count=144):
    begun = [stay for stay in stays if stay.arrives <= now]
    return car_forecast(begun, CALENDAR, GRID.window(now, now + count))


def test_a_commuter_is_expected_at_six_and_gone_at_half_past_seven():
    tuesday_noon = STARTS[29] + 48
    found = expected(commuter(), tuesday_noon)
    assert found.at_home[:24].max() < 0.1
    assert found.at_home[26:78].min() > 0.9
    assert found.arrives[2] == 24
    assert found.departs[2] == 24 + 54
    assert found.needs_kwh == pytest.approx(8.0)


def test_on_a_saturday_the_car_stays_until_its_driver_said():
    saturday_noon = STARTS[33] + 48
    found = expected(commuter(), saturday_noon)
    assert np.all(found.at_home == 1.0)
    assert found.arrives[0] >= STARTS[35] + 30 - saturday_noon


def test_six_o_clock_stays_six_o_clock_when_the_clock_changes():
    after = STARTS[57] + 48
    assert expected(commuter(), after).arrives[2] == 24


def test_two_weeks_must_have_passed():
    stays = commuter()
    assert expected(stays, STARTS[10]) is None
    assert expected([], STARTS[40]) is None
    assert expected(stays, STARTS[16]).days >= 14


def test_a_car_that_no_longer_comes_is_expected_less_every_week():
    stays = commuter(days=28)
    chances = [expected(stays, STARTS[28 + day] + 48).at_home[40] for day in (1, 8, 15, 22)]
    assert all(later < earlier for earlier, later in pairwise(chances))


@st.composite
def lives(draw):
    """Forty days of stays by habit and by chance."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    comes = draw(st.floats(0.2, 1.0))
    spread = draw(st.integers(1, 20))
    at, stays = 0, []
    for start in STARTS[:60]:
        arrives = max(start + 70 + int(rng.integers(-spread, spread + 1)), at + 1)
        departs = arrives + int(rng.integers(4, 60))
        if rng.random() < comes:
            stays.append(EvSession(arrives, departs, float(rng.uniform(5, 35)), 40.0))
            at = departs
    return stays


@given(lives(), st.integers(STARTS[20], STARTS[60]))
@settings(deadline=None)
def test_chances_and_quantiles_are_what_they_are_called(stays, now):
    found = expected(stays, now)
    if found is None:
        return
    assert np.all((found.at_home >= 0) & (found.at_home <= 1 + 1e-12))
    for quantiles in (found.arrives, found.departs, found.needs_kwh):
        known = quantiles[~np.isnan(quantiles)]
        assert np.all(known[1:] >= known[:-1])
    assert np.all(np.isnan(found.arrives) | (found.arrives > 0))
    assert found.days >= 14


@given(lives(), st.integers(STARTS[20], STARTS[60]))
@settings(deadline=None)
def test_a_car_that_is_there_is_there_until_it_leaves(stays, now):
    found = expected(stays, now)
    here = [stay for stay in stays if stay.arrives <= now < stay.departs]
    if found is None or not here:
        return
    told = min(here[-1].departs - now, 144)
    assert np.all(found.at_home[:told] == 1.0)
    assert np.all(np.isnan(found.arrives) | (found.arrives > told))
