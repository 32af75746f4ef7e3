"""A real broker: values, rubbish, kept messages, a broker that is killed and comes back, passwords and TLS."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiomqtt import Client, MqttError, Will
from tests.adapters.devices.listening import LONG_S, listening, live, told, until
from tests.adapters.mqtt.broker import PASSWORD, Mosquitto, needed

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again
from laag.adapters.mqtt import MqttLink, MqttSettings
from laag.adapters.mqtt.line import Line

CHARGER = {
    "device": "ev",
    "states": [
        {"topic": "charger/state", "path": "power.total", "unit": "W"},
        {"topic": "charger/plug", "what": "here"},
    ],
    "command": {"topic": "charger/set", "template": '{"amps": $a1}'},
    "availability": {"topic": "charger/there"},
}


def settings(port, *devices, **broker):
    return MqttSettings(broker={"host": "127.0.0.1", "port": port, **broker}, devices=devices or [CHARGER])


@asynccontextmanager
async def home(port, *devices, **broker):
    link = MqttLink(settings(port, *devices, **broker), Wall(), Again(0.05, 0.3))
    async with listening(link.measured()) as ear:
        yield link, ear


async def there(link):
    await until(lambda: link._line.up, "the broker was never reached")


@live
async def test_a_charger_is_heard_and_told(mosquitto):
    async with home(mosquitto.port) as (link, ear), Client("127.0.0.1", mosquitto.port) as charger:
        await charger.subscribe("charger/set", qos=1)
        await there(link)
        await charger.publish("charger/plug", "ON", qos=1)
        await charger.publish("charger/state", '{"power": {"total": 3680}}', qos=1)
        await ear.measurement(lambda one: one.here is True)
        await ear.measurement(lambda one: one.kw == 3.68)
        assert await link.tell(told("ev", 2.31))
        assert (await anext(charger.messages)).payload == b'{"amps": 10}'
        assert not await link.tell(told("battery", 1))


@live
async def test_rubbish_is_told_once_and_what_follows_is_heard(mosquitto):
    async with home(mosquitto.port) as (link, ear), Client("127.0.0.1", mosquitto.port) as charger:
        await there(link)
        for payload in (
            b"",
            b"\xff\x00",
            b"{",
            b'{"power": 7}',
            b'{"power": {"total": "NaN"}}',
            b"[" * 60_000,
            b"0" * 70_000,
        ):
            await charger.publish("charger/state", payload, qos=1)
        await charger.publish("charger/state", '{"power": {"total": 100}}', qos=1)
        await ear.measurement(lambda one: one.kw == 0.1)
        assert len(ear.said("charger/state")) == 1
        await charger.publish("charger/state", "again", qos=1)
        await until(lambda: len(ear.said("charger/state")) == 2)


@live
async def test_a_broker_that_is_killed_is_told_once_and_found_again(mosquitto):
    async with home(mosquitto.port) as (link, ear):
        await there(link)
        mosquitto.stop()
        await ear.finding("cannot be reached")
        assert not await link.tell(told("ev", 2))
        await asyncio.sleep(1)
        mosquitto.start()
        await ear.finding("there again")
        async with Client("127.0.0.1", mosquitto.port) as charger:
            await charger.publish("charger/state", '{"power": {"total": 500}}', qos=1)
            await ear.measurement(lambda one: one.kw == 0.5)
        assert await link.tell(told("ev", 2))
        assert len(ear.measured) == 1
        assert len(ear.said("cannot be reached")) <= 3


@live
async def test_a_broker_that_is_not_there_yet_is_waited_for(tmp_path):
    needed()
    broker = Mosquitto(tmp_path)
    async with home(broker.port) as (link, ear):
        await ear.finding("cannot be reached")
        broker.start()
        try:
            await there(link)
        finally:
            broker.stop()


@live
async def test_a_value_that_the_broker_kept_is_no_measurement_of_now(mosquitto):
    async with Client("127.0.0.1", mosquitto.port) as charger:
        await charger.publish("charger/state", '{"power": {"total": 9000}}', qos=1, retain=True)
        await charger.publish("charger/plug", "connected", qos=1, retain=True)
        async with home(mosquitto.port) as (_link, ear):
            await ear.measurement(lambda one: one.here is True)
            await charger.publish("charger/state", '{"power": {"total": 1000}}', qos=1, retain=True)
            await ear.measurement(lambda one: one.kw == 1.0)
            assert [one.kw for one in ear.measured if one.kw is not None] == [1.0]


@live
async def test_a_device_whose_last_will_says_it_is_away_is_told_nothing(mosquitto):
    async with home(mosquitto.port) as (link, ear):
        await there(link)
        will = Will("charger/there", "offline", qos=1, retain=True)
        async with Client("127.0.0.1", mosquitto.port, will=will) as charger:
            await charger.publish("charger/there", "online", qos=1, retain=True)
            assert await link.tell(told("ev", 2))
            charger._client.socket().shutdown(2)
            await ear.finding("is away")
            assert not await link.tell(told("ev", 2))
            # Its own end of the line is gone too.
            with pytest.raises(MqttError):
                await asyncio.wait_for(anext(charger.messages), LONG_S)
        async with Client("127.0.0.1", mosquitto.port) as charger:
            await charger.publish("charger/there", "online", qos=1, retain=True)
            await ear.finding("there again")
            assert await link.tell(told("ev", 2))


@live
async def test_a_password_is_used_and_never_shown(tmp_path):
    needed()
    broker = Mosquitto(tmp_path, secured=True)
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    (tmp_path / "wrong").write_text("another\n")
    broker.start()
    try:
        async with home(broker.port, user="laag", password=f"file:{tmp_path / 'password'}") as (link, _ear):
            await there(link)
            assert PASSWORD not in f"{link._settings!r}"
        for wrong in ("wrong", "missing"):
            async with home(broker.port, user="laag", password=f"file:{tmp_path / wrong}") as (_link, ear):
                await ear.finding("cannot be reached")
                assert "another" not in str(ear.heard)
    finally:
        broker.stop()


# What paho leaves of a greeting that failed is closed by the garbage collector, with a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@live
async def test_tls_is_spoken_with_whom_we_trust_only(tmp_path):
    needed()
    broker = Mosquitto(tmp_path, tls=True)
    broker.start()
    try:
        async with home(broker.port, tls=True, ca_file=str(tmp_path / "cert.pem")) as (link, _ear):
            await there(link)
        async with home(broker.port, tls=True) as (_link, ear):
            await ear.finding("certificate")
    finally:
        broker.stop()


@live
async def test_a_line_that_is_down_says_nothing():
    link = MqttLink(settings(1), Wall())
    assert not await link.tell(told("ev", 2))
    assert not Line(link._settings.broker, link._queue).up
