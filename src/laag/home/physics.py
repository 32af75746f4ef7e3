"""What really happens in one PTU: wishes go in, what the devices, the house and the fuse allow comes out.

Plain floats and no objects inside: a year of sixty homes passes here two million times.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from laag.foundation.ptu import PTU_HOURS
from laag.home.house import HomeState, House

THERMOSTAT_MARGIN_K = 0.5
"""How far outside the comfort band the thermostat lets a plan go before it takes over."""
NO_LIMIT = float("inf")


class Flow(NamedTuple):
    """One PTU as it went, mean kW, and what the devices hold after it."""

    pv_kw: float
    battery_kw: float
    ev_kw: float
    heat_pump_kw: float
    offtake_kw: float
    stored_kwh: float
    ev_stored_kwh: float
    indoor_c: float


class Physics:
    """The devices of one house, ready to be asked a hundred thousand times."""

    def __init__(self, house: House) -> None:
        battery, charger, pump, building = house.battery, house.charger, house.heat_pump, house.building
        self.import_max = house.import_max_kw
        self.export_max = house.export_max_kw
        self.capacity = battery.capacity_kwh if battery else 0.0
        self.charge_max = battery.charge_max_kw if battery else 0.0
        self.discharge_max = battery.discharge_max_kw if battery else 0.0
        self.stored_per_kw = PTU_HOURS * (battery.charge_efficiency if battery else 1.0)
        self.drained_per_kw = PTU_HOURS / (battery.discharge_efficiency if battery else 1.0)
        self.car_capacity = charger.capacity_kwh if charger else 0.0
        self.ev_max = charger.max_kw if charger else 0.0
        self.car_per_kw = PTU_HOURS * (charger.efficiency if charger else 1.0)
        self.heated = building is not None
        self.kept = building.retention if building else 1.0
        self.kelvin_per_kw = building.kelvin_per_kw if building else 0.0
        heats = pump is not None and building is not None
        self.pump_max = pump.power_max_kw if heats and pump else 0.0
        self.cop_line = (
            (pump.cop_at_7c, pump.cop_per_k, pump.cop_min, pump.cop_max) if pump else (1.0, 0.0, 1.0, 1.0)
        )
        self.curtailable = house.pv is not None and house.pv.curtailable
        self.high_c = house.comfort.high_c

    def cop(self, outdoor_c: float) -> float:
        """Heat out per electricity in."""
        at_7c, per_k, low, high = self.cop_line
        return min(max(at_7c + per_k * (outdoor_c - 7.0), low), high)

    def holding_kw(self, indoor_c: float, outdoor_c: float, gains_kw: float, target_c: float) -> float:
        """The electric power with which the house ends the PTU at this temperature, within the pump's limits."""
        if not self.pump_max:
            return 0.0
        passive = outdoor_c + (indoor_c - outdoor_c) * self.kept + gains_kw * self.kelvin_per_kw
        return min(max((target_c - passive) / (self.kelvin_per_kw * self.cop(outdoor_c)), 0.0), self.pump_max)

    def happens(
        self,
        held: tuple[float, float, float],
        wish: tuple[float, float, float, float],
        load_kw: float,
        sun_kw: float,
        outdoor_c: float,
        gains_kw: float,
        low_c: float,
        *,
        car_here: bool,
    ) -> Flow:
        """One PTU from what is held (battery kWh, car kWh, °C) and wished for (battery, car, pump kW, most PV kW).

        Physics first, then the fuse, then the thermostat's margin, then the wish. At the import limit the battery
        stops charging, then the car, then the heat pump, then the battery helps; at the export limit the battery
        takes what it can before the roof is turned down.
        """
        stored, in_car, indoor = held
        battery, ev, pump, sun_max = wish
        charge_max = min(self.charge_max, max(self.capacity - stored, 0.0) / self.stored_per_kw)
        discharge_max = min(self.discharge_max, max(stored, 0.0) / self.drained_per_kw)
        battery = min(max(battery, -discharge_max), charge_max)
        room = max(self.car_capacity - in_car, 0.0) / self.car_per_kw if car_here else 0.0
        ev = min(max(ev, 0.0), self.ev_max, room)
        if indoor < low_c - THERMOSTAT_MARGIN_K:
            pump = self.pump_max
        elif indoor > self.high_c + THERMOSTAT_MARGIN_K:
            pump = 0.0
        pump = min(max(pump, 0.0), self.pump_max)
        sun = min(sun_kw, sun_max) if self.curtailable else sun_kw
        over = load_kw - sun + battery + ev + pump - self.import_max
        if over > 0:
            less = min(over, max(battery, 0.0))
            battery, over = battery - less, over - less
            less = min(over, ev)
            ev, over = ev - less, over - less
            less = min(over, pump)
            pump, over = pump - less, over - less
            battery -= min(over, discharge_max + battery)
        under = -(load_kw - sun + battery + ev + pump) - self.export_max
        if under > 0:
            more = min(under, charge_max - battery)
            battery, under = battery + more, under - more
            if self.curtailable:
                sun -= min(under, sun)
        gained = battery * (self.stored_per_kw if battery >= 0 else self.drained_per_kw)
        if self.heated:
            heat = gains_kw + (pump * self.cop(outdoor_c) if pump else 0.0)
            indoor = outdoor_c + (indoor - outdoor_c) * self.kept + heat * self.kelvin_per_kw
        return Flow(
            sun,
            battery,
            ev,
            pump,
            load_kw - sun + battery + ev + pump,
            min(max(stored + gained, 0.0), self.capacity),
            min(in_car + ev * self.car_per_kw, self.car_capacity) if car_here else in_car,
            indoor,
        )


def sound(house: House, state: HomeState) -> tuple[HomeState, tuple[str, ...]]:
    """The nearest state that the devices can be in, and a sentence for each number that was changed.

    >>> from laag.home.devices import Battery
    >>> sound(House("a", battery=Battery(10, 5, 5)), HomeState(stored_kwh=11.0))[1]
    ('the battery says it holds 11.0 kWh of at most 10.0; taken as 10.0',)
    """
    said: list[str] = []
    stored, in_car, indoor = state.stored_kwh, state.ev_stored_kwh, state.indoor_c
    if house.battery is not None:
        stored = _nearest(stored, house.battery.capacity_kwh)
        if stored != state.stored_kwh:
            said.append(
                f"the battery says it holds {state.stored_kwh:.1f} kWh of at most {house.battery.capacity_kwh:.1f}; "
                f"taken as {stored:.1f}"
            )
    if house.charger is not None:
        in_car = _nearest(in_car, house.charger.capacity_kwh)
        if in_car != state.ev_stored_kwh:
            said.append(
                f"the car says it holds {state.ev_stored_kwh:.1f} kWh of at most {house.charger.capacity_kwh:.1f}; "
                f"taken as {in_car:.1f}"
            )
    if house.building is not None and not -40.0 <= indoor <= 60.0:
        indoor = house.comfort.low_day_c
        said.append(f"the thermometer says {state.indoor_c:.1f} °C indoors; taken as {indoor:.1f}")
    return (
        (replace(state, stored_kwh=stored, ev_stored_kwh=in_car, indoor_c=indoor), tuple(said))
        if said
        else (state, ())
    )


def _nearest(value: float, most: float) -> float:
    """Within 0 and ``most``; a missing value is taken as empty."""
    return min(max(value, 0.0), most) if value == value else 0.0  # noqa: PLR0124 - nan differs from itself
