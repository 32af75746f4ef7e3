"""The device mixes of the backtest: what is put behind the meter of a measured home."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laag.home.devices import Battery, Building, Charger, Comfort, HeatPump
from laag.home.house import House

BATTERY = Battery(capacity_kwh=10.0, charge_max_kw=5.0, discharge_max_kw=5.0, wear_eur_per_kwh=0.02)
CHARGER = Charger(max_kw=7.4)
HEAT_PUMP = HeatPump(power_max_kw=2.5)
BUILDING = Building(loss_kw_per_k=0.16, heat_capacity_kwh_per_k=8.0)
COMFORT = Comfort(low_day_c=20.0, low_night_c=17.0, high_c=22.0, day_from_quarter=28, day_until_quarter=88)
"""What the public defaults say for a family (20 °C from seven to ten, 17 °C at night), so that nobody gains by being colder."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Which of the big four a home has."""

    name: str
    pv: bool = False
    battery: bool = False
    car: bool = False
    heat_pump: bool = False

    def house(self, name: str, measured: House) -> House:
        """A house with these devices; panels are the measured ones."""
        return replace(
            measured,
            name=name,
            pv=measured.pv if self.pv else None,
            battery=BATTERY if self.battery else None,
            charger=CHARGER if self.car else None,
            heat_pump=HEAT_PUMP if self.heat_pump else None,
            building=BUILDING if self.heat_pump else None,
            comfort=COMFORT,
        )


MIXES = (
    Mix("PV", pv=True),
    Mix("battery", battery=True),
    Mix("PV + battery", pv=True, battery=True),
    Mix("PV + car", pv=True, car=True),
    Mix("PV + battery + car", pv=True, battery=True, car=True),
    Mix("heat pump", heat_pump=True),
    Mix("heat pump + PV + battery", pv=True, battery=True, heat_pump=True),
    Mix("all four", pv=True, battery=True, car=True, heat_pump=True),
)
