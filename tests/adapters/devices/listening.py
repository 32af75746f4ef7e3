"""Somebody who listens to a link, and waits for what a test waits for."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import wraps

from laag.foundation.findings import Finding
from laag.home.devices import Device
from laag.home.operate.instruct import Because, Instruction, Why
from laag.home.operate.link import Measured

LONG_S = 30
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def told(device, kw, which=""):
    return Instruction(Device[device.upper()], kw, Because(Why.PLAN), which)


async def until(so, what="it never came"):
    """Wait for a condition, long enough for a busy machine."""
    try:
        async with asyncio.timeout(LONG_S):
            while not (found := so()):  # noqa: ASYNC110 - what is waited for may be anything
                await asyncio.sleep(0.01)
            return found
    except TimeoutError:
        raise AssertionError(what() if callable(what) else what) from None


class Ear:
    def __init__(self) -> None:
        self.heard = []

    @property
    def measured(self):
        return [one for one in self.heard if isinstance(one, Measured)]

    @property
    def findings(self):
        return [one for one in self.heard if isinstance(one, Finding)]

    def said(self, word):
        return [one for one in self.findings if word in one.what]

    async def finding(self, word):
        await until(lambda: self.said(word), lambda: f"no finding says {word!r}: {self.findings}")

    async def measurement(self, so):
        return await until(
            lambda: next((one for one in self.measured if so(one)), None), lambda: f"{self.heard}"
        )


@asynccontextmanager
async def listening(stream):
    """Everything that a stream says, from here on."""
    ear = Ear()

    async def listen():
        async for one in stream:
            ear.heard.append(one)

    task = asyncio.create_task(listen())
    try:
        yield ear
    finally:
        if task.done():
            task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await stream.aclose()


def live(test):
    """A test that waits for others: run to its end in a loop of its own."""

    @wraps(test)
    def runs(*given, **named):
        asyncio.run(asyncio.wait_for(test(*given, **named), 3 * LONG_S))

    return runs
