"""A car that keeps its own count: it comes back with what it left with, less what the drive took.

So it is in every home that anybody spoke for. A wish that the car leaves with less than was measured would otherwise be
paid back in kWh from nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from laag.cycle.street import Home
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession
from laag.home.house import HomeState


def begins_with(home: Home, at: int) -> HomeState:
    """What a home holds before its first step: a car that keeps its own count has to have something to count from.

    One that is there charged at once from its arrival; one that is away left with what it should have.
    """
    charger = home.house.charger
    if home.wants is None or charger is None or not home.sessions or home.start.ev_stored_kwh > 0:
        return home.start
    last = next((stay for stay in reversed(home.sessions) if stay.arrives < at), home.sessions[0])
    kwh = last.wanted_kwh
    if last.arrives < at < last.departs:
        hours = (at - last.arrives) * PTU_HOURS
        kwh = min(kwh, last.stored_kwh + hours * charger.max_kw * charger.efficiency)
    return replace(home.start, ev_stored_kwh=kwh)


def come_home(home: Home, state: HomeState, now: int) -> HomeState:
    """What a home holds at PTU ``now``, when a car that keeps its own count and comes then has come."""
    comes = next((stay for stay in home.sessions if stay.arrives == now), None)
    if home.wants is None or comes is None:
        return state
    return replace(state, ev_stored_kwh=max(state.ev_stored_kwh - _drive_kwh(comes), 0.0))


def counted(sessions: tuple[EvSession, ...]) -> tuple[EvSession, ...]:
    """The same stays, each with what the drive before it took: what it lacked on arrival."""
    return tuple(replace(stay, used_kwh=_drive_kwh(stay)) for stay in sessions)


def linked(stays: tuple[EvSession, ...], held: HomeState) -> tuple[EvSession, ...]:
    """The stay that has begun, with what the car holds now, and later ones, each with what its drive leaves."""
    chain: list[EvSession] = []
    for stay in stays:
        drive_kwh = 0.0 if stay.arrives <= 0 else _drive_kwh(stay)
        comes_with = max(held.ev_stored_kwh - drive_kwh, 0.0)
        chain.append(replace(stay, stored_kwh=comes_with, used_kwh=drive_kwh if chain else None))
    return tuple(chain)


def _drive_kwh(stay: EvSession) -> float:
    return max(stay.wanted_kwh - stay.stored_kwh, 0.0)
