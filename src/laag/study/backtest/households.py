"""Two households in the same home: one that says all there is to say, and one that says nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from laag.cycle.habits import sessions_ahead
from laag.home.defaults import Edition, Household, Measured, holding, usual_day
from laag.home.devices import Charger, EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.preferences import UsualDay, applied
from laag.home.preferences.effects.car import SPARE_SHARE
from laag.study.backtest.case import Case

AT_START_SHARE = 0.6
"""How full the car is at the start of the window."""
UNSEEN_SHARE = 0.60
"""How full a car should be of which nothing is known yet."""
UNSEEN_QUARTER = 30
"""When it is taken to leave: 07:30."""


@dataclass(frozen=True, slots=True)
class Trips:
    """A car that keeps its own count: it comes home with what it left with, less what it drove."""

    stays: tuple[EvSession, ...]
    """All there are, in PTUs of the case's grid; what each lacked on arrival is what the drive before it took."""

    def used_kwh(self, k: int) -> float:
        """The drive before this stay."""
        return max(self.stays[k].wanted_kwh - self.stays[k].stored_kwh, 0.0)

    def ended(self, now: int) -> tuple[EvSession, ...]:
        """The stays that are over, with what was driven before each."""
        return tuple(
            replace(stay, used_kwh=self.used_kwh(k))
            for k, stay in enumerate(self.stays)
            if stay.departs <= now
        )

    def present(self, now: int) -> int | None:
        """Which stay it is now."""
        return next((k for k, stay in enumerate(self.stays) if stay.present(now)), None)


class Resident(Protocol):
    """What a household tells, directly or through the public defaults."""

    def stay(self, case: Case, trips: Trips, k: int, now: int, usual: UsualDay | None) -> EvSession:
        """The stay that has begun, as it is reckoned with now."""

    def compiled(self, case: Case, now: int, ahead: Outlook, usual: UsualDay | None) -> tuple[House, Outlook]:
        """House and outlook with everything wished for in them."""


@dataclass(frozen=True, slots=True)
class SaysAll:
    """Tells on arrival when the car leaves, and wants back in it what it drove, as it really charged."""

    def stay(self, case: Case, trips: Trips, k: int, now: int, usual: UsualDay | None) -> EvSession:  # noqa: ARG002
        """As it will be."""
        return replace(trips.stays[k], wanted_kwh=AT_START_SHARE * _charger(case).capacity_kwh)

    def compiled(self, case: Case, now: int, ahead: Outlook, usual: UsualDay | None) -> tuple[House, Outlook]:  # noqa: ARG002
        """All of it is in the stays and the house already."""
        return case.house, ahead


@dataclass(frozen=True, slots=True)
class SaysNothing:
    """Tells nothing: public defaults, and what the meter and the car's past stays teach."""

    edition: Edition
    household: Household | None = None
    """``None``: recognised from its devices and its meter."""

    def stay(self, case: Case, trips: Trips, k: int, now: int, usual: UsualDay | None) -> EvSession:
        """Until the next time at which a car like this usually leaves; full enough for a usual day."""
        charger, stay = _charger(case), trips.stays[k]
        wanted = min(_usual_kwh(usual, charger) + SPARE_SHARE * charger.capacity_kwh, charger.capacity_kwh)
        return replace(stay, departs=_usually_leaves(case, max(now, stay.arrives), usual), wanted_kwh=wanted)

    def compiled(self, case: Case, now: int, ahead: Outlook, usual: UsualDay | None) -> tuple[House, Outlook]:
        """What the public defaults make of it."""
        past = slice(max(now - 28 * 96, 0), now)
        measured = Measured.of(case.load_kw[past], case.calendar.on(case.grid.window(past.start, now)))
        held = holding((), self.edition, case.house, household=self.household, measured=measured)
        done = applied(
            held.meant, case.house, case.calendar, ahead, usual_day=usual, weights=self.edition.weights
        )
        return done.house, done.outlook


def stays_ahead(
    case: Case, ended: tuple[EvSession, ...], here: EvSession | None, now: int, count: int, held: HomeState
) -> tuple[EvSession, ...]:
    """The stay that has begun and those that usually follow, each coming home with what the one before left with."""
    charger = _charger(case)
    begun = (*ended, here) if here is not None else ended
    ahead = sessions_ahead(begun, case.habit, charger, case.grid, case.zone, now, now + count, case.calendar)
    linked: list[EvSession] = []
    for stay in ahead:
        if stay.arrives <= now:
            linked.append(stay)
            continue
        drive = stay.wanted_kwh - stay.stored_kwh
        wanted = min(drive + SPARE_SHARE * charger.capacity_kwh, charger.capacity_kwh)
        comes_with = max(held.ev_stored_kwh - drive, 0.0)
        linked.append(
            replace(stay, stored_kwh=comes_with, wanted_kwh=wanted, used_kwh=drive if linked else None)
        )
    return tuple(stay.shifted(-now) for stay in linked)


def learnt(case: Case, trips: Trips, now: int) -> UsualDay | None:
    """What the stays that are over teach."""
    return usual_day(trips.ended(now), case.calendar)


def _usual_kwh(usual: UsualDay | None, charger: Charger) -> float:
    return usual.used_kwh if usual else (UNSEEN_SHARE - SPARE_SHARE) * charger.capacity_kwh


def _usually_leaves(case: Case, now: int, usual: UsualDay | None) -> int:
    """The next usual time of leaving that is not yet over."""
    quarter = case.calendar.quarter[now + 1 : now + 3 * 96]
    weekday = case.calendar.weekday[now + 1 : now + 3 * 96]
    by_day = usual.departs_quarter if usual else (None,) * 7
    leaves = np.array([UNSEEN_QUARTER if one is None else one for one in by_day])
    moments = np.flatnonzero(quarter == leaves[weekday])
    return now + 1 + int(moments[0]) if len(moments) else now + 96


def _charger(case: Case) -> Charger:
    assert case.house.charger is not None, "asked only of a home with a charger"
    return case.house.charger
