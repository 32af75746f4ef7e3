"""Homes that call a server, each over a line of its own from an address of its own, with as little work as can be.

What calls shares the machine with what answers: a caller that is dear would measure itself.
"""

from __future__ import annotations

import asyncio
from time import perf_counter

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Line(asyncio.Protocol):
    """A home's connection, kept open while the server lets it and made anew where it does not; one question at a time."""

    def __init__(self, port: int, home: int) -> None:
        self._port, self._home = port, home
        self._heard = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None
        self.status = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head = self._heard.find(_END)
        if head < 0:
            return
        lines = bytes(self._heard[:head]).lower()
        at = lines.find(_LENGTH)
        length = int(lines[at + len(_LENGTH) :].split(b"\r", 1)[0]) if at >= 0 else 0
        whole = head + len(_END) + length
        if len(self._heard) < whole:
            return
        self.status = int(lines.split(b" ", 2)[1])
        body = bytes(self._heard[head + len(_END) : whole])
        del self._heard[:whole]
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(body)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server hung up"))

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer; asked again where the server hung up just then, as a home does."""
        while True:
            try:
                return await self._once(request)
            except ConnectionError:
                self._transport = None

    async def _once(self, request: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            self._heard.clear()
            await loop.create_connection(
                lambda: self, "127.0.0.1", self._port, local_addr=(own_address(self._home), 0)
            )
        assert self._transport is not None
        self._answer = loop.create_future()
        self._transport.write(request)
        return await self._answer

    def hang_up(self) -> None:
        if self._transport is not None:
            self._transport.close()


def own_address(home: int) -> str:
    """Every home has its own, as on the internet: a server counts calls by address.

    >>> own_address(0), own_address(1_999)
    ('127.1.0.1', '127.1.7.250')
    """
    return f"127.1.{home // 250}.{home % 250 + 1}"


def post(path: str, body: bytes) -> bytes:
    """A question with a body."""
    head = f"POST {path} HTTP/1.1\r\nHost: street\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def get(path: str, headers: dict[str, str] | None = None) -> bytes:
    """A question without one."""
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    return f"GET {path} HTTP/1.1\r\nHost: street\r\n{more}\r\n".encode()


async def asked(line: Line, request: bytes, due: float) -> tuple[float, int, bytes]:
    """Seconds from when the question was due until it was answered, so that waiting in line counts; status and body."""
    await asyncio.sleep(max(0.0, due - perf_counter()))
    body = await line.ask(request)
    return perf_counter() - due, line.status, body
