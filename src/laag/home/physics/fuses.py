"""The connection and its phases: who feeds which, and how much must give way."""

from __future__ import annotations

from laag.home.devices.wiring import Wiring
from laag.home.house import House

LOAD, RUNNING, SUN, BATTERY, CAR, ROOMS, WATER, ELEMENT = range(8)
"""Where each power stands in a list of them; sun counts as given, so negative. Water is by the heat pump."""
A_HAIR_KW = 1e-9


class Fuses:
    """What the connection and each of its phases carry at most, both ways."""

    def __init__(self, house: House) -> None:
        self.low = [-house.export_max_kw]
        self.high = [house.import_max_kw]
        self.share = [[1.0] * 8]
        self.fixed = [0.0]
        """What each carries besides the powers in the list, where that was measured."""
        if (wiring := house.wiring) is not None:
            for phase in range(3):
                self.low.append(-wiring.phase_max_kw)
                self.high.append(wiring.phase_max_kw)
                self.share.append([shares[phase] for shares in _in_order(wiring)])
                self.fixed.append(0.0)

    def over_kw(self, kw: list[float], device: int) -> float:
        """How much less this device must take for all the fuses that it feeds from; zero when none is too full."""
        return self._needed(kw, device, 1.0)

    def under_kw(self, kw: list[float], device: int) -> float:
        """How much more this device must take (or less give) for all that it feeds into."""
        return self._needed(kw, device, -1.0)

    def carried_kw(self, kw: list[float]) -> list[float]:
        """What the connection carries, and then each phase."""
        return [fixed + _carried(share, kw) for fixed, share in zip(self.fixed, self.share, strict=True)]

    def spare_kw(self, kw: list[float], device: int, way: float) -> float:
        """How far this device may go up (``way`` +1) or down (-1) before another fuse is too full."""
        least = float("inf")
        for low, high, share, fixed in zip(self.low, self.high, self.share, self.fixed, strict=True):
            if share[device] > 0:
                carried = fixed + _carried(share, kw)
                room = high - carried if way > 0 else carried - low
                least = min(least, max(room, 0.0) / share[device])
        return least

    def _needed(self, kw: list[float], device: int, way: float) -> float:
        most = 0.0
        for low, high, share, fixed in zip(self.low, self.high, self.share, self.fixed, strict=True):
            if share[device] > 0:
                carried = fixed + _carried(share, kw)
                beyond = carried - high if way > 0 else low - carried
                most = max(most, beyond / share[device])
        return most if most > A_HAIR_KW else 0.0


def _in_order(wiring: Wiring) -> tuple[tuple[float, float, float], ...]:
    """The shares of each power in the order of the list; the heat pump makes hot water on its own phases."""
    return (
        wiring.load,
        wiring.appliances,
        wiring.pv,
        wiring.battery,
        wiring.car,
        wiring.heat_pump,
        wiring.heat_pump,
        wiring.water,
    )


def _carried(share: list[float], kw: list[float]) -> float:
    return sum(part * power for part, power in zip(share, kw, strict=True))
