"""What a plan weighs: the rungs of what must not be missed, and the worth of what is left at its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.devices import Battery, Charger, Tank
from laag.home.house import House
from laag.home.ladder import Rung
from laag.home.outlook import Floats, Outlook

LAST_DAY = 96
"""PTUs at the end of a horizon by which its end is judged; a duration, not a calendar day."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What missing one kWh (or one kelvin for an hour) weighs in one plan, far above any price.

    Weights only keep a plan from missing what it need not miss: where rungs do conflict, they are served in order.
    """

    safety: float
    other: float

    def of(self, rung: Rung) -> float:
        """EUR per kWh or per kelvin and hour."""
        return self.safety if rung <= Rung.SAFETY else self.other


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """How a plan weighs what money cannot; the defaults need no thought.

    Weights are high enough that no money moves them, low enough to keep the program well-conditioned. Where a price
    comes near one, all rise with it.
    """

    safety_eur_per_kwh: float = 100.0
    other_eur_per_kwh: float = 10.0
    above_the_prices: float = 5.0
    """A rung weighs at least this many times the highest price."""
    worth_a_search_eur: float = 0.02
    """Where what devices cannot do by halves costs more than this beyond the relaxed plan, binaries look for better."""
    keep_stored: bool = False
    """End with at least what the battery holds at the start, instead of valuing what it holds at the end."""
    end_quantile: float = 0.7
    """Which of the last day's prices stored energy and warmth left at the end will save.

    Planning every noon for 36 hours with real 2025 prices, a battery with and without PV then kept 97 to 99.9 % of
    what one plan of four whole weeks gains, in January, April, June and October; at 0.5 in one of them 89 %.
    """
    car_end_quantile: float = 0.3
    """The same for a car that stays beyond the horizon: it need not sell, only wait for the cheaper hours."""

    def weights(self, outlook: Outlook) -> Weights:
        """The rungs for these prices."""
        _, above, below = outlook.prices_of_a_change()
        highest = max(float(np.abs(above).max(initial=0.0)), float(np.abs(below).max(initial=0.0)))
        raised = max(1.0, self.above_the_prices * highest / self.other_eur_per_kwh)
        return Weights(self.safety_eur_per_kwh * raised, self.other_eur_per_kwh * raised)

    def stored_at_end_eur_per_kwh(self, battery: Battery, outlook: Outlook) -> float:
        """What a kWh left in the battery is worth: what it will save, less the losses both ways and the wear.

        A quarter-hour with sun to spare counts at what that sun would earn: a battery that the sun will fill for
        nothing need not keep much.
        """
        both_ways = battery.charge_efficiency * battery.discharge_efficiency
        saves = _quantile(_cheapest_kwh(outlook), self.end_quantile) * both_ways
        return max(saves - battery.wear_eur_per_kwh, 0.0)

    def charged_at_end_eur_per_kwh(self, charger: Charger, outlook: Outlook) -> float:
        """What a kWh in a car that stays beyond the horizon is worth, up to what it should leave with."""
        return max(_quantile(_cheapest_kwh(outlook), self.car_end_quantile) / charger.efficiency, 0.0)

    def warmth_at_end_eur_per_k(self, house: House, outlook: Outlook, low_c: Floats) -> float:
        """What a kelvin at the end is worth: the heat in it at what heat costs; nothing where sun and people suffice."""
        building = house.building
        if building is None:
            return 0.0
        last = slice(-LAST_DAY, None)
        lost_kw = building.loss_kw_per_k * float(np.mean(low_c[last] - outlook.outdoor_c[last]))
        if lost_kw <= float(np.mean(outlook.heat_gain_kw[last])):
            return 0.0
        dear = np.full(len(outlook.grid), np.inf)
        by_pump = (
            dear
            if house.heat_pump is None
            else _cheapest_kwh(outlook) / house.heat_pump.cop(outlook.outdoor_c)
        )
        by_gas = np.inf if house.boiler is None else outlook.gas_eur_per_kwh / house.boiler.efficiency
        price = _quantile(np.minimum(by_pump, by_gas), self.end_quantile)
        return max(price, 0.0) * building.heat_capacity_kwh_per_k if np.isfinite(price) else 0.0

    def water_at_end_eur_per_k(self, house: House, tank: Tank, outlook: Outlook) -> float:
        """What a kelvin in the tank at the end is worth, a little below what making it then is expected to cost."""
        price = _quantile(_cheapest_kwh(outlook), self.car_end_quantile)
        cop = (
            1.0
            if house.heat_pump is None
            else float(np.mean(house.heat_pump.cop(outlook.outdoor_c, tank.pump_max_c)))
        )
        return max(price, 0.0) / cop * tank.kwh_per_k

    def later_eur_per_kwh(self, outlook: Outlook) -> float:
        """What a programme that may wait beyond the horizon is expected to pay there."""
        return max(_quantile(_cheapest_kwh(outlook), self.car_end_quantile), 0.0)


def _cheapest_kwh(outlook: Outlook) -> Floats:
    """What one kWh more costs in each PTU: the sale forgone where sun is to spare, the purchase elsewhere."""
    _, above, below = outlook.prices_of_a_change()
    return np.where(outlook.pv_kw > outlook.load_kw, below, above)


def _quantile(price: Floats, share: float) -> float:
    """The price below which this share of the last day's lies; an actual price, not one between two."""
    if not len(price):
        return 0.0
    last = np.sort(price[-LAST_DAY:])
    return float(last[int(share * (len(last) - 1))])
