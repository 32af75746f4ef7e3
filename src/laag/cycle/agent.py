"""One home from gate to gate: plan on what has just become known, live the day, bid for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from laag.cycle.bulletin import Bulletin
from laag.cycle.charging import ordered_share
from laag.cycle.events import DayOrders, Readings, Step
from laag.cycle.habits import sessions_ahead
from laag.cycle.street import Home, Street
from laag.foundation.contracts import Ints
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit, wh
from laag.home import bid, forecast, operate, plan
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast import DE_BILT, Diary, Known, Place
from laag.home.house import HomeState
from laag.home.outlook import Outlook
from laag.home.plan.solver import Solver

Floats = NDArray[np.float64]

PAST_PTUS = 4 * 7 * 96
"""What a home looks back on: four weeks."""
NOON = time(12)
"""When the weather forecast of the next day is there."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What all homes of a street share: the clock, the weather, and how far a plan looks."""

    grid: PtuGrid
    zone: ZoneInfo
    calendar: Calendar
    outdoor_c: Known
    sun_w_m2: Known
    outdoor_forecast_c: Known | None
    sun_forecast_w_m2: Known | None
    place: Place | None
    horizon_ptus: int

    @classmethod
    def of(cls, street: Street, calendar: Calendar, horizon_ptus: int) -> World:
        """The world of a street; one that lives by Dutch time is taken to lie in the middle of the country."""

        def told(forecast: Profile | None) -> Known | None:
            return None if forecast is None else Known.published(forecast, street.zone, NOON)

        return cls(
            street.grid,
            street.zone,
            calendar,
            Known.measured(street.outdoor_c),
            Known.measured(street.sun_w_m2),
            told(street.outdoor_forecast_c),
            told(street.sun_forecast_w_m2),
            DE_BILT if street.zone == AMSTERDAM else None,
            horizon_ptus,
        )

    def diary(self, home: Home) -> Diary:
        """What a home measures and is told."""
        pv = home.pv_kw or Profile.flat(self.grid, 0.0, Unit.KW)
        return Diary(
            Known.measured(home.load_kw),
            Known.measured(pv),
            self.outdoor_c,
            self.sun_w_m2,
            self.sun_forecast_w_m2,
            self.outdoor_forecast_c,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """What one home did in a step: the same columns as ``Step``, for itself."""

    operated: operate.Operated
    orders: bid.HomeOrders | None
    announced_wh: Ints
    shortfalls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What a step asks of every home, in PTUs of the street's grid."""

    start: int
    stop: int
    announce: slice
    """The day whose market has just been cleared: what the first plan of the step expects of it is announced."""
    bid_for: slice | None
    """The day to order for when the step ends; ``None`` in the last."""


def gate_to_gate(
    world: World,
    home: Home,
    state: HomeState,
    board: Bulletin,
    row: int,
    work: Work,
    solver: Solver,
) -> Lived:
    """Live a stretch by the bulletin (``row`` is this home's), then plan ahead and order for the next day.

    Needs nothing but what the home itself measured and what the bulletin says; two calls with the same arguments give
    the same result, whatever the solver did in between.
    """
    start, stop = work.start, work.stop
    diary = world.diary(home)
    actual = operate.Actual(
        world.grid,
        world.calendar.quarter[: len(world.grid)],
        diary.load_kw.profile.values,
        diary.pv_kw.profile.values,
        world.outdoor_c.profile.values,
        world.sun_w_m2.profile.values,
        home.sessions,
    )

    def plan_at(ptu: int, held: HomeState, begun: tuple[EvSession, ...]) -> plan.Plan:
        return plan.cheapest(
            home.house, held, _outlook(world, home, diary, board, row, ptu, begun), solver=solver
        )

    begun = tuple(s for s in home.sessions if s.arrives <= start)
    day_plan = plan_at(start, state, begun)
    operated = operate.stretch(home.house, state, day_plan, actual, start, stop, plan_at)
    announced = wh(day_plan.connection_kw[_seen_from(start, work.announce)])
    if work.bid_for is None:
        return Lived(operated, None, announced, _said(home, operated))
    begun = tuple(s for s in home.sessions if s.arrives <= stop)
    expected = _outlook(world, home, diary, board, row, stop, begun)
    asked = _seen_from(stop, work.bid_for)
    prospect = _prospect(board, work.bid_for)
    plans = bid.plans(home.house, operated.state, expected, asked, prospect, solver=solver)
    share: Floats | float = 1.0
    if home.house.charger is not None:
        planned_kw = plans[0].ev_kw[asked]
        share = ordered_share(home.sessions, home.house.charger, planned_kw, stop, work.bid_for.start)
    orders = bid.orders(plans, home.house, asked, prospect, share)
    return Lived(operated, orders, announced, _said(home, operated))


def _prospect(board: Bulletin, asked: slice) -> bid.Prospect:
    """What the bulletin says of the market of the day that is bid for."""
    span = slice(asked.start - board.first, asked.stop - board.first)
    return bid.Prospect(
        board.margin_eur_per_kwh[span],
        board.above_eur_per_kwh[span],
        board.surprise_eur_per_kwh,
        board.vat,
        board.spread_eur_per_kwh,
    )


def _seen_from(now: int, span: slice) -> slice:
    return slice(span.start - now, span.stop - now)


def _outlook(
    world: World,
    home: Home,
    diary: Diary,
    board: Bulletin,
    row: int,
    now: int,
    begun: tuple[EvSession, ...],
) -> Outlook:
    """What the home expects at PTU ``now``, by what its diary says is known then."""
    past = diary.record(world.grid.window(0, now).end, PAST_PTUS)
    ahead = slice(now - board.first, min(now - board.first + world.horizon_ptus, len(board)))
    grid = world.grid.window(now, now + ahead.stop - ahead.start)
    more, less = board.change_prices(row, ahead)
    sun, outdoor = diary.weather(past.now, grid)
    stays: tuple[EvSession, ...] = ()
    if home.house.charger is not None:
        known = sessions_ahead(
            begun,
            home.habit,
            home.house.charger,
            world.grid,
            world.zone,
            now,
            now + len(grid),
            world.calendar,
        )
        stays = tuple(stay.shifted(-now) for stay in known)
    return forecast.outlook(
        home.house,
        past,
        world.calendar,
        grid,
        buy_eur_per_kwh=board.buy_eur_per_kwh[ahead],
        sell_eur_per_kwh=board.sell_eur_per_kwh[ahead],
        sessions=stays,
        position_kw=board.position_kw[row, ahead],
        more_eur_per_kwh=more,
        less_eur_per_kwh=less,
        sun_forecast_w_m2=sun,
        outdoor_forecast_c=outdoor,
        place=world.place,
    )


def _said(home: Home, operated: operate.Operated) -> tuple[str, ...]:
    return tuple(
        f"{home.house.name}|{s.kind}|{s.amount:.3f}|{s.unit}|{s.ptu}|{s.why}" for s in operated.shortfalls
    )


def together(lived: list[Lived], first: int) -> Step:
    """The step of a street from what its homes did, in the order of its members."""
    stretches = [one.operated for one in lived]

    def energy(name: str) -> Ints:
        return wh(np.stack([getattr(s, name) for s in stretches]))

    def level(name: str) -> Floats:
        return np.stack([getattr(s, name) for s in stretches])

    readings = Readings(
        first=first,
        load_wh=energy("load_kw"),
        pv_wh=-energy("pv_kw"),
        battery_wh=energy("battery_kw"),
        ev_wh=energy("ev_kw"),
        heat_pump_wh=energy("heat_pump_kw"),
        planned_wh=energy("planned_kw"),
        stored_kwh=level("stored_kwh"),
        ev_stored_kwh=level("ev_stored_kwh"),
        indoor_c=level("indoor_c"),
        silent=np.stack([s.estimated for s in stretches]).astype(np.int64),
    )
    return Step(
        readings,
        tuple(s.state for s in stretches),
        _all_orders([one.orders for one in lived if one.orders is not None]),
        np.stack([one.announced_wh for one in lived]),
        np.array([len(s.replanned) for s in stretches], np.int64),
        tuple(text for one in lived for text in one.shortfalls),
    )


def _all_orders(each: list[bid.HomeOrders]) -> DayOrders | None:
    """All orders of a day, member by member."""
    if not each:
        return None
    count = [len(orders) for orders in each]

    def column(name: str) -> Ints:
        return np.concatenate([getattr(orders, name) for orders in each])

    return DayOrders(
        np.repeat(np.arange(len(each)), count),
        column("device"),
        column("ptu"),
        column("side"),
        column("quantity_wh"),
        column("limit_ticks"),
    )
