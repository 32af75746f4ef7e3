"""What it costs a home that it must bid before the prices are known: ``python -m benchmarks.bids``.

Built-in homes on measured Dutch prices of 2025 (needs the measured data beside the project). At midnight a home plans for
what was expected at noon, bids, and is awarded whatever its limits let through at the published prices, at those prices: a
price taker. It then plans again with its position, and departs from it where that is worth the spread. Load, sun, cars and
weather are known, so that the bids alone are to blame. Beside it stand the same home that knew the prices, one that bids
its plan at one price each, one that buys its plan at any price, one that bids for nothing flexible, and one that does not plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from laag.adapters.prices import load_nation
from laag.apps.wiring import Options, terms_of
from laag.cycle.bulletin import OWN_KW
from laag.cycle.street import Home, Street
from laag.cycle.surprises import surprises_ticks
from laag.foundation.contracts import Flags, Ints
from laag.foundation.ptu import AMSTERDAM, PTU_HOURS, PtuGrid
from laag.foundation.series import Profile, Unit, ticks
from laag.home.bid import Prospect, orders, plans
from laag.home.calendar import Calendar
from laag.home.forecast import prices_like_recent_days
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.simple import SimpleDay, simple_day
from laag.home.stays import stays_in
from laag.study.population import street as built_in

PRICES = Path(__file__).parents[2] / "shared" / "data" / "prices"
FIRST, LAST, EVERY = date(2025, 2, 4), date(2025, 12, 14), 13
"""Every thirteenth day, so that each day of the week and each season is there."""
HOMES, SEED, PAST_DAYS = 24, 1, 28
DAY, HORIZON = 96, 144
"""A day is bid for, and the next morning is in sight."""
SPREADS = (0.01, 0.02, 0.03, 0.06)
SHARE_BY_DAY, SHARE = 0.4, 0.9
"""Where between export and landed price the street clears: lower from ten till four, when it has sun."""
ONE_PRICE_EUR_PER_KWH = 0.01
SETTINGS = PlanSettings(keep_stored=True)
TERMS = terms_of(Options())
SOLVER = Solver()


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A home on a day: what it has, and the local prices (EUR/kWh, without VAT) as expected and as they came."""

    mix: str
    house: House
    state: HomeState
    outlook: Outlook
    expected: Floats
    came: Floats
    surprise: Floats


def cases() -> Iterator[Case]:
    """Every home with something to shift, on every thirteenth day."""
    days = (LAST - FIRST).days + 3
    grid = PtuGrid.days(FIRST - timedelta(days=PAST_DAYS), days + PAST_DAYS, AMSTERDAM)
    nation, _ = load_nation(PRICES / "nl_day_ahead_2025_15min.csv.gz", None, grid)
    street = built_in(FIRST, days, HOMES, SEED, PAST_DAYS, nation)
    calendar = Calendar.of(grid.window(0, len(grid) + HORIZON), AMSTERDAM)
    published = np.rint(nation.day_ahead.values * 100).astype(np.int64)
    day = FIRST
    while day <= LAST:
        span = PtuGrid.day(day, AMSTERDAM).within(grid)
        for home in street.homes:
            mix = _mix(home.house)
            if mix not in {"", "PV"} and span.stop - span.start == DAY:
                yield _case(street, home, calendar, published, span, mix)
        day += timedelta(days=EVERY)


def _mix(house: House) -> str:
    has = (
        ("PV", house.pv),
        ("battery", house.battery),
        ("car", house.charger),
        ("heat pump", house.heat_pump),
    )
    return " + ".join(name for name, device in has if device is not None)


def _case(street: Street, home: Home, calendar: Calendar, published: Ints, day: slice, mix: str) -> Case:
    span = slice(day.start, day.start + HORIZON)
    grid = street.grid.window(span.start, span.stop)
    expect = partial(_expected, published, calendar)
    stays = tuple(
        s.shifted(-day.start) for s in home.sessions if s.departs > day.start and s.arrives < span.stop
    )
    house, none = home.house, np.zeros(HORIZON)
    sun = street.sun_w_m2.values[span]
    outlook = Outlook(
        grid,
        calendar.quarter[span],
        home.load_kw.values[span],
        home.pv_kw.values[span] if home.pv_kw is not None else none,
        street.outdoor_c.values[span],
        house.building.gains_kw(sun) if house.building is not None else none,
        none,
        none,
        stays,
    )
    state = HomeState(
        house.battery.capacity_kwh / 2 if house.battery is not None else 0.0,
        max((s.stored_kwh for s in stays if s.arrives <= 0), default=0.0),
    )
    share = np.where((outlook.quarter >= 40) & (outlook.quarter < 64), SHARE_BY_DAY, SHARE)
    expected, came = (_local(price, share) for price in (expect(day.start, HORIZON), published[span]))
    surprise = surprises_ticks(published, calendar, day, expect) / 1e5
    return Case(mix, house, state, outlook, expected, came, surprise)


