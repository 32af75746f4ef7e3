"""A connection to a broker that comes back by itself, and says once when it is gone and once when it is there again."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from aiomqtt import Client, Message, MqttError, Will

from laag.adapters.devices import Again, Queue, secret_of
from laag.adapters.mqtt.wire import Broker
from laag.foundation.errors import BadInput

_ALIVE_S = 15
"""A broker that says nothing for one and a half times as long is gone."""
_ANSWER_S = 5.0
_SETTLED_S = 10.0
"""A connection that lasted shorter did not succeed: the next wait is longer."""
_QOS = 1
"""At least once: below it, what comes while nobody reads is lost."""


class Line:
    """What is said goes out while the line is up; what comes in is handed over at once and not waited for."""

    def __init__(
        self, broker: Broker, queue: Queue[Any], again: Again | None = None, will: Will | None = None
    ) -> None:
        self._broker, self._queue, self._again, self._will = broker, queue, again or Again(), will
        self._client: Client | None = None
        self._why: str | None = None

    @property
    def up(self) -> bool:
        """Whether the broker is there."""
        return self._client is not None

    async def live(
        self,
        topics: Iterable[str],
        take: Callable[[Message], None],
        opened: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Stay connected, for as long as it is not cancelled; ``opened`` is called whenever the broker is there again."""
        topics = sorted(set(topics))
        waits = self._again.waits()
        while True:
            since_s = asyncio.get_running_loop().time()
            try:
                await self._once(topics, take, opened)
            except (MqttError, OSError, BadInput, UnicodeError) as gone:
                self._gone(gone)
            finally:
                self._client = None
            if asyncio.get_running_loop().time() - since_s > _SETTLED_S:
                waits = self._again.waits()
            await asyncio.sleep(next(waits))

    async def say(self, topic: str, payload: str, *, retain: bool = False) -> bool:
        """Whether the broker has it."""
        if (client := self._client) is None:
            return False
        try:
            await client.publish(topic, payload, qos=_QOS, retain=retain, timeout=_ANSWER_S)
        except (MqttError, ValueError):
            return False
        return True

    async def _once(
        self,
        topics: list[str],
        take: Callable[[Message], None],
        opened: Callable[[], Awaitable[object]] | None,
    ) -> None:
        async with self._made() as client:
            if topics:
                await client.subscribe([(topic, _QOS) for topic in topics])
            self._client = client
            self._back()
            if opened is not None:
                await opened()
            try:
                async for message in client.messages:
                    take(message)
            except asyncio.CancelledError:
                await self._goodbye(client)
                raise

    async def _goodbye(self, client: Client) -> None:
        """Who leaves in good order has no last will read out, so says the same in person."""
        if (will := self._will) is not None:
            with suppress(MqttError):
                await client.publish(will.topic, will.payload, will.qos, will.retain, timeout=1)

    def _made(self) -> Client:
        broker = self._broker
        return Client(
            broker.host,
            broker.at,
            username=broker.user or None,
            password=secret_of(broker.password).reveal() if broker.password else None,
            tls_context=ssl.create_default_context(cafile=broker.ca_file or None) if broker.tls else None,
            keepalive=_ALIVE_S,
            timeout=_ANSWER_S,
            clean_session=True,
            will=self._will,
        )

    def _gone(self, error: Exception) -> None:
        why = str(error) or type(error).__name__
        if why != self._why:
            self._queue.found(f"the broker cannot be reached: {why}", "will be tried again")
        self._why = why

    def _back(self) -> None:
        if self._why is not None:
            self._queue.found("the broker is there again", "listened to again")
        self._why = None
