"""A plan as price-dependent orders: each quarter-hour's net quantity, and up to which price the home means it.

Curtailable panels offer all that they can give, from a price of zero on, also where the plan expects less than that.

The market sees one net position per member: what the home's own sun or battery delivers to its own devices stays
behind the meter, where neither market nor tax comes. So per PTU own supply first serves own demand - the cheapest
supply the most valued demand - and only the rest is ordered, by device. A home never trades with itself, and its
orders of a PTU are all on one side.

Limits come from the plan's own prices: a device buys up to what the energy is worth where it goes, and sells down to
what it is worth where it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.series import ticks, wh
from laag.home.devices import Device
from laag.home.house import House
from laag.home.outlook import Floats, Ints
from laag.home.plan import Plan


@dataclass(frozen=True, slots=True, eq=False)
class HomeOrders:
    """One row per order, by PTU and then device; ``ptu`` counts from the start of the window.

    ``limit_ticks`` is ``ANY_PRICE`` for what must be bought and ``-ANY_PRICE`` for what must be fed in.
    """

    ptu: Ints
    device: Ints
    side: Ints
    quantity_wh: Ints
    limit_ticks: Ints

    def __len__(self) -> int:
        return len(self.ptu)


def orders(plan: Plan, house: House, window: slice, spread_eur_per_kwh: float = 0.0) -> HomeOrders:
    """The orders for the PTUs ``window`` of the plan; per PTU they sum to its net offtake in whole Wh.

    ``spread_eur_per_kwh`` is what it costs to come back outside one's position later (the risk of imbalance): a
    flexible device bids that much above its worth and asks that much below it, so that a planned kWh is not lost for
    a hair.
    """
    unused_kw = _unused_sun_kw(plan, house)
    net = wh((plan.connection_kw - unused_kw)[window])
    flows = (
        plan.load_kw,
        -plan.pv_kw - unused_kw,
        plan.battery_kw,
        plan.ev_kw,
        plan.heat_pump_kw,
        plan.water_kw,
        plan.appliance_kw,
    )
    device_kw = np.stack([flow[window] for flow in flows], axis=1)
    most, least = _limits(plan, house, window, spread_eur_per_kwh)
    bought = _outermost(np.maximum(net, 0), np.maximum(device_kw, 0.0), most)
    sold = _outermost(np.maximum(-net, 0), np.maximum(-device_kw, 0.0), -least)
    ptu, device = np.nonzero(bought + sold)
    buys = bought[ptu, device] > 0
    return HomeOrders(
        ptu=ptu.astype(np.int64),
        device=device.astype(np.int64),
        side=np.where(buys, int(Side.BUY), int(Side.SELL)).astype(np.int64),
        quantity_wh=np.where(buys, bought[ptu, device], sold[ptu, device]),
        limit_ticks=np.where(buys, most[ptu, device], least[ptu, device]),
    )


def _unused_sun_kw(plan: Plan, house: House) -> Floats:
    """Sun that the plan leaves unused because nobody was expected to pay for it: offered all the same, for nothing."""
    room_kw = np.maximum(house.export_max_kw + plan.connection_kw, 0.0)
    unused_kw = np.clip(plan.sun_kw - plan.pv_kw, 0.0, room_kw)
    return np.where(plan.connection_kw > 0, 0.0, unused_kw)


def _limits(plan: Plan, house: House, window: slice, spread: float) -> tuple[Ints, Ints]:
    """The most each device pays and the least it takes, in ticks, shape (PTUs, devices)."""
    count = len(plan.connection_kw[window])
    most = np.full((count, len(Device)), ANY_PRICE, np.int64)
    least = np.full((count, len(Device)), -ANY_PRICE, np.int64)
    if house.pv is not None and house.pv.curtailable:
        least[:, Device.PV] = 0
    if house.battery is not None:
        worth = plan.stored_eur_per_kwh[window]
        most[:, Device.BATTERY] = _ticks(worth * house.battery.charge_efficiency + spread)
        drawn = worth / house.battery.discharge_efficiency + house.battery.wear_eur_per_kwh
        least[:, Device.BATTERY] = _ticks(drawn - spread)
    if house.charger is not None:
        most[:, Device.EV] = _ticks(plan.ev_stored_eur_per_kwh[window] * house.charger.efficiency + spread)
    if house.heat_pump is not None and house.building is not None:
        most[:, Device.HEAT_PUMP] = _ticks(plan.heat_eur_per_kwh[window] * plan.cop[window] + spread)
    return most, least


def _ticks(price_eur_per_kwh: Floats) -> Ints:
    """Whole ticks; no worth (a car that is away) is no price, and orders nothing."""
    return ticks(np.nan_to_num(price_eur_per_kwh, nan=0.0))


def _outermost(wanted_wh: Ints, device_kw: Floats, keenness: Ints) -> Ints:
    """Take ``wanted_wh`` per PTU from the least keen devices first: the keener ones are served behind the meter.

    Rounding each device may leave a Wh or two more wanted than all together have: the largest gets them.
    """
    order = np.argsort(keenness, axis=1, kind="stable")
    sorted_wh = np.take_along_axis(wh(device_kw), order, axis=1)
    before = np.cumsum(sorted_wh, axis=1) - sorted_wh
    taken = np.clip(wanted_wh[:, None] - before, 0, sorted_wh)
    result = np.empty_like(taken)
    np.put_along_axis(result, order, taken, axis=1)
    result[np.arange(len(wanted_wh)), np.argmax(device_kw, axis=1)] += wanted_wh - result.sum(axis=1)
    return result
