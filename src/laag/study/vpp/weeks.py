"""One window of a street, lived in every way: nobody asked, asked by what is known, and with everything foreseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from laag.cycle.street import Home, Nation, Street
from laag.cycle.terms import Terms
from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.forecast import DE_BILT
from laag.home.outlook import Floats
from laag.home.plan.solver import Solver
from laag.study.backtest import Case
from laag.study.population import street as built_in
from laag.study.vpp.foresight import Foreseen, foreseen
from laag.study.vpp.lived import Faults, Lived, lived
from laag.study.vpp.signals import Knows, foresight, signals

WARM_UP_DAYS, BEYOND_DAYS = 28, 2
LEARNS_DAYS = 62
"""Before the window: what is read of prices, so that habits can be learnt."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which window of which street."""

    first: date
    days: int
    homes: int
    seed: int = 1
    knows: tuple[Knows, ...] = tuple(Knows)
    margin_eur_per_mwh: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """EUR/MWh in the quarter-hours of the window, and where they are from."""

    grid: PtuGrid
    day_ahead: Floats
    shortage: Floats
    surplus: Floats
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """All of it, home by home; homes that have nothing to steer live the same day whoever asks."""

    asked: Asked
    around: Around
    names: tuple[str, ...]
    groups: tuple[str, ...]
    steers: tuple[bool, ...]
    alone: tuple[Lived, ...]
    together: Mapping[Knows, tuple[Lived, ...]]
    best: tuple[Foreseen, ...]
    transformer_kw: float


def reads(asked: Asked) -> tuple[date, int]:
    """First day and number of days of which prices are read."""
    return asked.first - timedelta(days=LEARNS_DAYS), LEARNS_DAYS + asked.days + BEYOND_DAYS


def least_read(asked: Asked) -> tuple[date, int]:
    """The same, where a file begins later: so much homes themselves look back on."""
    return asked.first - timedelta(days=WARM_UP_DAYS), WARM_UP_DAYS + asked.days + BEYOND_DAYS


def week(asked: Asked, terms: Terms, nation: Nation | None, faults: Faults = Faults()) -> Week:  # noqa: B008 - frozen
    """Live it; ``nation`` holds the prices of the days that it ``reads``, none: those of the model."""
    street = built_in(asked.first, asked.days + BEYOND_DAYS, asked.homes, asked.seed, WARM_UP_DAYS, nation)
    prices = nation or street.nation
    window = PtuGrid.days(asked.first, asked.days, street.zone)
    span, solver = window.within(prices.day_ahead.grid), Solver()
    cases = [_case(street, home, terms, window) for home in street.homes]
    steers = tuple(_steers(home) for home in street.homes)
    alone = tuple(lived(case, at, None, solver, faults) for at, case in enumerate(cases))
    together = {}
    for knows in asked.knows:
        told = signals(prices, span, knows, asked.margin_eur_per_mwh)
        together[knows] = tuple(
            lived(case, at, told, solver, faults) if steers[at] else alone[at]
            for at, case in enumerate(cases)
        )
    premium = foresight(prices, span)
    day_ahead, shortage, surplus = (
        side.values[span] for side in (prices.day_ahead, prices.shortage, prices.surplus)
    )
    return Week(
        asked,
        Around(window, day_ahead, shortage, surplus, prices.source),
        tuple(home.house.name for home in street.homes),
        tuple(home.group for home in street.homes),
        steers,
        alone,
        together,
        tuple(foreseen(case, premium, solver) for case in cases),
        street.import_max_kw,
    )


def _steers(home: Home) -> bool:
    house = home.house
    return house.battery is not None or house.charger is not None or house.heat_pump is not None


def _case(street: Street, home: Home, terms: Terms, window: PtuGrid) -> Case:
    span = window.within(street.grid)
    empty = street.outdoor_c.values * 0.0
    case = Case(
        home.house,
        street.grid,
        Calendar.of(street.grid.window(0, len(street.grid) + 4 * 96), street.zone),
        span.start,
        span.stop,
        home.load_kw.values,
        home.pv_kw.values if home.pv_kw is not None else empty,
        street.outdoor_c.values,
        street.sun_w_m2.values,
        street.nation.day_ahead,
        terms,
        home.start,
        home.sessions,
        home.habit,
        place=DE_BILT,
        zone=street.zone,
    )
    arrived = next((s for s in home.sessions if s.arrives <= span.start < s.departs), None)
    return (
        case
        if arrived is None
        else replace(case, state=replace(home.start, ev_stored_kwh=arrived.stored_kwh))
    )
