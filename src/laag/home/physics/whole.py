"""Any home: a battery that tapers, a car that gives back, a boiler, a tank, phases, and machines with a least power."""

from __future__ import annotations

from math import exp, expm1

from laag.foundation.ptu import PTU_HOURS
from laag.home.house import House
from laag.home.physics.flow import NO_LIMIT, Around, Held, WholeFlow, Wish
from laag.home.physics.fuses import BATTERY, CAR, ELEMENT, ROOMS, SUN, WATER, Fuses
from laag.home.physics.plain import FROST_C, THERMOSTAT_MARGIN_K, Physics

TANK_MARGIN_K = 3.0
"""How far below its lowest temperature a tank lets a plan go before it heats by itself."""
COLD_WATER_C = 10.0
"""As it comes from the street: no shower cools a tank below it."""
FLOW_ABOVE_TANK_K = 5.0
"""How much hotter than the tank the heat pump's water must be."""
HOT_ENOUGH_K = 0.1
"""A tank this close to the temperature against legionella has been there."""
DAY_PTUS = 96


class WholePhysics(Physics):
    """The devices of a house that has more than :class:`Physics` knows."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        battery, charger, pump, tank = house.battery, house.charger, house.heat_pump, house.tank
        self.battery, self.boiler, self.tank = battery, house.boiler if house.building else None, tank
        self.car_least = min(charger.min_kw, charger.max_kw) if charger else 0.0
        self.car_discharge_max = charger.discharge_max_kw if charger else 0.0
        self.car_drained_per_kw = PTU_HOURS / (charger.discharge_efficiency if charger else 1.0)
        self.warms_rooms = pump is not None and house.building is not None
        self.pump_max = pump.power_max_kw if pump and (self.warms_rooms or tank) else 0.0
        self.pump_least = pump.min_kw if pump else 0.0
        self.min_run = pump.min_run_ptus if pump else 0
        self.fuses = Fuses(house)
        if tank is not None:
            lost = PTU_HOURS * tank.loss_kw_per_k / tank.kwh_per_k
            self.tank_kept = exp(-lost)
            self.tank_kelvin_per_kw = (
                PTU_HOURS / tank.kwh_per_k if lost < 1e-9 else -expm1(-lost) / tank.loss_kw_per_k
            )

    def whole(self, held: Held, wish: Wish, around: Around) -> WholeFlow:
        """One PTU: physics first, then the fuses, then the thermostats, then the wish."""
        rooms, water, element = self._heating(held, wish, around)
        charge_max, discharge_max = self.battery_limits(held.stored_kwh)
        kw = [
            around.load_kw,
            around.appliance_kw,
            -(min(around.sun_kw, wish.pv_most_kw) if self.curtailable else around.sun_kw),
            min(max(wish.battery_kw, -discharge_max), charge_max),
            self.car_kw(held.ev_stored_kwh, wish.ev_kw, around),
            rooms,
            water,
            element,
        ]
        self.give_way(kw, held, around, discharge_max)
        self.take_in(kw, charge_max)
        stored = held.stored_kwh + kw[BATTERY] * (
            self.stored_per_kw if kw[BATTERY] >= 0 else self.drained_per_kw
        )
        in_car = held.ev_stored_kwh
        if around.car_here:
            in_car += kw[CAR] * (self.car_per_kw if kw[CAR] >= 0 else self.car_drained_per_kw)
            in_car = min(max(in_car, 0.0), self.car_capacity)
        gas, indoor = self._rooms_after(held, wish, around, kw[ROOMS], cut=kw[ROOMS] < rooms)
        tank_c = self._tank_after(held, around, kw)
        water_kw = kw[WATER] + kw[ELEMENT]
        return WholeFlow(
            -kw[SUN],
            kw[BATTERY],
            kw[CAR],
            kw[ROOMS],
            water_kw,
            kw[ELEMENT],
            around.appliance_kw,
            gas,
            around.load_kw + kw[SUN] + kw[BATTERY] + kw[CAR] + kw[ROOMS] + water_kw + around.appliance_kw,
            min(max(stored, 0.0), self.capacity),
            in_car,
            indoor,
            tank_c,
            0 if self.tank and tank_c >= self.tank.legionella_c - HOT_ENOUGH_K else held.hot_ago_ptus + 1,
            held.pump_ran_ptus + 1 if kw[ROOMS] + kw[WATER] > 0 else 0,
        )

    def limit(self, import_kw: float, export_kw: float) -> None:
        """From now on the connection carries this much; the phases what they always do."""
        super().limit(import_kw, export_kw)
        self.fuses.high[0], self.fuses.low[0] = import_kw, -export_kw

    def battery_limits(self, stored_kwh: float) -> tuple[float, float]:
        """The most that the battery takes and gives in a PTU that begins with this fill."""
        if self.battery is None:
            return 0.0, 0.0
        return (
            min(self.battery.takes_kw(stored_kwh), max(self.capacity - stored_kwh, 0.0) / self.stored_per_kw),
            min(self.battery.gives_kw(stored_kwh), max(stored_kwh, 0.0) / self.drained_per_kw),
        )

    def car_kw(self, in_car_kwh: float, wish_kw: float, around: Around) -> float:
        """What the car does of what is wished: nothing, from its least to its most, or giving back.

        Only in the quarter-hour in which it becomes full is the mean below its least power.
        """
        if not around.car_here:
            return 0.0
        if wish_kw < 0:
            spare = max(in_car_kwh - around.car_reserve_kwh, 0.0) / self.car_drained_per_kw
            return -min(-wish_kw, self.car_discharge_max, spare)
        full = max(min(self.car_capacity, around.car_most_kwh) - in_car_kwh, 0.0) / self.car_per_kw
        return min(_from_least(min(wish_kw, self.ev_max), self.car_least), full)

    def cop_for_water(self, outdoor_c: float, tank_c: float) -> float:
        """The heat pump's COP when it heats a tank that is this warm."""
        return self.cop(outdoor_c, tank_c + FLOW_ABOVE_TANK_K)

    def keeping_hot_kw(self, held: Held, outdoor_c: float, drawn_kw: float) -> tuple[float, float]:
        """Water power in all, and of it the element's, that ends the PTU half-way between coldest and pump's hottest."""
        if self.tank is None:
            return 0.0, 0.0
        lacks_c = (self.tank.low_c + self.tank.pump_max_c) / 2 - self.tank_resting_c(held.tank_c, drawn_kw)
        heat_kw = max(lacks_c, 0.0) / self.tank_kelvin_per_kw
        if not self.pump_max:
            return heat_kw, heat_kw
        return heat_kw / self.cop_for_water(outdoor_c, held.tank_c), 0.0

    def gas_holding_kw(
        self, held: Held, outdoor_c: float, gains_kw: float, target_c: float, pump_kw: float
    ) -> float:
        """The gas with which the house ends the PTU at this temperature, beside the heat pump."""
        if self.boiler is None:
            return 0.0
        resting = outdoor_c + (held.indoor_c - outdoor_c) * self.kept
        heat = gains_kw + (pump_kw * self.cop(outdoor_c) if pump_kw else 0.0)
        return max((target_c - resting) / self.kelvin_per_kw - heat, 0.0) / self.boiler.efficiency

    def tank_resting_c(self, tank_c: float, drawn_kw: float) -> float:
        """The tank one PTU later without heating; cold water is as cold as a draw makes it."""
        if self.tank is None:
            return tank_c
        undrawn = self.tank.room_c + (tank_c - self.tank.room_c) * self.tank_kept
        return max(undrawn - drawn_kw * self.tank_kelvin_per_kw, min(undrawn, COLD_WATER_C))

    def _heating(self, held: Held, wish: Wish, around: Around) -> tuple[float, float, float]:
        """Electricity for rooms, for water by the pump and by the element; hot water goes before the rooms."""
        water, element = self._water(held, wish, around)
        rooms = 0.0
        if self.warms_rooms:
            rooms = max(wish.heat_pump_kw, 0.0)
            if held.indoor_c < around.low_c - THERMOSTAT_MARGIN_K or held.indoor_c < FROST_C:
                rooms = self.pump_max
            elif held.indoor_c > self.high_c + THERMOSTAT_MARGIN_K:
                rooms = 0.0
            rooms = min(rooms, self.pump_max - water)
        rooms, water = self._runs(held, rooms, water)
        return rooms, water, element

    def _water(self, held: Held, wish: Wish, around: Around) -> tuple[float, float]:
        tank = self.tank
        if tank is None:
            return 0.0, 0.0
        element = min(max(wish.element_kw, 0.0), tank.element_max_kw)
        by_pump = min(max(wish.water_kw - wish.element_kw, 0.0), self.pump_max)
        overdue = tank.legionella_days > 0 and held.hot_ago_ptus > tank.legionella_days * DAY_PTUS
        if overdue or held.tank_c < tank.low_c - TANK_MARGIN_K:
            by_pump = self.pump_max
            if overdue or not self.pump_max:
                element = tank.element_max_kw
        resting = self.tank_resting_c(held.tank_c, around.drawn_kw)
        cop = self.cop_for_water(around.outdoor_c, held.tank_c)
        by_pump = min(by_pump, max(tank.pump_max_c - resting, 0.0) / self.tank_kelvin_per_kw / cop)
        warmed = resting + by_pump * cop * self.tank_kelvin_per_kw
        return by_pump, min(element, max(tank.high_c - warmed, 0.0) / self.tank_kelvin_per_kw)

    def _runs(self, held: Held, rooms: float, water: float) -> tuple[float, float]:
        """A heat pump runs from its least power up or not at all, and once started for a while."""
        total = rooms + water
        if total >= self.pump_least:
            return rooms, water
        must_go_on = 0 < held.pump_ran_ptus < self.min_run
        if self.warms_rooms and (must_go_on or total >= self.pump_least / 2 > 0):
            return self.pump_least - water, water
        return 0.0, 0.0

    def give_way(self, kw: list[float], held: Held, around: Around, discharge_max: float) -> None:
        """Lower what the powers take until every fuse holds, in the order that this package's words give."""
        spare = min(discharge_max, max(held.stored_kwh - around.reserve_kwh, 0.0) / self.drained_per_kw)
        self._lower(kw, BATTERY, min(kw[BATTERY], 0.0))
        self._lower_car(kw, max(around.car_need_kw, 0.0))
        self._lower(kw, BATTERY, -spare)
        self._lower_car(kw, 0.0)
        if around.car_here and self.car_discharge_max:
            self._lower(kw, CAR, self.car_kw(held.ev_stored_kwh, -NO_LIMIT, around))
        for device in (ELEMENT, WATER, ROOMS):
            self._lower(kw, device, 0.0)
        if 0 < kw[ROOMS] + kw[WATER] < self.pump_least:
            kw[ROOMS] = kw[WATER] = 0.0
        self._lower(kw, BATTERY, -discharge_max)

    def _lower_car(self, kw: list[float], need_kw: float) -> None:
        """A charging car takes less, down to its need; below its least power that is nothing."""
        over = min(self.fuses.over_kw(kw, CAR), max(kw[CAR] - need_kw, 0.0))
        if over > 0:
            left = kw[CAR] - over
            kw[CAR] = left if left >= self.car_least else min(self.car_least, kw[CAR]) if need_kw > 0 else 0.0

    def _lower(self, kw: list[float], device: int, least_kw: float) -> None:
        """As far as a fuse needs; what gives goes no further than the other fuses carry."""
        over = min(self.fuses.over_kw(kw, device), max(kw[device] - least_kw, 0.0))
        stops = min(over, max(kw[device], 0.0))
        kw[device] -= stops
        if over > stops:
            kw[device] -= min(over - stops, self.fuses.spare_kw(kw, device, -1.0))

    def take_in(self, kw: list[float], charge_max: float) -> None:
        """Raise them until no fuse carries too much out."""
        if (under := self.fuses.under_kw(kw, CAR)) and kw[CAR] < 0:
            kw[CAR] = min(kw[CAR] + under, 0.0)
        if under := self.fuses.under_kw(kw, BATTERY):
            stops = min(under, max(-kw[BATTERY], 0.0), charge_max - kw[BATTERY])
            kw[BATTERY] += stops
            more = min(under - stops, charge_max - kw[BATTERY])
            kw[BATTERY] += min(more, self.fuses.spare_kw(kw, BATTERY, 1.0))
        if self.curtailable and (under := self.fuses.under_kw(kw, SUN)):
            kw[SUN] = min(kw[SUN] + under, 0.0)

    def _rooms_after(
        self, held: Held, wish: Wish, around: Around, pump_kw: float, *, cut: bool
    ) -> tuple[float, float]:
        """Gas burnt and the temperature indoors; the boiler heats as planned, and where the pump cannot."""
        if not self.heated:
            return 0.0, held.indoor_c
        heat = around.gains_kw + (pump_kw * self.cop(around.outdoor_c) if pump_kw else 0.0)
        resting = around.outdoor_c + (held.indoor_c - around.outdoor_c) * self.kept
        if self.boiler is None:
            return 0.0, resting + heat * self.kelvin_per_kw
        asked = max(wish.gas_kw, 0.0) * self.boiler.efficiency
        if held.indoor_c > self.high_c + THERMOSTAT_MARGIN_K:
            asked = 0.0
        target = max(around.low_c, FROST_C)
        cold = held.indoor_c < around.low_c - THERMOSTAT_MARGIN_K or held.indoor_c < FROST_C
        if cold or cut:
            asked = max(asked, (target - resting) / self.kelvin_per_kw - heat)
        warmth = min(asked, self.boiler.heat_max_kw)
        return warmth / self.boiler.efficiency, resting + (heat + warmth) * self.kelvin_per_kw

    def _tank_after(self, held: Held, around: Around, kw: list[float]) -> float:
        if self.tank is None:
            return held.tank_c
        heat = kw[WATER] * self.cop_for_water(around.outdoor_c, held.tank_c) + kw[ELEMENT]
        resting = self.tank_resting_c(held.tank_c, around.drawn_kw)
        return min(resting + heat * self.tank_kelvin_per_kw, max(resting, self.tank.high_c))


def _from_least(kw: float, least_kw: float) -> float:
    """The nearest of nothing and what lies from the least power up."""
    if kw >= least_kw:
        return max(kw, 0.0)
    return least_kw if kw >= least_kw / 2 > 0 else 0.0
