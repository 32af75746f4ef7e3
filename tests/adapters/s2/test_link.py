"""Real connections: resource managers made with s2-python, and one that writes its own words and breaks every rule."""

import asyncio
import json
import uuid
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from s2python.common import (
    CommodityQuantity,
    Duration,
    InstructionStatus,
    InstructionStatusUpdate,
    PowerMeasurement,
    PowerValue,
    Role,
    RoleType,
)  # fmt: skip
from s2python.connection import AssetDetails
from s2python.connection.async_ import S2AsyncConnection
from s2python.connection.async_.control_type.class_based import (
    FRBCControlType,
    OMBCControlType,
    PEBCControlType,
    ResourceManagerHandler,
)  # fmt: skip
from s2python.connection.async_.medium.websocket import WebsocketClientMedium
from s2python.frbc import FRBCStorageStatus, FRBCSystemDescription
from s2python.ombc import OMBCSystemDescription
from s2python.pebc import PEBCPowerConstraints
from tests.adapters.devices.listening import listening, live, told, until
from tests.adapters.s2.schemas import FOLDER, valid
from tests.adapters.s2.words import (
    L1,
    constraints,
    details,
    handshake,
    limit,
    message,
    mode,
    power,
    switches,
    system,
)
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again
from laag.adapters.s2 import S2Link, S2Settings

FRBC, PEBC, OMBC = ("FILL_RATE_BASED_CONTROL", "POWER_ENVELOPE_BASED_CONTROL", "OPERATION_MODE_BASED_CONTROL")
BATTERY, CAR = str(uuid.UUID(int=7)), str(uuid.UUID(int=8))
DEVICES = [
    {"resource": BATTERY, "device": "battery", "full_kwh": 10},
    {"resource": CAR, "device": "ev"},
    {"resource": "battery-1", "device": "water"},
]


def now():
    return datetime.now(UTC).isoformat()


@asynccontextmanager
async def home(**settings):
    """A link that listens, who listens to it, and its address."""
    link = S2Link(S2Settings(port=0, devices=DEVICES, **settings), Wall(), Again(0.05, 0.2))
    async with listening(link.measured()) as ear:
        yield link, ear, f"ws://127.0.0.1:{await link.port()}"


class Machine:
    """What a device made with s2-python does: keeps what it is told, and says what it takes."""

    def __init__(self, kind, *described) -> None:
        self.instructions, self.active = [], asyncio.Event()
        machine = self

        class Control(kind):
            async def handle_instruction(self, connection, msg, send_okay):
                await send_okay()
                machine.instructions.append(msg)
                await connection.send_msg_and_await_reception_status(
                    InstructionStatusUpdate(
                        message_id=uuid.uuid4(), instruction_id=msg.id, status_type=InstructionStatus.SUCCEEDED,
                        timestamp=datetime.now(UTC),
                    )
                )  # fmt: skip
                await machine.measure(1234.0)

            async def activate(self, connection):
                machine.connection = connection
                for one in described:
                    await connection.send_msg_and_await_reception_status(one)
                machine.active.set()

            async def deactivate(self, connection):  # noqa: ARG002 - its base class gives it
                machine.active.clear()

        self._control = Control()

    async def measure(self, watts):
        value = PowerValue(commodity_quantity=CommodityQuantity.ELECTRIC_POWER_L1, value=watts)
        await self.connection.send_msg_and_await_reception_status(
            PowerMeasurement(message_id=uuid.uuid4(), measurement_timestamp=datetime.now(UTC), values=[value])
        )

    @asynccontextmanager
    async def running(self, url, resource=BATTERY, **how):
        asset = AssetDetails(
            resource_id=uuid.UUID(resource), provides_forecast=False,
            provides_power_measurements=[CommodityQuantity.ELECTRIC_POWER_L1], instruction_processing_delay=Duration(100),
            roles=[Role(role=RoleType.ENERGY_STORAGE, commodity="ELECTRICITY")], name="A machine",
        )  # fmt: skip
        async with WebsocketClientMedium(url, **how) as medium:
            connection = S2AsyncConnection(medium)
            ResourceManagerHandler([self._control], asset).register_handlers(connection)
            task = asyncio.create_task(connection.run())
            try:
                yield self
            finally:
                await connection.stop()
                await asyncio.gather(task, return_exceptions=True)


def theirs(kind, said):
    return kind.from_dict(said)


def uuids(said):
    """The same with UUIDs for names, as s2-python wants them."""
    text = json.dumps(said)
    for name in ("constraints-1", "inverter", "idle", "charge", "off", "on"):
        text = text.replace(f'"{name}"', f'"{uuid.uuid5(uuid.NAMESPACE_DNS, name)}"')
    return json.loads(text)


def of(name):
    return uuid.uuid5(uuid.NAMESPACE_DNS, name)


async def taken(link, instruction):
    """An instruction is taken as soon as the device has said how it can be told."""
    while not await link.tell(instruction):  # noqa: ASYNC110 - there is nothing to wait for but the answer
        await asyncio.sleep(0.05)


