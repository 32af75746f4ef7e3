"""The same day planned for several courses of its prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laag.home.bid.prospect import Prospect
from laag.home.house import HomeState, House
from laag.home.ladder import Ladder
from laag.home.outlook import Floats, Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings


def plans(
    house: House,
    state: HomeState,
    outlook: Outlook,
    window: slice,
    prospect: Prospect,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
) -> tuple[Plan, ...]:
    """The plan for what is expected, then one for each course of the prices of ``window``.

    A home that can shift nothing, and a course without a surprise worth another plan, gets the expected plan again. A
    course says at which price something else is better: no binaries are spent on what that would be exactly.
    """
    expected = cheapest(house, state, outlook, solver=solver, settings=settings, ladder=ladder)
    relaxed = replace(settings, worth_a_search_eur=np.inf)
    return expected, *(
        cheapest(
            house,
            state,
            _dearer(outlook, window, shape, prospect.vat),
            solver=solver,
            settings=relaxed,
            ladder=ladder,
        )
        if shape.any() and _shifts(house)
        else expected
        for shape in prospect.shapes_eur_per_kwh
    )


def _shifts(house: House) -> bool:
    heated = house.building is not None and house.heat_pump is not None
    return heated or any(one is not None for one in (house.battery, house.charger, house.tank))


def _dearer(outlook: Outlook, window: slice, by_eur_per_kwh: Floats, vat: float) -> Outlook:
    buy, sell = outlook.buy_eur_per_kwh.copy(), outlook.sell_eur_per_kwh.copy()
    buy[window] += by_eur_per_kwh * vat
    sell[window] += by_eur_per_kwh
    return replace(outlook, buy_eur_per_kwh=buy, sell_eur_per_kwh=sell)
