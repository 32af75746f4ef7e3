"""What a real day brings, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PtuGrid
from laag.home.devices import EvSession, Job
from laag.home.house import HomeState
from laag.home.ladder import Claim
from laag.home.outlook import Floats, Ints
from laag.home.plan import Plan
from laag.home.plan.shortfall import Shortfall


@dataclass(frozen=True, slots=True, eq=False)
class Actual:
    """What really happens, on the street's grid; sessions, jobs and claims count PTUs from its start.

    ``nan`` is a silent meter or sensor. ``pv_kw`` is what the panels could give.
    """

    grid: PtuGrid
    quarter: Ints
    """Local quarter of the day, for the thermostat."""
    load_kw: Floats
    pv_kw: Floats
    outdoor_c: Floats
    sun_w_m2: Floats
    sessions: tuple[EvSession, ...] = ()
    jobs: tuple[Job, ...] = ()
    claims: tuple[Claim, ...] = ()
    """Signals and wishes in force, for what no plan foresaw."""
    hot_water_kw: Floats | None = None
    """Heat drawn from the tank; ``None``: nobody showers."""
    comfort_low_c: Floats | None = None
    """As in ``Outlook``: where this day's wishes overrule the house's comfort."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a home remembers from one stretch to the next."""

    drift_kwh: float = 0.0
    planned_at: int = -(2**31)
    """The PTU of the last plan made on the way."""
    absorbs: bool = False
    """Whether a device was making up for the forecast."""
    began: tuple[tuple[int, int], ...] = ()
    """Which jobs were started, each with its PTU."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """A plan made on the way, and why."""

    ptu: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Operated:
    """One row per PTU of the stretch, mean kW; states hold at the end of the PTU, ``nan`` without their device.

    ``offtake = load - pv + battery + ev + heat_pump + water + appliance``, exactly.
    """

    load_kw: Floats
    """What cannot be steered, with what devices draw by merely being there."""
    pv_kw: Floats
    battery_kw: Floats
    ev_kw: Floats
    heat_pump_kw: Floats
    offtake_kw: Floats
    planned_kw: Floats
    """The connection as the plan in force expected it."""
    absorbed_kw: Floats
    """How much of what was not expected the devices took upon themselves; positive: they took more."""
    stored_kwh: Floats
    ev_stored_kwh: Floats
    """``nan`` while the car is away."""
    indoor_c: Floats
    water_kw: Floats
    element_kw: Floats
    appliance_kw: Floats
    gas_kw: Floats
    tank_c: Floats
    estimated: NDArray[np.bool_]
    """The meter was silent: the load is the plan's."""
    replanned: tuple[Replanned, ...]
    shortfalls: tuple[Shortfall, ...]
    """Cars that left with less than they should have, programmes that were not done; ``ptu`` on the street's grid."""
    state: HomeState
    """At the end of the stretch."""
    plan: Plan
    """In force at the end of the stretch."""
    watch: Watch