def _expected(published: Ints, calendar: Calendar, until: int, count: int) -> Ints:
    """What was expected of the prices from ``until`` on, by those before it."""
    past = calendar.grid.window(max(until - 9 * DAY, 0), until)
    known = Profile(past, published[until - len(past) : until] / 100.0, Unit.EUR_PER_MWH)
    ahead = prices_like_recent_days(known, calendar, calendar.grid.window(until, until + count))
    return np.rint(ahead * 100).astype(np.int64)


def _local(day_ahead_ticks: Ints, share: Floats) -> Floats:
    landed, export = TERMS.steps_ticks(day_ahead_ticks)
    return np.asarray((export + share * (landed - export)) / 1e5, np.float64)


def priced(case: Case, price: Floats, spread: float, position_kw: Floats | None = None) -> Outlook:
    """The day at this price for all, with a position where there is one."""
    more = less = None
    if position_kw is not None:
        more = price * np.where(position_kw > -OWN_KW, TERMS.vat, 1.0) + spread
        less = price * np.where(position_kw > OWN_KW, TERMS.vat, 1.0) - spread
    return replace(
        case.outlook,
        buy_eur_per_kwh=price * TERMS.vat,
        sell_eur_per_kwh=price,
        position_kw=position_kw,
        more_eur_per_kwh=more,
        less_eur_per_kwh=less,
    )


def eur(case: Case, day: Plan | SimpleDay, spread: float, position_kw: Floats | None = None) -> float:
    """What a day costs to the last cent of VAT, wear and shortfalls included, less what is left at its end."""
    price, metered = case.came, day.connection_kw
    agreed = metered if position_kw is None else np.where(np.isnan(position_kw), metered, position_kw)
    off = metered - agreed
    dearer = price + np.copysign(spread, off)
    supplied = np.maximum(metered, 0.0) - np.maximum(agreed, 0.0)
    contract = np.where(agreed > 0, TERMS.vat, 1.0) * price * agreed
    total = float((contract + dearer * (off + (TERMS.vat - 1) * supplied)).sum()) * PTU_HOURS
    return total + _besides(case, day)


def _besides(case: Case, day: Plan | SimpleDay) -> float:
    house, total = case.house, 0.0
    bare = priced(case, case.came, 0.0)
    low_c = house.comfort.low_c(bare.quarter)
    if house.battery is not None:
        total += house.battery.wear_eur_per_kwh * float(np.maximum(-day.battery_kw, 0.0).sum()) * PTU_HOURS
    if house.heat_pump is not None:
        total -= SETTINGS.warmth_at_end_eur_per_k(house, bare, low_c) * float(day.indoor_c[-1])
        total += float(np.maximum(low_c - day.indoor_c, 0.0).sum()) * PTU_HOURS
    for stay in stays_in(house, case.state, bare.sessions, HORIZON):
        left_kwh = float(day.ev_stored_kwh[min(stay.departs, HORIZON) - 1])
        if stay.departs <= HORIZON:
            total += max(stay.wanted_kwh - left_kwh, 0.0)
        elif house.charger is not None:
            total -= SETTINGS.charged_at_end_eur_per_kwh(house.charger, bare) * left_kwh
    return total


Bids = Callable[[Case, float], Floats]
"""A case and the spread -> the position (mean kW) that the published prices left it with."""


def by_courses(case: Case, spread: float) -> Floats:
    """As homes bid."""
    seen = _prospect(case, case.surprise, spread)
    outlook = priced(case, case.expected, spread)
    day = slice(0, DAY)
    planned = plans(case.house, case.state, outlook, day, seen, solver=SOLVER, settings=SETTINGS)
    return orders(planned, case.house, day, seen).taken_wh(ticks(case.came[:DAY])) / (1000 * PTU_HOURS)


