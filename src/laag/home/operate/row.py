"""The quarter-hour of the plan that a home follows now, and its own moment to turn to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from laag.home.devices import EvSession
from laag.home.house import House
from laag.home.operate.caution import Caution, drawn, within_an_hour
from laag.home.operate.heard import Heard, Patience
from laag.home.operate.in_force import InForce, Worth
from laag.home.physics import NO_LIMIT, Wish
from laag.home.plan import Plan

SAFE_SHARE = 0.8
"""Of its capacity a car is charged to that no plan knows of."""


@dataclass(frozen=True, slots=True)
class Row:
    """One PTU of a plan, all that is needed to live it."""

    begins: datetime
    made_at: datetime
    wish: Wish
    offtake_kw: float
    rest_kw: float
    """Load, without what the roof gives."""
    sun_kw: float
    prices: tuple[float, float, float]
    worth: Worth | None
    in_car_before_kwh: float
    in_car_kwh: float
    car_is_firm: bool
    rooms_are_firm: bool
    stay: EvSession | None
    left_ptus: int
    """Before the car leaves, this one not counted."""

    def is_of(self, other: Row) -> bool:
        """Whether both are the same quarter-hour of the same plan."""
        return (self.begins, self.made_at, self.wish) == (other.begins, other.made_at, other.wish)


@dataclass(frozen=True, slots=True)
class Following:
    """The row in force, when a newer one takes its place, and how often it turned around lately."""

    row: Row | None = None
    due: datetime | None = None
    begun: bool = False
    """Whether there ever was one: only the first is followed at once."""
    way: int = 0
    """Whether the last change was for more (1) or for less (-1)."""
    turns: tuple[datetime, ...] = ()

    def turned(
        self, newest: Row | None, now: datetime, secret: float, prices_s: float, caution: Caution
    ) -> Following:
        """The newest row (or none, where a plan has gone) at this home's own moment; at once where it says the same.

        Who turned around too often keeps what it did: of the newest row it takes what is true, not what is wanted.
        """
        row = self.row
        if newest is not None and (row is None or row.is_of(newest)) and (row is not None or not self.begun):
            return replace(self, row=newest, due=None, begun=True)
        if newest is None and row is None:
            return self
        due = self.due
        if due is None:
            due = now + timedelta(seconds=prices_s * drawn(secret, "row", now))
        if now < due:
            return replace(self, due=due)
        changed_kw = _total_kw(newest) - _total_kw(row)
        way = self.way
        turns = within_an_hour(self.turns, now)
        if row is not None and abs(changed_kw) >= caution.turns_from_kw:
            way = 1 if changed_kw > 0 else -1
            if way == -self.way:
                if len(turns) >= caution.reversals_per_hour:
                    return self._held(newest, due)
                turns = (*turns, now)
        return Following(newest, None, begun=True, way=way, turns=turns)

    def _held(self, newest: Row | None, due: datetime) -> Following:
        row = self.row
        if row is None or newest is None:
            return self
        kept = replace(
            newest, wish=row.wish, offtake_kw=row.offtake_kw, begins=row.begins, made_at=row.made_at
        )
        return replace(self, row=kept, due=due)

    def is_held(self, now: datetime) -> bool:
        """Whether a newer row is kept waiting for having turned around too often."""
        return self.due is not None and now >= self.due


def _total_kw(row: Row | None) -> float:
    """All that a row wants of devices; without a row nothing is wanted of them."""
    if row is None:
        return 0.0
    wish = row.wish
    return wish.battery_kw + wish.ev_kw + wish.heat_pump_kw + wish.water_kw


def row_of(plan: Plan | None, house: House, now: datetime, heard: Heard, patience: Patience) -> Row | None:
    """The plan's PTU that holds ``now``; ``None`` when there is none, or the plan is too old to be believed.

    While the neighbourhood is silent the last plan is followed, until it is as old as silence may be.
    """
    if plan is None or (now - plan.made_at).total_seconds() > patience.plan_s:
        return None
    at = plan.grid.index(now)
    if not 0 <= at < len(plan.grid):
        return None
    if heard.neighbourhood_age_s > patience.neighbourhood_s and (
        (now - plan.made_at).total_seconds() > patience.neighbourhood_s
    ):
        return None
    row = InForce(plan, house, 0, at + 1, since=at)
    stay = next((stay for stay in plan.sessions if stay.present(at)), None)
    return Row(
        plan.grid[at],
        plan.made_at,
        row.wish(0),
        row.offtake[0],
        row.load[0],
        float(plan.sun_kw[at]),
        row.prices[0],
        row.worth(0),
        float(plan.ev_stored_kwh[at - 1]) if at > 0 else NO_LIMIT,
        float(plan.ev_stored_kwh[at]),
        bool(row.car_is_firm and row.car_is_firm[0]),
        row.rooms_are_firm[0],
        stay,
        stay.departs - at - 1 if stay is not None else 0,
    )


def unplanned_stay(house: House, in_car_kwh: float) -> EvSession | None:
    """A car that no plan knows of is charged at once, until one does."""
    if house.charger is None:
        return None
    return EvSession(0, 1, in_car_kwh, SAFE_SHARE * house.charger.capacity_kwh)
