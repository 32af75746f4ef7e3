"""Payloads of any kind, kept ones, late ones; and instructions as devices want them."""

import json
import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.adapters.devices.listening import NOON
from tests.adapters.devices.test_sense import JUNK

from laag.adapters.mqtt import MqttDevice, MqttSettings
from laag.adapters.mqtt.translate import LARGEST, available, measured_of, payload_of
from laag.adapters.mqtt.wire import Availability, Command, State
from laag.home.operate.link import Measured

METER = MqttDevice(device="ev")
STATES = st.builds(
    State,
    topic=st.just("t"),
    path=st.sampled_from(["", "a", "a.b", "a[0]", "$.a"]),
    at_path=st.sampled_from(["", "at"]),
    unit=st.sampled_from(["", "W", "kW", "%"]),
    retained=st.none() | st.booleans(),
)


def said(state, value, **how):
    return measured_of(METER, state, json.dumps(value).encode(), NOON, **how)


@given(STATES, st.binary() | JUNK.map(lambda one: json.dumps(one).encode()), st.booleans())
def test_any_payload_is_a_measurement_or_a_reason_or_nothing(state, payload, retained):
    made = measured_of(METER, state, payload, NOON, retained=retained)
    assert made is None or isinstance(made, str | Measured)


@given(STATES, st.dictionaries(st.sampled_from(["a", "at"]), JUNK))
def test_no_measurement_is_of_later_than_now(state, value):
    made = said(state, value)
    if isinstance(made, Measured):
        assert made.at <= NOON


@given(st.floats(allow_nan=False), st.floats(-10, 10))
def test_any_power_can_be_told(kw, scale):
    json.loads(
        payload_of(Command(topic="c", template='{"w": $w, "on": $on, "a": [$a1, $a3]}', scale=scale), kw)
    )


def test_what_the_broker_kept_is_believed_only_of_a_car_or_with_its_time():
    power = State(topic="t", path="a", unit="W")
    assert said(power, {"a": 5}, retained=True) is None
    car = State(topic="t", path="a", what="here")
    assert said(car, {"a": "on"}, retained=True).here is True
    timed = State(topic="t", path="a", unit="W", at_path="at")
    hour_ago = NOON - timedelta(hours=1)
    assert said(timed, {"a": 5, "at": hour_ago.isoformat()}, retained=True).at == hour_ago
    assert said(timed, {"a": 5}, retained=True) is None
    assert "no time" in said(timed, {"a": 5})


@pytest.mark.parametrize("stamp", [NOON.timestamp(), NOON.timestamp() * 1000, "2026-06-01T14:00:00+02:00"])
def test_a_time_may_be_seconds_milliseconds_or_iso(stamp):
    timed = State(topic="t", path="a", unit="W", at_path="at")
    assert said(timed, {"a": 5, "at": stamp}).at == NOON


@pytest.mark.parametrize(
    "stamp", ["2026-06-01T14:00:00", 1e300, "soon", True, None, "0001-01-01T00:00:00+14:00"]
)
def test_a_time_without_a_zone_or_sense_is_no_time(stamp):
    timed = State(topic="t", path="a", unit="W", at_path="at")
    assert isinstance(said(timed, {"a": 5, "at": stamp}), str)


def test_a_payload_too_large_to_be_a_reading_is_not_read():
    assert "no reading" in measured_of(METER, State(topic="t"), b"1" * (LARGEST + 1), NOON)


def test_availability_is_what_its_words_say():
    will = Availability(topic="a", path="state", online="Online", offline="Offline")
    assert available(will, b'{"state": "Offline"}') is False
    assert available(will, b'{"state": "Online"}') is True
    assert available(will, b"Online") is None


def test_a_roof_that_may_give_all_it_can_is_told_in_its_own_way():
    limit = Command(topic="c", template='{"limit": $w}', free='{"limit": null}')
    assert payload_of(limit, math.inf) == '{"limit": null}'
    assert payload_of(limit, 2.5) == '{"limit": 2500}'


def test_settings_that_cannot_be_meant_are_refused():
    with pytest.raises(ValidationError):
        State(topic="home/#")
    with pytest.raises(ValidationError, match="known are"):
        Command(topic="c", template="$power")
    with pytest.raises(ValidationError, match="twice"):
        MqttSettings(broker={"host": "h"}, devices=[{"device": "ev"}, {"device": "ev"}])
    with pytest.raises(ValidationError, match="no device"):
        MqttDevice(device="toaster")
