"""One home from gate to gate: plan on what has just become known, live the day, bid for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laag.cycle.bulletin import Bulletin
from laag.cycle.charging import ordered_share
from laag.cycle.events import DayOrders, Readings, Step
from laag.cycle.grid_says import ORDER, as_kw
from laag.cycle.own_count import come_home
from laag.cycle.street import Home
from laag.cycle.wants import NEVER, Asks, Began, asks
from laag.cycle.world import Sight, World
from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer
from laag.foundation.series import wh
from laag.home import bid, flex, operate, plan
from laag.home.devices import EvSession, Job
from laag.home.house import HomeState, House
from laag.home.ladder import Claim, Ladder, Limit, shifted
from laag.home.outlook import Outlook
from laag.home.plan.solver import Solver

Floats = NDArray[np.float64]
Stays = tuple[EvSession, ...]
Question = tuple[House, HomeState, Outlook]
"""What a plan is asked: for which house, from which state, by which expectations."""


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """What one home did in a step: the same columns as ``Step``, for itself."""

    operated: operate.Operated
    orders: bid.HomeOrders | None
    announced_wh: Ints
    shortfalls: tuple[str, ...]
    began: Began
    """When each of its machines last began."""
    promised_kw: Floats | None = None
    """``(2, ptus)`` from now until the day that was cleared ends: what it holds itself to for what was ordered of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Intent:
    """What one home, or a street of them, is going to take from now until the day that was cleared ends."""

    wh: Ints
    """``(ptus,)``, or ``(homes, ptus)``."""
    promised_kw: Floats | None
    """``(2, ptus)``, or ``(2, homes, ptus)``: what it holds itself to for what was just ordered; ``None``: nothing was."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a step asks of every home, in PTUs of the street's grid."""

    start: int
    stop: int
    announce: slice
    """The day whose market has just been cleared: what the first plan of the step expects of it is announced."""
    bid_for: slice | None
    """The day to order for when the step ends; ``None`` in the last."""

    @property
    def looked_at(self) -> slice:
        """From now until the day that was cleared ends: the evening before it as well."""
        return slice(self.start, max(self.announce.stop, self.start))


def gate_to_gate(
    world: World,
    home: Home,
    state: HomeState,
    began: Began,
    board: Bulletin,
    row: int,
    work: Work,
    solver: Solver,
) -> Lived:
    """Live a stretch by the bulletin (``row`` is this home's), then plan ahead and order for the next day.

    ``began`` says when each of its machines last began.

    Needs nothing but what the home itself measured and what the bulletin says; two calls with the same arguments give
    the same result, whatever the solver did in between.
    """
    start, stop = work.start, work.stop
    sight = Sight(world, home, world.diary(home), board, row)
    asked = asks(home, world.calendar, start, began, sight.sun_w_m2)
    house, actual = home.house, world.actual(home)
    if asked is not None:
        house, actual = asked.lives_by(actual, sight.expected(start), stop)

    def plan_at(ptu: int, held: HomeState, _: Stays, jobs: tuple[Job, ...] = ()) -> plan.Plan:
        return plan.cheapest(*question(sight, asked, ptu, held, jobs), solver=solver)

    day_plan, promised = _with_orders(sight, asked, come_home(home, state, start), actual.jobs, work, solver)
    if promised is not None:
        sight = replace(sight, promised=(start, promised))
    actual = replace(actual, claims=_in_force(actual.claims, sight.claims(start, stop - start), start))
    operated = operate.stretch(house, state, day_plan, actual, start, stop, plan_at)
    if asked is not None:
        asked = asked.after(actual, operated)
        began = asked.began
    orders = None
    if work.bid_for is not None:
        then = question(sight, asked, stop, come_home(home, operated.state, stop))
        orders = day_orders(home, board, then, stop, work.bid_for, solver)
    announced = wh(day_plan.connection_kw[_seen_from(start, work.announce)])
    return Lived(operated, orders, announced, _said(home, operated), began, promised)


def _with_orders(
    sight: Sight,
    asked: Asks | None,
    held: HomeState,
    jobs: tuple[Job, ...],
    work: Work,
    solver: Solver,
) -> tuple[plan.Plan, Floats | None]:
    """The first plan, in which what was ordered of the home is delivered, and to what it holds itself for that."""
    house, held, ahead = question(sight, asked, work.start, held, jobs)
    said, span = sight.board.grid, work.looked_at
    if said is None:
        return plan.cheapest(house, held, ahead, solver=solver), None
    here = slice(span.start - said.first, span.stop - said.first)
    ordered = said.ordered_wh[sight.row, here]
    if not ordered.any():
        return plan.cheapest(house, held, ahead, solver=solver), None
    back = None if said.back_wh is None else said.back_wh[sight.row, here]
    seen = sight.world.grid.window(span.start, span.stop)
    made, claims = flex.kept(house, held, ahead, seen, ordered, solver=solver, source=ORDER, back_wh=back)
    return made, as_kw(claims, len(seen))


