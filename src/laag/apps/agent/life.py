"""What the parts of one agent share: all that it holds while it runs."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.own import OwnGrid
from laag.adapters.neighbourhood.wire import Board, Positions
from laag.apps.agent.happened import Happened
from laag.apps.agent.past import Past
from laag.apps.agent.senses import Senses
from laag.cycle.living import Promise, Thought
from laag.cycle.street import Habit, Wants
from laag.foundation.findings import Finding
from laag.foundation.ports import Clock
from laag.foundation.words import Said
from laag.home.devices import Device
from laag.home.forecast import Place
from laag.home.house import House
from laag.home.operate import Caution, DeviceLink, Instruction, Memory

LOG = logging.getLogger("laag.home")
_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class Told:
    """The last that a device was told, when, and whether anybody was there to hear it."""

    instruction: Instruction
    at: datetime
    heard: bool


@dataclass(frozen=True, slots=True)
class Alone:
    """What a kWh costs while no neighbourhood says it, EUR/kWh."""

    buy_eur_per_kwh: float
    sell_eur_per_kwh: float


@dataclass(slots=True, eq=False)
class Life:
    """One home as its agent knows it at this moment."""

    house: House
    clock: Clock
    zone: ZoneInfo
    store: HomeStore
    past: Past
    senses: Senses
    chance: float
    """This home's own, drawn once: when it sends its orders. Others may come to know it."""
    secret: float
    """Another, which nobody learns: out of it come the moments at which the home answers."""
    alone: Alone
    place: Place | None = None
    habit: Habit = Habit()
    base: Wants | None = None
    """Public defaults and what the devices settle; the household's wishes come on top."""
    links: tuple[DeviceLink, ...] = ()
    control_s: float = 10.0
    caution: Caution = Caution()
    back_at: datetime | None = None
    """When the power came back, where it had just done so at the start."""

    thought: Thought | None = None
    told: dict[tuple[Device, str], Told] = field(default_factory=dict)
    memory: Memory = Memory()
    board: Board | None = None
    positions: Positions | None = None
    grid: OwnGrid | None = None
    """What the grid operator asked, ordered and limited; ``None`` where nobody said."""
    promises: tuple[Promise, ...] = ()
    """To what this home holds itself for what was ordered of it."""
    seen_at: datetime | None = None
    """When the neighbourhood was last heard."""
    away: Said | None = None
    """Why it is not, where it is not."""
    away_since: datetime | None = None
    doubts: bool = False
    """Whether the neighbourhood may have lost what it was told: asked before anything more is said."""
    findings: deque[Finding] = field(default_factory=lambda: deque(maxlen=_FINDINGS))

    replan: asyncio.Event = field(default_factory=asyncio.Event)
    """Something has happened that a plan should know."""
    beat: asyncio.Event = field(default_factory=asyncio.Event)
    """The meter spoke."""
    to_say: asyncio.Event = field(default_factory=asyncio.Event)
    """There is something in the outbox."""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """A day was settled, or this home has just joined."""
    happened: Happened = field(default_factory=Happened)
    listeners: set[asyncio.Queue[tuple[str, Mapping[str, Any]]]] = field(default_factory=set)

    def tell(self, kind: str, about: Mapping[str, Any]) -> None:
        """Let pages know; one that begins to listen later asks since when."""
        self.happened.count(kind)
        for listener in self.listeners:
            if not listener.full():
                listener.put_nowait((kind, about))

    def found(self, finding: Finding) -> None:
        """Something was wrong with what came from outside; worth keeping to be looked at, never worth stopping."""
        self.findings.append(finding)
        LOG.info("%s", finding)

    def met(self) -> None:
        """The neighbourhood answered."""
        self.seen_at, self.away, self.away_since = self.clock.now(), None, None

    def missed(self, why: Said) -> None:
        """It did not."""
        self.away = why
        self.away_since = self.away_since or self.clock.now()
