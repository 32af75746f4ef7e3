"""Why the home battery fills, gives or rests."""

from __future__ import annotations

import numpy as np

from laag.home.devices import Battery, Device
from laag.home.reasons.battery.filling import fills_because
from laag.home.reasons.battery.giving import gives_because
from laag.home.reasons.battery.resting import rests_because
from laag.home.reasons.battery.store import store_of
from laag.home.reasons.codes import Code, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.scan import at
from laag.home.reasons.view import View

__all__ = ["battery_reasons"]


def battery_reasons(view: View, battery: Battery) -> Column:
    """Code, numbers and alternatives of the home battery in every PTU."""
    store = store_of(view, battery)
    column = Column(Subject.BATTERY, view.plan.battery_kw)
    count = len(view)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": np.where(store.gives, view.up, view.down),
        "price_would_bring": view.below,
        "kept_roughly_eur_per_kwh": np.full(count, store.kept),
        "used_by": store.used_from,
        "used_end_by": store.used_until,
        "used_eur_per_kwh": store.used_at,
        "filled_at": store.filled_at,
        "filled_by": store.filled_at,
        "filled_eur_per_kwh": at(view.down, store.filled_at),
        "cap_kw": np.where(store.fills, store.charge.kw, store.discharge.kw),
        "charge_kw": store.charge.kw,
        "discharge_kw": store.discharge.kw,
        "worth_eur_per_kwh": store.worth,
        "reserve_at": store.held_at,
        "reserve_kwh": at(store.floor.level, store.held_at),
        "then_kw": at(view.taking.kw, store.used_from),
        "stored_kwh": store.after,
        "floor_kwh": store.floor.level,
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    fills_because(store, column)
    gives_because(store, column)
    rests_because(store, column)
    column.finish(view.plan.firm[Device.BATTERY], view.beyond_money)
    return column
