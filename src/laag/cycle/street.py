"""Everything a street's days are computed from: homes, weather, prices and limits, on one grid.

Real, imported and built-in streets are the same type. The grid may begin some days before the first day that is run
(a warm-up): homes then have a past to learn from. Nothing here is a forecast; forecasts are made from what lies
before the instant at which they are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile
from laag.home.defaults import Edition, Household
from laag.home.devices import EvSession
from laag.home.house import HomeState, House
from laag.home.preferences import Wished
from laag.home.preferences.wishes import Aspect


@dataclass(frozen=True, slots=True)
class Habit:
    """What a household expects of its car: what the plan goes by until the car is really there.

    Quarters of the local day; on a day of the week in ``days`` (Monday is 0) the car is expected to arrive at
    ``arrives_quarter`` and leave at ``departs_quarter`` of the next day, having used ``used_kwh`` since.
    """

    arrives_quarter: int = 72
    departs_quarter: int = 30
    used_kwh: float = 8.0
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Wants:
    """What a household said, and the public defaults that hold where it says nothing."""

    wishes: tuple[Wished, ...] = ()
    """The later of two about the same holds."""
    defaults: Edition | None = None
    """``None``: what it leaves unsaid stays as its devices and its stays are given."""
    household: Household | None = None
    """For the defaults; ``None``: recognised from its devices and its meter."""
    settled: frozenset[Aspect] = frozenset()
    """What its devices settle already, so that no default need."""


LATER = {"later": True}
"""Of a field that came after runs had been stored: where it says nothing it is no part of what a street is called by."""


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """A house, what really happens in it, and to whom it belongs in the tables."""

    house: House
    load_kw: Profile
    """Inflexible load, >= 0."""
    pv_kw: Profile | None = None
    """What the panels could give, >= 0; curtailment is the plan's choice."""
    sessions: tuple[EvSession, ...] = ()
    """The car's stays as they really were, in PTUs from the start of the street's grid, in order."""
    habit: Habit = Habit()
    start: HomeState = HomeState()
    feeder: str = ""
    """The name of the cable that serves it; empty means directly at the transformer."""
    group: str = ""
    """For studies: 'tenant, no devices', 'owner, PV'."""
    connection: str = "3x25A"
    source: str = ""
    wants: Wants | None = field(default=None, metadata=LATER)
    """``None``: nobody spoke for it; it plans by its devices and stays alone."""
    hot_water_kw: Profile | None = field(default=None, metadata=LATER)
    """Heat really drawn from the tank."""


@dataclass(frozen=True, slots=True)
class Feeder:
    """A cable with its capacity at the transformer; ``inf`` is no limit."""

    name: str
    import_max_kw: float
    export_max_kw: float


@dataclass(frozen=True, slots=True, eq=False)
class Nation:
    """National prices in EUR/MWh; the imbalance columns as TenneT publishes them.

    ``shortage`` is paid by who is short, ``surplus`` received by who is long.
    """

    day_ahead: Profile
    shortage: Profile
    surplus: Profile
    source: str
    state: Profile | None = None
    """TenneT's regulation state: -1 down, 0 none, +1 up, 2 both; ``nan`` where unknown. It explains prices, no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Street:
    """A neighbourhood and its surroundings on one grid."""

    name: str
    grid: PtuGrid
    homes: tuple[Home, ...]
    outdoor_c: Profile
    sun_w_m2: Profile
    """Global horizontal irradiance."""
    nation: Nation
    sun_forecast_w_m2: Profile | None = None
    """What had been forecast for each PTU by noon of the day before; ``None``: homes go by the last days."""
    outdoor_forecast_c: Profile | None = None
    import_max_kw: float = float("inf")
    """The transformer's capacity towards the street."""
    export_max_kw: float = float("inf")
    feeders: tuple[Feeder, ...] = ()
    zone: ZoneInfo = AMSTERDAM
    findings: tuple[Finding, ...] = field(default=())
    source: str = ""
