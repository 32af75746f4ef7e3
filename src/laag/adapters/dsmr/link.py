"""Where the bytes of a meter come from: a cable, a network, a file, or another program; the only place that waits for them."""

from __future__ import annotations

import asyncio
import os
import re
import stat
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from laag.adapters.dsmr.reading import Reading
from laag.adapters.dsmr.translate import instant
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.words import Said

_AT_ONCE = 4096
_SEVEN_BITS = bytes(byte & 0x7F for byte in range(256))
_STAMP = re.compile(rb"0-0:1\.0\.0\((\d{12}[SW])\)")
_UNSTAMPED_S = 10

Piece = bytes | Reading | Finding
"""Some of a telegram; or, of a reader that has cut it up already, what it says or why that is not believed.

Such a reading bears the meters' numbers as they are; ``listen`` makes hashes of them before anybody sees it.
"""


class Unreachable(OSError):
    """There is no way to the meter, and what to do about it can be said in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


class Source(Protocol):
    """A stream of bytes, or of readings, that can be opened, and opened again."""

    @property
    def name(self) -> str:
        """For findings."""
        ...

    @property
    def live(self) -> bool:
        """Whether it should never end: what ends is then lost, and opened again."""
        ...

    def now(self) -> datetime:
        """The instant at which the last bytes came."""
        ...

    def chunks(self) -> AsyncGenerator[Piece, None]:
        """Open it and give what comes; ``OSError`` where that cannot be."""
        ...


class Live:
    """What should never end, and comes at the time of the wall."""

    live = True

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class Serial(Live):
    """The cable in the P1 port: 115200 baud since DSMR 4, 9600 (seven bits and parity) before."""

    device: str
    baud: int = 115_200

    @property
    def name(self) -> str:
        """The device."""
        return self.device

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """What the cable carries; at 9600 baud the eighth bit is parity, which is taken off."""
        from serialx import open_serial_connection

        reader, writer = await open_serial_connection(self.device, baudrate=self.baud)
        async with aclosing(_read(reader, writer)) as chunks:
            async for chunk in chunks:
                yield chunk.translate(_SEVEN_BITS) if self.baud == 9600 else chunk


@dataclass(frozen=True)
class Tcp(Live):
    """A P1 reader that passes the bytes on as they are, such as ser2net or many a Wi-Fi dongle."""

    host: str
    port: int

    @property
    def name(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """What the network carries."""
        async with aclosing(_read(*await asyncio.open_connection(self.host, self.port))) as chunks:
            async for chunk in chunks:
                yield chunk


@dataclass
class Replay:
    """A file of telegrams: as fast as they can be read, or ``speed`` times as fast as they were sent."""

    path: Path
    speed: float | None = None
    begin: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """When a file begins whose telegrams bear no time; they are then taken to be ten seconds apart."""
    live = False
    _now: datetime = field(init=False)

    def __post_init__(self) -> None:
        if self.speed is not None and not self.speed > 0:
            raise BadInput(
                f"a replay at {self.speed:g} times the speed never ends; give more than zero, or none"
            )
        self._now = self.begin

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def now(self) -> datetime:
        """The file's own time."""
        return self._now

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """One telegram at a time."""
        for i, raw in enumerate(_telegrams(self.path)):
            stamp = _STAMP.search(raw)
            at = instant(stamp[1].decode()) if stamp else None
            at = at or self._now + timedelta(seconds=_UNSTAMPED_S)
            if self.speed and i:
                await asyncio.sleep(max((at - self._now).total_seconds(), 0) / self.speed)
            self._now = at
            yield raw


@dataclass(frozen=True)
class Stdin(Live):
    """What another program writes: ``socat … | …``."""

    name = "standard input"
    live = False

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """What it has written so far, as it comes."""
        if os.name != "nt" and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
            # Without a thread, which could not be interrupted before the other program writes again.
            async with aclosing(_piped(sys.stdin.fileno())) as chunks:
                async for chunk in chunks:
                    yield chunk
            return
        # The loop cannot wait for a plain file, which standard input may be too.
        while chunk := await asyncio.to_thread(os.read, sys.stdin.fileno(), _AT_ONCE):
            yield chunk


async def _piped(number: int) -> AsyncGenerator[bytes, None]:
    reader = asyncio.StreamReader()
    # A copy, because the transport closes what it was given.
    pipe = os.fdopen(os.dup(number), "rb", buffering=0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    try:
        while chunk := await reader.read(_AT_ONCE):
            yield chunk
    finally:
        transport.close()


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> AsyncGenerator[bytes, None]:
    try:
        while chunk := await reader.read(_AT_ONCE):
            yield chunk
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _telegrams(path: Path) -> Iterator[bytes]:
    """Pieces that end with the line of a ``!``, however long or broken the file."""
    with path.open("rb") as file:
        held = b""
        while line := file.readline(_AT_ONCE):
            held += line
            if line.startswith(b"!") or len(held) > 16 * _AT_ONCE:
                yield held
                held = b""
        if held:
            yield held
