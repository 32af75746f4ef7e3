"""A home with a weather forecast expects of its panels what they lately gave under such a sun."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.home.forecast import Record, panels, sun_w_m2

DAYS = 10
PAST = PtuGrid(datetime(2025, 6, 1, tzinfo=UTC), DAYS * 96)
AHEAD = PAST.window(len(PAST), len(PAST) + 96)
CLEAR = np.maximum(np.sin((np.arange(96) - 24) / 48 * np.pi), 0) * 800
SHADOW = np.where(np.arange(96) < 48, 1.0, 0.5)
"""A tree in the afternoon."""


def record(brightness, gain=0.004, said=None):
    sun = np.concatenate([CLEAR * b for b in brightness])
    forecast = np.concatenate([CLEAR * b for b in (said or brightness)])
    nothing = np.zeros(len(PAST))
    return Record(PAST, nothing, sun * gain * np.tile(SHADOW, DAYS), nothing, sun, forecast)


@given(st.lists(st.floats(0.2, 1.0), min_size=DAYS, max_size=DAYS), st.floats(0.2, 1.0))
def test_panels_follow_the_forecast_sun_through_their_own_shadow(brightness, tomorrow):
    expected = panels(record(brightness), CLEAR * tomorrow, AHEAD)
    truly = CLEAR * tomorrow * 0.004 * SHADOW
    most = max(brightness) * (CLEAR * 0.004 * SHADOW).max() * 1.2
    bright = CLEAR * sum(brightness) > 40
    assert expected[bright] == pytest.approx(np.minimum(truly, most)[bright], rel=1e-6)


def test_a_forecast_that_was_too_dark_lately_is_brightened_for_the_next_hours():
    noon = PAST.window(0, len(PAST) - 48)
    past = record([1.0] * DAYS, said=[0.5] * DAYS)
    cut = Record(
        noon,
        *(
            getattr(past, name)[: len(noon)]
            for name in ("load_kw", "pv_kw", "outdoor_c", "sun_w_m2", "sun_forecast_w_m2")
        ),
    )
    ahead = noon.window(len(noon), len(noon) + 48)
    expected = sun_w_m2(cut, ahead, CLEAR[48:] * 0.5)
    assert expected[0] == pytest.approx(CLEAR[48], rel=0.05)
    assert expected[20] < CLEAR[68] * 0.6


def test_missing_readings_leave_the_rest_to_learn_from():
    past = record([0.8] * DAYS)
    past.pv_kw[: 5 * 96] = np.nan
    past.sun_w_m2[100:120] = np.nan
    assert panels(past, CLEAR, AHEAD)[40] == pytest.approx(CLEAR[40] * 0.004 * SHADOW[40], rel=1e-6)


def test_panels_that_never_gave_anything_are_expected_to_give_nothing():
    past = record([0.0] * DAYS)
    assert not panels(past, CLEAR, AHEAD).any()
