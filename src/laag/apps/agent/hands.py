"""Steering: every few seconds what each device is told now, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from laag.apps.agent.car import plugged
from laag.apps.agent.life import Life, Told
from laag.apps.agent.mind import low_c
from laag.apps.agent.past import quarter_of
from laag.apps.agent.senses import patience_at
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU
from laag.home.devices import Device
from laag.home.operate import DeviceLink, Instruction, Live, Memory, Why, instructions

LIMITED = "limited"
"""Under which the quarter-hours of emergency limits are kept, so that a restart does not make their day begin anew."""
_OFTENEST_S = 0.25
"""Of the wall, however fast the clock."""
_TOGETHER_S = 0.02
"""What devices say at the same moment as the meter is heard with it."""


class Hands:
    """Tells devices what to do, by the newest plan and what is measured now."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._settings = Live(patience=patience_at(life.clock.speed), caution=life.caution)

    async def steer(self) -> None:
        """For ever: when the meter has spoken, or when it has not for a while."""
        life = self._life
        every_s = max(life.control_s / life.clock.speed, _OFTENEST_S)
        while True:
            begun = asyncio.get_running_loop().time()
            with suppress(TimeoutError):
                async with asyncio.timeout(2 * every_s):
                    await life.beat.wait()
            await asyncio.sleep(_TOGETHER_S)
            life.beat.clear()
            await self.step(life.clock.now())
            gone_s = asyncio.get_running_loop().time() - begun
            await asyncio.sleep(max(0.9 * every_s - gone_s, 0.0))

    async def step(self, now: datetime) -> None:
        """One look, one decision, one word to each device; while the household pauses, none."""
        life, thought = self._life, self._life.thought
        if paused_until(life) is not None:
            life.told.clear()
            life.memory = Memory(limited=life.memory.limited)
            life.tell("now", {"at": now.isoformat()})
            return
        at = quarter_of(now) - PTU
        heard = life.senses.heard(
            now,
            outdoor_c=_known(life.past.at(at, "outdoor_c"), 10.0),
            sun_w_m2=_known(life.past.at(at, "sun_w_m2"), 0.0),
            low_c=low_c(life, now),
            neighbourhood_age_s=inf if life.seen_at is None else (now - life.seen_at).total_seconds(),
        )
        limited = life.memory.limited
        told, life.memory = instructions(
            now,
            None if thought is None else thought.plan,
            life.house if thought is None else thought.house,
            life.senses.held,
            replace(heard, back_at=life.back_at),
            () if thought is None else thought.outlook.claims,
            life.memory,
            life.secret,
            self._settings,
        )
        if life.memory.limited != limited:
            life.store.keep(LIMITED, [at.isoformat() for at in life.memory.limited])
        await self._tell(told, now)

    async def _tell(self, told: Iterable[Instruction], now: datetime) -> None:
        """All at once: a device that takes its time keeps no other waiting."""
        life, told = self._life, tuple(told)
        answers = await asyncio.gather(*(_heard(life, instruction) for instruction in told))
        for instruction, heard in zip(told, answers, strict=True):
            life.told[instruction.device, instruction.which] = Told(instruction, now, heard)
            if instruction.because.why is Why.STARTS:
                began = {**(life.store.kept("began") or {}), instruction.which: now.isoformat()}
                life.store.keep("began", began)
        life.tell("now", {"at": now.isoformat()})


async def _heard(life: Life, instruction: Instruction) -> bool:
    """Whether anybody was there to hear it."""
    return any(await asyncio.gather(*(link.tell(instruction) for link in life.links)))


def paused_until(life: Life) -> datetime | None:
    """Until when the household wants its devices left alone; ``None`` where it does not."""
    kept = life.store.kept("paused_until")
    until = None if kept is None else datetime.fromisoformat(kept)
    return until if until is not None and until > life.clock.now() else None


async def listens(life: Life, link: DeviceLink) -> None:
    """All that the devices behind a link say, for as long as it lasts."""
    async for said in link.measured():
        if isinstance(said, Finding):
            life.found(said)
            continue
        life.senses.hear(said)
        if plugged(life, said):
            life.replan.set()


def device_ages(life: Life, now: datetime) -> dict[Device, timedelta]:
    """How long ago each device spoke."""
    return {device: timedelta(seconds=age_s) for device, age_s in life.senses.ages_s(now).items()}


def _known(value: float, otherwise: float) -> float:
    return otherwise if value != value else value  # noqa: PLR0124 - nan
