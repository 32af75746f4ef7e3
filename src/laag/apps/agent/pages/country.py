"""What goes between the street and the country: asked for only while somebody looks, and never waited for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from laag.adapters.neighbourhood.own import OwnStreet
from laag.foundation.ptu import PTU, PTU_HOURS

_NEW_AFTER = timedelta(minutes=1)
"""So long after a quarter-hour its meters have usually spoken."""
_OLD_AFTER = 2 * PTU
"""What ended longer ago says nothing of now."""
_OFTEN_S = 5.0
_PATIENCE_S = 1.0


@dataclass(slots=True, eq=False)
class Country:
    """The newest answer, and the question that is on its way."""

    ask: Callable[[], Awaitable[OwnStreet | None]]
    _said: OwnStreet | None = None
    _asking: asyncio.Task[None] | None = None
    _asked_s: float = field(default=float("-inf"))

    def known(self, now: datetime) -> OwnStreet | None:
        """What went there in the last quarter-hour; ``None`` where nobody knows."""
        said = self._said
        return None if said is None or now - (said.start + PTU) > _OLD_AFTER else said

    async def look(self, now: datetime) -> None:
        """Ask where there may be something new; a page waits a second for it at most."""
        at_s = asyncio.get_running_loop().time()
        said = self._said
        there = said is not None and now < said.start + 2 * PTU + _NEW_AFTER
        if self._asking is None or self._asking.done():
            if there or at_s - self._asked_s < _OFTEN_S:
                return
            self._asked_s = at_s
            self._asking = asyncio.create_task(self._ask())
        await asyncio.wait([self._asking], timeout=_PATIENCE_S)

    async def _ask(self) -> None:
        self._said = await self.ask() or self._said


def kw(said: OwnStreet) -> float:
    """Mean power over the quarter-hour.

    >>> kw(OwnStreet(start=datetime(2026, 5, 20, 16), wh=-3_000))
    -12.0
    """
    return said.wh / 1000.0 / PTU_HOURS