@live
async def test_a_battery_of_s2_python_tells_its_level_and_charges_as_told():
    async with home() as (link, ear, url):
        described = theirs(
            FRBCSystemDescription, uuids(system(mode("idle", 0, 0), mode("charge", 500, 5000)))
        )
        status = FRBCStorageStatus(message_id=uuid.uuid4(), present_fill_level=40)
        async with Machine(FRBCControlType, described, status).running(url) as machine:
            await ear.measurement(lambda one: one.holds == {"stored_kwh": 4.0})
            assert await link.tell(told("battery", 2.75))
            await until(lambda: machine.instructions)
            assert (
                machine.instructions[0].operation_mode,
                machine.instructions[0].operation_mode_factor,
            ) == (of("charge"), 0.5)
            await ear.measurement(lambda one: one.kw == 1.234)
        await ear.finding("is gone")
        assert not await link.tell(told("battery", 2.75))


@live
async def test_a_charger_of_s2_python_keeps_to_its_envelope():
    async with home() as (link, ear, url):
        limits = theirs(
            PEBCPowerConstraints, uuids(constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)))
        )
        async with Machine(PEBCControlType, limits).running(url, CAR) as machine:
            await ear.measurement(lambda one: one.here is True)
            assert await link.tell(told("ev", 3.7))
            await until(lambda: machine.instructions)
            element = machine.instructions[0].power_envelopes[0].power_envelope_elements[0]
            assert (element.lower_limit, element.upper_limit) == (0, 3700)
            await ear.measurement(lambda one: one.kw == 1.234)
        await ear.measurement(lambda one: one.here is False)


@live
async def test_a_boiler_of_s2_python_switches():
    async with home() as (link, _ear, url):
        modes = theirs(OMBCSystemDescription, uuids(switches(("off", 0, 0), ("on", 2000, 2000))))
        async with Machine(OMBCControlType, modes).running(url) as machine:
            await machine.active.wait()
            assert await link.tell(told("battery", 1.9))
            await until(lambda: machine.instructions)
            assert machine.instructions[0].operation_mode_id == of("on")


class Raw:
    """A resource manager that writes its own words, and answers what it is told."""

    def __init__(self, socket) -> None:
        self.socket, self.got = socket, []

    async def say(self, said, raw=None):
        await self.socket.send(raw if raw is not None else json.dumps(said))

    async def hear(self, kind):
        """Read on to the next message of a kind; every one of them is valid, and is acknowledged."""
        while True:
            text = await asyncio.wait_for(self.socket.recv(), 30)
            if FOLDER.exists():
                assert valid(text)
            self.got.append(one := json.loads(text))
            if one["message_type"] != "ReceptionStatus":
                await self.say(
                    {
                        "message_type": "ReceptionStatus",
                        "subject_message_id": one["message_id"],
                        "status": "OK",
                    }
                )
            if one["message_type"] == kind:
                return one

    async def status(self, name):
        while (one := await self.hear("ReceptionStatus"))["subject_message_id"] != name:
            pass
        return one["status"]


@asynccontextmanager
async def raw(url):
    async with connect(url) as socket:
        yield Raw(socket)


@pytest.mark.parametrize(
    ("control", "said", "kind"),
    [
        (
            FRBC,
            system(mode("idle", 0, 0), mode("charge", 500, 5000), label="degrees Celsius"),
            "FRBC.Instruction",
        ),
        (PEBC, constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)), "PEBC.Instruction"),
        (OMBC, switches(("off", 0, 0), ("on", 2000, 2000)), "OMBC.Instruction"),
    ],
)
@live
async def test_a_whole_conversation_with_a_peer_of_plain_words(control, said, kind):
    """Ids are any words here, as the standard allows; s2-python would refuse them."""
    async with home() as (link, ear, url), raw(url) as peer:
        assert (await peer.hear("Handshake"))["role"] == "CEM"
        await peer.say(handshake())
        assert (await peer.hear("HandshakeResponse"))["selected_protocol_version"] == "0.0.2-beta"
        await peer.say(details(control))
        assert (await peer.hear("SelectControlType"))["control_type"] == control
        await peer.say(said)
        assert await peer.status(said["message_id"]) == "OK"
        await peer.say(power(1500, at=now()))
        await ear.measurement(lambda one: one.kw == 1.5)
        telling = asyncio.create_task(link.tell(told("water", 2)))
        await peer.hear(kind)
        assert await telling
        await peer.say(message("SessionRequest", request="TERMINATE"))
        with pytest.raises(ConnectionClosed):
            await peer.hear("nothing")
        await ear.finding("terminate")


