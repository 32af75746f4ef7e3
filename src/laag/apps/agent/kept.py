"""A plan as plain data, to be looked back at."""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.cycle.living import Thought

_SERIES = (
    "load_kw", "pv_kw", "battery_kw", "ev_kw", "heat_pump_kw", "water_kw", "appliance_kw", "connection_kw", "position_kw",
    "stored_kwh", "ev_stored_kwh", "indoor_c", "tank_c",
)  # fmt: skip


def kept_plan(thought: Thought) -> dict[str, Any]:
    """The series of a plan, its prices, and what it could not meet."""
    plan, ahead = thought.plan, thought.outlook
    return {
        "made_at": plan.made_at.isoformat(),
        "start": plan.grid.start.isoformat(),
        "cost_eur": round(plan.cost_eur, 4),
        **{name: plain(getattr(plan, name)) for name in _SERIES},
        "buy_eur_per_kwh": plain(ahead.buy_eur_per_kwh),
        "sell_eur_per_kwh": plain(ahead.sell_eur_per_kwh),
        "shortfalls": [
            {
                "kind": one.kind,
                "amount": round(one.amount, 3),
                "unit": one.unit,
                "ptu": one.ptu,
                "why": one.why,
            }
            for one in plan.shortfalls
        ],
    }


def plain(values: np.ndarray[Any, Any] | None) -> list[float | None]:
    """Numbers as JSON bears them; what is not known is null."""
    if values is None:
        return []
    return [round(value, 4) if np.isfinite(value) else None for value in values.tolist()]
