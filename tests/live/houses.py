"""Houses that are there as far as anybody can tell: registers that count what load and devices take, and a port that says so.

All of it runs on the same fast clock as the processes that listen to it.
"""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from math import pi, sin
from pathlib import Path

from laag.adapters.dsmr.crc import crc16
from laag.adapters.dsmr.reading import Phase
from laag.adapters.dsmr.write import Moment, telegram

STEP = timedelta(seconds=450)
"""Between two telegrams: of the clock, so that each quarter-hour begins with one."""
REAL = Path(__file__).parents[3] / "shared" / "data" / "telegrams" / "originals" / "v5.txt"


class House:
    """What is true behind one meter."""

    def __init__(self, clock, base_kw, step=STEP) -> None:
        self.clock, self.base_kw, self.step = clock, base_kw, step
        self.kw, self.taken_kwh = {}, {}
        self.at = _floor(clock.now(), step)
        self._wh = [1_000_000.0, 500_000.0]
        self.said = {}
        """The registers as they were told, by instant."""

    def load_kw(self, at):
        """More in the evening than at night."""
        return self.base_kw * (1.2 + sin(2 * pi * (at.hour - 13) / 24))

    def lives_until(self, at):
        """Devices do what they do now; nothing that is told later changes what was."""
        hours = (at - self.at).total_seconds() / 3600
        wh = 1000 * hours * (self.load_kw(self.at) + sum(self.kw.values()))
        self._wh[wh < 0] += abs(wh)
        for name, kw in self.kw.items():
            self.taken_kwh[name] = self.taken_kwh.get(name, 0.0) + hours * kw
        self.at = at

    def moment(self):
        """What the meter says now."""
        watts = round(1000 * (self.load_kw(self.at) + sum(self.kw.values())))
        imported, exported = (int(wh) for wh in self._wh)
        self.said[self.at] = (imported, exported)
        return Moment(
            self.at, (0, imported), (0, exported), max(watts, 0), max(-watts, 0),
            tuple(Phase(f"L{wire}", max(watts, 0) // 3, max(-watts, 0) // 3, 230.0, None) for wire in (1, 2, 3)),
        )  # fmt: skip

    async def telegrams(self, frame=None):
        """For ever, each as the clock comes to it; in the frame of a real telegram, where there is one."""
        while True:
            made = telegram(self.moment())
            yield made if frame is None else framed(frame, made)
            at = self.at + self.step
            await self.clock.until(at)
            self.lives_until(at)


def framed(real, made):
    """A real telegram that says what ours says, line by line by its code; all else in it stays as its meter wrote it."""
    said = {line.split(b"(")[0]: line for line in made.splitlines() if b"(" in line}
    lines = [said.get(line.split(b"(")[0], line) for line in real[: real.rindex(b"!")].split(b"\r\n")]
    body = b"\r\n".join(lines) + b"!"
    return body + f"{crc16(body):04X}\r\n".encode()


@asynccontextmanager
async def speaking_mqtt(client, topic, telegrams):
    """A meter that another program reads and passes on through a broker; what nobody can hear is lost."""
    from aiomqtt import MqttError

    async def speak():
        async for one in telegrams:
            try:
                await client().publish(topic, one, qos=0)
            except (MqttError, AttributeError):
                continue

    task = asyncio.create_task(speak())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _floor(at, step):
    return at - timedelta(seconds=at.timestamp() % step.total_seconds())
