"""From what a home knows to the plan it follows and the orders it sends."""

from __future__ import annotations

from dataclasses import dataclass

from laag.cycle.agent import day_orders, question
from laag.cycle.bulletin import Bulletin
from laag.cycle.living.knowledge import Knowledge, sight
from laag.cycle.wants import Asks, asks
from laag.cycle.world import Sight
from laag.home import bid
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import Plan, hedged
from laag.home.plan.solver import Solver


@dataclass(frozen=True, slots=True, eq=False)
class Thought:
    """A plan, and all that it was asked."""

    known: Knowledge
    board: Bulletin
    seen: Sight
    wants: Asks | None
    """What holds in the home; ``None`` where nobody spoke for it."""
    house: House
    """As the wishes have it."""
    state: HomeState
    outlook: Outlook
    plan: Plan


def think(
    known: Knowledge, board: Bulletin, held: HomeState, horizon_ptus: int, *, solver: Solver
) -> Thought:
    """Plan from now on; the same knowledge gives the same plan, in a simulation as in a home that is there.

    ``board`` holds this home's own positions only.
    """
    seen = sight(known, board, horizon_ptus)
    wants = asks(seen.home, seen.world.calendar, known.now, known.began, seen.sun_w_m2)
    house, state, outlook = question(seen, wants, known.now, held)
    plan = hedged(house, state, outlook, solver=solver, ladder=known.ladder)
    return Thought(known, board, seen, wants, house, state, outlook, plan)


def orders_for(thought: Thought, bid_for: slice, *, solver: Solver) -> bid.HomeOrders:
    """The orders for a day, in quarter-hours of the known past's grid, by what was thought last."""
    asked = thought.house, thought.state, thought.outlook
    known = thought.known
    return day_orders(thought.seen.home, thought.board, asked, known.now, bid_for, solver, known.ladder)
