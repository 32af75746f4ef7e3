"""Us over a real broker: discovered, shown, asked, and gone in good order or not."""

import asyncio
import json
from contextlib import asynccontextmanager

from aiomqtt import Client
from tests.adapters.devices.listening import listening, live, told, until

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again
from laag.adapters.homeassistant import Ask, Asked, HomeAssistantPanel, PanelSettings, Shown
from laag.adapters.homeassistant.asked import configs
from laag.adapters.mqtt import Broker
from laag.home.preferences.blanks import Stop

SETTINGS = PanelSettings(home="nr12", devices=[{"device": "ev"}])


@asynccontextmanager
async def panel(port):
    made = HomeAssistantPanel(SETTINGS, Broker(host="127.0.0.1", port=port), Wall(), Again(0.05, 0.3))
    async with listening(made.asked()) as ear:
        yield made, ear


@asynccontextmanager
async def watcher(port):
    """Somebody who sees every topic, as Home Assistant would."""
    seen = {}
    async with Client("127.0.0.1", port) as client:
        await client.subscribe("#", qos=1)

        async def watch():
            async for message in client.messages:
                seen[str(message.topic)] = message.payload.decode()

        task = asyncio.create_task(watch())
        try:
            yield client, seen
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@live
async def test_we_are_discovered_and_shown(mosquitto):
    async with panel(mosquitto.port) as (made, _ear), watcher(mosquitto.port) as (_client, seen):
        await until(lambda: seen.get("laag/nr12/there") == "online")
        assert set(configs(SETTINGS)) <= set(seen.items())
        assert await made.show(Shown(grid_kw=1.5, told=(told("ev", 3.68),)))
        await until(lambda: seen.get("laag/nr12/grid_power/state") == "1.5")
        await until(lambda: seen["laag/nr12/ev_why/state"].startswith("De auto laadt"))


@live
async def test_what_residents_ask_comes_as_a_value_and_what_was_kept_does_not(mosquitto):
    async with Client("127.0.0.1", mosquitto.port) as client:
        await client.publish("laag/nr12/pause/set", "ON", qos=1, retain=True)
        async with panel(mosquitto.port) as (made, ear):
            await until(lambda: made._line.up)
            await client.publish("laag/nr12/car_percent/set", "80", qos=1)
            await client.publish("laag/nr12/slider/set", "leef groen", qos=1)
            await client.publish("laag/nr12/pause/set", "perhaps", qos=1)
            await until(lambda: len([one for one in ear.heard if isinstance(one, Asked)]) == 2)
            wishes = [(one.what, one.value) for one in ear.heard if isinstance(one, Asked)]
            assert wishes == [(Ask.CAR_PERCENT, 80.0), (Ask.SLIDER, Stop.GREEN)]
            await ear.finding("cannot be meant")


@live
async def test_home_assistant_that_restarts_is_told_everything_again(mosquitto):
    async with panel(mosquitto.port) as (made, _ear), watcher(mosquitto.port) as (client, seen):
        await until(lambda: seen.get("laag/nr12/there") == "online")
        await made.show(Shown(grid_kw=1.5))
        await until(lambda: seen.get("laag/nr12/grid_power/state") == "1.5")
        seen.clear()
        await client.publish("homeassistant/status", "online", qos=1)
        await until(lambda: seen.get("laag/nr12/grid_power/state") == "1.5")
        await until(lambda: seen.get("laag/nr12/there") == "online")
        assert set(configs(SETTINGS)) <= set(seen.items())


@live
async def test_what_was_shown_while_the_broker_was_away_is_shown_when_it_is_back(mosquitto):
    async with panel(mosquitto.port) as (made, ear):
        await until(lambda: made._line.up)
        mosquitto.stop()
        await ear.finding("cannot be reached")
        assert not await made.show(Shown(grid_kw=2.5))
        mosquitto.start()
        async with watcher(mosquitto.port) as (_client, seen):
            await until(lambda: seen.get("laag/nr12/grid_power/state") == "2.5")


@live
async def test_who_leaves_in_good_order_or_falls_is_shown_as_away(mosquitto):
    async with watcher(mosquitto.port) as (_client, seen):
        async with panel(mosquitto.port):
            await until(lambda: seen.get("laag/nr12/there") == "online")
        await until(lambda: seen.get("laag/nr12/there") == "offline")
        async with panel(mosquitto.port) as (made, ear):
            await until(lambda: seen.get("laag/nr12/there") == "online")
            seen.clear()
            made._line._client._client.socket().shutdown(2)
            await ear.finding("cannot be reached")
            # The last will comes first, and then we are there again.
            await until(lambda: seen.get("laag/nr12/there") == "online")


def test_topics_of_two_homes_on_one_broker_differ():
    other = PanelSettings(home="nr14")
    assert not {topic for topic, _ in configs(SETTINGS)} & {topic for topic, _ in configs(other)}
    assert json.loads(configs(other)[0][1])["device"]["name"] == "laag nr14"
