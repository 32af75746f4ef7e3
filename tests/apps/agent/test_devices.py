"""Devices behind protocols: what settings may say of them, and what they are told when."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.devices.listening import NOON

from laag.adapters.clocks import Wall
from laag.apps.agent.config import parse
from laag.apps.agent.devices import link_of
from laag.apps.agent.devices_told import Sparing
from laag.apps.agent.senses import Senses
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.home.devices import Charger, Device
from laag.home.house import HomeState, House
from laag.home.operate import Because, Instruction, Measured, Why

HOME = """
[home]
name = "Kade 12"
meter = "tcp://p1.local:23"

[home.devices.battery]
capacity_kwh = 9.0
charge_max_kw = 4.5
discharge_max_kw = 4.5
"""
MQTT = """
[[home.link]]
kind = "mqtt"
broker = {host = "broker.local", user = "laag", password = "env:BROKER"}

[[home.link.devices]]
device = "battery"
states = [{topic = "battery/power", unit = "W"}, {topic = "battery/kwh", what = "stored_kwh"}]
command = {topic = "battery/set"}
"""
S2 = """
[[home.link]]
kind = "s2"
port = 8080
devices = [{resource = "acme", device = "battery", full_kwh = 9}]
"""
HASS = """
[[home.link]]
kind = "homeassistant"
token = "file:/run/secrets/homeassistant"
devices = [{device = "battery", states = [{entity = "sensor.battery_power"}, {entity = "sensor.battery_level", what = "stored_kwh", of_kwh = 9}]}]
"""
PANEL = """
[home.panel]
language = "en"
broker = {host = "broker.local"}
"""


def told(kw, device=Device.BATTERY):
    return Instruction(device, kw, Because(Why.PLAN))


@pytest.mark.parametrize("link", [MQTT, S2, HASS])
def test_each_kind_of_link_is_read_from_the_home_s_file(link):
    table = parse(HOME + link, Path()).link[0]
    made = link_of(table, Wall())
    assert made.name.startswith(
        {"mqtt": "MQTT", "s2": "S2", "homeassistant": "Home Assistant"}[table["kind"]]
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (MQTT.replace('"mqtt"', '"zigbee"'), "devices are not reached by 'zigbee'; kind is one of"),
        (MQTT.replace('kind = "mqtt"', ""), "devices are not reached by None"),
        (MQTT.replace("topic", "topik", 1), "home.link[0]: devices[0].states[0]"),
        (MQTT.replace('device = "battery"', 'device = "pv"'), "speaks with a pv and the home has none"),
        (MQTT.replace('device = "battery"', 'device = "load"'), "speaks with a load, which nobody steers"),
        (MQTT.replace('device = "battery"', 'device = "appliance"'), "a machine '' and the home has none"),
        (MQTT + S2, "home.link[0] and home.link[1] both speak with the battery"),
        (MQTT.replace('"env:BROKER"', '"hunter2"'), "a secret is not written down in settings"),
        (HASS.replace("sensor.battery_power", "Battery Power"), "home.link[0]: devices[0].states[0].entity"),
        (MQTT.replace('what = "stored_kwh"', 'what = "power"'), "the battery says nothing of what it holds"),
        (PANEL.replace('"en"', '"fr"'), "home.panel: language"),
        (PANEL.replace('broker = {host = "broker.local"}', ""), "home.panel needs a broker"),
        (PANEL + "devices = []", "leave devices out"),
        (PANEL.replace("host", "hots"), "home.panel: "),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_a_sentence_with_its_place(more, said):
    with pytest.raises(BadInput) as refused:
        parse(HOME + more, Path(), "kade.toml")
    assert str(refused.value).startswith("kade.toml: ")
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)


class Box:
    """A link that keeps what it is told, and can be away or slow."""

    name = "box"

    def __init__(self, *, takes=True, slow_s=0.0, says=()) -> None:
        self.heard, self.takes, self.slow_s, self.says = [], takes, slow_s, says

    async def tell(self, instruction):
        await asyncio.sleep(self.slow_s)
        self.heard.append(instruction.power_kw)
        return self.takes

    async def measured(self):
        for one in self.says:
            yield one


@given(st.lists(st.sampled_from([0.0, 1.5, -2.0]), min_size=1))
def test_a_device_hears_each_change_once_and_nothing_is_lost(powers):
    box = Box()

    async def tells():
        link = Sparing(box)
        return [await link.tell(told(kw)) for kw in powers]

    assert all(asyncio.run(tells()))
    assert box.heard == [kw for i, kw in enumerate(powers) if i == 0 or powers[i - 1] != kw]


def test_who_did_not_take_it_is_told_again():
    box = Box(takes=False)

    async def tells():
        link = Sparing(box)
        assert not await link.tell(told(1.0))
        assert not await link.tell(told(1.0))
        box.takes = True
        assert await link.tell(told(1.0))
        assert await link.tell(told(1.0))

    asyncio.run(tells())
    assert box.heard == [1.0, 1.0, 1.0]


def test_what_holds_for_a_quarter_hour_is_repeated_long_before_its_end():
    box = Box()

    async def tells():
        link = Sparing(box, repeats_s=0.1)
        await link.tell(told(1.0))
        await link.tell(told(1.0))
        await asyncio.sleep(0.15)
        await link.tell(told(1.0))

    asyncio.run(tells())
    assert len(box.heard) == 2
    assert Sparing(box)._repeats_s < 900 / 2


def test_after_a_lost_connection_all_is_told_anew():
    box = Box(says=[Finding("box", "now", "is gone")])

    async def tells():
        link = Sparing(box)
        await link.tell(told(1.0))
        assert [one async for one in link.measured()] == box.says
        await link.tell(told(1.0))

    asyncio.run(tells())
    assert box.heard == [1.0, 1.0]


def test_who_does_not_answer_keeps_nobody_waiting():
    box = Box(slow_s=30)

    async def tells():
        async with asyncio.timeout(10):
            return await Sparing(box, answers_s=0.05).tell(told(1.0))

    assert asyncio.run(tells()) is False


def test_two_devices_of_one_link_are_told_apart():
    box = Box()

    async def tells():
        link = Sparing(box)
        for _ in range(2):
            await link.tell(told(1.0))
            await link.tell(told(1.0, Device.EV))

    asyncio.run(tells())
    assert box.heard == [1.0, 1.0]


@given(st.lists(st.floats(0.0, 11.0), min_size=1, max_size=40))
def test_of_a_charger_that_knows_only_power_the_car_is_reckoned_to_hold_what_it_took(powers):
    charger = Charger(11.0, capacity_kwh=58.0, efficiency=0.9)
    senses = Senses(House("a", charger=charger), HomeState(ev_stored_kwh=20.0))
    for i, kw in enumerate([*powers, 0.0]):
        senses.hear(Measured(Device.EV, NOON + i * timedelta(minutes=6), kw, here=True))
    assert senses.held.ev_stored_kwh == pytest.approx(min(20.0 + 0.1 * 0.9 * sum(powers), 58.0))


def test_what_the_charger_says_itself_goes_before_what_is_reckoned():
    senses = Senses(House("a", charger=Charger(11.0)), HomeState(ev_stored_kwh=20.0))
    senses.hear(Measured(Device.EV, NOON, 11.0, here=True))
    senses.hear(Measured(Device.EV, NOON + timedelta(minutes=6), 11.0, {"ev_stored_kwh": 33.0}, here=True))
    assert senses.held.ev_stored_kwh == 33.0


def test_a_car_that_was_not_there_took_nothing():
    senses = Senses(House("a", charger=Charger(11.0)), HomeState(ev_stored_kwh=20.0))
    senses.hear(Measured(Device.EV, NOON, 11.0, here=False))
    senses.hear(Measured(Device.EV, NOON + timedelta(minutes=6), 0.0, here=True))
    assert senses.held.ev_stored_kwh == 20.0


def test_a_charger_that_says_one_thing_at_a_time_keeps_its_car():
    senses = Senses(House("a", charger=Charger(11.0)), HomeState())
    senses.hear(Measured(Device.EV, NOON, here=True))
    senses.hear(Measured(Device.EV, NOON, 3.7))
    assert senses.car_here
    assert senses.devices[Device.EV].kw == 3.7
    senses.hear(Measured(Device.EV, NOON, here=False))
    assert not senses.car_here
