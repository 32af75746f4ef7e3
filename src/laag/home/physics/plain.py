"""A home with a roof, a simple battery, a car that only charges and a heat pump, in plain floats."""

from __future__ import annotations

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices.heating import RATED_FLOW_C, HeatPump
from laag.home.house import House
from laag.home.physics.flow import NO_LIMIT, Flow

THERMOSTAT_MARGIN_K = 0.5
"""How far outside the comfort band the thermostat lets a plan go before it takes over."""
FROST_C = 7.0
"""Below this a house is heated whatever was wished for: pipes burst."""


def is_plain(house: House) -> bool:
    """Whether :class:`Physics` knows all that this house has.

    >>> from laag.home.devices import Boiler, Charger
    >>> is_plain(House("a", charger=Charger(7.4))), is_plain(House("a", boiler=Boiler()))
    (True, False)
    """
    battery, charger, pump = house.battery, house.charger, house.heat_pump
    return (
        house.boiler is None
        and house.tank is None
        and house.wiring is None
        and not house.appliances
        and (battery is None or (battery.charge_taper_from >= 1 and battery.discharge_taper_below <= 0))
        and (charger is None or (charger.min_kw <= 0 and not charger.gives))
        and (pump is None or (pump.min_kw <= 0 and pump.min_run_ptus <= 0))
    )


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
        rated = pump or HeatPump(0.0)
        self.cop_line = (rated.cop_at_7c, rated.cop_per_k, rated.cop_per_flow_k, rated.cop_min, rated.cop_max)
        self.flow_line = (rated.curve.at_minus_10_c, rated.curve.at_15_c)
        self.curtailable = house.pv is not None and house.pv.curtailable
        self.high_c = house.comfort.high_c

    def cop(self, outdoor_c: float, flow_c: float | None = None) -> float:
        """Heat out per electricity in, for this flow or the heating curve's; ``HeatPump.cop`` for one number."""
        at_7c, per_k, per_flow_k, low, high = self.cop_line
        if flow_c is None:
            cold, mild = self.flow_line
            if cold == mild == RATED_FLOW_C:
                return min(max(at_7c + per_k * (outdoor_c - 7.0), low), high)
            share = min(max((outdoor_c + 10.0) / 25.0, 0.0), 1.0)
            flow_c = cold + share * (mild - cold)
        line = at_7c + per_k * (outdoor_c - 7.0) - per_flow_k * (flow_c - RATED_FLOW_C)
        return min(max(line, low), high)

    def limit(self, import_kw: float, export_kw: float) -> None:
        """From now on the connection carries this much."""
        self.import_max, self.export_max = import_kw, export_kw

    def battery_limits(self, stored_kwh: float) -> tuple[float, float]:
        """The most that the battery takes and gives in a PTU that begins with this fill."""
        return (
            min(self.charge_max, max(self.capacity - stored_kwh, 0.0) / self.stored_per_kw),
            min(self.discharge_max, max(stored_kwh, 0.0) / self.drained_per_kw),
        )

    def holding_kw(self, indoor_c: float, outdoor_c: float, gains_kw: float, target_c: float) -> float:
        """The electric power with which the house ends the PTU at this temperature, within the pump's limits."""
        if not self.pump_max or not self.heated:
            return 0.0
        passive = outdoor_c + (indoor_c - outdoor_c) * self.kept + gains_kw * self.kelvin_per_kw
        return min(max((target_c - passive) / (self.kelvin_per_kw * self.cop(outdoor_c)), 0.0), self.pump_max)

    def happens(
        self,
        held: tuple[float, ...],
        wish: tuple[float, ...],
        load_kw: float,
        sun_kw: float,
        outdoor_c: float,
        gains_kw: float,
        low_c: float,
        *,
        car_here: bool,
        reserve_kwh: float = 0.0,
        car_need_kw: float = NO_LIMIT,
    ) -> Flow:
        """One PTU from what is held (battery kWh, car kWh, °C) and wished for (battery, car, pump kW, most PV kW).

        Physics first, then the fuse, then the thermostat's margin, then the wish. ``reserve_kwh`` is what the battery
        keeps until nothing else is left to save the fuse, ``car_need_kw`` what the car needs now to be ready in time.
        """
        stored, in_car, indoor = held[:3]
        battery, ev, pump, sun_max = wish[:4]
        charge_max = min(self.charge_max, max(self.capacity - stored, 0.0) / self.stored_per_kw)
        discharge_max = min(self.discharge_max, max(stored, 0.0) / self.drained_per_kw)
        battery = min(max(battery, -discharge_max), charge_max)
        room = max(self.car_capacity - in_car, 0.0) / self.car_per_kw if car_here else 0.0
        ev = min(max(ev, 0.0), self.ev_max, room)
        if indoor < low_c - THERMOSTAT_MARGIN_K or indoor < FROST_C:
            pump = self.pump_max
        elif indoor > self.high_c + THERMOSTAT_MARGIN_K:
            pump = 0.0
        pump = min(max(pump, 0.0), self.pump_max)
        sun = min(sun_kw, sun_max) if self.curtailable else sun_kw
        over = load_kw - sun + battery + ev + pump - self.import_max
        if over > 0:
            spare = min(discharge_max, max(stored - reserve_kwh, 0.0) / self.drained_per_kw)
            less = min(over, max(battery, 0.0))
            battery, over = battery - less, over - less
            less = min(over, max(ev - max(car_need_kw, 0.0), 0.0))
            ev, over = ev - less, over - less
            less = min(over, max(battery + spare, 0.0))
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
