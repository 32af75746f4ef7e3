"""A neighbourhood as in life: processes, a real serial line, a real broker, S2 over a websocket, a real Home Assistant.

Three homes enrol with codes, hear their meters, plan, and tell devices that are not ours; what those do is metered, sent, cleared
and settled, while the server is killed, the broker restarted and a device gone for a while.
"""

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.adapters.homeassistant.test_real import HASS, Home, ids
from tests.adapters.mqtt.broker import Mosquitto, needed
from tests.doors import free_port
from tests.live.houses import REAL, House, speaking_mqtt
from tests.live.machines import FULL_KWH, MOST_KW, HassBattery, MqttCharger, S2Battery
from tests.live.processes import Answers, Process, eventually

from laag.adapters.clocks import faster
from laag.adapters.dsmr.speak import speaking_pty, speaking_tcp
from laag.adapters.stores import open_log
from laag.adapters.stores.records import open_records
from laag.apps.agent.settings import written
from laag.apps.street.codes import made
from laag.apps.street.config import read
from laag.cycle.live.views.past import from_log
from laag.foundation.ptu import AMSTERDAM
from laag.settlement.estimate import Method

SPEED = 3000.0
"""A day in 29 seconds."""
BEGINS = datetime(2026, 6, 1, 16, tzinfo=UTC)
"""The gate for the third of June, at noon on the second, is far enough away for a busy machine to start everything."""
BATTERY = {"capacity_kwh": FULL_KWH, "charge_max_kw": MOST_KW, "discharge_max_kw": MOST_KW}
CHARGER = {"capacity_kwh": 58.0, "max_kw": 11.0, "phases": 3}


class Town:
    """All that is running, and where."""

    def __init__(self, folder) -> None:
        self.folder, self.clock = folder, faster(SPEED, BEGINS)
        self.port = free_port()
        self.server = Process(folder / "street.log", "serve", folder / "street.toml")
        self.street = Answers(self.port)
        self.broker = Mosquitto(_made(folder / "broker"))
        self.homes, self.houses = {}, {}

    def opens(self):
        """The server's settings; and a code for each home, as its operator makes them."""
        cable = '\n[[street.cable]]\nname = "north"\n'
        text = written({"street": {"name": "Kade", "clock": str(self.clock), "port": self.port}})
        first = f"[street]\nfirst_day = {date(2026, 6, 2)}\n"
        (self.folder / "street.toml").write_text(text.replace("[street]\n", first) + cable, "utf-8")
        with open_records(self.folder / "street.sqlite") as records:
            return {name: made(records, "north", name, self.clock.now()).code for name in self.homes}

    def home(self, name, house, meter, links=(), **more):
        """A home's settings, and its process."""
        folder = _made(self.folder / name)
        port = free_port()
        text = written(
            {
                "home": {
                    "name": name,
                    "clock": str(self.clock),
                    "meter": meter,
                    "neighbourhood": {"url": self.street.url},
                    "page": {"port": port},
                    **more,
                }
            }
        )
        (folder / "home.toml").write_text("\n".join([text, *links]), "utf-8")
        process = Process(folder / "home.log", "home", "run", folder / "home.toml")
        self.homes[name], self.houses[name] = (process, Answers(port)), house

    async def enrols(self, name, code):
        asked = Process(
            self.folder / name / "enrol.log",
            *("home", "enrol", self.folder / name / "home.toml", "--code", code),
        )
        asked.start()
        await asyncio.to_thread(asked._process.wait, 60)
        assert f"{name} is m-" in asked.said, asked.said
        return asked.said.split(" is ")[1].split()[0]

    def events(self):
        """The log by now."""
        place = self.folder / "street.sqlite"
        with open_log(place) as log:
            return list(log.events())

    def kinds(self, kind):
        return [event for event in self.events() if event.kind == kind]

    async def now(self, name):
        return await self.homes[name][1].get("/api/v1/now")

    async def history(self, name, day):
        """Per quarter-hour of a day."""
        ends = self.grid(day).end
        hours = len(self.grid(day)) // 4
        return await self.homes[name][1].get(
            f"/api/v1/history?hours={hours}&until={ends.isoformat().replace('+00:00', 'Z')}"
        )

    def grid(self, day):
        return read(self.folder / "street.toml").place.grid(day)

    @property
    def hour(self):
        """On the wall."""
        return self.clock.now().astimezone(AMSTERDAM).hour

    def said(self, name):
        return self.homes[name][0].said

    def stop(self):
        ended = {name: process.stop() for name, (process, _) in self.homes.items()}
        ended["street"] = self.server.stop()
        self.broker.stop()
        return ended


