"""What the measurements add up to: what the roof could give, and what nobody steers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.home.devices import Device
from laag.home.devices.wiring import Shares, Wiring
from laag.home.house import House
from laag.home.operate.heard import Heard
from laag.home.operate.memory import Memory
from laag.home.operate.row import Row
from laag.home.physics import NO_LIMIT

OBEYS_S = 15.0
"""After so long a device that still takes more than it was told is not obeying: the rest of it is load."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """One moment's measurements beside what was told and planned."""

    house: House
    heard: Heard
    memory: Memory
    row: Row | None
    now: datetime

    def sun_kw(self, least_kw: float) -> float:
        """What the roof gives, or could where it is turned down; zero where it is not measured apart."""
        if Device.PV not in self.heard.devices or self.house.pv is None:
            return 0.0
        gives_kw = max(self.heard.devices[Device.PV].kw, 0.0)
        told_kw = self.memory.told_kw.get(Device.PV, NO_LIMIT)
        if self.row is not None and gives_kw >= told_kw - least_kw:
            return max(gives_kw, self.row.sun_kw)
        return gives_kw

    def measured_rest_kw(self, devices: list[Device], disobeys_kw: float) -> tuple[float, ...]:
        """At the connection, and on each phase: what is measured there without what is steered."""
        steered = [
            (device, self._steered_kw(device, disobeys_kw))
            for device in (Device.PV, *(d for d in devices if d is not Device.PV))
            if device in self.heard.devices and (device is not Device.PV or self.house.pv is not None)
        ]
        rest = [self.heard.meter.kw - sum(kw for _, kw in steered)]
        if (wiring := self.house.wiring) is not None:
            phases = self.heard.phases_kw
            for phase in range(3):
                if phases is None:
                    rest.append(rest[0] * wiring.load[phase])
                else:
                    rest.append(phases[phase] - sum(_share(wiring, d)[phase] * kw for d, kw in steered))
        return tuple(rest)

    def expected_rest_kw(self) -> tuple[float, ...]:
        """With a silent meter: the plan's load or what was measured last, whichever is more."""
        expected = self.row.rest_kw if self.row is not None else 0.0
        if self.row is not None and self.house.pv is not None and Device.PV not in self.heard.devices:
            expected -= self.row.sun_kw
        last = self.memory.rest_kw or (expected,)
        rest = [max(expected, last[0])]
        if self.house.wiring is not None:
            phases = last[1:] or (expected / 3,) * 3
            rest += [
                max(expected * share, phase)
                for share, phase in zip(self.house.wiring.load, phases, strict=True)
            ]
        return tuple(rest)

    def _steered_kw(self, device: Device, disobeys_kw: float) -> float:
        """What of a device's power it takes because it was told to."""
        kw = self.heard.devices[device].kw
        if device is Device.PV:
            return -max(kw, 0.0)
        told, since = self.memory.told_kw.get(device), self.memory.told_at.get(device)
        if told is None or since is None or (self.now - since).total_seconds() < OBEYS_S:
            return kw
        return min(kw, told) if kw > told + disobeys_kw else kw


def _share(wiring: Wiring, device: Device) -> Shares:
    return {
        Device.PV: wiring.pv,
        Device.BATTERY: wiring.battery,
        Device.EV: wiring.car,
        Device.HEAT_PUMP: wiring.heat_pump,
        Device.WATER: wiring.water,
    }[device]
