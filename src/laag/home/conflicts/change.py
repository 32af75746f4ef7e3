"""What two plans of one home do differently."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.conflicts.home import Home
from laag.home.conflicts.ruling import Change
from laag.home.outlook import Floats
from laag.home.plan import Plan
from laag.home.reasons import Subject

_WORTH_SAYING_KWH = 0.05
_SAME_KW = 1e-3
"""Two changes that differ less are equally large, and the earlier is told."""


def largest_change(home: Home, planned: Plan, otherwise: Plan, when: Flags) -> Change | None:
    """The device that would move most energy, where it differs most; within ``when`` if it differs half as much there."""
    subject, then = max(
        ((subject, _powers(otherwise)[subject]) for subject in _powers(planned)),
        key=lambda one: round(_moved_kwh(one[1] - _powers(planned)[one[0]]), 6),
    )
    now = _powers(planned)[subject]
    moved_kwh = _moved_kwh(then - now)
    if moved_kwh < _WORTH_SAYING_KWH:
        return None
    ptu = _where(np.abs(then - now), when)
    return Change(subject, home.moment(ptu), float(now[ptu]), float(then[ptu]), moved_kwh)


def _powers(plan: Plan) -> dict[Subject, Floats]:
    return {
        Subject.CAR: plan.ev_kw,
        Subject.BATTERY: plan.battery_kw,
        Subject.HEATING: plan.heat_pump_kw,
        Subject.WATER: plan.water_kw,
        Subject.APPLIANCE: plan.appliance_kw,
        Subject.PV: -plan.pv_kw,
        Subject.BOILER: plan.gas_kw,
    }


def _moved_kwh(difference: Floats) -> float:
    more, less = np.maximum(difference, 0.0).sum(), np.maximum(-difference, 0.0).sum()
    return float(max(more, less)) * PTU_HOURS


def _where(size: Floats, when: Flags) -> int:
    most = float(size.max(initial=0.0, where=when))
    within = when if most >= size.max() / 2 else np.ones(len(size), np.bool_)
    return int(np.argmax(within & (size >= size.max(where=within, initial=0.0) - _SAME_KW)))