def _made(folder):
    folder.mkdir(parents=True)
    return folder


def link(kind, devices, **more):
    """One [[home.link]] and its devices, as somebody would write them."""
    flat = "".join(f"{name} = {_toml(value)}\n" for name, value in more.items())
    return f'\n[[home.link]]\nkind = "{kind}"\n{flat}devices = {_toml(devices)}\n'


def _toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


@asynccontextmanager
async def on_a_serial_line(town):
    """A meter's own bytes, as far as they are at hand, on a pseudo-terminal; a battery that speaks S2."""
    house = House(town.clock, 0.5)
    frame = REAL.read_bytes() if REAL.is_file() else None
    battery, port = S2Battery(house), free_port()
    async with speaking_pty(house.telegrams(frame)) as device:
        s2 = link(
            "s2", [{"resource": battery.RESOURCE, "device": "battery", "full_kwh": FULL_KWH}], port=port
        )
        town.home("kade-1", house, device, [s2], devices={"battery": BATTERY})
        yield battery, f"ws://127.0.0.1:{port}"


@asynccontextmanager
async def over_tcp(town):
    """A meter behind a network, and a charger behind a broker."""
    house = House(town.clock, 0.4)
    charger = MqttCharger(town.broker.port, house)
    async with speaking_tcp(house.telegrams()) as port, charger.running():
        states = [{"topic": "charger/power", "unit": "W"}, {"topic": "charger/here", "what": "here"}]
        device = {"device": "ev", "states": states, "command": {"topic": "charger/set", "template": "$w"}}
        mqtt = link("mqtt", [device], broker={"host": "127.0.0.1", "port": town.broker.port})
        town.home("kade-2", house, f"tcp://127.0.0.1:{port}", [mqtt], devices={"charger": CHARGER})
        yield charger


@asynccontextmanager
async def with_home_assistant(town, hass):
    """A meter on a broker, a battery that Home Assistant has, and the home shown and asked there."""
    house = House(town.clock, 0.6)
    battery = HassBattery(town.broker.port, house)
    token = town.folder / "token"
    token.write_text(hass.token)
    async with (
        battery.running(),
        speaking_mqtt(lambda: battery.client, "p1/telegram", house.telegrams()),
    ):
        device = {
            "device": "battery",
            "states": [{"entity": "sensor.accu_power"}, {"entity": "sensor.accu_level", "what": "stored_kwh", "of_kwh": FULL_KWH}],
            "command": {"entity": "number.accu_setpoint", "call": {"service": "number.set_value", "data": {"value": "$w"}}},
        }  # fmt: skip
        through = link(
            "homeassistant", [device], url=f"ws://127.0.0.1:{hass.port}/api/websocket", token=f"file:{token}", again_s=1.0
        )  # fmt: skip
        broker = {"host": "127.0.0.1", "port": town.broker.port}
        town.home(
            "kade-3",
            house,
            f"mqtt://127.0.0.1:{town.broker.port}/p1/telegram",
            [through],
            devices={"battery": BATTERY, "charger": CHARGER},
            panel={"language": "en", "broker": broker},
        )
        yield battery


@pytest.mark.slow
def test_as_in_life(tmp_path):
    needed()
    asyncio.run(asyncio.wait_for(lives(tmp_path), 420))
    if not HASS:
        pytest.skip(
            "two homes lived; no LAAG_HASS for the third: .ci/home-assistant FOLDER makes a Home Assistant"
        )


