"""One queue between a connection and who listens: the reader only queues, and a slow listener loses the oldest."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Generic, TypeVar

from laag.foundation.findings import Finding

T = TypeVar("T")
_MOST = 1000


class Queue(Generic[T]):
    """Things said, oldest first; of what nobody takes in time the oldest goes, and how many is told."""

    def __init__(self, name: str, now: Callable[[], datetime], most: int = _MOST) -> None:
        self._name, self._now = name, now
        self._held: deque[T | Finding] = deque(maxlen=most)
        self._lost = 0
        self._filled = asyncio.Event()

    def put(self, one: T | Finding) -> None:
        """Never waits."""
        self._lost += len(self._held) == self._held.maxlen
        self._held.append(one)
        self._filled.set()

    def found(self, what: str, repair: str | None = None) -> None:
        """Put a finding of this moment."""
        self.put(Finding(self._name, f"{self._now():%Y-%m-%dT%H:%M:%SZ}", what, repair))

    async def get(self) -> T | Finding:
        """The oldest that is left; waits until there is one."""
        while not self._held:
            self._filled.clear()
            await self._filled.wait()
        if self._lost:
            lost, self._lost = self._lost, 0
            stamp = f"{self._now():%Y-%m-%dT%H:%M:%SZ}"
            return Finding(self._name, stamp, f"{lost} messages came faster than they were heard")
        return self._held.popleft()


async def heard(queue: Queue[T], live: Callable[[], Awaitable[None]]) -> AsyncGenerator[T | Finding, None]:
    """What a connection puts into a queue, for as long as it lives; it ends with who listens."""
    task = asyncio.ensure_future(live())
    try:
        while True:
            wanted = asyncio.ensure_future(queue.get())
            try:
                await asyncio.wait({task, wanted}, return_when=asyncio.FIRST_COMPLETED)
            except asyncio.CancelledError:
                wanted.cancel()
                raise
            if not wanted.done():
                wanted.cancel()
                await task
                return
            yield wanted.result()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
