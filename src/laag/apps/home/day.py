"""The day of a home file: planned, and lived without a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from laag.adapters.homefile import Asked
from laag.apps.home.shares import Shares, part_of, shares
from laag.apps.home.unplanned import Unplanned, unplanned
from laag.foundation.words import Lang, Said
from laag.home.calendar import Calendar
from laag.home.defaults import By, Holding, holding
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Gap, Outlook, mended
from laag.home.physics import sound
from laag.home.plan import Plan, cheapest
from laag.home.plan.shortfall import Shortfall
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.preferences import Applied, Meant, SliderWeights, Why, Wished, applied
from laag.home.preferences.wishes import Aspect
from laag.home.reasons import Reasons, reasons
from laag.home.stays import stays_in


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What was asked, the plan that answers it, and the day of the same home without a plan."""

    asked: Asked
    house: House
    """As the wishes have it."""
    outlook: Outlook
    """As the wishes have it, with every hole filled."""
    meant: tuple[Meant[Wished], ...]
    """Every wish that holds, the household's own and those of the public default."""
    held: Holding | None
    """Which household it is taken for, and which default holds why; ``None``: no default does."""
    wished: Applied
    """What came of them."""
    gaps: tuple[Gap, ...]
    """Those holes."""
    state: HomeState
    """What the devices can hold of what they say."""
    plan: Plan
    reasons: Reasons
    unplanned: Unplanned
    settings: PlanSettings

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What could not be met; numbers that were missing or impossible are no shortfall but an assumption."""
        return tuple(short for short in self.plan.shortfalls if short.kind not in {"forecast", "state"})

    @property
    def gives_way(self) -> bool:
        """Whether a wish gave way to another, or to what a device can do, before anything was planned."""
        return bool(self.gave_way(Lang.EN))

    def gave_way(self, lang: Lang) -> tuple[str, ...]:
        """Each of them in a sentence."""
        remarks = (one.said for one in self.wished.remarks if one.why is not Why.STAND_IN)
        return (
            *(one.said.to(lang) for one in self.wished.contradictions),
            *(said.to(lang) for said in remarks),
            *(noted.said(lang) for noted in self.asked.noted if noted.unmet),
        )

    @property
    def called(self) -> dict[str, Said]:
        """What a claim's source is called: the wish behind it, in its own words."""
        return {one.source: one.called for one in self.meant}

    @property
    def left_eur(self) -> float:
        """What the plan leaves in battery, car, house and tank beyond what the day without a plan does, in what it will save."""
        return self.kept_eur(self.plan)

    def kept_eur(self, plan: Plan) -> float:
        """The same of another plan for this home, so that what two of them leave can be compared."""
        house, worth, outlook = self.house, self.settings, self.outlook
        left = self.unplanned.held
        low = house.comfort.low_c(outlook.quarter) if outlook.comfort_low_c is None else outlook.comfort_low_c
        kept = 0.0
        if house.battery is not None:
            more = _end(plan.stored_kwh, left.stored_kwh) - left.stored_kwh
            kept += more * worth.stored_at_end_eur_per_kwh(house.battery, outlook)
        if house.charger is not None and self.unplanned.car_here:
            more = _end(plan.ev_stored_kwh, left.ev_stored_kwh) - left.ev_stored_kwh
            kept += more * worth.charged_at_end_eur_per_kwh(house.charger, outlook)
        more = _end(plan.indoor_c, left.indoor_c) - left.indoor_c
        kept += more * worth.warmth_at_end_eur_per_k(house, outlook, low)
        if house.tank is not None:
            more = _end(plan.tank_c, left.tank_c) - left.tank_c
            kept += more * worth.water_at_end_eur_per_k(house, house.tank, outlook)
        return kept

    @property
    def gain_eur(self) -> float:
        """What planning is worth: what is not paid, and what is left."""
        return self.unplanned.cost_eur - self.plan.cost_eur + self.left_eur

    def local(self, ptu: int) -> datetime:
        """When this PTU begins, by the clock on the wall; also the end of the last."""
        return self.outlook.grid.window(ptu, ptu).start.astimezone(self.asked.zone)

    @property
    def shares(self) -> Shares:
        """Where all that is used in the house comes from at that moment."""
        return shares(self.plan)

    @property
    def leaving_share(self) -> Floats:
        """Which share of all that roof, battery and car give leaves the house at that moment."""
        given = self.plan.pv_kw + np.maximum(-self.plan.battery_kw, 0.0) + np.maximum(-self.plan.ev_kw, 0.0)
        return part_of(np.maximum(-self.plan.connection_kw, 0.0), given)


def planned(asked: Asked, solver: Solver) -> Day:
    """Plan the day that a file asks for."""
    held = holding_of(asked)
    meant = held.meant if held is not None else tuple(Meant(wish) for wish in asked.wishes)
    wished = applied(
        meant,
        asked.house,
        Calendar.of(asked.outlook.grid, asked.zone),
        asked.outlook,
        signals=asked.signals,
        usual_day=asked.usual_day,
        state=asked.state,
        begun=asked.begun,
        weights=asked.edition.weights if asked.edition is not None else SliderWeights(),
    )
    house = wished.house
    settings = PlanSettings(keep_stored=asked.keep_stored)
    plan = cheapest(house, asked.state, wished.outlook, solver=solver, settings=settings, ladder=asked.ladder)
    outlook, gaps = mended(wished.outlook)
    state, _ = sound(house, asked.state)
    stays = stays_in(house, state, outlook.sessions, len(outlook.grid))
    return Day(
        asked=asked,
        house=house,
        outlook=outlook,
        meant=meant,
        held=held,
        wished=wished,
        gaps=gaps,
        state=state,
        plan=plan,
        reasons=reasons(plan, house, outlook, street_kw=asked.street_kw),
        unplanned=unplanned(house, state, outlook, stays),
        settings=settings,
    )


def holding_of(asked: Asked) -> Holding | None:
    """The household's wishes and the public defaults about what neither they nor the file itself settle."""
    if asked.edition is None:
        return None
    held = holding(asked.wishes, asked.edition, asked.house, household=asked.household)
    settled = asked.spoken

    def open_(about: tuple[Aspect, str], *, default: bool) -> bool:
        return not (default and about[0] in settled)

    return replace(
        held,
        meant=tuple(one for one in held.meant if open_(one.wish.about, default=bool(one.default))),
        rows=tuple(row for row in held.rows if open_(row.about, default=row.by is By.DEFAULT)),
    )


def _end(level: Floats, otherwise: float) -> float:
    """What is held at the end, where that is known."""
    return float(level[-1]) if len(level) and np.isfinite(level[-1]) else otherwise
