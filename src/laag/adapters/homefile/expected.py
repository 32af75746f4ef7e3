"""What a home file expects of its day, with a public stand-in for what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from laag.adapters import facts
from laag.adapters.homefile import standins
from laag.adapters.homefile.home import ExpectedWire, PricesWire
from laag.adapters.homefile.times import Times
from laag.foundation.words import Lang, Said, pointed
from laag.home.house import House
from laag.home.outlook import Floats, Ints
from laag.settlement.policy import felt_centiticks, named, retail_ticks

TICKS_PER_EUR_PER_KWH = 100_000
NOT_GIVEN = Said("niet opgegeven", "not given")
HIGHEST_EUR_PER_KWH, LOWEST_EUR_PER_KWH = 1.0, -0.5
"""Beyond these a home's price is worth a word; the exchange's own limits are 4 and -0.5."""

_PER_MWH = Said(
    "zo gebruikt; een prijs per MWh hoort in day_ahead_eur_per_mwh",
    "used as given; a price per MWh belongs in day_ahead_eur_per_mwh",
)
_AS_GIVEN = Said("zo gebruikt", "used as given")


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that a file leaves out or that is strange in it, and what was done."""

    where: str
    """The path in the file."""
    what: Said
    then: Said
    unmet: bool = False
    """Whether something that is wished for is not done because of it."""

    def said(self, lang: Lang) -> str:
        """In one sentence."""
        return f"{self.where} {self.what.to(lang)}: {self.then.to(lang)}"


@dataclass(slots=True)
class Series:
    """Reads the series of one file, and notes what was missing or strange."""

    times: Times
    noted: list[Noted] = field(default_factory=list)

    def note(self, where: str, what: Said, then: Said, *, unmet: bool = False) -> None:
        """One more thing."""
        self.noted.append(Noted(where, what, then, unmet))

    def given(self, where: str, series: tuple[float, ...] | None) -> Floats | None:
        """On the grid, ``nan`` where it is not known; ``None`` where nothing is given or not one number is known."""
        if series is None:
            return None
        values = self.times.spread(series, where)
        return values if np.isfinite(values).any() else None

    def filled(self, where: str, series: tuple[float, ...] | None) -> Floats | None:
        """The same, with the mean of the others where one is not known."""
        values = self.given(where, series)
        if values is None:
            return None
        known = np.isfinite(values)
        return np.where(known, values, values[known].mean())

    def or_else(self, where: str, series: tuple[float, ...] | None, stand_in: Floats, words: Said) -> Floats:
        """What is given; else the stand-in, noted."""
        values = self.given(where, series)
        if values is None:
            self.note(where, NOT_GIVEN, words)
            return stand_in
        return values

    def not_below_zero(self, where: str, values: Floats) -> Floats:
        """With what lies below zero set to zero, and noted."""
        below = values < 0
        if below.any():
            self.note(
                where,
                _quarters_of(int(below.sum()), Said("onder nul", "below zero")),
                Said("op nul gezet", "set to zero"),
            )
        return np.where(below, 0.0, values)


def _quarters_of(count: int, which: Said) -> Said:
    """So many of them."""
    if count == 1:
        return Said(f"heeft één kwartier {which.nl}", f"has one quarter-hour {which.en}")
    return Said(f"heeft {count} kwartieren {which.nl}", f"has {count} quarter-hours {which.en}")


