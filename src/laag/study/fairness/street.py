"""The built-in street's homes over some days, twice: without control, and each planning for itself by its supplier's prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.street import Home, Street
from laag.cycle.terms import Terms
from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.series import ticks
from laag.home.calendar import Calendar
from laag.home.outlook import Floats
from laag.home.plan.solver import Solver
from laag.neighbourhood.sharing.fairness import FLOOR
from laag.study.backtest.case import Case
from laag.study.backtest.rolling import Way, lived
from laag.study.backtest.rules import uncontrolled
from laag.study.population import street as built_in

WH_PER_KW = 250
PAST_DAYS, BEYOND_DAYS = 14, 2
EVERY_PTUS = 16
"""A home plans anew every four hours, and whenever its day goes otherwise."""
Tells = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What each home took (+) and gave (-), in Wh per quarter-hour."""

    homes: tuple[Home, ...]
    first: date
    days: int
    load_wh: Ints
    """What nobody moves, without any device."""
    sun_wh_per_kw: Floats
    """What a kilowatt of panels gives."""
    base_wh: Ints
    """Without control: cars charge at once, batteries rest, thermostats hold."""
    planned_wh: Ints
    """As each home plans by its own prices; as without control where that was not asked for."""
    buy_ticks: Ints
    sell_ticks: Ints
    """Of who trades alone, without VAT."""

    @property
    def members(self) -> tuple[str, ...]:
        """By house number."""
        return tuple(home.house.name for home in self.homes)


def days_of(
    first: date,
    days: int,
    homes: int,
    terms: Terms,
    contract: Terms | None = None,
    *,
    seed: int = 1,
    tells: Tells = lambda _: None,
) -> Days:
    """Live the days. ``terms`` say what power costs outside the street; by a ``contract``, where there is one, homes plan."""
    if homes < FLOOR or days < 1:
        raise BadInput(
            f"nothing is shown of fewer than {FLOOR} homes; give that many or more, and one day or more"
        )
    street = built_in(first, days + BEYOND_DAYS, homes, seed, warmup_days=PAST_DAYS)
    cases = [_case(home, street, contract or terms, days) for home in street.homes]
    span = slice(cases[0].start, cases[0].stop)
    base = np.stack([_wh(uncontrolled(case).offtake_kw) for case in cases])
    return Days(
        homes=street.homes,
        first=first,
        days=days,
        load_wh=np.stack([_wh(case.load_kw[span]) for case in cases]),
        sun_wh_per_kw=_sun(street)[span],
        base_wh=base,
        planned_wh=np.stack(list(_planned(cases, base, tells))) if contract is not None else base,
        buy_ticks=terms.steps_ticks(_ticks(street))[0][span],
        sell_ticks=terms.steps_ticks(_ticks(street))[1][span],
    )


def _planned(cases: list[Case], base: Ints, tells: Tells) -> Iterator[Ints]:
    solver = Solver()
    for place, case in enumerate(cases):
        tells(f"home {place + 1} of {len(cases)}")
        house = case.house
        if house.battery is None and house.charger is None and house.heat_pump is None:
            yield base[place]
        else:
            yield _wh(lived(case, Way(every_ptus=EVERY_PTUS), solver).offtake_kw)


def _case(home: Home, street: Street, terms: Terms, days: int) -> Case:
    spans = [span for _, span in street.grid.local_days(street.zone)]
    return Case(
        house=home.house,
        grid=street.grid,
        calendar=Calendar.of(street.grid.window(0, len(street.grid) + 400), street.zone),
        start=spans[PAST_DAYS].start,
        stop=spans[PAST_DAYS + days - 1].stop,
        load_kw=home.load_kw.values,
        pv_kw=home.pv_kw.values if home.pv_kw is not None else np.zeros(len(street.grid)),
        outdoor_c=street.outdoor_c.values,
        sun_w_m2=street.sun_w_m2.values,
        day_ahead=street.nation.day_ahead,
        terms=terms,
        state=home.start,
        sessions=home.sessions,
        habit=home.habit,
        zone=street.zone,
    )


def _sun(street: Street) -> Floats:
    """Of the first roof of the street."""
    for home in street.homes:
        if home.pv_kw is not None and home.house.pv is not None:
            return np.asarray(home.pv_kw.values / home.house.pv.peak_kw * WH_PER_KW)
    return np.zeros(len(street.grid))


def _ticks(street: Street) -> Ints:
    return ticks(street.nation.day_ahead.values / 1000)


def _wh(kw: Floats) -> Ints:
    return np.rint(kw * WH_PER_KW).astype(np.int64)
