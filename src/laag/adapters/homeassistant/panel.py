"""Us in Home Assistant, by MQTT discovery: it finds us by itself, shows what we know and passes on what residents ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from aiomqtt import Message, Will

from laag.adapters.devices import Again, Queue, heard
from laag.adapters.homeassistant.asked import Asked, asked, configs, set_topics, state_topic, there
from laag.adapters.homeassistant.shown import PanelSettings, Shown, states
from laag.adapters.mqtt import Broker, Line
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock


class HomeAssistantPanel:
    """Shows what it is given, and again whenever the broker or Home Assistant has been away."""

    def __init__(
        self, settings: PanelSettings, broker: Broker, clock: Clock, again: Again | None = None
    ) -> None:
        self._settings, self._clock = settings, clock
        self.name = f"Home Assistant {broker.host}:{broker.at}"
        self._queue: Queue[Asked] = Queue(self.name, clock.now)
        will = Will(there(settings), "offline", qos=1, retain=True)
        self._line = Line(broker, self._queue, again, will)
        self._said: dict[str, str] = {}
        self._wanted = states(settings, Shown())
        self._born = f"{settings.prefix}/status"
        self._repeating: asyncio.Task[None] | None = None

    def asked(self) -> AsyncGenerator[Asked | Finding, None]:
        """What residents ask for as it comes; we are there for as long as this is listened to."""
        topics = [*set_topics(self._settings), self._born]
        return heard(self._queue, lambda: self._line.live(topics, self._take, self._introduce))

    async def show(self, shown: Shown) -> bool:
        """Say what changed; ``False`` where nobody is there to see it, which is made good when somebody is."""
        self._wanted = states(self._settings, shown)
        return await self._say()

    async def _say(self) -> bool:
        done = self._line.up
        for name, value in self._wanted.items():
            if self._said.get(name) != value:
                if await self._line.say(state_topic(self._settings, name), value, retain=True):
                    self._said[name] = value
                else:
                    done = False
        return done

    async def _introduce(self) -> None:
        """Everything from the beginning: the broker, or Home Assistant, may remember nothing."""
        self._said = {}
        for topic, config in configs(self._settings):
            await self._line.say(topic, config, retain=True)
        await self._say()
        await self._line.say(there(self._settings), "online", retain=True)

    def _take(self, message: Message) -> None:
        topic = str(message.topic)
        payload = bytes(message.payload) if isinstance(message.payload, bytes | bytearray) else b""
        if topic == self._born:
            if payload == b"online" and not message.retain:
                # Kept in a name, because a task that nobody holds may be thrown away before it is done.
                self._repeating = asyncio.ensure_future(self._introduce())
            return
        if message.retain:
            # A wish that the broker kept was granted, or not, long ago.
            return
        match asked(self._settings, topic, payload, self._clock.now()):
            case str() as why:
                self._queue.found(why)
            case Asked() as wish:
                self._queue.put(wish)
