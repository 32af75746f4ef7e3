"""What there is to see of a home's day: one row for each price, power and level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from laag.apps.home.day import Day
from laag.apps.home.words import decimal, said
from laag.foundation.words import Lang, Said
from laag.home.outlook import Floats

_NEGLIGIBLE_KW = 1e-3
_AT_MOST_KW, _AT_MOST_KWH = Said("≤ {most_kw}", "≤ {most_kw}"), Said("≤ {most_kwh}", "≤ {most_kwh}")
_ROOM_K = 1.0
"""A temperature is drawn this far above the bottom of its row."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Values from ``low`` (nothing to see) to ``high`` (full); ``nan`` is drawn as absent."""

    kind: str
    """``price``, ``sun``, ``use``, ``store`` or ``grid``: what it is about, for its colour."""
    name: str
    values: Floats
    low: float
    high: float
    range: str
    """Its numbers in words."""


def rows(day: Day, lang: Lang) -> Iterator[Row]:
    """From the price at the top to the connection at the bottom; what this home does not have is left out."""
    plan, outlook = day.plan, day.outlook
    yield _price(Said("Prijs", "Price"), outlook.buy_eur_per_kwh, lang)
    yield from _powers(_uses(day), lang)
    if day.house.battery is not None:
        most = float(plan.stored_kwh.max(initial=0.0))
        words = said(_AT_MOST_KWH, lang, most_kwh=most)
        yield Row(
            "store", Said("In de batterij", "In the battery").to(lang), plan.stored_kwh, 0.0, most, words
        )
    for name, level_c in (
        (Said("Binnen", "Indoors"), plan.indoor_c),
        (Said("Warm water", "Hot water"), plan.tank_c),
    ):
        if np.isfinite(level_c).any():
            yield _temperature(name, level_c, lang)
    yield from _powers(
        (
            ("grid", Said("Van het net", "From the grid"), np.maximum(plan.connection_kw, 0)),
            ("grid", Said("Naar het net", "To the grid"), np.maximum(-plan.connection_kw, 0)),
        ),
        lang,
    )


def _uses(day: Day) -> Sequence[tuple[str, Said, Floats]]:
    plan = day.plan
    away = np.isnan(plan.ev_stored_kwh)
    return (
        ("sun", Said("Zon", "Sun"), plan.pv_kw),
        ("use", Said("Huishouden", "Household"), plan.load_kw),
        ("use", Said("Apparaten", "Appliances"), plan.appliance_kw),
        ("use", Said("Auto laadt", "Car charges"), np.where(away, np.nan, np.maximum(plan.ev_kw, 0))),
        ("use", Said("Auto geeft", "Car gives"), np.maximum(-plan.ev_kw, 0)),
        ("use", Said("Warmtepomp", "Heat pump"), plan.heat_pump_kw),
        ("use", Said("Water heet", "Heating water"), plan.water_kw),
        ("use", Said("Gasketel", "Gas boiler"), plan.gas_kw),
        ("store", Said("Batterij laadt", "Battery charges"), np.maximum(plan.battery_kw, 0)),
        ("store", Said("Batterij geeft", "Battery gives"), np.maximum(-plan.battery_kw, 0)),
    )


def _powers(named: Sequence[tuple[str, Said, Floats]], lang: Lang) -> Iterator[Row]:
    for kind, name, kw in named:
        most = float(np.nanmax(kw, initial=0.0))
        if most > _NEGLIGIBLE_KW:
            yield Row(kind, name.to(lang), kw, 0.0, most, said(_AT_MOST_KW, lang, most_kw=most))


def _price(name: Said, price: Floats, lang: Lang) -> Row:
    """From zero, or from below the lowest where prices hardly differ or are negative."""
    low, high = float(price.min(initial=np.inf)), float(price.max(initial=-np.inf))
    bottom = min(0.0, low) if low < 0.5 * high else low - 0.2 * (high - low)
    words = f"{decimal(100 * low, 0, lang)}–{decimal(100 * high, 0, lang)} ct"
    return Row("price", name.to(lang), price, bottom, high, words)


def _temperature(name: Said, level_c: Floats, lang: Lang) -> Row:
    low, high = float(np.nanmin(level_c)), float(np.nanmax(level_c))
    words = f"{decimal(low, 1, lang)}–{decimal(high, 1, lang)} °C"
    return Row("use", name.to(lang), level_c, min(low, high - _ROOM_K) - _ROOM_K, high, words)
