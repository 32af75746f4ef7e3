"""Plans as price-dependent orders: per quarter-hour how much a home takes at each price, device by device.

The plan for the expected prices says what is wanted; the plans for other courses of the day say at which prices
something else is better, and between them each device gets a curve that never rises with the price. What is left at the
dearest course is bought up to what a kWh is worth to the device, were the whole day as much dearer as days lately were,
and taken outside the position. What a rung above the market fixes is bought at any price.

Curtailable panels offer all that they can give, from a price of zero on, also where the plan expects less than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.money import sum_by
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.series import ticks, wh
from laag.home.bid import curve
from laag.home.bid.prospect import Prospect
from laag.home.bid.steps import Steps, to_market
from laag.home.devices import Device
from laag.home.house import House
from laag.home.outlook import Floats, Ints
from laag.home.plan import Plan

_FLOWS = {
    Device.BATTERY: "battery_kw",
    Device.EV: "ev_kw",
    Device.HEAT_PUMP: "heat_pump_kw",
    Device.WATER: "water_kw",
    Device.APPLIANCE: "appliance_kw",
}
_Both = tuple[Steps, Steps]
"""What would be bought, and what would be sold."""


@dataclass(frozen=True, slots=True, eq=False)
class HomeOrders:
    """One row per order, by PTU and device; ``ptu`` counts from the start of the window.

    ``limit_ticks`` is ``ANY_PRICE`` for what must be bought and ``-ANY_PRICE`` for what must be fed in. In a PTU every
    purchase has a lower limit than any sale, so that at any price a home is on one side only.
    """

    ptu: Ints
    device: Ints
    side: Ints
    quantity_wh: Ints
    limit_ticks: Ints

    def __len__(self) -> int:
        return len(self.ptu)

    def taken_wh(self, price_ticks: Ints) -> Ints:
        """What the home would take if the market accepted all orders up to these prices, one for each PTU."""
        buys, price = self.side == Side.BUY, price_ticks[self.ptu]
        served = np.where(buys, self.limit_ticks >= price, self.limit_ticks <= price)
        signed = np.where(buys, self.quantity_wh, -self.quantity_wh)
        return sum_by(self.ptu[served], signed[served], len(price_ticks))


def orders(
    plans: Sequence[Plan], house: House, window: slice, prospect: Prospect, ev_share: Floats | float = 1.0
) -> HomeOrders:
    """The orders for the PTUs ``window`` of ``plans``: the first is for what is expected, the others for its courses.

    ``ev_share`` is how much of the planned charging to order: not all of it where the car often stays away.
    """
    demand, supply = zip(*_devices(plans, house, window, prospect, ev_share), strict=True)
    bought, sold = to_market(Steps.together(list(demand)), Steps.together(list(supply)))
    planned = wh(plans[0].connection_kw[window])
    return _rows(
        bought.within(np.maximum(_carries_wh(house.import_max_kw), planned)),
        sold.within(np.maximum(_carries_wh(house.export_max_kw), -planned)),
    )


def _devices(
    plans: Sequence[Plan], house: House, window: slice, prospect: Prospect, ev_share: Floats | float
) -> Iterator[_Both]:
    expected = plans[0]
    yield _fixed(Device.LOAD, expected.load_kw[window])
    yield _sun(expected, house, window)
    for device, flow in _FLOWS.items():
        power = np.stack([getattr(plan, flow)[window] for plan in plans])
        if not power.any():
            continue
        if device is Device.EV:
            power = power * ev_share
        if device is Device.APPLIANCE:
            power[:] = power[0]  # half a programme at each of two times is no programme
        firm = expected.firm[device, window]
        yield _fixed(device, np.where(firm, power[0], 0.0))
        most, least = _limits(device, expected, house, window, prospect)
        yield curve.steps(device, np.where(firm, 0.0, power), prospect.prices_eur_per_kwh, most, least)


def _fixed(device: Device, power_kw: Floats) -> _Both:
    """What is taken or given at any price."""
    taken = wh(power_kw)[None]
    any_price = np.full_like(taken, ANY_PRICE)
    return Steps.of(device, np.maximum(taken, 0), any_price), Steps.of(
        device, np.maximum(-taken, 0), -any_price
    )


def _sun(plan: Plan, house: House, window: slice) -> _Both:
    """All the sun that is expected, also what nobody was expected to pay for."""
    nothing, must_run = _fixed(Device.PV, -np.maximum(plan.sun_kw, plan.pv_kw)[window])
    if house.pv is None or not house.pv.curtailable:
        return nothing, must_run
    return nothing, Steps.of(Device.PV, must_run.quantity_wh, np.zeros_like(must_run.limit_ticks))


def _limits(device: Device, plan: Plan, house: House, window: slice, prospect: Prospect) -> tuple[Ints, Ints]:
    """Up to which price a device buys what it wants in every course, and down to which it sells, in ticks."""
    worth, cost = _worth(device, plan, house, window)
    prices, levels = prospect.prices_eur_per_kwh, prospect.levels_eur_per_kwh
    most = np.fmax(worth / prospect.vat + levels.max(initial=0.0), prices.max(axis=0))
    least = np.fmin(cost + levels.min(initial=0.0), prices.min(axis=0))
    outside = np.maximum(prospect.later_eur_per_kwh - prospect.market_eur_per_kwh, 0.0)
    spread = prospect.spread_eur_per_kwh
    return ticks(most + outside + spread), ticks(least - spread)


def _worth(device: Device, plan: Plan, house: House, window: slice) -> tuple[Floats, Floats]:
    """What a kWh is worth to a device, and what one from it costs; ``nan`` where the plan does not say."""
    unknown = np.full(len(plan.connection_kw[window]), np.nan)
    if device is Device.BATTERY and (battery := house.battery) is not None:
        stored = plan.stored_eur_per_kwh[window]
        wear = battery.wear_eur_per_kwh
        return stored * battery.charge_efficiency, stored / battery.discharge_efficiency + wear
    if device is Device.EV and (charger := house.charger) is not None:
        in_car = plan.ev_stored_eur_per_kwh[window]
        wear = charger.wear_eur_per_kwh
        return in_car * charger.efficiency, in_car / charger.discharge_efficiency + wear
    if device is Device.HEAT_PUMP:
        return plan.heat_eur_per_kwh[window] * plan.cop[window], unknown
    return unknown, unknown


def _carries_wh(most_kw: float) -> int:
    return int(min(most_kw * 1000 * PTU_HOURS, ANY_PRICE))


def _rows(bought: Steps, sold: Steps) -> HomeOrders:
    """Steps of one device at one limit become one order."""
    parts = []
    for side, steps in ((Side.BUY, bought), (Side.SELL, sold)):
        step, ptu = np.nonzero(steps.quantity_wh)
        device, limit = steps.device[step, ptu], steps.limit_ticks[step, ptu]
        parts.append(np.stack([ptu, device, np.full_like(ptu, side), limit, steps.quantity_wh[step, ptu]]))
    every = np.concatenate(parts, axis=1)
    key = every[:4]
    order = np.lexsort((-key[3], key[2], key[1], key[0]))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(key[:, order], axis=1) != 0).any(axis=0)
    quantity = sum_by(np.cumsum(new) - 1, every[4][order], int(new.sum()))
    ptu, device, side, limit = key[:, order[new]]
    return HomeOrders(ptu, device, side, quantity, limit)
