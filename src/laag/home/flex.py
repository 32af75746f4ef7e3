"""What a home could take less or more when the grid operator asks: its own day planned again, and what that costs it.

The connection is held so many kW lower (or higher) in the asked quarter-hours, by limits on the rung of what the grid
would like: comfort and whatever else stands above it is never sold, only what the household left to the price. What the
other day costs more is what is asked; where it differs elsewhere is what comes back. The plans stay at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, isnan

import numpy as np

from laag.foundation.contracts import NO_LIMIT_WH
from laag.foundation.flex import Offer, Rebound, Step
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.foundation.series import wh
from laag.home.house import HomeState, House
from laag.home.ladder import Ladder, Limit, On, Rung
from laag.home.outlook import Floats, Ints, Outlook
from laag.home.plan.cheapest import weighed
from laag.home.plan.day import Plan
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

STEPS_KW = (0.5, 1.0, 2.0, 4.0, 8.0)
"""How much lower or higher the connection is tried, one after the other."""
WORTH_OFFERING_WH = 50
"""In a step, over all PTUs; less is not worth a line."""
WORTH_SAYING_WH = 2
"""Of what comes back, in a PTU."""
ALIKE = 1e-4
"""kWh or kelvin hours: a rung that misses no more than this more misses the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: less (or more) in some PTUs of a grid, until when an offer can be ordered."""

    id: str
    grid: PtuGrid
    ptus: tuple[int, ...]
    less: bool = True
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What the household chose: whether its home may offer at all, how much, and from which price."""

    gives: bool = True
    most_kw: float = float("inf")
    least_eur_per_kwh: float = 0.0
    """On top of nothing: a step never asks less than it costs, whatever this says."""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A day with the connection held by so many kW."""

    less_wh: Ints
    """In the asked PTUs, and no more than asked; >= 0 whichever way was asked."""
    comes_back_wh: Ints
    """More taken, in every PTU of the outlook, where it is no part of ``less_wh``."""
    costs_eur: float


def offer(
    house: House,
    state: HomeState,
    outlook: Outlook,
    asked: Asked,
    *,
    solver: Solver,
    consent: Consent = Consent(),
    settings: PlanSettings = PlanSettings(),  # noqa: B008
    ladder: Ladder = Ladder(),  # noqa: B008
    steps_kw: Sequence[float] = STEPS_KW,
    announced_kw: Floats | None = None,
) -> Offer | None:
    """A home's offer, ``None`` where it has nothing to give or its household will not.

    ``announced_kw`` per PTU of the outlook is what others believe that it takes, ``nan`` where they do not: less (or more)
    is then less than that. Without it, less than it plans.

    A step costs what the day costs more than with the step before, and every step holds together with those before it:
    a home whose devices can do things by halves delivers any share of them at that share of the cost. Where a device
    cannot (a car's 6 A, a programme), a step goes as a whole.
    """
    at = [ptu + outlook.grid.index(asked.grid.start) for ptu in asked.ptus]
    at = [i for i in at if 0 <= i < len(outlook.grid)]
    if not consent.gives or not at or len(at) < len(asked.ptus):
        return None

    def planned(claims: tuple[Limit, ...]) -> tuple[Plan, float]:
        asks = replace(outlook, claims=(*outlook.claims, *claims))
        return weighed(house, state, asks, solver=solver, settings=settings, ladder=ladder)

    usual, weighs = planned(())
    if isnan(weighs):
        return None
    usual_kw = believed_kw(usual.connection_kw, at, announced_kw)
    held: list[_Held] = []
    for kw in sorted(min(kw, consent.most_kw) for kw in steps_kw if kw > 0):
        other, costs = planned(limits(usual_kw, at, kw, less=asked.less, source=f"flex:{asked.id}"))
        if isnan(costs) or gives_up_more(usual, other, ladder):
            break
        day = _compared(usual_kw, other, at, kw, costs - weighs, way=1 if asked.less else -1)
        if held and int(day.less_wh.sum() - held[-1].less_wh.sum()) < WORTH_OFFERING_WH:
            break
        held.append(day)
    steps = tuple(_steps(held, asked, at, consent))
    if not steps:
        return None
    least = 1.0 if _by_halves_only(house, outlook) else 0.0
    return Offer(
        f"{house.name}:{asked.id}",
        house.name,
        min(asked.ptus),
        steps,
        together=True,
        least_share=least,
        expires=asked.expires,
    )


def believed_kw(planned_kw: Floats, at: Sequence[int], announced_kw: Floats | None) -> Floats:
    """What the home would take, seen by who was told something of it: as announced in these PTUs, else as planned.

    >>> believed_kw(np.array([1.0, 2.0]), [0, 1], np.array([0.5, np.nan])).tolist()
    [0.5, 2.0]
    """
    if announced_kw is None:
        return planned_kw
    seen = planned_kw.copy()
    there = [i for i in at if np.isfinite(announced_kw[i])]
    seen[there] = announced_kw[there]
    return seen


def limits(
    connection_kw: Floats, at: Sequence[int], kw: Floats | float, *, less: bool, source: str
) -> tuple[Limit, ...]:
    """The connection so many kW below (or above) what it was going to take, PTU by PTU.

    >>> [one.max_kw for one in limits(np.array([1.0, 0.3]), [0, 1], 0.5, less=True, source="flex:1")]
    [0.5, -0.2]
    """
    down = np.broadcast_to(kw, (len(at),)).tolist()
    sign, on = (1.0, On.IMPORT) if less else (-1.0, On.EXPORT)
    return tuple(
        Limit(Rung.GRID_MARGIN, on, i, i + 1, sign * float(connection_kw[i]) - by, source, promised=True)
        for i, by in zip(at, down, strict=True)
    )


def kept(
    house: House,
    state: HomeState,
    outlook: Outlook,
    grid: PtuGrid,
    ordered_wh: Ints,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
    source: str = "flex:order",
    announced_kw: Floats | None = None,
    back_wh: Ints | None = None,
) -> tuple[Plan, tuple[Limit, ...]]:
    """The day in which what was ordered (less +, more -; per PTU of ``grid``) is delivered, and the limits that make it so.

    From the same state and outlook as the offer: the limits hold against what the home was going to take then (or against
    what it announced, as the offer), and stay in force as they are, however often it plans again. ``back_wh`` says where what
    comes back is promised too: no more is taken there than that, and so much; ``NO_LIMIT_WH`` leaves a PTU free.
    """
    usual, _ = weighed(house, state, outlook, solver=solver, settings=settings, ladder=ladder)
    off = outlook.grid.index(grid.start)
    claims: tuple[Limit, ...] = ()
    for less in (True, False):
        ptus = np.flatnonzero(ordered_wh > 0 if less else ordered_wh < 0)
        ptus = ptus[(ptus + off >= 0) & (ptus + off < len(outlook.grid))]
        by_kw, at = np.abs(ordered_wh[ptus]) / (1000 * PTU_HOURS), (ptus + off).tolist()
        seen_kw = believed_kw(usual.connection_kw, at, announced_kw)
        claims += limits(seen_kw, at, by_kw, less=less, source=source)
    if back_wh is not None:
        ptus = np.flatnonzero((ordered_wh == 0) & (back_wh < NO_LIMIT_WH))
        at, by_kw = (ptus + off).tolist(), -back_wh[ptus] / (1000 * PTU_HOURS)
        seen_kw = believed_kw(usual.connection_kw, at, announced_kw)
        claims += limits(seen_kw, at, by_kw, less=True, source=source)
    bound = replace(outlook, claims=(*outlook.claims, *claims))
    return weighed(house, state, bound, solver=solver, settings=settings, ladder=ladder)[0], claims


def gives_up_more(usual: Plan, other: Plan, ladder: Ladder, asks: Rung = Rung.GRID_MARGIN) -> bool:
    """Whether a rung above the one that asks misses more than it does anyway."""
    before = {one.rung: one.amount for one in usual.missed}
    above = ladder.order[: ladder.place(asks)]
    return any(one.rung in above and one.amount > before.get(one.rung, 0.0) + ALIKE for one in other.missed)


def _compared(
    usual_kw: Floats, other: Plan, at: list[int], kw: float, costs_eur: float, *, way: int
) -> _Held:
    moved = way * (usual_kw - other.connection_kw)
    given = np.zeros(len(moved))
    given[at] = np.clip(moved[at], 0.0, kw)
    less_wh = np.floor(given[at] * 1000 * PTU_HOURS + 1e-3).astype(np.int64)
    return _Held(less_wh, way * wh(given - moved), max(costs_eur, 0.0))


def _steps(held: list[_Held], asked: Asked, at: list[int], consent: Consent) -> Iterator[Step]:
    """What each day gives, and costs, beyond the one before it; never more than every later one still gives."""
    for lower, higher in zip(held[-2::-1], held[:0:-1], strict=True):
        np.minimum(lower.less_wh, higher.less_wh, out=lower.less_wh)
    first, off = min(asked.ptus), at[0] - asked.ptus[0]
    way = 1 if asked.less else -1
    before_wh = np.zeros(len(at), np.int64)
    back_before: Ints | None = None
    paid_units = wanted_units = 0
    for one in held:
        more_wh = one.less_wh - before_wh
        moved = int(more_wh.sum())
        if moved < WORTH_OFFERING_WH:
            continue
        back = one.comes_back_wh if back_before is None else one.comes_back_wh - back_before
        wanted_units = max(ceil(one.costs_eur * UNITS_PER_EUR), wanted_units)
        floor = ceil(consent.least_eur_per_kwh * 100_000)
        ticks = max(-(-(wanted_units - paid_units) // moved), floor, 0)
        paid_units += ticks * moved
        laid = np.zeros(max(asked.ptus) - first + 1, np.int64)
        laid[np.array(asked.ptus) - first] = way * more_wh
        rebound = tuple(
            Rebound(int(i) - off, int(back[i])) for i in np.flatnonzero(np.abs(back) >= WORTH_SAYING_WH)
        )
        yield Step(tuple(laid.tolist()), int(ticks), rebound)
        before_wh, back_before = one.less_wh, one.comes_back_wh


def _by_halves_only(house: House, outlook: Outlook) -> bool:
    """Whether something in the home is on or off."""
    charger, pump = house.charger, house.heat_pump
    return (
        (charger is not None and charger.min_kw > 0)
        or (pump is not None and (pump.min_kw > 0 or pump.min_run_ptus > 1))
        or bool(outlook.jobs)
    )
