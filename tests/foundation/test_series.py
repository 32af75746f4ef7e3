"""Profiles keep their unit and their grid."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import GridMismatch, UnitMismatch
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit, ticks, wh

DAY = PtuGrid.day(date(2025, 3, 30), AMSTERDAM)
numbers = st.lists(st.floats(-50, 50), min_size=92, max_size=92)


@given(numbers)
def test_power_and_energy_are_each_others_inverse(values):
    power = Profile(DAY, np.array(values), Unit.KW)
    assert power.energy().power().values == pytest.approx(power.values)
    assert power.energy().total() == pytest.approx(sum(values) / 4)


@given(numbers, numbers)
def test_adding_and_taking_away_meet(a, b):
    one, other = Profile(DAY, np.array(a), Unit.KW), Profile(DAY, np.array(b), Unit.KW)
    assert ((one + other) - other).values == pytest.approx(one.values)


def test_a_profile_cannot_be_written():
    profile = Profile.flat(DAY, 1.0, Unit.KW)
    with pytest.raises(ValueError, match="read-only"):
        profile.values[0] = 2


def test_a_profile_does_not_follow_the_array_it_was_made_from():
    values = np.zeros(len(DAY))
    profile = Profile(DAY, values, Unit.KW)
    values[0] = 9
    assert profile.values[0] == 0


def test_units_do_not_mix():
    with pytest.raises(UnitMismatch, match=r"kW meets kWh"):
        Profile.flat(DAY, 1, Unit.KW) + Profile.flat(DAY, 1, Unit.KWH)
    with pytest.raises(UnitMismatch):
        Profile.flat(DAY, 1, Unit.KWH).energy()


def test_grids_do_not_mix():
    later = Profile.flat(DAY.window(1, 93), 1, Unit.KW)
    with pytest.raises(GridMismatch, match=r"\.on\(grid\)"):
        Profile.flat(DAY, 1, Unit.KW) + later
    with pytest.raises(GridMismatch, match="one number per PTU"):
        Profile(DAY, np.zeros(96), Unit.KW)


@given(st.integers(-(10**6), 10**6))
def test_whole_watt_hours_and_ticks_pass_the_door_unchanged(n):
    assert wh(n / 250).item() == n
    assert ticks(n / 100_000).item() == n
