"""What a link is told, told when it is new: live control decides every few seconds, and a device need not hear the same each time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from math import inf, nan

from laag.foundation.findings import Finding
from laag.home.devices import Device
from laag.home.operate import DeviceLink, Instruction, Measured

REPEATS_S = 60.0
"""Of the wall. An S2 envelope holds for a quarter-hour, and a device that was started again has forgotten what it was told."""
ANSWERS_S = 5.0
"""A device that takes longer counts as not having heard, so that the others do not wait for it."""


class Sparing:
    """A link that passes on what differs from what was last taken, and the same again once in a while.

    After any finding (a lost connection, a device that was away) all is new again.
    """

    def __init__(self, link: DeviceLink, repeats_s: float = REPEATS_S, answers_s: float = ANSWERS_S) -> None:
        self._link, self._repeats_s, self._answers_s = link, repeats_s, answers_s
        self._taken: dict[tuple[Device, str], tuple[float, float]] = {}

    @property
    def name(self) -> str:
        """That of the link."""
        return self._link.name

    async def measured(self) -> AsyncIterator[Measured | Finding]:
        """All that the link says."""
        async for said in self._link.measured():
            if isinstance(said, Finding):
                self._taken.clear()
            yield said

    async def tell(self, instruction: Instruction) -> bool:
        """Whether the device has it."""
        device, now_s = (instruction.device, instruction.which), asyncio.get_running_loop().time()
        kw, at_s = self._taken.get(device, (nan, -inf))
        if instruction.power_kw == kw and now_s - at_s < self._repeats_s:
            return True
        self._taken.pop(device, None)
        try:
            async with asyncio.timeout(self._answers_s):
                taken = await self._link.tell(instruction)
        except TimeoutError:
            return False
        if taken:
            self._taken[device] = (instruction.power_kw, now_s)
        return taken
