"""The car's comings and goings: what it brings, and what it lacks when it leaves."""

from __future__ import annotations

from laag.home.devices import EvSession
from laag.home.ladder import Rung
from laag.home.plan.shortfall import Shortfall, of_stay

LITTLE_KWH = 1e-3
"""Less than this nobody misses."""


class Stays:
    """A day's stays as they begin and end; a stay is known once begun."""

    def __init__(self, sessions: tuple[EvSession, ...], start: int, capacity_kwh: float) -> None:
        self._sessions, self._capacity_kwh = sessions, capacity_kwh
        self._next = sum(1 for stay in sessions if stay.arrives < start)
        last = sessions[self._next - 1] if self._next else None
        self.here = last if last is not None and last.departs > start else None
        """The stay of the car that is there."""
        self.shortfalls: list[Shortfall] = []

    @property
    def begun(self) -> tuple[EvSession, ...]:
        """All that have begun by now."""
        return self._sessions[: self._next]

    def turn(self, ptu: int, in_car_kwh: float) -> float:
        """The car leaves or comes at the start of this PTU; what is in it then."""
        if self.here is not None and self.here.departs <= ptu:
            self._leaves(self.here, in_car_kwh)
        while self._next < len(self._sessions) and self._sessions[self._next].arrives <= ptu:
            stay = self._sessions[self._next]
            self._next += 1
            if stay.departs <= ptu:
                continue
            self.here = stay
            in_car_kwh = self._brings(stay, in_car_kwh)
        return in_car_kwh

    def end(self, stop: int, in_car_kwh: float) -> None:
        """Who leaves at the very end leaves with what it has."""
        if self.here is not None and self.here.departs <= stop:
            self._leaves(self.here, in_car_kwh)

    def _brings(self, stay: EvSession, left_with_kwh: float) -> float:
        """What the car comes with: as measured, or what it left with less what it used since."""
        if stay.used_kwh is None:
            return min(max(stay.stored_kwh, 0.0), self._capacity_kwh)
        left_kwh = left_with_kwh - stay.used_kwh
        if left_kwh < -LITTLE_KWH:
            why = f"the car used {-left_kwh:.1f} kWh more than it had; it charged on the road"
            self.shortfalls.append(Shortfall("ev", -left_kwh, "kWh", stay.arrives, why, Rung.COMFORT))
        return max(left_kwh, 0.0)

    def _leaves(self, stay: EvSession, in_car_kwh: float) -> None:
        """Note what the car lacks."""
        short = of_stay(stay, in_car_kwh, stay.departs - 1)
        if short is not None:
            self.shortfalls.append(short)
        self.here = None
