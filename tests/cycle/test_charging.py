"""A street buys for its cars what its cars take."""

import numpy as np
import pytest

from laag.cycle.charging import ordered_share
from laag.home.devices import Charger, EvSession

BOX = Charger(8.0, efficiency=1.0)
NIGHT = 6.0 * (np.arange(96) < 8)
"""12 kWh."""


def evenings(*days, asks=12.0):
    return [EvSession(96 * day + 72, 96 * day + 90, 40.0 - asks, 40.0) for day in days]


def test_a_car_that_comes_every_day_is_bought_for_in_full():
    assert (ordered_share(evenings(*range(20)), BOX, NIGHT, 20 * 96, 21 * 96) == 1.0).all()


def test_a_car_that_stays_away_every_other_evening_is_bought_half_for():
    share = ordered_share(evenings(*range(0, 20, 2)), BOX, NIGHT, 20 * 96, 21 * 96)
    assert share == pytest.approx(np.full(96, 0.5))


def test_for_a_car_that_is_there_all_is_bought():
    here = EvSession(20 * 96 - 4, 21 * 96 + 30, 28.0, 40.0)
    share = ordered_share([*evenings(0, 4, 8, 12, 16), here], BOX, NIGHT, 20 * 96, 21 * 96)
    assert (share[:30] == 1.0).all()


def test_stays_that_have_not_begun_are_not_known():
    known = evenings(*range(0, 20, 2))
    later = evenings(*range(21, 30))
    ours, theirs = (ordered_share(stays, BOX, NIGHT, 20 * 96, 21 * 96) for stays in (known, known + later))
    assert np.array_equal(ours, theirs)


def test_a_first_week_says_nothing():
    assert (ordered_share([], BOX, NIGHT, 6 * 96, 7 * 96) == 1.0).all()


def test_a_car_that_never_came_in_a_month_is_not_bought_for():
    assert (ordered_share([], BOX, NIGHT, 30 * 96, 31 * 96) == 0.0).all()