def expected(series: Series, given: ExpectedWire, house: House, quarter: Ints) -> dict[str, Any]:
    """Load, sun, warmth and hot water, for the fields of an outlook."""
    grid, nothing = series.times.grid, np.zeros(len(quarter))
    load = series.or_else("expected.load_kw", given.load_kw, standins.load_kw(quarter), standins.LOAD)
    sun = _sun(series, given, house)
    pv, outdoor, gain = nothing, nothing, nothing
    if house.pv is not None:
        panels = standins.pv_kw(house.pv.peak_kw, sun)
        pv = series.or_else("expected.pv_kw", given.pv_kw, panels, standins.PANELS)
    if house.building is not None or given.outdoor_c is not None:
        outdoor = series.or_else(
            "expected.outdoor_c", given.outdoor_c, standins.outdoor_c(grid), standins.OUTDOOR
        )
    if house.building is not None:
        told = series.given("expected.heat_gain_kw", given.heat_gain_kw)
        gain = house.building.gains_kw(sun) if told is None else told
    water = None
    if house.tank is not None:
        usual = standins.hot_water_kw(quarter)
        water = series.or_else("expected.hot_water_kw", given.hot_water_kw, usual, standins.WATER)
        water = series.not_below_zero("expected.hot_water_kw", np.where(np.isfinite(water), water, usual))
    return {
        "load_kw": series.not_below_zero("expected.load_kw", load),
        "pv_kw": series.not_below_zero("expected.pv_kw", pv),
        "outdoor_c": outdoor,
        "heat_gain_kw": gain,
        "hot_water_kw": water,
    }


def _sun(series: Series, given: ExpectedWire, house: House) -> Floats:
    """Asked for only where nothing closer to the house says it."""
    usual = standins.sun_w_m2(series.times.grid)
    for_panels = house.pv is not None and given.pv_kw is None
    for_rooms = house.building is not None and given.heat_gain_kw is None
    if not (for_panels or for_rooms):
        return usual
    return series.or_else("expected.sun_w_m2", given.sun_w_m2, usual, standins.SUN)


def prices(series: Series, given: PricesWire) -> tuple[Floats, Floats]:
    """What a kWh costs and earns, EUR/kWh."""
    buy = series.given("prices.buy_eur_per_kwh", given.buy_eur_per_kwh)
    if buy is None:
        market = series.given("prices.day_ahead_eur_per_mwh", given.day_ahead_eur_per_mwh)
        if market is not None:
            buy, sell = by_contract(given.contract, market)
        else:
            series.note("prices", NOT_GIVEN, standins.PRICES)
            buy, sell = by_contract("law-2027", np.zeros(len(series.times.grid)))
    else:
        told = series.given("prices.sell_eur_per_kwh", given.sell_eur_per_kwh)
        if told is None:
            series.note(
                "prices.sell_eur_per_kwh",
                NOT_GIVEN,
                Said("teruggeven levert niets op", "nothing is earned by giving"),
            )
            told = np.zeros_like(buy)
        sell = told
    _note_the_extreme(series, buy, given)
    return buy, sell


def by_contract(contract: str, market_eur_per_mwh: Floats) -> tuple[Floats, Floats]:
    """The felt prices of this contract; unknown where the market's is."""
    policy = named(contract)
    figures = facts.load(policy.facts_day)
    unknown = ~np.isfinite(market_eur_per_mwh)
    ticks = np.rint(np.where(unknown, 0.0, market_eur_per_mwh) * 100).astype(np.int64)
    felt = felt_centiticks(policy, figures, *(100 * side for side in retail_ticks(policy, figures, ticks)))
    buy, sell = (np.where(unknown, np.nan, side / (100 * TICKS_PER_EUR_PER_KWH)) for side in felt)
    return buy, sell


def _note_the_extreme(series: Series, buy: Floats, given: PricesWire) -> None:
    own = given.buy_eur_per_kwh is not None
    known = np.where(np.isfinite(buy), buy, np.nan)
    for beyond, worst in (
        (known > HIGHEST_EUR_PER_KWH, np.nanmax(known)),
        (known < LOWEST_EUR_PER_KWH, np.nanmin(known)),
    ):
        if beyond.any():
            at = series.times.grid[int(np.argmax(beyond))].astimezone(series.times.zone)
            series.note(
                f"prices, {at:%Y-%m-%d %H:%M}",
                _extreme(int(beyond.sum()), float(worst)),
                _PER_MWH if own else _AS_GIVEN,
            )


def _extreme(count: int, worst: float) -> Said:
    """From the first of them on."""
    nl, en = (f"{pointed(f'{worst:.2f}', lang)} EUR/kWh" for lang in Lang)
    if count == 1:
        return Said(f"is één kwartier van {nl}", f"is one quarter-hour at {en}")
    return Said(f"en verder: {count} kwartieren tot {nl}", f"and on: {count} quarter-hours up to {en}")