def _in_force(own: tuple[Claim, ...], of_grid: tuple[Limit, ...], start: int) -> tuple[Claim, ...]:
    """What holds while a stretch is lived, counted from the start of the street's grid; each once."""
    more = tuple(shifted(one, start) for one in of_grid)
    return (*own, *(one for one in more if one not in own))


def offered(
    world: World,
    home: Home,
    state: HomeState,
    began: Began,
    board: Bulletin,
    row: int,
    work: Work,
    wanted: Sequence[flex.Asked],
    solver: Solver,
) -> tuple[Offer, ...]:
    """What a home offers of what is looked at, from the very question that its first plan of the step answers."""
    sight = Sight(world, home, world.diary(home), board, row)
    asked, jobs = _at_first(sight, began, work)
    question_ = question(sight, asked, work.start, come_home(home, state, work.start), jobs)
    made = (flex.offer(*question_, one, solver=solver) for one in wanted)
    return tuple(one for one in made if one is not None)


def intended(
    world: World,
    home: Home,
    state: HomeState,
    began: Began,
    board: Bulletin,
    row: int,
    work: Work,
    solver: Solver,
) -> Intent:
    """What a home is going to do by the first plan of the step, with what is ordered of it and what limits it."""
    sight = Sight(world, home, world.diary(home), board, row)
    asked, jobs = _at_first(sight, began, work)
    made, promised = _with_orders(sight, asked, come_home(home, state, work.start), jobs, work, solver)
    return Intent(wh(made.connection_kw[_seen_from(work.start, work.looked_at)]), promised)


def intended_together(each: Sequence[Intent]) -> Intent:
    """Of a street, in the order of its members."""
    return Intent(np.stack([one.wh for one in each]), _all_promised([one.promised_kw for one in each]))


def _at_first(sight: Sight, began: Began, work: Work) -> tuple[Asks | None, tuple[Job, ...]]:
    """What the household asks of the first plan of the step, and the programmes it has to run."""
    asked = asks(sight.home, sight.world.calendar, work.start, began, sight.sun_w_m2)
    if asked is None:
        return None, ()
    _, actual = asked.lives_by(sight.world.actual(sight.home), sight.expected(work.start), work.stop)
    return asked, actual.jobs


def question(
    sight: Sight, asked: Asks | None, now: int, held: HomeState, jobs: tuple[Job, ...] | None = None
) -> Question:
    """What a plan made at PTU ``now`` is asked."""
    ahead = sight.expected(now)
    house, ahead = (sight.home.house, ahead) if asked is None else asked.into(ahead, held, jobs)
    return house, held, ahead


def day_orders(
    home: Home,
    board: Bulletin,
    asked: Question,
    now: int,
    bid_for: slice,
    solver: Solver,
    ladder: Ladder = Ladder(),  # noqa: B008 - a frozen value
) -> bid.HomeOrders:
    """The orders for a day, by what is known at PTU ``now``."""
    house, span = asked[0], _seen_from(now, bid_for)
    prospect = _prospect(board, bid_for)
    plans = bid.plans(*asked, span, prospect, solver=solver, ladder=ladder)
    share: Floats | float = 1.0
    if house.charger is not None:
        share = ordered_share(home.sessions, house.charger, plans[0].ev_kw[span], now, bid_for.start)
    return bid.orders(plans, house, span, prospect, share)


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


def _said(home: Home, operated: operate.Operated) -> tuple[str, ...]:
    return tuple(
        f"{home.house.name}|{s.kind}|{s.amount:.3f}|{s.unit}|{s.ptu}|{s.why}" for s in operated.shortfalls
    )


def together(lived: list[Lived], first: int) -> Step:
    """The step of a street from what its homes did, in the order of its members."""
    stretches = [one.operated for one in lived]

    def energy(name: str) -> Ints:
        return wh(np.stack([getattr(s, name) for s in stretches]))

    def together_wh(one: str, other: str) -> Ints:
        return wh(np.stack([getattr(s, one) + getattr(s, other) for s in stretches]))

    def level(name: str) -> Floats:
        return np.stack([getattr(s, name) for s in stretches])

    readings = Readings(
        first=first,
        load_wh=together_wh("load_kw", "appliance_kw"),
        pv_wh=-energy("pv_kw"),
        battery_wh=energy("battery_kw"),
        ev_wh=energy("ev_kw"),
        heat_pump_wh=together_wh("heat_pump_kw", "water_kw"),
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
        _all_began([one.began for one in lived]),
        _all_promised([one.promised_kw for one in lived]),
    )


def _all_promised(each: list[Floats | None]) -> Floats | None:
    """``(2, homes, ptus)``; ``None`` where nobody promised anything."""
    some = next((one for one in each if one is not None), None)
    if some is None:
        return None
    free = np.full_like(some, np.inf)
    return np.stack([free if one is None else one for one in each], axis=1)


def _all_began(each: list[Began]) -> Ints | None:
    """A row for every home, as long as the longest; ``None`` where there is no machine at all."""
    most = max(map(len, each), default=0)
    padded = [(*one, *(NEVER,) * (most - len(one))) for one in each]
    return np.array(padded, np.int64) if most else None


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