async def lives(folder):
    hass = Home(folder / "hass") if HASS else None
    town = Town(folder)
    town.broker.start()
    try:
        if hass is not None:
            await asyncio.to_thread(hass.start)
            await asyncio.to_thread(hass.set_up, town.broker.port)
        # Home Assistant takes its time, and the clock should not have run meanwhile.
        town.clock = faster(SPEED, BEGINS)
        async with AsyncExitStack() as stack:
            battery, url = await stack.enter_async_context(on_a_serial_line(town))
            charger = await stack.enter_async_context(over_tcp(town))
            accu = None if hass is None else await stack.enter_async_context(with_home_assistant(town, hass))
            members = await begun(town)
            async with battery.running(url):
                await steered(town, battery, charger, accu)
                if hass is not None:
                    await shown_and_asked(town, hass, accu)
            await devices_gone_and_back(town, battery, url)
            async with battery.running(url):
                await settled(town, members)
                await server_killed_and_back(town)
    except BaseException as fault:
        for name in town.homes:
            fault.add_note(f"--- {name} said\n{town.said(name)[-3000:]}")
        fault.add_note(f"--- the street said\n{town.server.said[-3000:]}")
        raise
    finally:
        ended = town.stop()
        if hass is not None:
            hass.stop()
    assert all("ERROR" not in town.said(name) for name in town.homes)
    assert ended == dict.fromkeys(ended, True)


async def begun(town):
    """A server, a code for each home, and the homes; which member each is."""
    codes = town.opens()
    town.server.start()
    await eventually(lambda: town.street.get("/api/v1/about"), lambda: town.server.said)
    names = await asyncio.gather(*(town.enrols(name, code) for name, code in codes.items()))
    for process, _ in town.homes.values():
        process.start()
    return dict(zip(codes, names, strict=True))


async def steered(town, battery, charger, accu):
    """The plan reaches each device in its own words, and what the device does comes back."""
    machines = {"kade-1": ("battery", battery), "kade-2": ("ev", charger)}
    machines |= {} if accu is None else {"kade-3": ("battery", accu)}
    for name, (device, machine) in machines.items():
        await eventually(
            lambda machine=machine: any(abs(kw) > 0.2 for kw in machine.told_kw),
            lambda name=name: f"nothing came to the device of {name}: {town.said(name)[-2000:]}",
        )
        await eventually(
            lambda name=name, device=device: moved(town, name, device), f"{name} hears nothing back"
        )


async def moved(town, name, device):
    """Whether the home hears from its device that it takes or gives something, and why it was told to."""
    now = await town.now(name)
    for one in () if now is None else now["devices"]:
        if one["device"] == device and one["kw"] and abs(one["kw"]) > 0.2 and one["heard"]:
            return one["why"]["nl"] and one["why"]["en"]
    return None


async def shown_and_asked(town, hass, accu):
    """Home Assistant has discovered the home; what is asked there is done, and a home that pauses leaves its devices alone."""
    names = ["grid_power", "plan_power", "pause", "battery_why", "car_percent"]

    async def discovered():
        ours = await ids(hass)
        return ours if set(names) <= set(ours) else None

    ours = await eventually(discovered, "Home Assistant does not discover the home")
    await eventually(lambda: known(hass, ours["grid_power"]), "the meter is not shown there")
    why = await eventually(lambda: known(hass, ours["battery_why"]), "no reason is shown there")
    assert why.startswith("The battery"), why

    await hass.call("number/set_value", entity_id=ours["car_percent"], value=60)
    await eventually(lambda: wished(town, "car at 60 %"), "the wish was not understood")
    await eventually(lambda: shows(hass, ours["car_percent"], "60"), "the wish is not shown")

    await hass.call("switch/turn_on", entity_id=ours["pause"])
    await eventually(lambda: shows(hass, ours["pause"], "on"), "the pause is not shown")
    await eventually(lambda: told_nothing(town), "the home goes on steering")
    before = len(accu.told_kw)
    await asyncio.sleep(2)
    assert len(accu.told_kw) == before
    await hass.call("switch/turn_off", entity_id=ours["pause"])
    await eventually(lambda: len(accu.told_kw) > before, "the home does not begin again")


async def known(hass, entity):
    """What an entity says, where it says anything."""
    state = await hass.state(entity)
    return None if state in {"unknown", "unavailable", None} else state


