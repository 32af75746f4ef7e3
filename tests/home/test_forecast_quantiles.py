"""Quantiles rise, hold what they promise on past errors, and cannot be asked for nonsense."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput, GridMismatch
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Unit
from laag.home.calendar import Calendar
from laag.home.devices import Building
from laag.home.forecast import (
    DE_BILT,
    LEVELS,
    Forecast,
    Record,
    heat_forecast,
    load_forecast,
    load_kw,
    pv_forecast,
)
from laag.home.forecast.quantiles import around
from laag.home.forecast.rehearse import rehearsed

GRID = PtuGrid.days(date(2025, 3, 3), 60, AMSTERDAM)
CALENDAR = Calendar.of(GRID, AMSTERDAM)
START = datetime(2025, 1, 1, tzinfo=UTC)


def record(end, days, load=None, pv=None, outdoor=None, sun=None):
    zero = np.zeros(96 * days)
    given_ = (zero if values is None else values for values in (load, pv, outdoor, sun))
    return Record(GRID.window(end - 96 * days, end), *given_)


@given(st.integers(0, 2**32 - 1), st.integers(0, 35), st.floats(0, 1), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_quantiles_rise_and_are_never_below_nothing_for_any_past(seed, days, missing, ahead):
    rng = np.random.default_rng(seed)
    end = 4000

    def holey(values):
        return np.where(rng.random(len(values)) < missing, np.nan, values)

    past = record(
        end,
        days,
        holey(rng.exponential(0.5, 96 * days)),
        holey(rng.exponential(1.0, 96 * days)),
        holey(rng.normal(8, 5, 96 * days)),
        holey(rng.exponential(200, 96 * days)),
    )
    grid = GRID.window(end + ahead, end + ahead + 100)
    for found in (
        load_forecast(past, CALENDAR, grid),
        pv_forecast(past, grid, place=DE_BILT),
        heat_forecast(Building(0.2, 8.0), past, grid),
    ):
        assert np.isfinite(found.values).all()
        assert (found.values >= 0).all()
        assert (np.diff(found.values, axis=0) >= 0).all()
        assert found.made_at == past.now


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=40))
def test_past_errors_lie_where_the_quantiles_say(errors):
    column = np.array(errors)[:, None]
    low, middle, high = around(np.zeros(1), column, (0.1, 0.5, 0.9))[:, 0]
    inside = np.mean((column >= low) & (column <= high))
    assert low <= middle <= high
    assert inside >= 0.6
    assert np.mean(column <= middle) >= 0.5 - 1 / len(errors)


def test_what_a_load_does_by_chance_is_what_its_band_covers():
    rng = np.random.default_rng(5)
    load = rng.exponential(0.5, len(GRID))
    inside = []
    for end in range(30 * 96, 57 * 96, 96 * 3 // 2):
        past = record(end, 28, load[end - 28 * 96 : end])
        band = load_forecast(past, CALENDAR, GRID.window(end, end + 144)).values
        truth = load[end : end + 144]
        inside.append((truth >= band[0]) & (truth <= band[-1]))
    assert 0.78 < np.mean(inside) < 0.87  # with three weeks to learn from, rather too wide than too narrow


def test_a_home_that_never_surprises_has_no_band():
    past = record(4000, 35, np.full(35 * 96, 0.4))
    band = load_forecast(past, CALENDAR, GRID.window(4000, 4096)).values
    assert band == pytest.approx(0.4)


def test_until_five_days_are_rehearsed_the_band_is_a_guess_around_what_is_expected():
    past = record(4000, 5, np.full(5 * 96, 0.4))
    grid = GRID.window(4000, 4096)
    band = load_forecast(past, CALENDAR, grid)
    assert band.at(0.5).values == pytest.approx(load_kw(past, CALENDAR, grid))
    assert np.all(band.values[0] < 0.3)
    assert np.all(band.values[-1] > 0.6)


def test_a_rehearsal_is_what_would_have_been_said_then():
    load = np.random.default_rng(3).exponential(0.5, 30 * 96)
    past, grid = record(4000, 30, load), GRID.window(4000, 4100)
    errors = rehearsed(past, load, grid, lambda known, then: load_kw(known, CALENDAR, then), days=3)
    two_days_ago = record(4000 - 192, 28, load[: 28 * 96])
    said = load_kw(two_days_ago, CALENDAR, GRID.window(4000 - 192, 4100 - 192))
    assert errors[1] == pytest.approx(load[28 * 96 : 28 * 96 + 100] - said)
    assert np.isnan(errors[0, 96:]).all()


def test_panels_are_never_expected_to_give_more_than_they_can():
    sun = np.maximum(np.sin((np.arange(30 * 96) % 96 - 24) / 48 * np.pi), 0)
    pv = 4.0 * sun * np.random.default_rng(2).uniform(0.1, 1, 30 * 96)
    band = pv_forecast(record(4000, 30, pv=pv), GRID.window(4000, 4192)).values
    assert band.max() <= 4.0 * 1.2


def test_a_colder_spell_needs_more_heat_and_a_better_house_less():
    rng = np.random.default_rng(1)
    outdoor = rng.normal(5, 2, 28 * 96)
    grid = GRID.window(4000, 4096)
    warm, cold = (record(4000, 28, outdoor=outdoor + by) for by in (0.0, -5.0))
    poor, good = Building(0.3, 8.0), Building(0.1, 8.0)
    assert np.all(heat_forecast(poor, cold, grid).values > heat_forecast(poor, warm, grid).values)
    assert np.all(heat_forecast(good, warm, grid).values < heat_forecast(poor, warm, grid).values)


def test_a_forecast_refuses_rows_that_fall_and_levels_that_do_not_rise():
    one = PtuGrid(START, 1)
    with pytest.raises(BadInput, match="lies below a lower one"):
        Forecast(one, (0.1, 0.9), np.array([[2.0], [1.0]]), Unit.KW, START, "example")
    with pytest.raises(BadInput, match="levels rise between 0 and 1"):
        Forecast(one, (0.9, 0.1), np.array([[1.0], [2.0]]), Unit.KW, START, "example")
    with pytest.raises(GridMismatch, match="give a row per level"):
        Forecast(one, LEVELS, np.array([[1.0], [2.0]]), Unit.KW, START, "example")
