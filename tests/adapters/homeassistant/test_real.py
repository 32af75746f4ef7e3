"""A real Home Assistant: it discovers us, shows what we say, passes on what is set there, and steers what we tell it.

It needs an environment of its own (`.ci/home-assistant FOLDER`), which `LAAG_HASS` names: `LAAG_HASS=FOLDER/bin/hass`.
"""

import asyncio
import json
import os
import subprocess
import time
from contextlib import asynccontextmanager

import httpx
import pytest
from tests.adapters.devices.listening import listening, told
from tests.doors import free_port
from websockets.asyncio.client import connect

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again
from laag.adapters.homeassistant import (
    Ask,
    Asked,
    HaSettings,
    HomeAssistantLink,
    HomeAssistantPanel,
    PanelSettings,
    Shown,
)  # fmt: skip
from laag.adapters.mqtt import Broker
from laag.home.preferences.blanks import Stop

HASS = os.environ.get("LAAG_HASS", "")
STARTS_S = 180
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HASS, reason="no LAAG_HASS: .ci/home-assistant FOLDER makes a Home Assistant"),
]
CONFIGURATION = """
homeassistant: {{name: Test, latitude: 52.1, longitude: 5.2, time_zone: Europe/Amsterdam}}
http: {{server_host: 127.0.0.1, server_port: {port}}}
api:
config:
websocket_api:
onboarding:
input_number:
  charger: {{min: 0, max: 32, step: 1, initial: 0, unit_of_measurement: A}}
  power: {{min: -5000, max: 11000, step: 1, initial: 0, unit_of_measurement: W}}
input_boolean:
  boiler:
  plug:
"""
CAR = {
    "device": "ev",
    "states": [{"entity": "input_number.power"}, {"entity": "input_boolean.plug", "what": "here"}],
    "command": {
        "entity": "input_number.charger",
        "call": {"service": "input_number.set_value", "data": {"value": "$a1"}},
    },
}
BOILER = {
    "device": "water",
    "command": {
        "entity": "input_boolean.boiler",
        "call": {"service": "input_boolean.turn_on"},
        "rest": {"service": "input_boolean.turn_off"},
    },
}


class Home:
    """One Home Assistant on a free port, set up as a resident would."""

    def __init__(self, folder) -> None:
        self.folder, self.port, self._process = folder, free_port(), None
        self.folder.mkdir()
        (folder / "configuration.yaml").write_text(CONFIGURATION.format(port=self.port))
        self.token = ""

    def start(self):
        with (self.folder / "said").open("ab") as said:
            self._process = subprocess.Popen(
                [HASS, "-c", self.folder, "--skip-pip"], stdout=said, stderr=said
            )
        until = time.monotonic() + STARTS_S
        # Its pages answer before all of it has started; an entity of ours is there when it has.
        while self._asked("/api/onboarding" if not self.token else "/api/states/input_number.charger") != 200:
            assert self._process.poll() is None, (self.folder / "said").read_text()[-3000:]
            assert time.monotonic() < until, "it never started"
            time.sleep(0.3)

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(30)
            self._process = None

    def _asked(self, path):
        try:
            return self.get(path).status_code
        except httpx.TransportError:
            return 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def get(self, path):
        return httpx.get(f"{self.url}{path}", headers=self._headers, timeout=30)

    def post(self, path, **sent):
        done = httpx.post(f"{self.url}{path}", json=sent, headers=self._headers, timeout=60)
        assert done.is_success, (path, done.text)
        return done.json()

    @property
    def _headers(self):
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def set_up(self, broker_port):
        """The first user, and the broker."""
        client = f"{self.url}/"
        code = self.post("/api/onboarding/users", client_id=client, name="Test", username="test", password="test-of-a-home", language="nl")["auth_code"]  # fmt: skip
        asked = {"grant_type": "authorization_code", "code": code, "client_id": client}
        self.token = httpx.post(f"{self.url}/auth/token", data=asked, timeout=60).json()["access_token"]
        flow = self.post("/api/config/config_entries/flow", handler="mqtt", show_advanced_options=False)
        made = self.post(
            f"/api/config/config_entries/flow/{flow['flow_id']}", broker="127.0.0.1", port=broker_port
        )
        assert made["type"] == "create_entry", made

    async def ask(self, kind, **more):
        """One request over its websocket."""
        async with connect(f"ws://127.0.0.1:{self.port}/api/websocket", max_size=2**26) as socket:
            await socket.recv()
            await socket.send(json.dumps({"type": "auth", "access_token": self.token}))
            await socket.recv()
            await socket.send(json.dumps({"id": 1, "type": kind, **more}))
            answer = json.loads(await socket.recv())
            assert answer["success"], answer
            return answer["result"]

    async def state(self, entity):
        return (await asyncio.to_thread(self.get, f"/api/states/{entity}")).json().get("state")

    async def call(self, service, **data):
        await asyncio.to_thread(lambda: self.post(f"/api/services/{service}", **data))


