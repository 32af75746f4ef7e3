"""What happens, told to whoever listens (server-sent events): a slow listener is let go, never waited for."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

REMEMBERED = 500
"""Messages that a browser which was away for a moment is told after all."""
MOST_BEHIND = 100
MOST_LISTENERS, MOST_EACH = 4_000, 100
"""Altogether, a line for every home and many a browser; and from one address."""
HEARTBEAT_S = 15.0
_MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Happening:
    """One message, already as it goes over the wire."""

    number: int
    text: str
    public: str
    """The same for anybody, without what only those read whose market it is."""


class Stream:
    """Numbers what happens and passes it on; its name in the numbers changes with every start."""

    def __init__(self) -> None:
        self._start = token_hex(4)
        self._number = 0
        self._past: deque[Happening] = deque(maxlen=REMEMBERED)
        self._listeners: set[asyncio.Queue[Happening | None]] = set()
        self._each: Counter[str] = Counter()
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    @property
    def last(self) -> str:
        """What happened last, as its number goes over the wire."""
        return f"{self._start}-{self._number}"

    def say(self, kind: str, about: Mapping[str, Any], public: Mapping[str, Any] | None = None) -> None:
        """Tell everybody; ``public`` where not everybody may read all of it."""
        self._number += 1
        whole = self._written(kind, self._number, about)
        said = whole if public is None else self._written(kind, self._number, public)
        one = Happening(self._number, whole, said)
        self._past.append(one)
        for queue in list(self._listeners):
            try:
                queue.put_nowait(one)
            except asyncio.QueueFull:
                self._drop(queue)

    def close(self) -> None:
        """Send everybody home."""
        self._closed = True
        for queue in list(self._listeners):
            self._drop(queue)

    def _drop(self, queue: asyncio.Queue[Happening | None]) -> None:
        self._listeners.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    def full(self, whose: str = "") -> bool:
        """Whether nobody more may listen, or nobody more from this address."""
        return self._closed or len(self._listeners) >= MOST_LISTENERS or self._each[whose] >= MOST_EACH

    async def listen(
        self, last_id: str = "", heartbeat_s: float = HEARTBEAT_S, *, whole: bool = False, whose: str = ""
    ) -> AsyncGenerator[str, None]:
        """What happens from now on, and before it what this listener has missed; ``whole`` to those whose market it is."""
        queue: asyncio.Queue[Happening | None] = asyncio.Queue(MOST_BEHIND)
        missed = self._since(last_id)
        self._listeners.add(queue)
        self._each[whose] += 1
        try:
            yield "retry: 3000\n\n"
            if missed is None:
                # Too long ago, or another start of the server: look at everything anew.
                yield self._written(_MISSED, self._number, {})
            for one in missed or ():
                yield one.text if whole else one.public
            while True:
                try:
                    async with asyncio.timeout(heartbeat_s):
                        heard = await queue.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if heard is None:
                    return
                yield heard.text if whole else heard.public
        finally:
            self._listeners.discard(queue)
            self._each -= Counter([whose])

    def _since(self, last_id: str) -> list[Happening] | None:
        if not last_id:
            return []
        start, _, number = last_id.partition("-")
        if start != self._start or not number.isascii() or not number.isdigit():
            return None
        last = int(number)
        oldest = self._past[0].number if self._past else self._number + 1
        if last < oldest - 1 or last > self._number:
            return None
        return [one for one in self._past if one.number > last]

    def _written(self, kind: str, number: int, about: Mapping[str, Any]) -> str:
        data = json.dumps(about, separators=(",", ":"))
        return f"id: {self._start}-{number}\nevent: {kind}\ndata: {data}\n\n"
