"""The meter as it speaks: readings one by one, and a notice when it falls silent, is lost, or its clock is astray."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import inf

from laag.adapters.dsmr.link import Piece, Source
from laag.adapters.dsmr.reading import Reading
from laag.adapters.dsmr.translate import reading_of, salted
from laag.adapters.dsmr.wire import Framer, Telegram, Verdict
from laag.foundation.findings import Finding


class Kind(Enum):
    """What a notice is about."""

    LEFT = "a telegram was not believed"
    SILENT = "nothing that can be believed for some time"
    LOST = "the connection is gone, and will be tried again"
    BACK = "readings come again"
    CLOCK = "the meter's clock and ours differ, or agree again"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the operator should know."""

    kind: Kind
    finding: Finding
    because: Verdict | OSError | float | None = None
    """What a sentence in any language is made of: the verdict of a telegram that was left, the error that a connection
    was lost by (``None`` when the other side closed it), the bytes that came from a meter that is silent, or the seconds
    that its clock is ahead (``None`` when it agrees again)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what; seconds."""

    silent_after_s: float = 60
    """A meter speaks every second or every ten; after this long it is reported, and its connection opened anew."""
    retry_s: float = 1
    retry_at_most_s: float = 60
    """The wait before trying again doubles from the one to the other."""
    clock_s: float = 60
    """By how much the clocks may differ before it is said."""


async def listen(
    source: Source, salt: bytes, patience: Patience | None = None
) -> AsyncGenerator[Reading | Notice, None]:
    """Readings for as long as the source lasts; a live one is opened again whenever it is lost or falls silent.

    Readings are what the meter said, not yet what is counted: give them to a ``Watch``.
    """
    patience = patience or Patience()
    ear = _Ear(source, salt, patience)
    retry_s = patience.retry_s
    while True:
        heard = ear.heard
        async with aclosing(_events(ear, source, patience)) as events:
            async for event in events:
                yield event
        if not source.live:
            return
        retry_s = patience.retry_s if ear.heard > heard else min(2 * retry_s, patience.retry_at_most_s)
        await asyncio.sleep(retry_s)


async def _events(ear: _Ear, source: Source, patience: Patience) -> AsyncGenerator[Reading | Notice, None]:
    """One connection, until it ends: nothing of it is raised, all of it is told."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + patience.silent_after_s if source.live else inf
    fault: OSError | None = None
    silent, got = False, 0
    try:
        async with aclosing(source.chunks()) as chunks:
            while not silent and (chunk := await _next(chunks, deadline)):
                got, heard = got + (len(chunk) if isinstance(chunk, bytes) else 1), ear.heard
                for event in ear.hear(chunk):
                    yield event
                if ear.heard > heard and source.live:
                    deadline, got = clock() + patience.silent_after_s, 0
                # Rubbish without end leaves the loop no moment to notice that time is up.
                silent = clock() > deadline
            silent |= chunk is None
    except OSError as error:
        if not source.live:
            raise
        fault = error
    for event in ear.told(ear.framer.close()):
        yield event
    if silent:
        yield ear.silent(got)
    elif source.live and (lost := ear.lost(fault)):
        yield lost


async def _next(chunks: AsyncGenerator[Piece, None], deadline: float) -> Piece | None:
    """What comes next: nothing (``b""``) at the end, and ``None`` when it takes too long."""
    try:
        async with asyncio.timeout_at(None if deadline == inf else deadline) as scope:
            return await anext(chunks, b"")
    except TimeoutError:
        # A connection that the system gave up is a TimeoutError too.
        if scope.expired():
            return None
        raise


def _said(error: OSError | None) -> str:
    """What the system said, and the way out where we know it."""
    if error is None:
        return "the other side closed the connection"
    said = error.strerror or str(error) or type(error).__name__
    if isinstance(error, PermissionError):
        return f"{said}; add this user to the group that owns the device, often dialout"
    if isinstance(error, FileNotFoundError):
        return f"{said}; is the cable in? its name is in /dev/serial/by-id"
    return said


class _Ear:
    """What is remembered over all connections, so that each thing is told once."""

    def __init__(self, source: Source, salt: bytes, patience: Patience) -> None:
        self.framer = Framer()
        self.heard = 0
        self._source, self._salt, self._patience = source, salt, patience
        self._gone = False
        self._astray = False

    def hear(self, piece: Piece) -> list[Reading | Notice]:
        """What a piece completes."""
        if isinstance(piece, bytes):
            return self.told(self.framer.feed(piece))
        said = piece if isinstance(piece, Finding) else salted(piece, self._salt)
        return self._event(said, Verdict.UNREAD, self._source.now())

    def told(self, telegrams: Iterable[Telegram]) -> list[Reading | Notice]:
        """These telegrams as readings, with what is worth a notice before each."""
        events: list[Reading | Notice] = []
        for telegram in telegrams:
            now = self._source.now()
            events += self._event(reading_of(telegram, now, self._salt), telegram.verdict, now)
        return events

    def _event(self, said: Reading | Finding, verdict: Verdict, now: datetime) -> list[Reading | Notice]:
        if isinstance(said, Finding):
            return [Notice(Kind.LEFT, said, verdict)]
        self.heard += 1
        return [*self._again(), *self._clock(said, now), said]

    def silent(self, got: int) -> Notice:
        """Time is up: nothing came, or nothing that can be believed."""
        self._gone = True
        came = f"{got} bytes, none of it believed; is the speed right?" if got else "nothing at all"
        return self._notice(
            Kind.SILENT, f"{came} in {self._patience.silent_after_s:g} s", "connection opened again", got
        )

    def lost(self, fault: OSError | None) -> Notice | None:
        """Told once, however often it is tried."""
        first, self._gone = not self._gone, True
        return self._notice(Kind.LOST, _said(fault), "will be tried again", fault) if first else None

    def _again(self) -> list[Notice]:
        gone, self._gone = self._gone, False
        return (
            [self._notice(Kind.BACK, "readings come again", "nothing is lost: registers count on")]
            if gone
            else []
        )

    def _clock(self, reading: Reading, now: datetime) -> list[Notice]:
        if not (reading.stamped and self._source.live):
            return []
        off = reading.at - now
        astray = abs(off) > timedelta(seconds=self._patience.clock_s)
        if astray == self._astray:
            return []
        self._astray = astray
        side = "ahead of" if off > timedelta(0) else "behind"
        what = f"the meter's clock is {abs(off).total_seconds():.0f} s {side} ours"
        said, ahead_s = (what, off.total_seconds()) if astray else ("the clocks agree again", None)
        return [self._notice(Kind.CLOCK, said, "the meter's time is taken", ahead_s)]

    def _notice(self, kind: Kind, what: str, done: str, because: OSError | float | None = None) -> Notice:
        at = f"{self._source.now():%Y-%m-%dT%H:%M:%SZ}"
        return Notice(kind, Finding(self._source.name, at, what, done), because)