@pytest.fixture
def hass(tmp_path, mosquitto):
    home = Home(tmp_path / "home")
    try:
        home.start()
        home.set_up(mosquitto.port)
        yield home
    finally:
        home.stop()


async def soon(so, what):
    """Ask again until it is so."""
    for _ in range(300):
        if await so():
            return
        await asyncio.sleep(0.2)
    raise AssertionError(what)


async def ids(hass):
    """Its names for our entities, by ours."""
    listed = await hass.ask("config/entity_registry/list")
    ours = [one["entity_id"] for one in listed if one["platform"] == "mqtt"]
    full = [await hass.ask("config/entity_registry/get", entity_id=one) for one in ours]
    return {one["unique_id"].removeprefix("laag_home_"): one["entity_id"] for one in full}


async def is_shown(hass, entity, value):
    await_for = f"{entity} never became {value}"
    await soon(lambda: _is(hass, entity, value), await_for)


async def _is(hass, entity, value):
    return await hass.state(entity) == value


@asynccontextmanager
async def panel(port):
    made = HomeAssistantPanel(
        PanelSettings(devices=[{"device": "ev"}]), Broker(host="127.0.0.1", port=port), Wall(), Again(0.1, 1)
    )
    async with listening(made.asked()) as ear:
        yield made, ear


def test_both_ways_and_over_a_restart(hass, mosquitto, tmp_path):
    asyncio.run(asyncio.wait_for(shown_and_asked(hass, mosquitto), 240))
    asyncio.run(asyncio.wait_for(heard_and_told(hass, tmp_path), 400))


async def shown_and_asked(hass, mosquitto):
    """What we know is there to see, and what is set there reaches us."""
    async with panel(mosquitto.port) as (made, ear):
        shown = Shown(grid_kw=-1.25, price_eur_per_kwh=0.23, told=(told("ev", 3.68),), paused=False, car_percent=80, stop=Stop.GRID)  # fmt: skip
        await soon(lambda: made.show(shown), "the broker is not there")

        async def complete():
            return len(await ids(hass)) == 9

        await soon(complete, "it does not discover us")
        ours = await ids(hass)
        await is_shown(hass, ours["grid_power"], "-1.25")
        await is_shown(hass, ours["price"], "0.23")
        await is_shown(hass, ours["cost_today"], "unknown")
        await is_shown(hass, ours["ev_why"], "De auto laadt met 3,7 kW: zo is het gepland.")
        await is_shown(hass, ours["slider"], "help het net")
        await is_shown(hass, ours["pause"], "off")
        await is_shown(hass, ours["car_percent"], "80")

        await hass.call("switch/turn_on", entity_id=ours["pause"])
        await hass.call("number/set_value", entity_id=ours["car_percent"], value=60)
        await hass.call("select/select_option", entity_id=ours["slider"], option="leef groen")

        async def all_asked():
            return {(one.what, one.value) for one in ear.heard if isinstance(one, Asked)} == {
                (Ask.PAUSE, True), (Ask.CAR_PERCENT, 60.0), (Ask.SLIDER, Stop.GREEN),
            }  # fmt: skip

        await soon(all_asked, ear.heard)
        # It goes by what we say, not by what it asked.
        assert await hass.state(ours["pause"]) == "off"
        await made.show(Shown(paused=True))
        await is_shown(hass, ours["pause"], "on")
    await is_shown(hass, ours["pause"], "unavailable")


async def heard_and_told(hass, tmp_path):
    """Its entities are measurements, our instructions are actions, and after its restart again."""
    (tmp_path / "token").write_text(hass.token)
    settings = HaSettings(
        url=f"ws://127.0.0.1:{hass.port}/api/websocket", token=f"file:{tmp_path / 'token'}", devices=[CAR, BOILER], again_s=2
    )  # fmt: skip
    link = HomeAssistantLink(settings, Wall(), Again(0.2, 1))
    async with listening(link.measured()) as ear:
        await ear.measurement(lambda one: one.kw == 0.0)
        await hass.call("input_number/set_value", entity_id="input_number.power", value=3680)
        await ear.measurement(lambda one: one.kw == 3.68)
        await hass.call("input_boolean/turn_on", entity_id="input_boolean.plug")
        await ear.measurement(lambda one: one.here is True)
        assert await link.tell(told("ev", 2.31))
        await is_shown(hass, "input_number.charger", "10.0")
        assert await link.tell(told("water", 2))
        await is_shown(hass, "input_boolean.boiler", "on")
        assert await link.tell(told("water", 0))
        await is_shown(hass, "input_boolean.boiler", "off")
        assert not await link.tell(told("ev", 20)), "87 A are more than its entity takes"
        await ear.finding("input_number.charger was not told")

        await asyncio.to_thread(hass.stop)
        await ear.finding("cannot be reached")
        assert not await link.tell(told("ev", 2.31))
        await asyncio.to_thread(hass.start)
        await ear.finding("is there again")

        async def obeyed():
            return await link.tell(told("ev", 1.38))

        await soon(obeyed, "it does not obey any more")
        await is_shown(hass, "input_number.charger", "6.0")
