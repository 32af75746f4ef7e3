"""The homes that are attacked: the built-in street's, on the hour at which most can be moved.

Every car is at home, half full; every battery is half full; every heat pump may run or rest; the sun gives half of what it can. So
everything that could be switched either way can be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import numpy as np

from laag.foundation.ptu import PTU, PtuGrid
from laag.home.devices import Battery, Building, Charger, Device, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.study.hacked.attacks import Mood
from laag.study.population.build import house_of
from laag.study.population.households import household

START = datetime(2026, 4, 15, 11, tzinfo=UTC)
BEFORE_PTUS = 4
"""The plans begin an hour before the attack."""
COUNT = 20
LOAD_KW, SUN_SHARE = 0.5, 0.5
OUTDOOR_C = 8.0


@dataclass(frozen=True, slots=True)
class Victim:
    """One home with something to move, the number that only it knows, and the second at which its meter speaks."""

    house: House
    secret: float
    phase_s: int

    @property
    def state(self) -> HomeState:
        """Half full."""
        house = self.house
        return HomeState(
            stored_kwh=house.battery.capacity_kwh / 2 if house.battery else 0.0,
            ev_stored_kwh=house.charger.capacity_kwh / 2 if house.charger else 0.0,
            indoor_c=(house.comfort.low_day_c + house.comfort.high_c) / 2,
        )

    @property
    def sun_kw(self) -> float:
        """What its roof gives, where nobody turns it down."""
        return SUN_SHARE * self.house.pv.peak_kw if self.house.pv else 0.0

    def kw(self, mood: Mood) -> dict[Device, float]:
        """What an attacker would have each device do; the roof's is what it may give."""
        house = self.house
        wants = {
            Mood.MOST: (1.0, 1.0, 1.0, 0.0),
            Mood.LEAST: (-1.0, 0.0, 0.0, float("inf")),
            Mood.REST: (0.0, 0.0, 0.0, float("inf")),
        }[mood]
        found: dict[Device, float] = {}
        if house.battery is not None:
            most = house.battery.charge_max_kw if wants[0] > 0 else house.battery.discharge_max_kw
            found[Device.BATTERY] = wants[0] * most
        if house.charger is not None:
            found[Device.EV] = wants[1] * house.charger.max_kw
        if house.heat_pump is not None:
            found[Device.HEAT_PUMP] = wants[2] * house.heat_pump.power_max_kw
        if house.pv is not None:
            found[Device.PV] = wants[3]
        return found

    def at_the_meter(self, kw: dict[Device, float]) -> float:
        """All that is steered, towards the home positive; the connection bears no more than its fuse."""
        total = sum(
            -min(power, self.sun_kw) if device is Device.PV else power for device, power in kw.items()
        )
        return max(min(total, self.house.import_max_kw - LOAD_KW), -self.house.export_max_kw - LOAD_KW)

    @property
    def swing_kw(self) -> float:
        """From the least to the most."""
        return self.at_the_meter(self.kw(Mood.MOST)) - self.at_the_meter(self.kw(Mood.LEAST))

    def plan(self, mood: Mood, then: Mood | None = None, made_at: datetime = START) -> Plan:
        """A plan of one mood, or of another from the second quarter-hour on: whatever prices could have persuaded it to."""
        now, after = self.kw(mood), self.kw(mood if then is None else then)
        ptu = np.arange(COUNT)

        def column(device: Device, missing: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
            first, other = now.get(device, missing), after.get(device, missing)
            return np.where(ptu <= BEFORE_PTUS, first, other)

        battery, car = column(Device.BATTERY, 0.0), column(Device.EV, 0.0)
        pump, roof = column(Device.HEAT_PUMP, 0.0), column(Device.PV, float("inf"))
        capacity = self.house.charger.capacity_kwh if self.house.charger else 40.0
        sun = np.full(COUNT, self.sun_kw)
        return replace(
            _template(),
            made_at=made_at,
            load_kw=np.full(COUNT, LOAD_KW),
            sun_kw=sun,
            pv_limit_kw=roof,
            battery_kw=battery,
            ev_kw=car,
            heat_pump_kw=pump,
            connection_kw=LOAD_KW - np.minimum(sun, roof) + battery + car + pump,
            ev_stored_kwh=np.full(COUNT, capacity / 2),
            sessions=(EvSession(-1, COUNT, capacity / 2, 0.8 * capacity),),
        )


def victims(homes: int, seed: int = 1) -> tuple[Victim, ...]:
    """The homes of a street of so many that have anything to move."""
    chance = np.random.default_rng(seed)
    found = []
    for index in range(homes):
        secret, phase_s = float(chance.random()), int(chance.integers(0, 10))
        one = Victim(house_of(household(index, seed)), secret, phase_s)
        if one.swing_kw > 0:
            found.append(one)
    return tuple(found)


@cache
def _template() -> Plan:
    """Any plan of a home that has everything; what it wants is replaced."""
    house = House(
        "any",
        battery=Battery(10, 5, 5),
        charger=Charger.of_current(16),
        heat_pump=HeatPump(2.0),
        building=Building(0.2, 8.0),
        pv=Pv(4.0),
    )
    flat = np.ones(COUNT)
    outlook = Outlook(
        PtuGrid(START - BEFORE_PTUS * PTU, COUNT),
        quarter=48 + np.arange(COUNT),
        load_kw=LOAD_KW * flat,
        pv_kw=2.0 * flat,
        outdoor_c=OUTDOOR_C * flat,
        heat_gain_kw=0.3 * flat,
        buy_eur_per_kwh=0.25 * flat,
        sell_eur_per_kwh=0.05 * flat,
        sessions=(EvSession(-1, COUNT, 20.0, 40.0),),
    )
    return cheapest(house, HomeState(5.0, 20.0, 20.0), outlook, solver=Solver())
