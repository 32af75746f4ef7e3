"""A planned day for a program to read; every field is in ``docs/home-file.md``."""

from __future__ import annotations

from dataclasses import fields
from math import isfinite
from typing import Any

import numpy as np

from laag.apps.home.because import because
from laag.apps.home.day import Day
from laag.apps.home.happenings import Happening, happenings
from laag.apps.home.mended import assumed
from laag.apps.home.sentences import sentence
from laag.apps.home.shortfalls import shortfall
from laag.foundation.words import Lang
from laag.home.devices import Device
from laag.home.ladder import Rung
from laag.home.outlook import Floats
from laag.home.plan.shortfall import Shortfall
from laag.home.preferences import say

_DECIMALS = 6


def as_words(day: Day, lang: Lang) -> dict[str, Any]:
    """All of a planned day, ready to be written as JSON: ``null`` is what is not there or not limited."""
    plan = day.plan
    series = {
        field.name: numbers(getattr(plan, field.name))
        for field in fields(plan)
        if field.name != "firm" and isinstance(getattr(plan, field.name), np.ndarray)
    }
    return {
        "version": 1,
        "home": day.house.name,
        "zone": day.asked.zone.key,
        "at": [day.local(i).isoformat() for i in range(len(plan))],
        "cost_eur": _rounded(plan.cost_eur),
        "without_plan_eur": _rounded(day.unplanned.cost_eur),
        "left_eur": _rounded(day.left_eur),
        "gain_eur": _rounded(day.gain_eur),
        "buy_eur_per_kwh": numbers(day.outlook.buy_eur_per_kwh),
        "sell_eur_per_kwh": numbers(day.outlook.sell_eur_per_kwh),
        "plan": series,
        "firm": {
            device.name.lower(): plan.firm[device].tolist() for device in Device if plan.firm[device].any()
        },
        "runs": [
            {
                "appliance": run.job.appliance.name,
                "at": None if run.start is None else day.local(run.start).isoformat(),
            }
            for run in plan.runs
        ],
        "happenings": [_happening(day, one, lang) for one in happenings(day)],
        "shortfalls": [_shortfall(day, one, lang) for one in plan.shortfalls],
        "missed": [{"rung": one.rung.name.lower(), "amount": _rounded(one.amount)} for one in plan.missed],
        "wishes": [{"sentence": say(one.wish, lang), "default": one.default or None} for one in day.meant],
        "met": [one.to(lang) for one in day.wished.said],
        "assumed": list(assumed(day, lang)),
    }


def numbers(values: Floats) -> list[float | None]:
    """Six decimals; ``None`` where there is no number, or no limit."""
    return [_rounded(value) if isfinite(value) else None for value in values.tolist()]


def _rounded(value: float) -> float:
    return round(value, _DECIMALS) + 0.0


def _happening(day: Day, one: Happening, lang: Lang) -> dict[str, Any]:
    return {
        "device": one.name or one.subject.value,
        "from": day.local(one.first).isoformat(),
        "until": day.local(one.stop).isoformat(),
        "energy_kwh": _rounded(one.energy_kwh),
        "turned_kwh": _rounded(one.turned_kwh),
        "own_sun_kwh": _rounded(one.own_sun_kwh),
        "from_battery_kwh": _rounded(one.from_battery_kwh),
        "from_car_kwh": _rounded(one.from_car_kwh),
        "bought_kwh": _rounded(one.bought_kwh),
        "to_grid_kwh": _rounded(one.to_grid_kwh),
        "eur_per_kwh": _rounded(one.eur_per_kwh),
        "sentence": sentence(one, lang),
        "because": because(day, one, lang) or None,
    }


def _shortfall(day: Day, one: Shortfall, lang: Lang) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "amount": _rounded(one.amount),
        "unit": one.unit,
        "at": day.local(one.ptu).isoformat(),
        "rung": _rung(one.rung),
        "decided_by": _rung(one.decided_by),
        "source": one.source or None,
        "sentence": shortfall(one, day, lang),
    }


def _rung(rung: Rung | None) -> str | None:
    return None if rung is None else rung.name.lower()
