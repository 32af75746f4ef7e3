"""Where resource managers come to: a websocket of ours, a session for each, and the instructions of our devices."""

from __future__ import annotations

import asyncio
import hmac
import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from uuid import uuid4

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from laag.adapters.devices import Again, Queue, heard, secret_of
from laag.adapters.s2.facts import Ended, Fact, Known, Odd, Received
from laag.adapters.s2.instruct import instruct
from laag.adapters.s2.session import begin, overdue, step
from laag.adapters.s2.state import Moment, Session, Step
from laag.adapters.s2.translate import S2Device, S2Settings, measured_of
from laag.adapters.s2.wire import name_of, written
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock
from laag.home.devices import Device
from laag.home.operate.instruct import Instruction
from laag.home.operate.link import Measured

_LARGEST = 2**20
_MOST_PEERS = 50
_ALIVE_S = 20.0
_LOOK_S = 1.0
_TAKEN_S = 12.0
"""A little longer than a session waits for a reception status itself."""


@dataclass(eq=False)
class _Peer:
    """A resource manager that is connected; which device of ours it is we know once it has said who it is."""

    socket: ServerConnection
    session: Session
    device: S2Device | None = None
    waits: dict[str, asyncio.Future[bool]] = field(default_factory=dict)


class S2Link:
    """Listens for as long as it is listened to, and opens its door again when that fails."""

    def __init__(self, settings: S2Settings, clock: Clock, again: Again | None = None) -> None:
        self._settings, self._clock, self._again = settings, clock, again or Again()
        self._known = {device.resource: device for device in settings.devices}
        self._peers: list[_Peer] = []
        self._queue: Queue[Measured] = Queue(self.name, clock.now)
        self._opened = asyncio.Event()
        self._sent_away = 0
        self._strangers: set[str] = set()
        self._port = settings.port

    @property
    def name(self) -> str:
        """The protocol and the place."""
        return f"S2 {self._settings.host}:{self._settings.port}"

    async def port(self) -> int:
        """The port, as soon as it is open: with port 0 the system chooses one."""
        await self._opened.wait()
        return self._port

    def measured(self) -> AsyncGenerator[Measured | Finding, None]:
        """What devices say; the door is open meanwhile."""
        return heard(self._queue, self._listen)

    async def tell(self, instruction: Instruction) -> bool:
        """Whether the device's resource manager took it."""
        wanted = (instruction.device, instruction.which)
        peer = next(
            (one for one in self._peers if one.device and (one.device.device, one.device.which) == wanted),
            None,
        )
        if peer is None or peer.session.ended:
            return False
        roof = instruction.device is Device.PV
        kw = -abs(instruction.power_kw) if roof else instruction.power_kw
        told = instruct(peer.session, kw, self._moment(), as_most=roof)
        futures = [asyncio.get_running_loop().create_future() for _ in told.replies]
        names = [name_of(reply) for reply in told.replies]
        peer.waits |= dict(zip(names, futures, strict=True))
        try:
            async with asyncio.timeout(_TAKEN_S):
                await self._do(peer, told)
                return bool(futures) and all([await future for future in futures])
        except (ConnectionClosed, TimeoutError):
            return False
        finally:
            for name in names:
                peer.waits.pop(name, None)

    async def _listen(self) -> None:
        waits = self._again.waits()
        while True:
            try:
                async with await self._open() as server:
                    waits = self._again.waits()
                    self._port = server.sockets[0].getsockname()[1]
                    self._opened.set()
                    await server.wait_closed()
            except (OSError, BadInput) as shut:
                why = getattr(shut, "strerror", None) or str(shut)
                self._queue.found(f"no resource manager can reach us: {why}", "will be tried again")
            self._opened.clear()
            await asyncio.sleep(next(waits))

    async def _open(self) -> Server:
        token = secret_of(self._settings.token).reveal() if self._settings.token else ""
        tls = None
        if self._settings.certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(self._settings.certificate, self._settings.key or None)

        def at_the_door(socket: ServerConnection, request: Request) -> Response | None:
            brought = request.headers.get("Authorization", "")
            if token and not hmac.compare_digest(brought.encode(), f"Bearer {token}".encode()):
                self._sent_away += 1
                if str(self._sent_away).strip("0") == "1":  # the first, the tenth, the hundredth
                    self._queue.found(f"{self._sent_away} came without the token", "sent away")
                return socket.respond(HTTPStatus.UNAUTHORIZED, "bring the token of this home\n")
            if len(self._peers) >= _MOST_PEERS:
                return socket.respond(HTTPStatus.SERVICE_UNAVAILABLE, "too many at once\n")
            return None

        return await serve(
            self._serve, self._settings.host, self._settings.port, process_request=at_the_door, ssl=tls,
            max_size=_LARGEST, ping_interval=_ALIVE_S, ping_timeout=_ALIVE_S, close_timeout=2,
        )  # fmt: skip

    async def _serve(self, socket: ServerConnection) -> None:
        """One resource manager, until it goes or is sent away."""
        first = begin(uuid4(), self._moment(), self._settings.prefer)
        peer = _Peer(socket, first.session)
        self._peers.append(peer)
        try:
            await self._do(peer, first)
            while not peer.session.ended:
                try:
                    async with asyncio.timeout(_LOOK_S):
                        raw = await socket.recv()
                except TimeoutError:
                    pass
                else:
                    await self._do(peer, step(peer.session, raw, self._moment()))
                # Also of one that never stops talking.
                await self._do(peer, overdue(peer.session, self._moment()))
        except ConnectionClosed:
            pass
        finally:
            self._gone(peer)

    async def _do(self, peer: _Peer, done: Step) -> None:
        """Keep the new session before anything waits, then send and tell."""
        peer.session = done.session
        for fact in done.facts:
            self._told(peer, fact)
        for reply in done.replies:
            await peer.socket.send(written(reply))

    def _told(self, peer: _Peer, fact: Fact) -> None:
        match fact:
            case Known(resource, name):
                self._introduced(peer, resource, name)
            case Received(message, taken):
                if (future := peer.waits.get(message)) is not None and not future.done():
                    future.set_result(taken)
            case Odd(what, repair):
                self._queue.found(f"{self._called(peer)} {what}", repair)
            case Ended(why):
                self._queue.found(f"{self._called(peer)} {why}", "connection closed")
            case _ if peer.device is not None:
                match measured_of(peer.device, fact, self._clock.now()):
                    case str() as why:
                        self._queue.found(f"{self._called(peer)}: {why}")
                    case Measured() as measured:
                        self._queue.put(measured)

    def _introduced(self, peer: _Peer, resource: str, name: str) -> None:
        if peer.device is not None and peer.device.resource == resource:
            return
        peer.device = self._known.get(resource)
        if peer.device is None:
            if resource in self._strangers or len(self._strangers) >= _MOST_PEERS:
                return
            self._strangers.add(resource)
            what = f"the resource manager {resource[:64]!r} ({name[:60]!r}) is no device of ours; name it in the settings if it is"
            self._queue.found(what, "listened to by nobody")
            return
        for other in [one for one in self._peers if one is not peer and one.device is peer.device]:
            # The older connection is one that was lost and does not know it yet.
            other.session, other.device = replace(other.session, ended=True), None
            other.socket.transport.abort()

    def _gone(self, peer: _Peer) -> None:
        self._peers.remove(peer)
        for future in peer.waits.values():
            if not future.done():
                future.set_result(False)
        if peer.device is None:
            return
        self._queue.found(f"{self._called(peer)} is gone", "waits for it to come back")
        if peer.device.device is Device.EV:
            self._queue.put(Measured(Device.EV, self._clock.now(), here=False, which=peer.device.which))

    def _called(self, peer: _Peer) -> str:
        if peer.device is None:
            return "somebody"
        return f"{peer.device.device.name.lower()} {peer.device.which}".strip()

    def _moment(self) -> Moment:
        return Moment(self._clock.now(), asyncio.get_running_loop().time())
