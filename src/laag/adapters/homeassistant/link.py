"""The connection to Home Assistant's websocket: opened again whenever it restarts, with what it says and what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from itertools import count

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from laag.adapters.devices import Again, Queue, heard, secret_of
from laag.adapters.homeassistant.translate import call_of, measured_of
from laag.adapters.homeassistant.wire import HaDevice, HaSettings, HaState, Heard, asking, auth, changed, read
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock
from laag.home.operate.instruct import Instruction
from laag.home.operate.link import Measured

_LARGEST = 2**26
"""All states of a large home at once."""
_ANSWER_S = 10.0
_ALIVE_S = 20.0


class HomeAssistantLink:
    """Devices that Home Assistant has, as one link."""

    def __init__(self, settings: HaSettings, clock: Clock, again: Again | None = None) -> None:
        self._settings, self._clock, self._again = settings, clock, again or Again()
        self._queue: Queue[Measured] = Queue(self.name, clock.now)
        self._states: dict[str, list[tuple[HaDevice, HaState]]] = {}
        for device in settings.devices:
            for state in device.states:
                self._states.setdefault(state.entity, []).append((device, state))
        self._socket: ClientConnection | None = None
        self._numbers = count(1)
        self._waits: dict[int, asyncio.Future[Heard]] = {}
        self._asked = 0
        self._why: str | None = None
        self._last: dict[HaState, Measured] = {}
        self._away: set[HaState] = set()
        self._wrong: set[HaState] = set()
        self._refused: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The protocol and the place."""
        return f"Home Assistant {self._settings.url.partition('://')[2].partition('/')[0]}"

    def measured(self) -> AsyncGenerator[Measured | Finding, None]:
        """What its entities say; the same value of the same moment once."""
        return heard(self._queue, self._live)

    async def tell(self, instruction: Instruction) -> bool:
        """Whether Home Assistant did what it was asked."""
        wanted = (instruction.device, instruction.which)
        device = next((one for one in self._settings.devices if (one.device, one.which) == wanted), None)
        if self._socket is None or device is None or device.command is None:
            return False
        number = next(self._numbers)
        future: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()
        self._waits[number] = future
        try:
            async with asyncio.timeout(_ANSWER_S):
                await self._socket.send(
                    asking(number, "call_service", **call_of(device.command, instruction.power_kw))
                )
                answer = await future
        except (WebSocketException, TimeoutError):
            return False
        finally:
            self._waits.pop(number, None)
        self._answered(device.command.entity, answer)
        return answer.success

    def _answered(self, entity: str, answer: Heard) -> None:
        """Told when it is refused, and not again until it is refused for another reason."""
        why = "" if answer.success else answer.why or "the connection was lost"
        if why and self._refused.get(entity) != why:
            self._queue.found(f"{entity} was not told: {why}")
        self._refused[entity] = why

    async def _live(self) -> None:
        waits = self._again.waits()
        while True:
            try:
                async with connect(
                    self._settings.url, max_size=_LARGEST, ping_interval=_ALIVE_S, ping_timeout=_ALIVE_S, close_timeout=2
                ) as socket:  # fmt: skip
                    await self._greet(socket)
                    self._back()
                    waits = self._again.waits()
                    await self._hear(socket)
            except (WebSocketException, OSError, TimeoutError, BadInput, UnicodeError) as gone:
                self._gone(gone)
            finally:
                self._socket = None
                for future in self._waits.values():
                    if not future.done():
                        future.set_result(Heard("result"))
            await asyncio.sleep(next(waits))

    async def _greet(self, socket: ClientConnection) -> None:
        """Who we are, and what we want to hear."""
        async with asyncio.timeout(_ANSWER_S):
            if read(await socket.recv()).kind != "auth_required":
                raise BadInput(
                    "it does not greet as Home Assistant does; is the address that of /api/websocket?"
                )
            await socket.send(auth(secret_of(self._settings.token).reveal()))
            answer = read(await socket.recv())
        if answer.kind != "auth_ok":
            raise BadInput(
                "it does not know our token; make a long-lived access token on the page of your user there, and put it in its file"
            )
        # First to be told of changes, then the states: the other way round a change in between is missed.
        await socket.send(asking(next(self._numbers), "subscribe_events", event_type="state_changed"))
        self._socket = socket

    async def _hear(self, socket: ClientConnection) -> None:
        clock = asyncio.get_running_loop().time
        ask_s = clock()
        while True:
            if clock() >= ask_s:
                self._asked = next(self._numbers)
                await socket.send(asking(self._asked, "get_states"))
                ask_s = clock() + self._settings.again_s
            try:
                async with asyncio.timeout_at(ask_s):
                    raw = await socket.recv()
            except TimeoutError:
                continue
            self._take(read(raw))

    def _take(self, message: Heard) -> None:
        if message.kind == "event":
            if (new := changed(message.result)) is not None:
                self._said(new)
        elif message.kind == "result" and message.id == self._asked:
            for one in message.result if isinstance(message.result, list) else ():
                if isinstance(one, dict):
                    self._said(one)
        elif message.id in self._waits and not self._waits[message.id].done():
            self._waits[message.id].set_result(message)

    def _said(self, new: Mapping[str, object]) -> None:
        """One entity's state, if it is one of ours."""
        for device, state in self._states.get(str(new.get("entity_id")), ()):
            made = measured_of(device, state, new, self._clock.now())
            if made is None and state not in self._away:
                self._away.add(state)
                self._queue.found(f"{state.entity} is not there", "waits for it to come back")
            elif isinstance(made, str) and state not in self._wrong:
                self._wrong.add(state)
                self._queue.found(f"{state.entity}: {made}")
            elif isinstance(made, Measured):
                self._away.discard(state)
                self._wrong.discard(state)
                if self._last.get(state) != made:
                    self._last[state] = made
                    self._queue.put(made)

    def _gone(self, error: Exception) -> None:
        why = str(error) or type(error).__name__
        if why != self._why:
            self._queue.found(f"cannot be reached: {why}", "will be tried again")
        self._why = why

    def _back(self) -> None:
        if self._why is not None:
            self._queue.found("is there again", "listened to again")
        self._why = None
