"""The stays of the car that a plan can go by, made out of whatever sessions it is given."""

from __future__ import annotations

from math import inf

from laag.home.devices import EvSession
from laag.home.house import HomeState, House


def stays_in(
    house: House, state: HomeState, sessions: tuple[EvSession, ...], count: int
) -> tuple[EvSession, ...]:
    """The stays that fall in the next ``count`` PTUs, in order, none overlapping, energies within the battery.

    A stay that began before holds what the car holds now.
    """
    if house.charger is None:
        return ()
    capacity = house.charger.capacity_kwh
    stays: list[EvSession] = []
    for session in sorted(sessions, key=lambda s: (s.arrives, s.departs)):
        arrives = max(session.arrives, 0, stays[-1].departs if stays else 0)
        if arrives >= min(session.departs, count):
            continue
        held = state.ev_stored_kwh if session.arrives < 0 else session.stored_kwh
        stays.append(
            EvSession(
                arrives,
                session.departs,
                _between(held, 0.0, capacity),
                _between(session.wanted_kwh, 0.0, capacity),
                _between(session.used_kwh, 0.0, inf) if stays and session.used_kwh is not None else None,
                most_kwh=session.most_kwh,
                least_kwh=_between(session.least_kwh, 0.0, capacity),
            )
        )
    return tuple(stays)


def _between(value: float, low: float, high: float) -> float:
    """The nearest value in the band; a missing one counts as the lowest."""
    return min(max(value, low), high) if value == value else low  # noqa: PLR0124 - nan differs from itself