def at_one_price(case: Case, _spread: float) -> Floats:
    """The expected plan, each quarter-hour at what its energy is worth and a cent."""
    seen = _prospect(case, case.surprise[:0], ONE_PRICE_EUR_PER_KWH)
    day = slice(0, DAY)
    made = orders((_expected_plan(case),), case.house, day, seen)
    return made.taken_wh(ticks(case.came[:DAY])) / (1000 * PTU_HOURS)


def at_any_price(case: Case, _spread: float) -> Floats:
    """The expected plan, whatever the price."""
    return _expected_plan(case).connection_kw[:DAY]


def nothing_flexible(case: Case, _spread: float) -> Floats:
    """Only what cannot be shifted; the rest is taken later, outside the position."""
    sun_kw = case.outlook.pv_kw if case.house.pv is not None else 0.0
    return np.asarray((case.outlook.load_kw - sun_kw)[:DAY], np.float64)


def _prospect(case: Case, surprise: Floats, spread: float) -> Prospect:
    price = case.expected[:DAY]
    return Prospect(price, price, surprise, TERMS.vat, spread)


def _expected_plan(case: Case) -> Plan:
    return cheapest(
        case.house, case.state, priced(case, case.expected, 0.0), solver=SOLVER, settings=SETTINGS
    )


WAYS: dict[str, Bids] = {
    "by courses": by_courses,
    "any price": at_any_price,
    "one price": at_one_price,
    "nothing": nothing_flexible,
}


def settled(case: Case, bids: Bids, spread: float) -> tuple[float, float]:
    """What the day then costs, and how many kWh of it lie outside the position."""
    position = np.full(HORIZON, np.nan)
    position[:DAY] = bids(case, spread)
    outlook = priced(case, case.came, spread, position)
    day = cheapest(case.house, case.state, outlook, solver=SOLVER, settings=SETTINGS)
    off_kwh = float(np.abs(day.connection_kw - position)[:DAY].sum()) * PTU_HOURS
    return eur(case, day, spread, position), off_kwh


def bounds(case: Case) -> tuple[float, float]:
    """What the day costs a home that knew its prices, and one that does not plan."""
    known = priced(case, case.came, 0.0)
    best = cheapest(case.house, case.state, known, solver=SOLVER, settings=SETTINGS)
    stays = stays_in(case.house, case.state, known.sessions, HORIZON)
    return eur(case, best, 0.0), eur(case, simple_day(case.house, case.state, known, stays), 0.0)


def main() -> None:
    """Print the tables."""
    if not PRICES.is_dir():
        print(f"the measured prices are not at {PRICES.resolve()}; put them there to see what bids cost")
        return
    every = list(cases())
    ends = np.array([bounds(case) for case in every])
    gain = ends[:, 1] - ends[:, 0]
    print(f"{len(every)} home-days, {FIRST} to {LAST}; the loss beside knowing the prices, cents a day")
    print(f"{'':>46}" + "".join(f"{way:>22}" for way in WAYS))
    for spread in SPREADS:
        found = {way: np.array([settled(case, bids, spread) for case in every]) for way, bids in WAYS.items()}
        _row(
            f"all, a departure loses {100 * spread:.0f} ct/kWh",
            found,
            ends,
            gain,
            np.ones(len(every), np.bool_),
        )
        if spread == TERMS.spread_eur_per_kwh:
            for mix in sorted({case.mix for case in every}):
                _row(f"  {mix}", found, ends, gain, np.array([case.mix == mix for case in every]))
    print("loss in cents a day, as a share of what planning gains, and kWh a day outside the position")
    spread = TERMS.spread_eur_per_kwh
    took = [_milliseconds(lambda c=case: by_courses(c, spread)) for case in every[:100]]  # type: ignore[misc]
    alone = [_milliseconds(lambda c=case: at_one_price(c, spread)) for case in every[:100]]  # type: ignore[misc]
    print(
        f"a home's bids for a day: median {median(took):.1f} ms with {len(every[0].surprise)} courses, {median(alone):.1f} ms with none"
    )


def _row(name: str, found: dict[str, Floats], ends: Floats, gain: Floats, kept: Flags) -> None:
    cells = ""
    for costs in found.values():
        lost = costs[kept, 0] - ends[kept, 0]
        cells += f"{100 * lost.mean():8.1f} {100 * lost.sum() / gain[kept].sum():5.1f} % {costs[kept, 1].mean():5.1f}"
    print(f"{name:<36}{100 * gain[kept].mean():8.0f}  {cells}")


def _milliseconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return (process_time() - start) * 1e3


if __name__ == "__main__":
    main()