async def shows(hass, entity, state):
    return await hass.state(entity) == state


async def wished(town, words):
    wishes = await town.homes["kade-3"][1].get("/api/v1/wishes") or []
    return any(words in one["en"] for one in wishes)


async def told_nothing(town):
    now = await town.now("kade-3")
    return now is not None and all(one["told_kw"] is None for one in now["devices"])


async def devices_gone_and_back(town, battery, url):
    """A device and the broker go and come back: the homes go on meanwhile, and say what was away."""
    await eventually(lambda: "battery is gone" in town.said("kade-1"), "the battery is not missed")
    before = len(battery.told_kw)
    # What the third home's meter says at midnight decides what belongs to which day: it is heard then.
    await eventually(lambda: 2 <= town.hour < 19, "the night does not end")
    town.broker.stop()
    await eventually(
        lambda: "the broker cannot be reached" in town.said("kade-2"), "the broker is not missed"
    )
    town.broker.start()
    async with battery.running(url):
        await eventually(lambda: "the broker is there again" in town.said("kade-2"), "the broker stays away")
        await eventually(lambda: len(battery.told_kw) > before, "the battery is told nothing any more")


async def server_killed_and_back(town):
    """Killed as by a power cut: what was acknowledged is there, and the homes miss it and find it again."""
    town.server.kill()
    there = [(event.kind, event.key, event.facts) for event in town.events()]
    await eventually(lambda: missed(town, *town.homes), "the server is not missed")
    town.server.start()
    await eventually(lambda: missed(town), "the server stays away")
    after = [(event.kind, event.key, event.facts) for event in town.events()]
    assert after[: len(there)] == there
    assert not any(process.died for process, _ in town.homes.values())


async def missed(town, *names):
    """Whether these homes, and no others, miss their neighbourhood; all of them go on measuring and planning."""
    for name, (_, answers) in town.homes.items():
        now = await answers.get("/api/v1/now")
        if now is None or (now["neighbourhood"]["away_since"] is not None) != (name in names):
            return False
    return True


async def settled(town, members):
    """What each home measured is what it is billed for; the books add up; and the log alone gives the same again."""
    joined = [date.fromisoformat(str(event.facts["first_day"])) for event in town.kinds("joined")]
    ordered = {}
    for event in await eventually(lambda: all_ordered(town, members), "a home sent no orders"):
        ordered.setdefault(event.facts["member"], []).append(date.fromisoformat(str(event.facts["day"])))
    day = max(*joined, *(min(days) for days in ordered.values()))
    await eventually(
        lambda: any(event.facts["day"] == day.isoformat() for event in town.kinds("settled")),
        f"{day} is not settled",
    )
    place = read(town.folder / "street.toml").place
    past = from_log(place, town.events(), day, day)
    assert all(one.same for one in past.again), past.again
    (whole,) = past.wholes
    assert whole.done.postings.amount_units.sum() == 0
    assert whole.done.postings.energy_wh.sum() == 0
    names = [one.member for one in whole.known.members]
    assert sorted(names) == sorted(members.values())
    for name, member in members.items():
        readings = whole.done.readings
        row = names.index(member)
        await metered(town, name, day, readings.wh[row], readings.method[row] == Method.MEASURED)


async def all_ordered(town, members):
    """The orders, once each has sent some for a day."""
    found = town.kinds("ordered")
    return found if {event.facts["member"] for event in found} >= set(members.values()) else None


async def metered(town, name, day, wh, measured):
    """A home's settled quarter-hours are its own, and its meter's."""
    seen, grid, said = await town.history(name, day), town.grid(day), town.houses[name].said
    own = np.array(seen["import_wh"], float) - np.array(seen["export_wh"], float)
    assert np.array_equal(wh[measured], own[measured].astype(int))
    registers = [said.get(at, (None, None)) for at in (*grid, grid.end)]
    assert measured.mean() > 0.8, f"{name} was silent for {(~measured).sum()} quarter-hours"
    if measured.all():
        (first_in, first_out), (last_in, last_out) = registers[0], registers[-1]
        assert wh.sum() == (last_in - first_in) - (last_out - first_out)
