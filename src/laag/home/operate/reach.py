"""How far each device of a home can go at this moment, where it stands, and what is worth telling it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from laag.home.devices import Device
from laag.home.devices.car import LEAST_AMPS, PHASE_VOLTS
from laag.home.house import House
from laag.home.operate.guard import SAME_KW
from laag.home.operate.heard import NEVER, Heard
from laag.home.operate.memory import Memory
from laag.home.operate.pace import Pace
from laag.home.physics import NO_LIMIT, WholePhysics


class Reach:
    """Of one house, with what was told before and what its battery holds now."""

    def __init__(
        self, house: House, physics: WholePhysics, heard: Heard, memory: Memory, pace: Pace, stored_kwh: float
    ) -> None:
        self.house, self.physics, self.heard, self.memory = house, physics, heard, memory
        self.pace, self.stored_kwh = pace, stored_kwh

    def flows(self, carried_kw: float, devices: Sequence[Device]) -> dict[str, float]:
        """What goes through each limit now."""
        battery, car = self.last_kw(Device.BATTERY), self.last_kw(Device.EV)
        pump = sum(self.last_kw(d) for d in (Device.HEAT_PUMP, Device.WATER) if d in devices)
        through = {"import": carried_kw, "export": -carried_kw, "car": car, "heat_pump": pump}
        found = {f"{must}{name}_kw": kw for name, kw in through.items() for must in ("", "must_")}
        return found | {"charge_kw": battery, "discharge_kw": -battery}

    def could_flow(self) -> dict[str, float]:
        """And the most that ever could."""
        house, battery = self.house, self.house.battery
        through = {
            "import": house.import_max_kw,
            "export": house.export_max_kw,
            "car": house.charger.max_kw if house.charger is not None else 0.0,
            "heat_pump": self.physics.pump_max,
        }
        found = {f"{must}{name}_kw": kw for name, kw in through.items() for must in ("", "must_")}
        return found | {
            "charge_kw": battery.charge_max_kw if battery is not None else 0.0,
            "discharge_kw": battery.discharge_max_kw if battery is not None else 0.0,
        }

    def last_kw(self, device: Device) -> float:
        """What it was told last; what it does, where it was told nothing."""
        told = self.memory.told_kw.get(device)
        if told is not None:
            return told
        return NO_LIMIT if device is Device.PV else self.heard.devices.get(device, NEVER).kw

    def paced_kw(self, device: Device) -> float:
        """Where its slow move stands; what it was told, where nothing was rounded."""
        paced = self.memory.paced_kw.get(device)
        return self.last_kw(device) if paced is None else paced

    def rounds(self, device: Device, paced_kw: float, kw: float) -> bool:
        """Whether what is told differs from where the move stands by a rounding only, and not for safety."""
        apart = abs(paced_kw - kw)
        least = self.least_kw(device)
        if device is Device.EV and self.house.charger is not None:
            least = max(least, self.house.charger.min_kw, LEAST_AMPS * self.one_ampere_kw())
        return SAME_KW < apart <= least + SAME_KW

    def range_kw(self, device: Device) -> tuple[float, float]:
        """The most that a device gives and takes; the roof is told what it may give as if it took it."""
        house, physics = self.house, self.physics
        charge_max, discharge_max = physics.battery_limits(self.stored_kwh)
        return {
            Device.PV: (0.0, house.pv.peak_kw if house.pv is not None else 0.0),
            Device.BATTERY: (discharge_max, charge_max),
            Device.EV: (physics.car_discharge_max, physics.ev_max),
            Device.HEAT_PUMP: (0.0, physics.pump_max),
            Device.WATER: (
                0.0,
                physics.pump_max + (house.tank.element_max_kw if house.tank is not None else 0.0),
            ),
        }[device]

    def paused(self, device: Device, last: float, target: float, now: datetime) -> float:
        """What is left of the target where a car or a heat pump went on or off too lately to do the other."""
        if (
            device not in {Device.EV, Device.HEAT_PUMP}
            or (last > 0) == (target > 0)
            or last < 0
            or target < 0
        ):
            return target
        since = self.memory.switched_at.get(device)
        pause = self.pace.pause_s
        if device is Device.HEAT_PUMP and last > 0:
            pause = max(pause, self.physics.min_run * 900.0)
        if since is None or (now - since).total_seconds() >= pause:
            return target
        if target > 0:
            return 0.0
        return min(last, self.physics.car_least if device is Device.EV else self.physics.pump_least)

    def least_kw(self, device: Device) -> float:
        """What is worth telling; a car moves a whole ampere when it is clearly nearer."""
        least_kw = self.pace.least_kw
        return max(least_kw, 0.7 * self.one_ampere_kw()) if device is Device.EV else least_kw

    def one_ampere_kw(self) -> float:
        """Of the car's charger, on all its phases."""
        charger = self.house.charger
        return PHASE_VOLTS * (charger.phases if charger is not None else 1) / 1000
