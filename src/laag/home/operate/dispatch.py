"""One PTU's wishes: the plan's, made right for the car that is there, the claims in force and what was not foreseen."""

from __future__ import annotations

from math import isnan
from typing import NamedTuple

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession
from laag.home.house import House
from laag.home.operate.absorb import (
    BEYOND_A_LIMIT_EUR_PER_KWH,
    Absorbing,
    Offer,
    given_up,
    slices,
    taken_up,
)
from laag.home.operate.bounds import Bounds
from laag.home.operate.in_force import Worth
from laag.home.physics import Physics, Wish

BATTERY, CAR, ROOMS, SUN, WATER, ELEMENT = range(6)
"""Where each stands in a :class:`Wish`."""
AHEAD_KWH = 1e-3
"""So much more in the car than planned is no rounding."""
SAME_KW = 1e-6
_IN_TURN = Worth(0.0, 0.6, sun=0.0, charging=0.1, element=0.2, car=0.3, rooms=0.4, giving=0.5, car_giving=0.6)
"""Who keeps a promise first where no plan says what a kWh is worth: what is lost least comes first."""


class Now(NamedTuple):
    """What a home knows while a PTU runs."""

    load_kw: float
    """Inflexible load and running programmes."""
    sun_kw: float
    outdoor_c: float
    gains_kw: float
    low_c: float
    held: tuple[float, ...]
    """In the order of ``Held``, or as much of it as matters."""
    stay: EvSession | None
    """Of the car that is there."""
    left_ptus: int
    """Before it leaves, this one not counted."""


