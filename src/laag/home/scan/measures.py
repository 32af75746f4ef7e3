"""An energy scan: from readings, weather and a few facts to measures, each with its arithmetic and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from laag.foundation.words import Said
from laag.home.outlook import Floats
from laag.home.scan import rules
from laag.home.scan.days import Days
from laag.home.scan.dwelling import Dwelling, HeatedBy
from laag.home.scan.fit import Z90, Fit, fitted
from laag.home.scan.rules import Rule, Who
from laag.home.scan.year import DAYS_A_YEAR, usual_cold_days

_HOURS = 24 * DAYS_A_YEAR
_LEAST_NIGHTS = 7
_LEAST_EUR = 5.0
"""What saves less than this a year is not worth a line."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more kWh and m3 cost, all in; ``examples`` where nobody said what this household pays."""

    eur_per_kwh: float
    eur_per_m3: float
    examples: bool = True


@dataclass(frozen=True, slots=True)
class Range:
    """About so much, and between which amounts."""

    low: float
    about: float
    high: float

    def times(self, factor: float) -> Range:
        """The same in another unit."""
        return Range(self.low * factor, self.about * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be done."""

    code: str
    saves: Range
    """A year, in ``unit``."""
    unit: str
    """``kWh`` or ``m³``."""
    eur: Range
    numbers: tuple[tuple[str, float], ...]
    """With which its sentence is filled in."""

    @property
    def rule(self) -> Rule:
        """What it is, the arithmetic, who may do it, and where the rule of thumb is from."""
        return rules.RULES[self.code]

    @property
    def who(self) -> Who:
        """Who may do it."""
        return self.rule.who


@dataclass(frozen=True, slots=True)
class Scan:
    """What was seen, and what could be done; the most worth first."""

    days: int
    """With known use."""
    base_kw: float | None
    heating: Fit | None
    heating_unit: str
    seen: tuple[Said, ...]
    measures: tuple[Measure, ...]


def scan(days: Days, home: Dwelling, prices: Prices) -> Scan:
    """What these days say of this home; it needs the facts for some measures and the days for all others."""
    gas = bool(np.nansum(days.gas_m3) > 0.0)
    unit, use = ("m³", days.gas_m3) if gas else ("kWh", days.electricity_kwh)
    heating = fitted(use, days.outdoor_c) if gas or home.heated_by is HeatedBy.HEAT_PUMP else None
    if heating is not None and heating.per_degree <= Z90 * heating.per_degree_error:
        heating = None
    base_kw, night_kw = _median(days.base_kw), _median(days.night_kw)
    found = [*_electric(base_kw, night_kw, home), *_warm(heating, unit, home, gas=gas)]
    per = {"kWh": prices.eur_per_kwh, "m³": prices.eur_per_m3}
    measures = [
        Measure(code, saves, measured, saves.times(per[measured]), tuple(numbers.items()))
        for code, saves, measured, numbers in found
    ]
    worth = sorted(
        (one for one in measures if one.eur.high >= _LEAST_EUR), key=lambda one: (-one.eur.about, one.code)
    )
    count = int(np.isfinite(days.electricity_kwh).sum())
    return Scan(count, base_kw, heating, unit, tuple(_seen(count, base_kw, heating, unit)), tuple(worth))


_Found = tuple[str, Range, str, dict[str, float]]


def _electric(base_kw: float | None, night_kw: float | None, home: Dwelling) -> Iterator[_Found]:
    if base_kw is not None and base_kw > rules.MODEST_BASE_KW:
        above = (base_kw - rules.MODEST_BASE_KW) * _HOURS
        saves = Range(0.25 * above, 0.5 * above, 0.75 * above)
        numbers = {"watt": 1000 * base_kw, "modest": 1000 * rules.MODEST_BASE_KW, "year": base_kw * _HOURS}
        yield "base", saves, "kWh", numbers
    if base_kw is not None and night_kw is not None and night_kw - base_kw > rules.NIGHT_ABOVE_KW:
        above = (night_kw - base_kw) * rules.NIGHT_HOURS * DAYS_A_YEAR
        yield "night", Range(0.0, 0.3 * above, 0.6 * above), "kWh", {"watt": 1000 * (night_kw - base_kw)}
    if home.old_lamps:
        kw = home.old_lamps * rules.LAMP_SAVES_KW
        hours = rules.LAMP_HOURS
        yield (
            "lamps",
            Range(*(kw * one for one in hours)),
            "kWh",
            {"lamps": home.old_lamps, "hours": hours[1]},
        )


def _warm(heating: Fit | None, unit: str, home: Dwelling, *, gas: bool) -> Iterator[_Found]:
    if heating is None:
        return
    year = heating.heating_a_year
    sure = Z90 * heating.per_degree_error / heating.per_degree
    cold_days = usual_cold_days(heating.base_c)
    degree = heating.per_degree * cold_days
    numbers = {"per_degree": heating.per_degree, "days": cold_days, "year": year}
    yield "degree", Range(degree * max(1 - sure, 0.0), degree, degree * (1 + sure)), unit, numbers
    for code in _by_percent(home, gas=gas):
        low, high = rules.PERCENT[code]
        share = Range(low * max(1 - sure, 0.0), (low + high) / 2, high * (1 + sure))
        yield code, share.times(year / 100), unit, {"year": year, "low": low, "high": high}
    hot_year = heating.always_a_year
    if gas and hot_year > rules.LEAST_HOT_M3:
        low, high = rules.PERCENT["shower"]
        saves = Range(low, (low + high) / 2, high).times(hot_year / 100)
        yield "shower", saves, unit, {"year": hot_year, "low": low, "high": high}


def _by_percent(home: Dwelling, *, gas: bool) -> Iterator[str]:
    yield "boiler_flow" if gas and home.heated_by is not HeatedBy.HYBRID else "pump_flow"
    yield "balance"
    if home.year_class is None or home.year_class <= rules.DRAUGHTY_TO_CLASS:
        yield "draught"
    if home.year_class is not None and home.year_class <= rules.UNINSULATED_TO_CLASS:
        yield "insulate"


def _median(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) >= _LEAST_NIGHTS else None


def _seen(count: int, base_kw: float | None, heating: Fit | None, unit: str) -> Iterator[Said]:
    if base_kw is not None:
        watt, kwh = round(1000 * base_kw), round(base_kw * _HOURS)
        yield Said(
            f"’s Nachts staat er steeds ongeveer {watt} W aan. In een jaar is dat {kwh} kWh.",
            f"At night about {watt} W is always on. In a year that is {kwh} kWh.",
        )
    if heating is None:
        yield Said(
            f"Over verwarmen is uit {count} dagen nog niets te zeggen; daar zijn koude en minder koude dagen voor nodig.",
            f"Of heating {count} days say nothing yet; it takes cold and less cold days.",
        )
        return
    error = Z90 * heating.per_degree_error / heating.per_degree * heating.heating_a_year
    year, low, high = (round(heating.heating_a_year + one) for one in (0.0, -error, error))
    rest = round(max(heating.always_a_year, 0.0))
    yield Said(
        f"Verwarmen kost in een gewoon jaar ongeveer {year} {unit} (tussen {low} en {high}); wat altijd doorgaat, zoals "
        f"{'warm water en koken' if unit == 'm³' else 'licht en apparaten'}, ongeveer {rest} {unit}.",
        f"Heating takes about {year} {unit} in a usual year (between {low} and {high}); what goes on always, such as "
        f"{'hot water and cooking' if unit == 'm³' else 'light and appliances'}, about {rest} {unit}.",
    )
    degree = round(heating.per_degree, 2 if unit == "m³" else 1)
    yield Said(
        f"Elke graad die het buiten kouder is, kost per dag {_comma(degree)} {unit} meer.",
        f"Every degree that it is colder outside takes {degree} {unit} more a day.",
    )


def _comma(number: float) -> str:
    return str(number).replace(".", ",")
