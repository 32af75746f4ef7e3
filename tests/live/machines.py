"""Devices that know nothing of laag: a battery with s2-python's resource manager, and a charger and a battery on MQTT."""

import asyncio
import json
import uuid
from contextlib import asynccontextmanager, suppress

from aiomqtt import Client, MqttError
from s2python.common import CommodityQuantity, Duration, PowerMeasurement, PowerValue, Role, RoleType
from s2python.connection import AssetDetails
from s2python.connection.async_ import S2AsyncConnection
from s2python.connection.async_.control_type.class_based import FRBCControlType, ResourceManagerHandler
from s2python.connection.async_.medium.websocket import WebsocketClientMedium
from s2python.frbc import FRBCStorageStatus, FRBCSystemDescription

MOST_KW, FULL_KWH = 4.5, 9.0
SPEAKS_S = 0.3
"""Of the wall."""


def name_of(word):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, word))


def _span(low, high):
    return {"start_of_range": low, "end_of_range": high}


def _mode(word, low_kw, high_kw):
    watts = {**_span(1000 * low_kw, 1000 * high_kw), "commodity_quantity": "ELECTRIC.POWER.L1"}
    element = {
        "fill_level_range": _span(0, 100),
        "fill_rate": _span(low_kw / 36, high_kw / 36),
        "power_ranges": [watts],
    }
    return {"id": name_of(word), "elements": [element], "abnormal_condition_only": False}


class Storage:
    """What a battery holds, by what its house has seen it take."""

    def __init__(self, house, stored_kwh=4.5, full_kwh=FULL_KWH) -> None:
        self.house, self._first_kwh, self.full_kwh = house, stored_kwh, full_kwh
        self.told_kw = []

    @property
    def stored_kwh(self):
        return min(max(self._first_kwh + self.house.taken_kwh.get("battery", 0.0), 0.0), self.full_kwh)

    def obey(self, kw):
        self.told_kw.append(kw)
        self.house.kw["battery"] = kw

    @property
    def kw(self):
        """Full it takes nothing more, and empty it gives nothing."""
        kw = self.house.kw.get("battery", 0.0)
        if (kw > 0 and self.stored_kwh >= self.full_kwh) or (kw < 0 and self.stored_kwh <= 0):
            kw = self.house.kw["battery"] = 0.0
        return kw


class S2Battery(Storage):
    """A battery that speaks S2 (fill rate), as its maker would build it on s2-python."""

    RESOURCE = name_of("battery of a maker")
    MODES = {  # noqa: RUF012 - as the standard has it: a name, and the powers at both ends
        name_of("gives"): (-MOST_KW, 0.0),
        name_of("takes"): (0.0, MOST_KW),
    }

    def described(self):
        ways = [
            {
                "id": name_of(f"{a}{b}"), "from": a, "to": b, "start_timers": [], "blocking_timers": [],
                "abnormal_condition_only": False,
            }
            for a in self.MODES for b in self.MODES if a != b
        ]  # fmt: skip
        return FRBCSystemDescription.from_dict(
            {
                "message_type": "FRBC.SystemDescription",
                "message_id": str(uuid.uuid4()),
                "valid_from": self.house.clock.now().isoformat(),
                "actuators": [
                    {
                        "id": name_of("inverter"),
                        "supported_commodities": ["ELECTRICITY"],
                        "operation_modes": [_mode("gives", -MOST_KW, 0.0), _mode("takes", 0.0, MOST_KW)],
                        "transitions": ways,
                        "timers": [],
                    }
                ],
                "storage": {
                    "provides_leakage_behaviour": False,
                    "provides_fill_level_target_profile": False,
                    "provides_usage_forecast": False,
                    "fill_level_range": _span(0, 100),
                    "fill_level_label": "SoC in %",
                },
            }
        )

    @asynccontextmanager
    async def running(self, url):
        """Connected for as long as the block lasts, and again whenever it was lost."""
        task = asyncio.create_task(self._always(url))
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _always(self, url):
        while True:
            with suppress(Exception):  # whatever the engine says of a home that is not there yet
                await self._once(url)
            await asyncio.sleep(0.5)

    async def _once(self, url):
        battery = self

        class Control(FRBCControlType):
            async def handle_instruction(self, connection, msg, send_okay):  # noqa: ARG002 - its base class gives it
                await send_okay()
                low_kw, high_kw = battery.MODES[str(msg.operation_mode)]
                battery.obey(low_kw + msg.operation_mode_factor * (high_kw - low_kw))

            async def activate(self, connection):
                await connection.send_msg_and_await_reception_status(battery.described())
                self.speaking = asyncio.create_task(battery._speaks(connection))

            async def deactivate(self, connection):  # noqa: ARG002
                self.speaking.cancel()

        asset = AssetDetails(
            resource_id=uuid.UUID(self.RESOURCE), provides_forecast=False,
            provides_power_measurements=[CommodityQuantity.ELECTRIC_POWER_L1], instruction_processing_delay=Duration(100),
            roles=[Role(role=RoleType.ENERGY_STORAGE, commodity="ELECTRICITY")], name="Thuisbatterij",
        )  # fmt: skip
        control = Control()
        async with WebsocketClientMedium(url) as medium:
            connection = S2AsyncConnection(medium)
            ResourceManagerHandler([control], asset).register_handlers(connection)
            try:
                await connection.run()
            finally:
                if (speaking := getattr(control, "speaking", None)) is not None:
                    speaking.cancel()
                    await asyncio.gather(speaking, return_exceptions=True)
                with suppress(Exception):
                    await connection.stop()

    async def _speaks(self, connection):
        while True:
            value = PowerValue(
                commodity_quantity=CommodityQuantity.ELECTRIC_POWER_L1, value=round(1000 * self.kw)
            )
            at = self.house.clock.now()
            for one in (
                PowerMeasurement(message_id=uuid.uuid4(), measurement_timestamp=at, values=[value]),
                FRBCStorageStatus(
                    message_id=uuid.uuid4(), present_fill_level=100 * self.stored_kwh / self.full_kwh
                ),
            ):
                await connection.send_msg_and_await_reception_status(one)
            await asyncio.sleep(SPEAKS_S)


