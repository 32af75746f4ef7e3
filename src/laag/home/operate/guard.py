"""What no wish goes beyond: claimed limits, the connection and its phases, with what was measured there lately."""

from __future__ import annotations

from laag.home.devices.car import PHASE_VOLTS
from laag.home.house import House
from laag.home.operate.bounds import Bounds
from laag.home.operate.instruct import Because, Why
from laag.home.operate.pace import in_amperes
from laag.home.physics import Around, Held, WholePhysics
from laag.home.physics.fuses import CAR

SAME_KW = 1e-6
HEADROOM_KW = 0.1
"""Who gives way gives way this much further, so that the next flicker of a lamp asks nothing more."""


class Guard:
    """One step's fuses; powers are lists in the order of :mod:`laag.home.physics.fuses`.

    Inwards the most that was measured lately counts, outwards the least, each fading: who gave way for a kettle does not
    come back between two of its clicks.
    """

    def __init__(
        self,
        house: House,
        physics: WholePhysics,
        bounds: Bounds,
        share: float,
        highest_kw: tuple[float, ...],
        lowest_kw: tuple[float, ...],
    ) -> None:
        self.house, self.physics, self.fuses = house, physics, physics.fuses
        self.highest, self.lowest = list(highest_kw), list(lowest_kw)
        self.fuses.high = [high * share for high in self.fuses.high]
        self.fuses.low = [low * share for low in self.fuses.low]
        self.claimed = (
            bounds.must_import_kw < self.fuses.high[0],
            -bounds.must_export_kw > self.fuses.low[0],
        )
        self.fuses.high[0] = min(self.fuses.high[0], bounds.must_import_kw)
        self.fuses.low[0] = max(self.fuses.low[0], -bounds.must_export_kw)

    def safe(self, wanted: list[float], held: Held, around: Around) -> list[float]:
        """What is left of what is wanted, the car's in whole amperes."""
        kw = list(wanted)
        charge_max, discharge_max = self.physics.battery_limits(held.stored_kwh)
        beyond = self._beyond(kw)
        self.fuses.fixed = [kw + HEADROOM_KW for kw in self.highest] if beyond is not None else self.highest
        self.physics.give_way(kw, held, around, discharge_max)
        self.fuses.fixed = self.lowest
        self.physics.take_in(kw, charge_max)
        if self.house.charger is not None and kw[CAR]:
            found = kw[CAR]
            kw[CAR] = in_amperes(found, self.house.charger, at_most=found < wanted[CAR] - SAME_KW)
            self.fuses.fixed = self.highest
            if kw[CAR] > found and self.fuses.over_kw(kw, CAR):
                kw[CAR] = in_amperes(found, self.house.charger, at_most=True)
        return kw

    def leave(self, kw: list[float], place: int, last_kw: float | None, least_kw: float) -> None:
        """At a fuse as anywhere: what was told holds while it differs little and every fuse bears it."""
        found = kw[place]
        if last_kw is None or abs(last_kw - found) >= least_kw:
            return
        kw[place] = last_kw
        if self._beyond(kw) is not None:
            kw[place] = found

    def too_full(self, kw: list[float]) -> Because | None:
        """The first that would carry too much, with its numbers."""
        if (beyond := self._beyond(kw)) is None:
            return None
        line, carried, inwards = beyond
        most = self.fuses.high[line] if inwards else -self.fuses.low[line]
        if line:
            amps = 1000 / PHASE_VOLTS
            numbers = {"phase_count": line, "carried_a": abs(carried) * amps, "most_a": most * amps}
            return Because(Why.PHASE, numbers)
        claimed = self.claimed[0 if inwards else 1]
        return Because(Why.LIMIT if claimed else Why.FUSE, {"carried_kw": abs(carried), "most_kw": most})

    def _beyond(self, kw: list[float]) -> tuple[int, float, bool] | None:
        """The first line that carries too much, how much, and whether it does so inwards."""
        self.fuses.fixed = self.highest
        for line, carried in enumerate(self.fuses.carried_kw(kw)):
            if carried > self.fuses.high[line] + SAME_KW:
                return line, carried, True
        self.fuses.fixed = self.lowest
        for line, carried in enumerate(self.fuses.carried_kw(kw)):
            if carried < self.fuses.low[line] - SAME_KW:
                return line, carried, False
        return None
