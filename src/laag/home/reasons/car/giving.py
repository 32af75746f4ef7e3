"""Why the car gives back."""

from __future__ import annotations

from laag.home.reasons.car.visits import Car
from laag.home.reasons.codes import Code
from laag.home.reasons.column import Column
from laag.home.reasons.near import LEVEL_KWH, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at


def gives_because(car: Car, column: Column) -> None:
    """Give the reasons of giving back: a limit, a peak, more than is needed, or dearer now than when it is put back."""
    view, charger, gives = car.view, car.charger, car.gives
    column.give(Code.CAR_EASES_CONNECTION, gives & view.cramped, view.taking.claim)
    column.tariff(gives, view.at_peak, view.at_band & (view.plan.connection_kw > 0))
    spare = (car.taken_at == len(view)) & (car.left >= car.wanted - LEVEL_KWH) & (view.up > 0)
    column.give(Code.CAR_GIVES_SPARE, gives & spare)
    refilled = at(view.weighed(view.down), car.taken_at) / charger.efficiency
    saves = (view.weighed(view.up) - charger.wear_eur_per_kwh) * charger.discharge_efficiency
    column.give(Code.CAR_GIVES, gives & (saves - refilled >= -SAME_EUR_PER_KWH))
    drawn = (view.all_told - charger.wear_eur_per_kwh) * charger.discharge_efficiency
    worth = view.plan.ev_stored_eur_per_kwh
    column.give(Code.CAR_GIVES_WORTH, gives & (drawn >= worth - SAME_EUR_PER_KWH))
