"""What one device does in one quarter-hour, and where that leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from laag.apps.home.day import Day
from laag.apps.home.sentences import called
from laag.apps.home.words import said, written
from laag.foundation.words import Lang, Said
from laag.home.outlook import Floats
from laag.home.reasons import Reason, Subject
from laag.home.reasons.near import ON_KW

_LITTLE_KW = 0.05
"""Less would be none in tenths of a kW, and is written in watts."""
_TAKES, _GIVES, _RESTS = (
    Said("neemt {power}", "takes {power}"),
    Said("geeft {power}", "gives {power}"),
    Said("doet niets", "rests"),
)
_PANELS_GIVE, _PANELS_REST = (
    Said("geven {power}", "give {power}"),
    Said("geven niets", "give nothing"),
)
"""There are several."""
_PASSES_NOTHING = Said("neemt niets en geeft niets", "takes nothing and gives nothing")
"""Of the connection: it does nothing of its own accord."""
_THEN = Said("daarna {level}", "then at {level}")

SUBJECTS: Mapping[Subject, Said] = {
    Subject.CONNECTION: Said("Aansluiting", "Connection"),
    Subject.PV: Said("Zonnepanelen", "Solar panels"),
    Subject.BATTERY: Said("Batterij", "Battery"),
    Subject.CAR: Said("Auto", "Car"),
    Subject.HEATING: Said("Warmtepomp", "Heat pump"),
    Subject.WATER: Said("Warm water", "Hot water"),
    Subject.BOILER: Said("Gasketel", "Gas boiler"),
    Subject.APPLIANCE: Said("Apparaat", "Appliance"),
}


def doing(day: Day, reason: Reason, lang: Lang) -> str:
    """Who does what, and where that leaves it."""
    who = called(reason.name, lang) if reason.name else SUBJECTS[reason.subject].to(lang)
    words = (
        f"{who[:1].upper()}{who[1:]}: {said(_what(reason), lang, power=_power(abs(reason.power_kw), lang))}"
    )
    level = _level(day, reason, lang)
    return f"{words}, {said(_THEN, lang, level=level)}" if level else words


def _what(reason: Reason) -> Said:
    rests = abs(reason.power_kw) < ON_KW
    if reason.subject is Subject.PV:
        return _PANELS_REST if rests else _PANELS_GIVE
    if rests:
        return _PASSES_NOTHING if reason.subject is Subject.CONNECTION else _RESTS
    return _TAKES if reason.power_kw > 0 else _GIVES


def _power(kw: float, lang: Lang) -> str:
    return written("power_w", 1000 * kw, lang) if kw < _LITTLE_KW else written("power_kw", kw, lang)


def _level(day: Day, reason: Reason, lang: Lang) -> str:
    """What it holds when the quarter-hour is over."""
    plan = day.plan
    levels: Mapping[Subject, tuple[Floats, str]] = {
        Subject.BATTERY: (plan.stored_kwh, "kwh"),
        Subject.CAR: (plan.ev_stored_kwh, "kwh"),
        Subject.HEATING: (plan.indoor_c, "c"),
        Subject.WATER: (plan.tank_c, "c"),
    }
    if reason.subject not in levels:
        return ""
    values, unit = levels[reason.subject]
    held = float(values[reason.ptu])
    return written(f"held_{unit}", held, lang) if isfinite(held) else ""