class Dispatch:
    """What one house can move, asked every quarter-hour."""

    def __init__(self, house: House, physics: Physics, settings: Absorbing | None) -> None:
        self.house, self.physics, self.settings = house, physics, settings
        charger = house.charger
        self.car_least = charger.min_kw if charger else 0.0
        self.car_gives = charger.discharge_max_kw if charger else 0.0
        self.car_drained_per_kw = PTU_HOURS / (charger.discharge_efficiency if charger else 1.0)
        self.pump_least = house.heat_pump.min_kw if house.heat_pump else 0.0
        self.boiler = house.boiler.efficiency if house.boiler else 0.0
        self.element_max = house.tank.element_max_kw if house.tank else 0.0

    def for_the_car(
        self, ev_kw: float, now: Now, planned_before_kwh: float, planned_kwh: float, *, firm: bool
    ) -> float:
        """What the car is given: enough to be ready in time, at the last moment if need be, and no more than wanted."""
        stay, in_car = now.stay, now.held[1]
        if stay is None:
            return 0.0
        per_kw = self.physics.car_per_kw
        if in_car > planned_before_kwh + AHEAD_KWH:
            target = max(stay.wanted_kwh, planned_kwh) if planned_kwh == planned_kwh else stay.wanted_kwh  # noqa: PLR0124
            ev_kw = min(ev_kw, max(target - in_car, 0.0) / per_kw)
        least_kw = self.car_floor_kw(now)
        if not firm and least_kw > ev_kw and (least_kw > 0 or ev_kw < 0):
            ev_kw = max(least_kw, self.car_least) if least_kw > 0 else least_kw
        return min(ev_kw, max(stay.most_kwh - in_car, 0.0) / per_kw)

    def for_the_rooms(self, wish: Wish, now: Now) -> Wish:
        """Heating that ends the PTU within the comfort band, where plan and weather would leave it."""
        physics, indoor_c = self.physics, now.held[2]
        cop = physics.cop(now.outdoor_c)
        warmth = wish.heat_pump_kw * cop + wish.gas_kw * self.boiler
        resting = (
            now.outdoor_c + (indoor_c - now.outdoor_c) * physics.kept + now.gains_kw * physics.kelvin_per_kw
        )
        after_c = resting + warmth * physics.kelvin_per_kw
        if now.low_c <= after_c <= physics.high_c:
            return wish
        lacks_kw = (now.low_c - after_c) / physics.kelvin_per_kw
        if lacks_kw > 0 and wish.gas_kw > 0:
            return wish._replace(gas_kw=wish.gas_kw + lacks_kw / self.boiler)
        beyond_kw = min((physics.high_c - after_c) / physics.kelvin_per_kw, 0.0)
        asked_kw = wish.heat_pump_kw + (lacks_kw if lacks_kw > 0 else beyond_kw) / cop
        return wish._replace(heat_pump_kw=min(max(asked_kw, 0.0), physics.pump_max))

    def needed(self, now: Now) -> Wish:
        """The least with which the car leaves ready and the rooms end the PTU warm enough."""
        rooms_kw = self.physics.holding_kw(now.held[2], now.outdoor_c, now.gains_kw, now.low_c)
        return Wish(ev_kw=self.car_floor_kw(now) if now.stay is not None else 0.0, heat_pump_kw=rooms_kw)

    def car_floor_kw(self, now: Now) -> float:
        """The least with which the car can still be ready; negative: so much it can give."""
        assert now.stay is not None
        later_kwh = now.left_ptus * self.physics.ev_max * self.physics.car_per_kw
        must_kwh = now.stay.wanted_kwh - now.held[1] - later_kwh
        if must_kwh >= 0:
            return min(must_kwh / self.physics.car_per_kw, self.physics.ev_max)
        return must_kwh / self.car_drained_per_kw

    def absorbed(
        self,
        wish: Wish,
        now: Now,
        planned_kw: float,
        prices: tuple[float, float, float],
        worth: Worth,
        bounds: Bounds,
        *,
        goes_on: bool,
    ) -> tuple[Wish, float]:
        """The wish with what was not foreseen given to whom it costs least, and how much more is taken by it."""
        assert self.settings is not None
        begin, go_on, least_kw = self.settings
        margin = go_on if goes_on else begin
        battery_kw, used_kw, net_kw = self._net(wish, now)
        planned_kw = min(max(planned_kw, -bounds.export_kw), bounds.import_kw)
        if net_kw > planned_kw + least_kw:
            if prices[1] <= worth.lowest + margin and net_kw <= bounds.import_kw:
                return wish, 0.0
            offers = self._lower(wish, now, battery_kw, self._gives_kw(now, bounds), used_kw, worth)
            moves = given_up(slices(planned_kw, net_kw, prices, bounds), offers, margin)
        elif net_kw < planned_kw - least_kw:
            if prices[2] >= worth.highest - margin and net_kw >= -bounds.export_kw:
                return wish, 0.0
            offers = self._raise(wish, now, battery_kw, self._takes_kw(now, bounds), used_kw, worth, bounds)
            moves = taken_up(slices(planned_kw, net_kw, prices, bounds), offers, margin)
        else:
            return wish, 0.0
        return _moved(wish, battery_kw, used_kw, moves) if moves else (wish, 0.0)

    def as_promised(self, wish: Wish, now: Now, bounds: Bounds, worth: Worth | None) -> tuple[Wish, float]:
        """The wish, moved as far as devices go where it takes more, or gives more, than the home sold; and how far that is."""
        battery_kw, used_kw, net_kw = self._net(wish, now)
        freed = _freed(worth, bounds)
        over_kw, under_kw = net_kw - bounds.import_kw, -bounds.export_kw - net_kw
        if bounds.import_kw < 0 < over_kw:
            gives_kw = self._gives_kw(now, bounds)
            offers = self._lower(wish, now, battery_kw, gives_kw, used_kw, freed)
            moves = given_up([(BEYOND_A_LIMIT_EUR_PER_KWH, over_kw)], offers, 0.0)
            if over_kw + sum(kw for _, kw in moves) > SAME_KW and (stops := self._stopped(wish, now)) != wish:
                after, further_kw = self.as_promised(stops, now, bounds, worth)
                return after, further_kw + self._net(stops, now)[2] - net_kw
        elif bounds.export_kw < 0 < under_kw:
            takes_kw = self._takes_kw(now, bounds)
            offers = self._raise(wish, now, battery_kw, takes_kw, used_kw, freed, bounds)
            moves = taken_up([(-BEYOND_A_LIMIT_EUR_PER_KWH, under_kw)], offers, 0.0)
        else:
            return wish, 0.0
        return _moved(wish, battery_kw, used_kw, moves) if moves else (wish, 0.0)

    def _stopped(self, wish: Wish, now: Now) -> Wish:
        """Car and heat pump off where neither needs anything now: below their least power lies nothing else."""
        needed = self.needed(now)
        return wish._replace(
            ev_kw=min(wish.ev_kw, 0.0) if needed.ev_kw <= 0 else wish.ev_kw,
            heat_pump_kw=0.0 if needed.heat_pump_kw <= 0 else wish.heat_pump_kw,
        )

    def _net(self, wish: Wish, now: Now) -> tuple[float, float, float]:
        """What the battery can do of the wish, what the roof gives, and what the home then takes."""
        charge_max, discharge_max = self.physics.battery_limits(now.held[0])
        battery_kw = min(max(wish.battery_kw, -discharge_max), charge_max)
        used_kw = min(now.sun_kw, wish.pv_most_kw) if self.physics.curtailable else now.sun_kw
        others_kw = wish.ev_kw + wish.heat_pump_kw + wish.water_kw
        return battery_kw, used_kw, now.load_kw - used_kw + battery_kw + others_kw

    def _gives_kw(self, now: Now, bounds: Bounds) -> float:
        """The most that the battery may give."""
        spare = max(now.held[0] - bounds.reserve_kwh, 0.0) / self.physics.drained_per_kw
        return min(self.physics.battery_limits(now.held[0])[1], bounds.discharge_kw, spare)

    def _takes_kw(self, now: Now, bounds: Bounds) -> float:
        return min(self.physics.battery_limits(now.held[0])[0], bounds.charge_kw)

    def _lower(
        self, wish: Wish, now: Now, battery_kw: float, gives_kw: float, used_kw: float, worth: Worth
    ) -> list[Offer]:
        """Who could take less, or give more."""
        offers: list[Offer] = []
        if battery_kw > 0:
            offers.append((worth.charging, battery_kw, BATTERY))
        if gives_kw > 0:
            offers.append((worth.giving, gives_kw + min(battery_kw, 0.0), BATTERY))
        if now.stay is not None:
            floor_kw = self.car_floor_kw(now)
            if wish.ev_kw > 0:
                least = max(floor_kw, self.car_least, 0.0)
                offers.append((worth.car, wish.ev_kw - least, CAR))
            elif self.car_gives:
                spare = max(now.held[1] - now.stay.least_kwh, 0.0) / self.car_drained_per_kw
                offers.append(
                    (worth.car_giving, min(self.car_gives, spare, max(-floor_kw, 0.0)) + wish.ev_kw, CAR)
                )
        if wish.heat_pump_kw > self.pump_least:
            offers.append((worth.rooms, self._warmer_kw(wish, now, now.low_c), ROOMS))
        if used_kw < now.sun_kw:
            offers.append((worth.sun, now.sun_kw - used_kw, SUN))
        if wish.element_kw > 0:
            offers.append((worth.element, wish.element_kw, ELEMENT))
        return offers

    def _raise(
        self,
        wish: Wish,
        now: Now,
        battery_kw: float,
        takes_kw: float,
        used_kw: float,
        worth: Worth,
        bounds: Bounds,
    ) -> list[Offer]:
        """Who could take more, or give less."""
        offers: list[Offer] = []
        if battery_kw < 0:
            offers.append((worth.giving, -battery_kw, BATTERY))
        if takes_kw > 0:
            offers.append((worth.charging, takes_kw - max(battery_kw, 0.0), BATTERY))
        if now.stay is not None:
            lacks_kw = max(min(now.stay.wanted_kwh, now.stay.most_kwh) - now.held[1], 0.0)
            most = min(self.physics.ev_max, bounds.car_kw, lacks_kw / self.physics.car_per_kw)
            if wish.ev_kw < 0:
                offers.append((worth.car_giving, -wish.ev_kw, CAR))
            elif wish.ev_kw >= self.car_least:
                offers.append((worth.car, most - wish.ev_kw, CAR))
        if 0 < wish.heat_pump_kw >= self.pump_least:
            most = min(self.physics.pump_max, bounds.heat_pump_kw) - wish.heat_pump_kw
            room = -self._warmer_kw(wish, now, self.physics.high_c)
            offers.append((worth.rooms, min(most, room), ROOMS))
        offers.append((worth.sun, used_kw, SUN))
        if self.element_max:
            offers.append((worth.element, self.element_max - wish.element_kw, ELEMENT))
        return offers

    def _warmer_kw(self, wish: Wish, now: Now, than_c: float) -> float:
        """How much less the heat pump could take and still end the PTU at this temperature, within its least power."""
        physics = self.physics
        holding = physics.holding_kw(now.held[2], now.outdoor_c, now.gains_kw, than_c)
        return wish.heat_pump_kw - max(holding, self.pump_least)


def _freed(worth: Worth | None, bounds: Bounds) -> Worth:
    """With what the plan holds fixed free to keep a promise: it may be the promise that fixed it.

    What else may fix a device stands in the bounds, or in what car and rooms need; but for the home's own sun, and a hot tank.
    """
    if worth is None:
        return _IN_TURN
    if bounds.sun_first:
        return worth
    return worth._replace(
        **{
            name: getattr(_IN_TURN, name)
            for name in ("sun", "charging", "car", "rooms", "giving", "car_giving")
            if isnan(getattr(worth, name))
        }
    )


def _moved(
    wish: Wish, battery_kw: float, used_kw: float, moves: list[tuple[int, float]]
) -> tuple[Wish, float]:
    powers = list(wish)
    powers[BATTERY] = battery_kw
    total = 0.0
    for device, kw in moves:
        total += kw
        if device == SUN:
            used_kw -= kw
            powers[SUN] = used_kw
        else:
            powers[device] += kw
            if device == ELEMENT:
                powers[WATER] += kw
    return Wish(*powers), total
