"""Whatever comes in whatever order: an answer for each, never an error, and only valid messages go out."""

import copy
import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.devices.listening import NOON
from tests.adapters.s2.schemas import FOLDER, valid
from tests.adapters.s2.words import (
    at,
    constraints,
    details,
    handshake,
    limit,
    message,
    mode,
    power,
    started,
    switches,
    system,
)  # fmt: skip

from laag.adapters.devices import Quantity
from laag.adapters.s2.facts import Level, Power, Steerable
from laag.adapters.s2.instruct import instruct
from laag.adapters.s2.session import overdue, step
from laag.adapters.s2.translate import S2Device, measured_of, unit_of
from laag.adapters.s2.wire import written
from laag.foundation.findings import Finding
from laag.home.devices import Device
from laag.home.operate.link import Measured

FRBC, PEBC, OMBC = ("FILL_RATE_BASED_CONTROL", "POWER_ENVELOPE_BASED_CONTROL", "OPERATION_MODE_BASED_CONTROL")
GOOD = [
    handshake(),
    details(FRBC), details(PEBC), details(OMBC),
    constraints(limit("LOWER", -4000, 0), limit("UPPER", 0, 4000)),
    system(mode("idle", 0, 0), mode("charge", 500, 5000)),
    switches(("off", 0, 0), ("on", 2000, 2000)),
    power(1500),
    message("FRBC.FillLevelTargetProfile", start_time="2026-06-01T12:00:00Z", elements=[{"duration": 60000, "fill_level_range": {"start_of_range": 80, "end_of_range": 100}}]),
    message("FRBC.StorageStatus", present_fill_level=40),
    message("FRBC.ActuatorStatus", actuator_id="inverter", active_operation_mode_id="idle", operation_mode_factor=0),
    message("OMBC.Status", active_operation_mode_id="on", operation_mode_factor=1),
    message("RevokeObject", object_type="PEBC.PowerConstraints", object_id="constraints-1"),
    message("ReceptionStatus", subject_message_id="ab", status="OK"),
]  # fmt: skip
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value, here=()):
    """Every place in a message where something can be spoilt."""
    yield here
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*here, key))


@st.composite
def spoilt(draw):
    """A good message with junk somewhere in it, or without something."""
    one = copy.deepcopy(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from([place for place in places(one) if place] or [("message_type",)]))
        inner = one
        for key in path[:-1]:
            inner = inner[key]
        if isinstance(inner, dict) and draw(st.booleans()):
            inner.pop(path[-1], None)
        else:
            inner[path[-1]] = draw(JUNK)
    return json.dumps(one)


RAW = st.binary(max_size=60) | st.text(max_size=60) | JUNK.map(json.dumps) | spoilt()


@settings(max_examples=300)
@given(st.lists(RAW, max_size=8), st.floats(-50, 50))
def test_any_messages_in_any_order_are_answered(raws, kw):
    session = started()
    for raw in raws:
        done = step(session, raw, at())
        session = done.session
        is_status = not done.replies
        assert is_status or done.replies[0].message_type == "ReceptionStatus"
        for fact in done.facts:
            for device in Device:
                made = measured_of(S2Device(resource="ab", device=device), fact, NOON)
                assert made is None or isinstance(made, str | Measured | Finding)
        told = instruct(session, kw, at(), as_most=kw < 0)
        assert told.replies or told.facts
        if FOLDER.exists():
            assert all(valid(written(reply)) for reply in (*done.replies, *told.replies))
    overdue(session, at(1000))


@given(st.floats(), st.text(max_size=20))
def test_any_level_in_any_unit_is_a_measurement_or_a_reason(level, label):
    for device in (Device.BATTERY, Device.EV, Device.HEAT_PUMP, Device.WATER):
        made = measured_of(S2Device(resource="ab", device=device, full_kwh=10), Level(level, label), NOON)
        assert isinstance(made, str | Measured)
        if isinstance(made, Measured):
            assert all(math.isfinite(value) for value in made.holds.values())


def test_levels_are_read_in_the_unit_that_their_label_names():
    battery = S2Device(resource="ab", device="battery", full_kwh=8)
    assert measured_of(battery, Level(50, "State of Charge (%)"), NOON).holds == {"stored_kwh": 4}
    assert measured_of(battery, Level(5000, "Wh"), NOON).holds == {"stored_kwh": 5}
    tank = S2Device(resource="ab", device="water")
    assert measured_of(tank, Level(55, "degrees Celsius"), NOON).holds == {"tank_c": 55}
    assert "no unit" in measured_of(tank, Level(55, "kWh"), NOON)
    assert unit_of("", Quantity.STORED) is None


def test_a_car_is_there_when_it_can_be_steered_and_a_roof_measures_what_it_gives():
    car = S2Device(resource="ab", device="ev")
    assert measured_of(car, Steerable(so=True), NOON).here is True
    assert measured_of(S2Device(resource="ab", device="pv"), Power(-3000, NOON), NOON).kw == 3
    assert measured_of(S2Device(resource="ab", device="battery"), Power(-3000, NOON), NOON).kw == -3
