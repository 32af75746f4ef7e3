"""The sun stands where pvlib says it stands, and panels follow it through the year."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.home.forecast import DE_BILT, Place, Record, clear_w_m2, pv_kw, sky
from laag.home.forecast.sunshine import sine_of_elevation

YEAR = PtuGrid(datetime(2025, 1, 1, tzinfo=UTC), 365 * 96)
PLACES = [DE_BILT, Place(34.1, -117.4), Place(-33.9, 151.2), Place(69.6, 18.9)]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_sun_and_a_clear_sky_are_those_of_pvlib(place):
    pd, pvlib = pytest.importorskip("pandas"), pytest.importorskip("pvlib")
    some = slice(None, None, 7)  # every quarter of the day within a fortnight
    middle = pd.DatetimeIndex(YEAR.instants()[some] + np.timedelta64(450, "s"), tz="UTC")
    sun = pvlib.solarposition.get_solarposition(middle, place.latitude, place.longitude)
    height = np.degrees(np.arcsin(sine_of_elevation(place, YEAR)))[some]
    assert height == pytest.approx(sun["elevation"].to_numpy(), abs=0.015)
    clear = pvlib.clearsky.haurwitz(sun["zenith"])["ghi"].to_numpy()
    assert clear_w_m2(place, YEAR)[some] == pytest.approx(clear, abs=0.25)


@given(st.integers(1950, 2049), st.integers(0, 364), st.floats(-90, 90), st.floats(-180, 180))
def test_a_clear_sky_is_dark_at_night_and_never_brighter_than_space(year, day, latitude, longitude):
    grid = PtuGrid(YEAR.start.replace(year=year), 366 * 96).window(day * 96, day * 96 + 96)
    place = Place(latitude, longitude)
    clear, height = clear_w_m2(place, grid), sine_of_elevation(place, grid)
    assert np.all(clear[height < 0] < 1e-6)
    assert np.all((clear >= 0) & (clear <= 1367 * np.maximum(height, 0) + 1e-6))


def test_a_place_off_the_globe_is_refused():
    with pytest.raises(BadInput, match="latitude first"):
        Place(105.0, 52.0)


def test_where_the_place_is_known_lengthening_days_are_foreseen():
    past = YEAR.window(70 * 96, 91 * 96)
    ahead = YEAR.window(91 * 96, 92 * 96)
    clear = clear_w_m2(DE_BILT, YEAR)
    truth = clear[91 * 96 : 92 * 96]
    blind = sky(clear[70 * 96 : 91 * 96], past, ahead)
    aware = sky(clear[70 * 96 : 91 * 96], past, ahead, DE_BILT)
    assert np.abs(aware - truth).sum() < 0.35 * np.abs(blind - truth).sum()


@given(st.floats(0.0, 1.0), st.floats(0.3, 3.0))
@settings(max_examples=30, deadline=None)
def test_a_service_counts_by_how_well_it_did(skill, scale):
    rng = np.random.default_rng(7)
    light = np.maximum(np.sin((np.arange(30 * 96) % 96 - 24) / 48 * np.pi), 0)
    truth = 4.0 * light * np.repeat(rng.uniform(0.1, 1, 30), 96)
    noise = 4.0 * light * np.repeat(rng.uniform(0.1, 1, 30), 96)
    told = (skill * truth + (1 - skill) * noise) * scale
    nothing = np.zeros(28 * 96)
    past = Record(
        YEAR.window(0, 28 * 96), nothing, truth[: 28 * 96], nothing, nothing, pv_forecast_kw=told[: 28 * 96]
    )
    ahead = YEAR.window(28 * 96, 30 * 96)
    own, both = (pv_kw(past, ahead, told_kw=heard) for heard in (None, told[28 * 96 :]))
    said = told[28 * 96 :]
    low, high = np.minimum(own, 0.5 * said), np.maximum(own, 2.0 * said)
    assert np.all((both >= low - 1e-9) & (both <= high + 1e-9))
    if skill == 1.0 and 0.5 <= scale <= 2.0:
        assert both == pytest.approx(truth[28 * 96 :], abs=1e-6)


def test_a_service_that_is_silent_or_new_changes_nothing():
    light = np.maximum(np.sin((np.arange(10 * 96) % 96 - 24) / 48 * np.pi), 0)
    nothing, ahead = np.zeros(960), YEAR.window(960, 1056)
    new = Record(YEAR.window(0, 960), nothing, light, nothing, nothing)
    silent = Record(YEAR.window(0, 960), nothing, light, nothing, nothing, pv_forecast_kw=light)
    assert np.array_equal(pv_kw(new, ahead, told_kw=light[:96]), pv_kw(new, ahead))
    assert np.array_equal(pv_kw(silent, ahead, told_kw=np.full(96, np.nan)), pv_kw(silent, ahead))