class OnMqtt:
    """A device on a broker: what it is told on its topic it does, and a few times a second it says what it does."""

    topic = ""

    def __init__(self, port) -> None:
        self.port, self.client = port, None

    @asynccontextmanager
    async def running(self):
        """Connected for as long as the block lasts, and again whenever the broker was away."""
        task = asyncio.create_task(self._always())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _always(self):
        while True:
            with suppress(MqttError):
                async with Client("127.0.0.1", self.port) as self.client:
                    await self.client.subscribe(f"{self.topic}/set", qos=1)
                    for topic, payload in self.introduces():
                        await self.client.publish(topic, payload, qos=1, retain=True)
                    await asyncio.gather(self._hears(), self._speaks())
            await asyncio.sleep(0.3)

    async def _hears(self):
        async for message in self.client.messages:
            self.obey(float(message.payload) / 1000)

    async def _speaks(self):
        while True:
            for name, payload in self.says().items():
                await self.client.publish(f"{self.topic}/{name}", payload, qos=1)
            await asyncio.sleep(SPEAKS_S)

    def introduces(self):
        return ()


class MqttCharger(OnMqtt):
    """A charger, with a car that is there from six in the evening until half past seven (UTC)."""

    topic = "charger"

    def __init__(self, port, house) -> None:
        super().__init__(port)
        self.house, self.told_kw, self.wants_kw = house, [], 0.0

    @property
    def here(self):
        at = self.house.clock.now()
        return not 7.5 <= at.hour + at.minute / 60 < 16

    def obey(self, kw):
        self.told_kw.append(kw)
        self.wants_kw = kw

    def says(self):
        kw = self.house.kw["car"] = min(max(self.wants_kw, 0.0), 11.0) if self.here else 0.0
        return {"power": str(round(1000 * kw)), "here": "true" if self.here else "false"}


class HassBattery(OnMqtt, Storage):
    """A battery that Home Assistant discovers: a number that sets its power, and sensors of what it does."""

    topic = "accu"

    def __init__(self, port, house) -> None:
        OnMqtt.__init__(self, port)
        Storage.__init__(self, house)

    def introduces(self):
        shown = {"device": {"identifiers": ["accu"], "name": "Accu"}}
        number = {
            "command_topic": "accu/set",
            "state_topic": "accu/setpoint",
            "min": -5000,
            "max": 5000,
            "step": 1,
        }
        entities = {
            "number/accu_setpoint": {**number, "unit_of_measurement": "W"},
            "sensor/accu_power": {"state_topic": "accu/power", "unit_of_measurement": "W", "device_class": "power"},
            "sensor/accu_level": {"state_topic": "accu/level", "unit_of_measurement": "%", "device_class": "battery"},
        }  # fmt: skip
        for place, about in entities.items():
            _, _, name = place.partition("/")
            body = {**about, **shown, "unique_id": name, "object_id": name, "name": name}
            yield f"homeassistant/{place}/config", json.dumps(body)

    def says(self):
        return {
            "power": str(round(1000 * self.kw)),
            "setpoint": str(round(1000 * (self.told_kw or [0.0])[-1])),
            "level": f"{100 * self.stored_kwh / self.full_kwh:.1f}",
        }
