"""A P1 port that is none: telegrams as they come, over a network or a pseudo-terminal, to whoever listens then."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

_BEHIND = 64 * 1024
"""Who has so many bytes still to read does not read; the connection is closed, so that memory stays bounded."""


@asynccontextmanager
async def speaking_tcp(
    telegrams: AsyncIterator[bytes], host: str = "127.0.0.1", port: int = 0
) -> AsyncGenerator[int, None]:
    """Say the telegrams to all who are connected, and give the port; what is said while nobody listens is lost.

    When the telegrams end so do the connections.
    """
    listeners: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listeners.add(writer)
        with suppress(OSError):
            while await reader.read(1024):
                pass  # A meter does not listen.
        listeners.discard(writer)
        writer.close()

    def say(telegram: bytes) -> None:
        for writer in tuple(listeners):
            if writer.is_closing() or writer.transport.get_write_buffer_size() > _BEHIND:
                listeners.discard(writer)
                writer.transport.abort()
            else:
                writer.write(telegram)

    server = await asyncio.start_server(connected, host, port)
    try:
        async with _saying(telegrams, say, lambda: _hang_up(listeners)):
            yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        _hang_up(listeners)
        await server.wait_closed()


@asynccontextmanager
async def speaking_pty(telegrams: AsyncIterator[bytes]) -> AsyncGenerator[str, None]:
    """Say the telegrams on a pseudo-terminal, and give its name, which ``Serial`` opens as it would a cable."""
    import termios  # Not there where there are no pseudo-terminals.
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    os.set_blocking(ours, False)

    def say(telegram: bytes) -> None:
        try:
            os.write(ours, telegram)
        except BlockingIOError:
            # Nobody reads. What is old is let go, as a cable would, so that who comes later hears what is new.
            termios.tcflush(theirs, termios.TCIFLUSH)

    try:
        async with _saying(telegrams, say, lambda: None):
            yield os.ttyname(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


@asynccontextmanager
async def _saying(
    telegrams: AsyncIterator[bytes], say: Callable[[bytes], None], ended: Callable[[], None]
) -> AsyncGenerator[None, None]:
    """For as long as the block lasts; what went wrong with the telegrams is raised at its end."""

    async def speak() -> None:
        async for telegram in telegrams:
            say(telegram)
        ended()

    task = asyncio.create_task(speak())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _hang_up(listeners: set[asyncio.StreamWriter]) -> None:
    for writer in listeners:
        writer.close()
