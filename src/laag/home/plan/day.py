"""What a plan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PtuGrid
from laag.home.devices import EvSession, Job
from laag.home.ladder import Rung
from laag.home.outlook import Floats
from laag.home.plan.shortfall import Shortfall


@dataclass(frozen=True, slots=True)
class Run:
    """A job and the PTU in which it starts; ``None``: there is no room for it."""

    job: Job
    start: int | None


@dataclass(frozen=True, slots=True)
class Missed:
    """What a rung is short of over the whole plan, kWh and K.h taken together, at the least that could be reached."""

    rung: Rung
    amount: float


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Mean kW per PTU (consumption +, but ``pv_kw`` and ``load_kw`` >= 0), and states at the end of each PTU.

    What a device does not have is ``nan`` in the states and in its worth, and zero in its power.
    """

    grid: PtuGrid
    load_kw: Floats
    pv_kw: Floats
    """What is used of the sun."""
    sun_kw: Floats
    """What the panels are expected to give."""
    pv_limit_kw: Floats
    """Where sun is left unused on purpose, how much is used; ``inf`` elsewhere."""
    battery_kw: Floats
    ev_kw: Floats
    heat_pump_kw: Floats
    connection_kw: Floats
    """Net offtake: ``load - pv + battery + ev + heat_pump + water + appliance``."""
    stored_kwh: Floats
    ev_stored_kwh: Floats
    """``nan`` while the car is away."""
    indoor_c: Floats
    connection_eur_per_kwh: Floats
    """What one kWh more of load would cost."""
    stored_eur_per_kwh: Floats
    """What one kWh more in the battery would save."""
    ev_stored_eur_per_kwh: Floats
    heat_eur_per_kwh: Floats
    """What one kWh of heat would save."""
    cop: Floats
    cost_eur: float
    """What the connection is expected to pay over the grid; what is agreed counts at its price."""
    shortfalls: tuple[Shortfall, ...]
    made_at: datetime
    sessions: tuple[EvSession, ...]
    """The stays it goes by, in PTUs of its grid."""
    water_kw: Floats
    """Electricity for hot water, the heat pump's and the element's together."""
    element_kw: Floats
    """Of which by the element."""
    tank_c: Floats
    water_eur_per_kwh: Floats
    """What one kWh of heat in the tank would save."""
    appliance_kw: Floats
    runs: tuple[Run, ...]
    """What becomes of each job of the outlook, in its order."""
    gas_kw: Floats
    """Gas burnt by a hybrid's boiler."""
    firm: Flags
    """Per device (row, see ``Device``) and PTU: whether a rung above the market fixes its power, at any price."""
    position_kw: Floats
    """Net purchase that the market has cleared; zero where it has not."""
    above_eur_per_kwh: Floats
    """What each kWh taken beyond the position is expected to cost."""
    below_eur_per_kwh: Floats
    """What each kWh left of it is expected to earn; at most ``above``."""
    missed: tuple[Missed, ...]
    """What the rungs above the market could not be given."""
    kept_eur_per_kwh: Floats | None = None
    """As ``stored_eur_per_kwh``, but for a day that may turn out otherwise; ``None``: only this one was planned."""

    def __len__(self) -> int:
        return len(self.grid)
