"""A house that is not there: load, sun, weather and car from a file, devices that obey, and a meter on the wall.

Who plans for it sees its telegrams and what its devices say of themselves, and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from datetime import datetime, timedelta

from laag.adapters.dsmr.write import Moment, telegram
from laag.apps.agent.body import Body, Happens
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock
from laag.foundation.ptu import PTU
from laag.home.devices import Device
from laag.home.house import House
from laag.home.operate import Instruction, Measured

_STEPS_S = (1, 5, 10, 15, 30, 60, 90, 100, 150, 180, 225, 300, 450, 900)
"""So that every quarter-hour begins with a step, and so with a telegram."""
_STEPS_A_SECOND = 4
"""Of the wall: enough for the eye, and little work."""
_SILENT_S = 900.0
"""Devices that are told nothing for so long do what they did before anybody steered them."""


class Simulated:
    """One house; ``live`` runs it, ``meter`` and the device link are how it is seen and steered."""

    name = "simulated house"

    def __init__(self, body: Body, clock: Clock) -> None:
        self._body, self._clock = body, clock
        self._told: dict[Device, float] = {}
        self._told_at: datetime | None = None
        self._listeners: set[asyncio.Queue[tuple[datetime, Happens]]] = set()
        self.meter = SimulatedMeter(self)
        self.step_s = step_s(clock.speed)

    @property
    def house(self) -> House:
        """What is there."""
        return self._body.house

    async def live(self) -> None:
        """Step by step, for as long as somebody waits for it; after a stop it first lives what it missed."""
        missed = _floor(self._clock.now(), self.step_s)
        self._body.lives_until(missed, {})
        at, wishes = missed, self._wishes(missed)
        while True:
            self._body.lives_until(at, wishes)
            # What is told meanwhile counts from the next step on: what the devices said of this one stays true.
            wishes = self._wishes(at)
            happens = self._body.begins(wishes)
            self._body.save()
            for listener in self._listeners:
                if listener.qsize() < 1000:  # who does not listen misses it
                    listener.put_nowait((at, happens))
            at += timedelta(seconds=self.step_s)
            await self._clock.until(at)

    def _wishes(self, at: datetime) -> dict[Device, float]:
        if self._told_at is None or (at - self._told_at).total_seconds() > max(_SILENT_S, 3 * self.step_s):
            return {}
        return self._told

    async def tell(self, instruction: Instruction) -> bool:
        """Obeyed from the next step on."""
        self._told = {**self._told, instruction.device: instruction.power_kw}
        self._told_at = self._clock.now()
        return True

    async def measured(self) -> AsyncIterator[Measured | Finding]:
        """What the devices say of themselves, at the begin of each step."""
        async for at, happens in self.steps():
            for one in _measured(self._body, at, happens):
                yield one

    async def steps(self) -> AsyncGenerator[tuple[datetime, Happens], None]:
        """Each step as it begins."""
        queue: asyncio.Queue[tuple[datetime, Happens]] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)


class SimulatedMeter:
    """Its P1 port: a source of telegrams like a cable."""

    name = "simulated meter"
    live = True

    def __init__(self, of: Simulated) -> None:
        self._of = of

    def now(self) -> datetime:
        """The instant, by the clock that the house lives by."""
        return self._of._clock.now()  # noqa: SLF001 - part of the same house

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """One telegram for each step."""
        async for at, happens in self._of.steps():
            yield telegram_of(at, happens)


def telegram_of(at: datetime, happens: Happens) -> bytes:
    """What the meter says of a moment: registers so far, and the power from now on."""
    watts = round(happens.offtake_kw * 1000)
    return telegram(
        Moment(
            at,
            import_wh=(0, int(happens.import_wh)),
            export_wh=(0, int(happens.export_wh)),
            import_w=max(watts, 0),
            export_w=max(-watts, 0),
        )
    )


def step_s(speed: float) -> int:
    """How long a step is, in the clock's seconds.

    >>> step_s(1.0), step_s(60.0), step_s(100_000.0)
    (10, 15, 900)
    """
    return next((one for one in _STEPS_S if one >= max(speed / _STEPS_A_SECOND, 10)), 900)


def _measured(body: Body, at: datetime, happens: Happens) -> Iterator[Measured]:
    house, flow = body.house, happens.flow
    if house.pv is not None:
        yield Measured(Device.PV, at, flow.pv_kw)
    if house.battery is not None:
        yield Measured(Device.BATTERY, at, flow.battery_kw, {"stored_kwh": happens.held.stored_kwh})
    if house.charger is not None:
        stay = happens.stay
        yield Measured(
            Device.EV,
            at,
            flow.ev_kw,
            {"ev_stored_kwh": happens.held.ev_stored_kwh} if stay is not None else {},
            here=stay is not None,
            leaves_at=None if stay is None else body.grid.start + stay.departs * PTU,
            wanted_kwh=None if stay is None else stay.wanted_kwh,
        )
    if house.heat_pump is not None:
        yield Measured(Device.HEAT_PUMP, at, flow.heat_pump_kw, {"indoor_c": happens.held.indoor_c})
    if house.tank is not None:
        yield Measured(Device.WATER, at, flow.water_kw, {"tank_c": happens.held.tank_c})


def _floor(at: datetime, step_s: int) -> datetime:
    return at - timedelta(seconds=at.timestamp() % step_s)