@live
async def test_a_peer_in_the_wrong_order_that_repeats_itself_and_talks_rubbish_is_steered_all_the_same():
    async with home() as (link, ear, url), raw(url) as peer:
        limits = constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400))
        await peer.say(limits)
        await peer.say(None, "rubbish")
        await peer.say(None, b"\xff\x00")
        await peer.say({"message_type": "PowerMeasurement", "message_id": "m-1", "values": []})
        assert await peer.status("m-1") == "INVALID_MESSAGE"
        await peer.say(details(PEBC))
        await peer.hear("SelectControlType")
        measured = power(900, at=now())
        await peer.say(measured)
        await peer.say(measured)
        await peer.say(handshake())
        await peer.hear("HandshakeResponse")
        telling = asyncio.create_task(link.tell(told("water", 2)))
        await peer.hear("PEBC.Instruction")
        assert await telling
        assert [one.kw for one in ear.measured] == [0.9]
        await ear.finding("cannot be read")


@live
async def test_an_instruction_that_is_refused_or_never_answered_was_not_told():
    async with home() as (link, ear, url), connect(url) as socket:
        for said in (details(PEBC), constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400))):
            await socket.send(json.dumps(said))
        peer = Raw(socket)
        await peer.hear("SelectControlType")
        telling = asyncio.create_task(link.tell(told("water", 2)))
        while (one := json.loads(await socket.recv()))["message_type"] != "PEBC.Instruction":
            pass
        status = {
            "message_type": "ReceptionStatus",
            "subject_message_id": one["message_id"],
            "status": "TEMPORARY_ERROR",
        }
        await socket.send(json.dumps(status))
        assert not await telling
        await ear.finding("TEMPORARY_ERROR")
        telling = asyncio.create_task(link.tell(told("water", 1)))
        while json.loads(await socket.recv())["message_type"] != "PEBC.Instruction":
            pass
        socket.transport.abort()
        assert not await telling


@live
async def test_a_peer_that_vanishes_in_the_middle_of_its_greeting_leaves_room_for_the_next():
    async with home() as (link, _ear, url):
        for _ in range(3):
            async with connect(url) as socket:
                await socket.send(json.dumps(handshake()))
                socket.transport.abort()
        async with raw(url) as peer:
            await peer.say(details(PEBC))
            await peer.say(constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)))
            telling = asyncio.create_task(taken(link, told("water", 2)))
            await peer.hear("PEBC.Instruction")
            await asyncio.wait_for(telling, 30)


@live
async def test_a_device_that_comes_back_takes_the_place_of_its_old_connection():
    async with home() as (link, _ear, url), raw(url) as old:
        await old.say(details(PEBC))
        await old.hear("SelectControlType")
        async with raw(url) as new:
            await new.say(details(PEBC))
            await new.hear("SelectControlType")
            with pytest.raises(ConnectionClosed):
                await old.hear("nothing")
            await new.say(constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)))
            telling = asyncio.create_task(taken(link, told("water", 2)))
            await new.hear("PEBC.Instruction")
            await asyncio.wait_for(telling, 30)


@live
async def test_a_device_that_nobody_named_is_told_of_and_listened_to_by_nobody():
    async with home() as (_link, ear, url), raw(url) as peer:
        await peer.say(details(PEBC, resource="a-stranger"))
        await peer.say(power(500, at=now()))
        await ear.finding("a-stranger")
        assert not ear.measured


@live
async def test_who_brings_no_token_stays_outside(tmp_path):
    (tmp_path / "token").write_text("open sesame\n")
    async with home(token=f"file:{tmp_path / 'token'}") as (_link, ear, url):
        with pytest.raises(InvalidStatus):
            await connect(url)
        await ear.finding("without the token")
        limits = theirs(
            PEBCPowerConstraints, uuids(constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)))
        )
        machine = Machine(PEBCControlType, limits)
        async with machine.running(url, bearer_token="open sesame"):
            await asyncio.wait_for(machine.active.wait(), 30)
        assert "sesame" not in str(ear.heard)


@live
async def test_a_port_that_is_taken_is_tried_again():
    async with home() as (link, _, _url):
        port = await link.port()
        other = S2Link(S2Settings(port=port), Wall(), Again(0.05, 0.1))
        async with listening(other.measured()) as ear:
            await ear.finding("no resource manager can reach us")


def test_measurements_are_in_watts_on_the_first_phase():
    assert power(1)["values"][0]["commodity_quantity"] == L1


@live
async def test_who_talks_without_saying_who_it_is_is_sent_away(monkeypatch):
    monkeypatch.setattr("laag.adapters.s2.session.GREETING_S", 0.3)
    async with home() as (_link, ear, url), raw(url) as peer:

        async def talk():
            while True:
                await peer.say(power(1, at=now()))
                await peer.hear("ReceptionStatus")

        with pytest.raises(ConnectionClosed):
            await talk()
        await ear.finding("said nothing of itself")


@live
async def test_many_without_the_token_are_counted_and_not_told_of_one_by_one(tmp_path):
    (tmp_path / "token").write_text("open sesame")
    async with home(token=f"file:{tmp_path / 'token'}") as (_link, ear, url):
        for _ in range(12):
            with pytest.raises(InvalidStatus):
                await connect(url)
        await ear.finding("10 came")
        assert len(ear.said("without the token")) == 2
