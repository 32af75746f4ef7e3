"""What a home would do at another price: its own day planned again with a premium on the next quarter-hours.

Above zero a kWh less is worth that much more than its own price, below zero a kWh more. What comes back later it pays at its
own prices, so its planner has that in the balance already; comfort and whatever else stands above money is never moved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.foundation.series import wh
from laag.home.flex import Consent, gives_up_more
from laag.home.house import HomeState, House
from laag.home.ladder import Ladder, Rung
from laag.home.outlook import Floats, Ints, Outlook
from laag.home.plan.cheapest import weighed
from laag.home.plan.day import Plan
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """The day as it was going to be, and the day at the premium; what the second costs the home more at its own prices."""

    usual: Plan
    other: Plan
    asked_eur: float

    @property
    def less_wh(self) -> Ints:
        """Per quarter-hour: less taken (+) or more (-); what comes back stands in it too."""
        return wh(self.usual.connection_kw - self.other.connection_kw)

    def asked_now_eur(self) -> float:
        """Of what it costs, the part of the first quarter-hour: by its share of all that moves the way the premium asks."""
        moved = self.usual.connection_kw - self.other.connection_kw
        way = np.sign(moved[0])
        all_of_it = float(np.maximum(moved * way, 0.0).sum())
        return self.asked_eur * float(abs(moved[0])) / all_of_it if all_of_it > 0 else 0.0


def at_premium(
    house: House,
    state: HomeState,
    outlook: Outlook,
    premium_eur_per_kwh: Floats,
    *,
    solver: Solver,
    consent: Consent = Consent(),  # noqa: B008 - a frozen value
    settings: PlanSettings = PlanSettings(),  # noqa: B008
    ladder: Ladder = Ladder(),  # noqa: B008
    going_to: tuple[Plan, float] | None = None,
) -> Moved | None:
    """``None`` where it would do nothing else, or its household does not want to.

    ``premium_eur_per_kwh`` begins with the outlook's first quarter-hour and may be shorter than it; ``going_to`` is the day
    without it and what that weighs, where it has been planned already.
    """
    premium = np.zeros(len(outlook.grid))
    told = premium_eur_per_kwh[: len(premium)]
    premium[: len(told)] = np.where(np.abs(told) >= consent.least_eur_per_kwh, told, 0.0)
    if not consent.gives or not premium.any():
        return None

    def planned(asks: Outlook) -> tuple[Plan, float]:
        return weighed(house, state, asks, solver=solver, settings=settings, ladder=ladder)

    usual, weighs = planned(outlook) if going_to is None else going_to
    tempting = replace(
        outlook,
        buy_eur_per_kwh=outlook.buy_eur_per_kwh + premium,
        sell_eur_per_kwh=outlook.sell_eur_per_kwh + premium,
    )
    other, tempted = planned(tempting)
    if np.isnan(weighs) or np.isnan(tempted) or gives_up_more(usual, other, ladder, Rung.MARKET):
        return None
    costs = tempted - float(premium @ other.connection_kw) * PTU_HOURS - weighs
    moved = Moved(usual, other, max(costs, 0.0))
    return moved if np.abs(moved.less_wh).any() else None
