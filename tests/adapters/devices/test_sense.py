"""A number in any unit and shape: one of ours, or a reason; never a surprise."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.adapters.devices.listening import NOON

from laag.adapters.devices import Quantity, Sense, measured, number_at
from laag.home.devices import Device
from laag.home.operate.link import Measured

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
SENSES = st.builds(
    Sense,
    what=st.sampled_from(Quantity),
    unit=st.sampled_from(["", "W", "kW", "MW", "Wh", "kWh", "%", "°C", "°F", "K", "furlong"]),
    scale=st.floats(-1000, 1000),
    of_kwh=st.none() | st.floats(0.1, 200),
)


@given(SENSES, JUNK)
def test_anything_is_a_finite_measurement_or_a_reason(sense, raw):
    made = measured(Device.BATTERY, "", NOON, sense, raw)
    assert isinstance(made, str | Measured)
    if isinstance(made, Measured):
        assert made.kw is None or math.isfinite(made.kw)
        assert all(math.isfinite(value) for value in made.holds.values())
    else:
        assert len(made) < 200


@given(st.binary(), st.text(max_size=30))
def test_any_payload_at_any_path_gives_something_or_nothing(payload, path):
    number_at(payload, path)


@given(JUNK, st.lists(st.text(alphabet="ab0[]. ", max_size=4), max_size=4).map(".".join))
def test_any_json_at_any_path_gives_something_or_nothing(value, path):
    number_at(json.dumps(value).encode(), path)


@pytest.mark.parametrize(
    ("what", "unit", "raw", "ours"),
    [
        ("power", "W", 1500, 1.5),
        ("power", "", "1.5", 1.5),
        ("power", "MW", 0.001, 1.0),
        ("stored_kwh", "Wh", 4200, 4.2),
        ("stored_kwh", "%", "55", 5.5),
        ("indoor_c", "°F", 68, 20.0),
        ("tank_c", "K", 328.15, 55.0),
    ],
)
def test_units_become_ours(what, unit, raw, ours):
    made = measured(Device.BATTERY, "", NOON, Sense(what=what, unit=unit, of_kwh=10), raw)
    assert (made.kw if what == "power" else made.holds[what]) == pytest.approx(ours)


@pytest.mark.parametrize(
    ("what", "unit", "raw"),
    [
        ("power", "W", True),
        ("power", "W", "unavailable"),
        ("power", "W", "1_000"),
        ("power", "W", "nan"),
        ("power", "W", "inf"),
        ("power", "kW", 5000),
        ("power", "kWh", 5),
        ("power", "%", 5),
        ("stored_kwh", "%", 300),
        ("stored_kwh", "kWh", -2),
        ("indoor_c", "°C", 4000),
        ("here", "", "perhaps"),
        ("here", "", None),
        ("power", "W", "9" * 10_000),
    ],
)
def test_what_cannot_be_so_is_told_and_not_counted(what, unit, raw):
    assert isinstance(measured(Device.BATTERY, "", NOON, Sense(what=what, unit=unit, of_kwh=10), raw), str)


@pytest.mark.parametrize(("raw", "here"), [("ON", True), (True, True), ("not_home", False), (0, False)])
def test_a_car_is_there_or_not(raw, here):
    assert measured(Device.EV, "", NOON, Sense(what="here"), raw).here is here


def test_a_setting_that_is_misspelt_is_refused():
    with pytest.raises(ValidationError):
        Sense(waht="power")
