"""Devices behind a broker as one link: what they say as it comes, and what they are told."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from aiomqtt import Message

from laag.adapters.devices import Again, Queue, heard
from laag.adapters.mqtt.line import Line
from laag.adapters.mqtt.translate import available, measured_of, payload_of
from laag.adapters.mqtt.wire import MqttDevice, MqttSettings, State
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock
from laag.home.operate.instruct import Instruction
from laag.home.operate.link import Measured


class MqttLink:
    """Listens to every topic that a device is set down with."""

    def __init__(self, settings: MqttSettings, clock: Clock, again: Again | None = None) -> None:
        self._settings, self._clock = settings, clock
        self._queue: Queue[Measured] = Queue(self.name, clock.now)
        self._line = Line(settings.broker, self._queue, again)
        self._states: dict[str, list[tuple[MqttDevice, State]]] = {}
        self._watched: dict[str, list[MqttDevice]] = {}
        for device in settings.devices:
            for state in device.states:
                self._states.setdefault(state.topic, []).append((device, state))
            if device.availability is not None:
                self._watched.setdefault(device.availability.topic, []).append(device)
        self._away: set[MqttDevice] = set()
        self._wrong: set[tuple[str, str]] = set()

    @property
    def name(self) -> str:
        """The protocol and the broker."""
        return f"MQTT {self._settings.broker.host}:{self._settings.broker.at}"

    def measured(self) -> AsyncGenerator[Measured | Finding, None]:
        """What devices say; each message once, however often the broker is lost."""
        return heard(self._queue, lambda: self._line.live([*self._states, *self._watched], self._take))

    async def tell(self, instruction: Instruction) -> bool:
        """Whether the broker has it for a device that is not known to be away."""
        wanted = (instruction.device, instruction.which)
        device = next((one for one in self._settings.devices if (one.device, one.which) == wanted), None)
        if device is None or device.command is None or device in self._away:
            return False
        command = device.command
        return await self._line.say(
            command.topic, payload_of(command, instruction.power_kw), retain=command.retain
        )

    def _take(self, message: Message) -> None:
        topic = str(message.topic)
        payload = message.payload if isinstance(message.payload, bytes | bytearray) else b""
        for device in self._watched.get(topic, ()):
            self._seen(device, bytes(payload))
        for device, state in self._states.get(topic, ()):
            made = measured_of(
                device, state, bytes(payload), self._clock.now(), retained=bool(message.retain)
            )
            match made:
                case str() as why if (topic, state.path) not in self._wrong:
                    # Once, until it speaks sense again: some devices say 'unavailable' every second.
                    self._wrong.add((topic, state.path))
                    self._queue.found(f"{topic}: {why}")
                case Measured() as measured:
                    self._wrong.discard((topic, state.path))
                    self._queue.put(measured)
                case _:
                    pass

    def _seen(self, device: MqttDevice, payload: bytes) -> None:
        there = available(device.availability, payload) if device.availability else None
        called = f"{device.device.name.lower()} {device.which}".strip()
        if there is False and device not in self._away:
            self._away.add(device)
            self._queue.found(f"{called} is away", "waits for it to come back")
        if there is True and device in self._away:
            self._away.discard(device)
            self._queue.found(f"{called} is there again", "listened to again")
