"""The cheapest day, and what a kWh in the battery is worth when it may turn out otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laag.home.house import HomeState, House
from laag.home.ladder import Ladder
from laag.home.outlook import Outlook
from laag.home.plan.cheapest import cheapest
from laag.home.plan.day import Plan
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

OTHERWISE = ((0.6, 1.35), (1.4, 0.65))
"""Days with so many times the expected load, and the expected sun."""


def hedged(
    house: House,
    state: HomeState,
    outlook: Outlook,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
) -> Plan:
    """The plan of ``cheapest``, with the battery's ``kept_eur_per_kwh`` the mean over three courses of the day.

    One plan is sure of its day: a kWh stored is worth the evening's price as long as it expects to run empty, and next
    to nothing as soon as it expects to be filled by the sun. What is decided from moment to moment goes better by a
    worth between the two. Two more plans; a home without a battery needs none.
    """
    expected = cheapest(house, state, outlook, solver=solver, settings=settings, ladder=ladder)
    if house.battery is None:
        return expected
    relaxed = replace(settings, worth_a_search_eur=np.inf)
    others = (
        cheapest(
            house,
            state,
            replace(outlook, load_kw=load * outlook.load_kw, pv_kw=sun * outlook.pv_kw),
            solver=solver,
            settings=relaxed,
            ladder=ladder,
        )
        for load, sun in OTHERWISE
    )
    worths = [plan.stored_eur_per_kwh for plan in (expected, *others)]
    return replace(expected, kept_eur_per_kwh=np.mean(worths, axis=0))
