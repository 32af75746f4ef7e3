"""Entities of any kind as measurements; what we show in both languages; what may be asked of us."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.adapters.devices.listening import NOON, told
from tests.adapters.devices.test_sense import JUNK

from laag.adapters.homeassistant import Ask, Asked, HaDevice, HaSettings, PanelSettings, Shown
from laag.adapters.homeassistant.asked import asked, configs, set_topics, state_topic
from laag.adapters.homeassistant.shown import UNKNOWN, entities, states
from laag.adapters.homeassistant.translate import call_of, measured_of
from laag.adapters.homeassistant.wire import HaCommand, HaState, changed, read
from laag.home.devices import Device
from laag.home.operate.link import Measured
from laag.home.preferences.blanks import Stop

CAR = HaDevice(device="ev")
WHOLE = PanelSettings(
    devices=[{"device": "ev"}, {"device": "battery"}, {"device": "appliance", "which": "Vaatwasser 1"}]
)
STATES = st.builds(
    HaState,
    entity=st.just("sensor.x"),
    attribute=st.sampled_from(["", "current_temperature"]),
    what=st.sampled_from(["power", "here", "indoor_c", "ev_stored_kwh"]),
    unit=st.sampled_from(["", "W", "°C", "%"]),
    vouched=st.booleans(),
)
KEYS = st.sampled_from(
    ["entity_id", "state", "attributes", "last_updated", "last_reported", "unit_of_measurement"]
)


def state(value="3680", unit="W", ago_s=2, **attributes):
    return {
        "entity_id": "sensor.x",
        "state": value,
        "attributes": {"unit_of_measurement": unit, **attributes},
        "last_updated": (NOON - timedelta(seconds=ago_s)).isoformat(),
    }


@given(STATES, st.dictionaries(KEYS, JUNK))
def test_any_state_is_a_measurement_a_reason_or_nothing(one, said):
    made = measured_of(CAR, one, said, NOON)
    assert made is None or isinstance(made, str | Measured)


@given(st.binary() | st.text() | JUNK.map(json.dumps))
def test_anything_on_the_websocket_is_a_message_or_none(raw):
    heard = read(raw)
    assert isinstance(heard.kind, str)
    changed(heard.result)


@given(st.sampled_from(set_topics(WHOLE)) | st.text(), st.binary() | st.text().map(str.encode))
def test_anything_asked_is_a_wish_or_a_reason(topic, payload):
    assert isinstance(asked(WHOLE, topic, payload, NOON), Asked | str)


def test_units_are_those_that_the_entity_names_unless_we_say_otherwise():
    power = HaState(entity="sensor.x")
    assert measured_of(CAR, power, state(), NOON).kw == 3.68
    assert measured_of(CAR, power, state("3.68", "kW"), NOON).kw == 3.68
    assert measured_of(CAR, HaState(entity="sensor.x", unit="kW"), state("3.68", None), NOON).kw == 3.68
    indoor = HaState(entity="climate.x", attribute="current_temperature", what="indoor_c")
    assert measured_of(HaDevice(device="heat_pump"), indoor, state("heat", current_temperature=20.5), NOON).holds == {"indoor_c": 20.5}  # fmt: skip


@pytest.mark.parametrize("value", ["unknown", "unavailable"])
def test_what_is_unknown_is_not_there(value):
    assert measured_of(CAR, HaState(entity="sensor.x"), state(value), NOON) is None
    away = state(value, current_temperature=20.5)
    indoor = HaState(entity="climate.x", attribute="current_temperature", what="indoor_c")
    assert measured_of(CAR, indoor, away, NOON) is None
    assert measured_of(CAR, HaState(entity="binary_sensor.x", what="here"), state(value), NOON) is None


def test_a_value_is_of_when_it_was_last_said():
    power = HaState(entity="sensor.x")
    old = state(ago_s=3600)
    assert NOON - measured_of(CAR, power, old, NOON).at == timedelta(hours=1)
    again = old | {"last_reported": NOON.isoformat()}
    assert measured_of(CAR, power, again, NOON).at == NOON
    assert measured_of(CAR, HaState(entity="sensor.x", vouched=True), old, NOON).at == NOON
    ahead = state(ago_s=-3600)
    assert measured_of(CAR, power, ahead, NOON).at == NOON


def test_a_number_a_switch_and_a_thermostat_are_steered_each_in_its_way():
    number = HaCommand(entity="number.x", call={"service": "number.set_value", "data": {"value": "$a3"}})
    assert call_of(number, 6.9)["service_data"] == {"value": 10}
    warm = HaCommand(
        entity="climate.x",
        call={"service": "climate.set_temperature", "data": {"temperature": 21}},
        rest={"service": "climate.set_temperature", "data": {"temperature": 18.5}},
    )
    assert call_of(warm, 1.2)["service_data"] == {"temperature": 21}
    assert call_of(warm, 0)["service_data"] == {"temperature": 18.5}


def test_everything_is_shown_in_the_language_of_the_home():
    shown = Shown(
        grid_kw=-1.25, plan_kw=0.0, price_eur_per_kwh=0.23456, cost_today_eur=-0.5, told=(told("ev", 3.68),),
        paused=True, car_percent=80, stop=Stop.GRID,
    )  # fmt: skip
    said = states(WHOLE, shown)
    assert said["ev_why"] == "De auto laadt met 3,7 kW: zo is het gepland."
    assert (said["slider"], said["pause"], said["car_percent"], said["price"]) == (
        "help het net",
        "ON",
        "80",
        "0.23456",
    )
    assert said["battery_power"] == UNKNOWN
    english = states(WHOLE.model_copy(update={"language": "en"}), shown)
    assert english["slider"] == "help the grid"


def test_what_is_not_known_is_not_zero():
    assert set(states(WHOLE, Shown()).values()) == {UNKNOWN}
    free = states(PanelSettings(devices=[{"device": "pv"}]), Shown(told=(told("pv", float("inf")),)))
    assert free["pv_power"] == UNKNOWN
    assert free["pv_why"].startswith("De zonnepanelen geven wat ze kunnen")


def test_every_entity_has_a_name_of_its_own_and_a_state_of_its_own():
    found = [json.loads(config) for _, config in configs(WHOLE)]
    assert (
        len({one["unique_id"] for one in found}) == len(found) == len({topic for topic, _ in configs(WHOLE)})
    )
    assert {one["state_topic"] for one in found} == {
        state_topic(WHOLE, name) for name in states(WHOLE, Shown())
    }
    assert {one["command_topic"] for one in found if "command_topic" in one} == set(set_topics(WHOLE))


@pytest.mark.parametrize(
    ("name", "payload", "value"),
    [
        ("pause", b"ON", True),
        ("pause", b"OFF", False),
        ("car_percent", b"80", 80.0),
        ("slider", b"leef groen", Stop.GREEN),
        ("slider", b"live green", Stop.GREEN),
    ],
)
def test_what_a_resident_sets_is_a_value(name, payload, value):
    wish = asked(WHOLE, f"laag/home/{name}/set", payload, NOON)
    assert (wish.what, wish.value) == (Ask(name), value)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("pause", b"on"),
        ("car_percent", b"120"),
        ("car_percent", b"nan"),
        ("slider", b""),
        ("grid_power", b"1"),
        ("pause", b"\xff"),
    ],
)
def test_what_cannot_be_meant_is_told(name, payload):
    assert isinstance(asked(WHOLE, f"laag/home/{name}/set", payload, NOON), str)


def test_a_setting_that_cannot_be_meant_is_refused():
    with pytest.raises(ValidationError):
        HaState(entity="Sensor X")
    with pytest.raises(ValidationError):
        HaSettings(url="http://homeassistant.local", token="env:TOKEN")


def test_a_home_with_a_car_can_say_how_full_it_is_to_be():
    assert "car_percent" not in {one.name for one in entities(PanelSettings())}
    assert "car_percent" in {one.name for one in entities(WHOLE)}
    assert Device.EV in {one.device for one in WHOLE.devices}
