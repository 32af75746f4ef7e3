"""The websocket: a home that restarts, refuses our token, talks rubbish; values as they come and actions as told."""

import json
from contextlib import asynccontextmanager

from tests.adapters.devices.listening import listening, live, told, until
from tests.adapters.homeassistant.fake import TOKEN, FakeHome

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again
from laag.adapters.homeassistant import HaSettings, HomeAssistantLink

DEVICES = [
    {
        "device": "ev",
        "states": [
            {"entity": "sensor.charger_power"},
            {"entity": "binary_sensor.plug", "what": "here"},
        ],
        "command": {
            "entity": "number.charger",
            "call": {"service": "number.set_value", "data": {"value": "$a1"}},
        },
    }
]


@asynccontextmanager
async def home(tmp_path, *, token=TOKEN, again_s=20.0):
    """A fake home, our link to it, and who listens."""
    (tmp_path / "token").write_text(token)
    fake = FakeHome()
    fake.states["sensor.other"] = {"entity_id": "sensor.other", "state": "7", "attributes": {}}
    await fake.start()
    settings = HaSettings(url=fake.url, token=f"file:{tmp_path / 'token'}", devices=DEVICES, again_s=again_s)
    link = HomeAssistantLink(settings, Wall(), Again(0.05, 0.3))
    try:
        async with listening(link.measured()) as ear:
            yield fake, link, ear
    finally:
        await fake.stop()


@live
async def test_what_is_there_and_what_changes_is_heard_and_a_charger_is_told(tmp_path):
    async with home(tmp_path) as (fake, link, ear):
        await until(lambda: link._socket)
        await fake.set("sensor.charger_power", "3680", "W")
        await fake.set("binary_sensor.plug", "on")
        await ear.measurement(lambda one: one.kw == 3.68)
        await ear.measurement(lambda one: one.here is True)
        assert await link.tell(told("ev", 2.31))
        assert fake.called == [
            {"domain": "number", "service": "set_value", "service_data": {"value": 10}, "target": {"entity_id": "number.charger"}}
        ]  # fmt: skip
        assert not await link.tell(told("battery", 1))


@live
async def test_a_value_is_not_repeated_when_it_is_asked_for_again(tmp_path):
    async with home(tmp_path, again_s=0.05) as (fake, link, ear):
        await until(lambda: link._socket)
        await fake.set("sensor.charger_power", "500", "W")
        await ear.measurement(lambda one: one.kw == 0.5)
        await fake.set("sensor.charger_power", "600", "W")
        await ear.measurement(lambda one: one.kw == 0.6)
        before = link._asked
        await until(lambda: link._asked > before + 5)
        assert [one.kw for one in ear.measured] == [0.5, 0.6]


@live
async def test_what_becomes_unavailable_is_told_once_and_heard_when_it_is_back(tmp_path):
    async with home(tmp_path) as (fake, link, ear):
        await until(lambda: link._socket)
        for value in ("unavailable", "unknown", "unavailable"):
            await fake.set("sensor.charger_power", value)
        await fake.set("sensor.charger_power", "rubbish", "W")
        await fake.set("sensor.charger_power", "5", "furlongs")
        await fake.set("sensor.charger_power", "700", "W")
        await ear.measurement(lambda one: one.kw == 0.7)
        assert len(ear.said("not there")) == 1
        assert len(ear.said("sensor.charger_power: ")) == 1


@live
async def test_a_home_that_restarts_is_found_again(tmp_path):
    async with home(tmp_path) as (fake, link, ear):
        await until(lambda: link._socket)
        await fake.stop()
        await ear.finding("cannot be reached")
        assert not await link.tell(told("ev", 2))
        fake.states["sensor.charger_power"] = {}
        await fake.start()
        await ear.finding("is there again")
        await until(lambda: link._socket and fake._listeners)
        await fake.set("sensor.charger_power", "900", "W")
        await ear.measurement(lambda one: one.kw == 0.9)
        assert await link.tell(told("ev", 2))


@live
async def test_a_token_that_is_not_known_is_told_with_the_way_out_and_never_shown(tmp_path):
    async with home(tmp_path, token="an-old-secret") as (_fake, link, ear):
        await ear.finding("long-lived access token")
        assert not await link.tell(told("ev", 2))
        (tmp_path / "token").write_text(TOKEN)
        await ear.finding("is there again")
        assert "an-old-secret" not in str(ear.heard)
        assert TOKEN not in str(ear.heard)


@live
async def test_rubbish_on_the_line_harms_nothing(tmp_path):
    async with home(tmp_path) as (fake, link, ear):
        await until(lambda: fake._listeners)
        for raw in ("", "{", "[]", '{"type": 3}', b"\xff\xfe", "null", '{"type": "event"}', '{"type": "event", "event": {"data": {"new_state": []}}}', '{"type": "result", "id": true}', json.dumps({"type": "result", "id": link._asked, "result": [1, {"entity_id": ["x"]}, {"entity_id": "sensor.charger_power", "state": ["W"]}]})):  # fmt: skip
            await fake.say(raw)
        await fake.set("sensor.charger_power", "100", "W")
        await ear.measurement(lambda one: one.kw == 0.1)
        assert not ear.said("cannot be reached")


@live
async def test_an_action_that_fails_was_not_told(tmp_path):
    async with home(tmp_path) as (fake, link, ear):
        await until(lambda: link._socket)
        fake.fails = True
        for _ in range(3):
            assert not await link.tell(told("ev", 2))
        await ear.finding("Value is out of range")
        assert len(ear.said("was not told")) == 1
        fake.fails = False
        assert await link.tell(told("ev", 2))


@live
async def test_who_does_not_greet_as_home_assistant_does_is_not_given_the_token(tmp_path):
    from websockets.asyncio.server import serve

    got = []

    async def other(socket):
        await socket.send("hello")
        got.extend([raw async for raw in socket])

    (tmp_path / "token").write_text(TOKEN)
    async with serve(other, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        settings = HaSettings(url=url, token=f"file:{tmp_path / 'token'}", devices=DEVICES)
        async with listening(HomeAssistantLink(settings, Wall(), Again(0.05, 0.3)).measured()) as ear:
            await ear.finding("does not greet")
    assert got == []
