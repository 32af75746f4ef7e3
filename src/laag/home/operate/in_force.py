"""The plan in force, as plain numbers per PTU: what it wants, what it expects, and what a kWh is worth to each device."""

from __future__ import annotations

from functools import reduce
from itertools import repeat
from typing import NamedTuple

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.devices import Device
from laag.home.house import House
from laag.home.outlook import Floats
from laag.home.physics import Wish
from laag.home.plan import Plan

NAN = float("nan")


class Worth(NamedTuple):
    """What a kWh at the connection is worth to each device, EUR; ``nan`` where it is not there or not free to move."""

    lowest: float
    """Of all below."""
    highest: float
    charging: float = NAN
    """Taken by the battery."""
    giving: float = NAN
    """Kept by the battery instead of given."""
    car: float = NAN
    car_giving: float = NAN
    rooms: float = NAN
    element: float = NAN
    sun: float = NAN
    """Left unused on the roof: nothing, where the roof may be turned down."""


class InForce:
    """A plan that begins ``offset`` PTUs after the start of the actual grid, up to PTU ``until`` of it.

    Rows stay plain until they are lived: most plans are replaced before their end. They count from PTU ``since`` of
    the plan.
    """

    def __init__(self, plan: Plan, house: House, offset: int, until: int, since: int = 0) -> None:
        part = slice(since, max(until - offset, since))
        self.plan, self.offset = plan, offset
        self.offtake = plan.connection_kw[part].tolist()
        self.load = plan.load_kw[part].tolist()
        self.pv = plan.pv_kw[part].tolist()
        self.count = len(self.offtake)
        wet = house.tank is not None
        self._wishes = list(
            zip(
                plan.battery_kw[part].tolist(),
                plan.ev_kw[part].tolist(),
                plan.heat_pump_kw[part].tolist(),
                plan.pv_limit_kw[part].tolist(),
                plan.water_kw[part].tolist() if wet else repeat(0.0),
                plan.element_kw[part].tolist() if wet else repeat(0.0),
                plan.gas_kw[part].tolist() if house.boiler is not None else repeat(0.0),
                strict=False,
            )
        )
        self.indoor = plan.indoor_c[part].tolist() if house.building is not None else ()
        self.in_car = plan.ev_stored_kwh[part].tolist() if house.charger is not None else ()
        self.rooms_are_firm = plan.firm[Device.HEAT_PUMP, part].tolist()
        self.car_is_firm = plan.firm[Device.EV, part].tolist() if house.charger is not None else ()
        self.prices = list(
            zip(
                plan.position_kw[part].tolist(),
                plan.above_eur_per_kwh[part].tolist(),
                plan.below_eur_per_kwh[part].tolist(),
                strict=True,
            )
        )
        self._worths = _worths(plan, house, part)

    def wish(self, at: int) -> Wish:
        """What the plan wants of its PTU ``at``."""
        return Wish._make(self._wishes[at])

    def worth(self, at: int) -> Worth | None:
        """What a kWh is worth then; ``None``: nothing is free to move."""
        return Worth._make(self._worths[at]) if self._worths else None


def _worths(plan: Plan, house: House, part: slice) -> list[tuple[float, ...]]:
    """The worths of what is stored, seen from the connection: losses on the way, and wear."""
    firm = plan.firm[:, part]
    found: dict[str, Floats] = {}
    if (battery := house.battery) is not None:
        kept = plan.stored_eur_per_kwh if plan.kept_eur_per_kwh is None else plan.kept_eur_per_kwh
        stored = _free(kept[part], firm[Device.BATTERY])
        found["charging"] = stored * battery.charge_efficiency
        found["giving"] = stored / battery.discharge_efficiency + battery.wear_eur_per_kwh
    if (charger := house.charger) is not None:
        stored = _free(plan.ev_stored_eur_per_kwh[part], firm[Device.EV])
        found["car"] = stored * charger.efficiency
        if charger.gives:
            found["car_giving"] = stored / charger.discharge_efficiency + charger.wear_eur_per_kwh
    if house.heat_pump is not None and house.building is not None:
        found["rooms"] = _free(plan.heat_eur_per_kwh[part], firm[Device.HEAT_PUMP]) * plan.cop[part]
    if house.tank is not None:
        found["element"] = _free(plan.water_eur_per_kwh[part], firm[Device.WATER])
    if not found:
        return []
    if house.pv is not None and house.pv.curtailable:
        found["sun"] = _free(np.zeros(firm.shape[1]), firm[Device.PV])
    every = list(found.values())
    found |= {"lowest": reduce(np.fmin, every), "highest": reduce(np.fmax, every)}
    return list(
        zip(*(found[one].tolist() if one in found else repeat(NAN) for one in Worth._fields), strict=False)
    )


def _free(worth: Floats, firm: Flags) -> Floats:
    return np.where(firm, np.nan, worth) if firm.any() else worth
