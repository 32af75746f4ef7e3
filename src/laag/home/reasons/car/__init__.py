"""Why the car charges, waits or gives back."""

from __future__ import annotations

import numpy as np

from laag.home.devices import Charger, Device
from laag.home.reasons.car.giving import gives_because
from laag.home.reasons.car.taking import takes_because
from laag.home.reasons.car.visits import car_of
from laag.home.reasons.car.waiting import waits_because
from laag.home.reasons.codes import Code, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.scan import at
from laag.home.reasons.view import View

__all__ = ["car_reasons"]


def car_reasons(view: View, charger: Charger) -> Column:
    """Code, numbers and alternatives of the car in every PTU."""
    car = car_of(view, charger)
    column = Column(Subject.CAR, view.plan.ev_kw)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": np.where(car.takes, view.down, view.up),
        "price_would_bring": view.below,
        "departs_at": car.departs,
        "until_by": car.until,
        "taking_cheapest": car.taking,
        "left_kwh": car.left,
        "wanted_kwh": car.wanted,
        "most_kwh": car.most_kwh,
        "held_kwh": car.before,
        "taken_at": car.taken_at,
        "taken_by": car.taken_at,
        "taken_eur_per_kwh": at(view.down, car.taken_at),
        "next_stay_eur_per_kwh": car.next_stay,
        "cap_kw": car.limit.kw,
        "least_kw": np.full(len(view), charger.min_kw),
        "kept_eur_per_kwh": view.plan.ev_stored_eur_per_kwh,
        "worth_eur_per_kwh": car.worth,
    }
    column.give(Code.AWAY, ~car.here)
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    takes_because(car, column)
    gives_because(car, column)
    waits_because(car, column)
    column.finish(view.plan.firm[Device.EV], view.beyond_money)
    return column
