"""How long a home waits before it calls: a street does not call at once, and who got no answer waits longer each time."""

from __future__ import annotations

import asyncio
import random

SPREAD_S = 8.0
"""A street does not send its quarter-hour at once: each home a moment of its own."""
RETRY_S, RETRY_MOST_S = 1.0, 60.0
"""Of the wall."""


class Retries:
    """After a call that failed a second or so, after each that follows twice as long, up to a minute."""

    def __init__(self) -> None:
        self._next_s = RETRY_S

    def went_well(self) -> None:
        """Begin again with a second."""
        self._next_s = RETRY_S

    async def wait(self, least_s: float = 0.0) -> None:
        """Until it is time to call again; ``least_s`` where they said how long."""
        await asyncio.sleep(max(least_s, self._next_s * random.uniform(0.5, 1.5)))  # noqa: S311 - a pause, no secret
        self._next_s = min(2 * self._next_s, RETRY_MOST_S)


async def own_moment(speed: float) -> None:
    """A moment that is hardly another home's."""
    await asyncio.sleep(random.uniform(0, SPREAD_S) / speed)  # noqa: S311 - a pause, no secret
