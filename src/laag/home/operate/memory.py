"""How a home is run from second to second, and what one step leaves for the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from laag.home.devices import Device
from laag.home.operate.absorb import Absorbing
from laag.home.operate.caution import Budget, Caution
from laag.home.operate.eased import Eased
from laag.home.operate.heard import Patience
from laag.home.operate.pace import Pace
from laag.home.operate.row import Following


@dataclass(frozen=True, slots=True)
class Live:
    """How a home is run from second to second; the defaults need no thought."""

    pace: Pace = Pace()
    caution: Caution = Caution()
    patience: Patience = Patience()
    absorbing: Absorbing = Absorbing(least_kw=0.1)
    fuse_share: float = 0.97
    """Of each fuse: a meter sees a kettle seconds after it is on."""
    blind_share: float = 0.8
    """The same while the meter is silent."""
    calm_s: float = 60.0
    """By a third of it a load that has gone is still reckoned with at the fuse after this."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What one step leaves for the next."""

    at: datetime | None = None
    told_kw: Mapping[Device, float] = field(default_factory=dict)
    paced_kw: Mapping[Device, float] = field(default_factory=dict)
    """The same before whole amperes and smallest changes: a slow move is not lost in them."""
    told_at: Mapping[Device, datetime] = field(default_factory=dict)
    """When what a device is told last changed."""
    switched_at: Mapping[Device, datetime] = field(default_factory=dict)
    """When it last went on or off."""
    silent: frozenset[Device] = frozenset()
    """Devices that were told where to stay, and are left alone until they are heard again."""
    following: Following = Following()
    eased: Eased = Eased()
    limited: tuple[datetime, ...] = ()
    """The quarter-hours of the last day in which an emergency limit was in force."""
    budget: Budget = Budget()
    absorbs: bool = False
    sun_kw: float = 0.0
    rest_kw: tuple[float, ...] = ()
    """What nobody steers, at the connection and on each phase, when it was last measured."""
    highest_kw: tuple[float, ...] = ()
    """The most it was lately, fading."""
    lowest_kw: tuple[float, ...] = ()
    began: frozenset[tuple[str, datetime]] = frozenset()
    """Programmes that were started, by name and deadline."""
