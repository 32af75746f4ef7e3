"""What a gate makes known to every home: prices as far as they are known, prices to reckon with beyond, positions.

A home sees the neighbourhood only through this: no other home's orders, readings or plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from laag.cycle.grid_says import GridSays
from laag.cycle.market_day import DayMarket
from laag.cycle.terms import EUR_PER_KWH_PER_CENTITICK, Terms
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU_HOURS
from laag.home.calendar import Calendar
from laag.home.ladder import Limit
from laag.home.tariff import Band

Floats = NDArray[np.float64]

QUARTERS = 96
"""Quarters on the wall: a key for habits of the clock, not the length of a day."""
NEW_DAY_WEIGHT = 0.3
OWN_KW = 1.0
"""Around a position smaller than this a change is soon of the other kind: more is a purchase, with VAT, and less is
a home's own delivery, without. A plan knows one price for either way."""


@dataclass(frozen=True, slots=True, eq=False)
class LocalPrices:
    """Where between export and landed price buyers and sellers ended lately, per quarter on the wall, 0 to 1.

    It lets a home guess local prices from national ones; the guess is public and the same for all.
    """

    buyers: Floats
    sellers: Floats
    margin: Floats
    """Where orders stopped being accepted: at the outside price on the side on which the street traded, or between."""

    @classmethod
    def unknown(cls) -> LocalPrices:
        """Before the first day: buyers near the outside price, as the margin, sellers below the middle."""
        return cls(np.full(QUARTERS, 0.8), np.full(QUARTERS, 0.4), np.full(QUARTERS, 0.8))

    def learn(self, market: DayMarket, quarter: Ints) -> LocalPrices:
        """One more day: the newest counts for three tenths, so that a habit changes without swinging."""
        width = np.maximum(market.landed_ticks - market.export_ticks, 1) * 100.0
        seen = [
            (100 * market.landed_ticks, market.buyer_centiticks, self.buyers),
            (100 * market.landed_ticks, market.seller_centiticks, self.sellers),
            (100 * market.landed_ticks, market.margin_centiticks, self.margin),
        ]
        learnt = []
        for landed, price, known in seen:
            share = np.clip(1.0 - (landed - price) / width, 0.0, 1.0)
            mean = known.copy()
            for q in np.unique(quarter):
                mean[q] = share[quarter == q].mean()
            learnt.append((1 - NEW_DAY_WEIGHT) * known + NEW_DAY_WEIGHT * mean)
        return LocalPrices(*learnt)


@dataclass(frozen=True, slots=True, eq=False)
class Bulletin:
    """One number per PTU from ``first`` on, in EUR/kWh as a household feels them (with VAT and tax)."""

    first: int
    buy_eur_per_kwh: Floats
    sell_eur_per_kwh: Floats
    above_eur_per_kwh: Floats
    """What a kWh above one's position costs before the spread: always an import. Where the street exports, the first
    kWh would cost less, but every home sees that at once and together they import."""
    below_eur_per_kwh: Floats
    """What a kWh below one's position earns before the spread: the outside price on the side on which the street trades."""
    position_kw: Floats
    """Shape ``(homes, ptus)``; ``nan`` where nothing is cleared."""
    margin_eur_per_kwh: Floats
    """At which price orders are expected to stop being accepted, before VAT: what limits are held against."""
    surprise_eur_per_kwh: Floats
    """How prices may miss on the day that is bid for, shape ``(courses, ptus)``; see ``surprises``."""
    spread_eur_per_kwh: float
    vat: float
    grid: GridSays | None = None
    """What the grid operator asked and limits; ``None`` where it takes no part."""
    band_kw: Floats | None = None
    """By home, what its connection may carry either way before it costs extra; ``None`` where nobody has a band."""
    beyond_eur_per_kwh: float = 0.0
    """What a kWh beyond it then costs."""
    agreed: tuple[Limit, ...] = ()
    """What neighbours agreed for these quarter-hours, counted as ``first`` is: of every home alike."""

    def __len__(self) -> int:
        return len(self.buy_eur_per_kwh)

    def of(self, homes: Sequence[int]) -> Bulletin:
        """For these homes only: their own positions, nobody else's."""
        return Bulletin(
            self.first,
            self.buy_eur_per_kwh,
            self.sell_eur_per_kwh,
            self.above_eur_per_kwh,
            self.below_eur_per_kwh,
            self.position_kw[list(homes)],
            self.margin_eur_per_kwh,
            self.surprise_eur_per_kwh,
            self.spread_eur_per_kwh,
            self.vat,
            None if self.grid is None else self.grid.of(homes),
            None if self.band_kw is None else self.band_kw[list(homes)],
            self.beyond_eur_per_kwh,
            self.agreed,
        )

    def band(self, home: int) -> Band | None:
        """What ``home`` plans with: its own band, for what neighbours will lend is not known beforehand."""
        return None if self.band_kw is None else Band(float(self.band_kw[home]), self.beyond_eur_per_kwh)

    def change_prices(self, home: int, span: slice) -> tuple[Floats, Floats]:
        """What ``home`` expects to pay per kWh above its position, and to get per kWh below it."""
        agreed = self.position_kw[home, span]
        supplied = np.where(agreed > -OWN_KW, self.vat, 1.0)
        saved = np.where(agreed > OWN_KW, self.vat, 1.0)
        return (
            self.above_eur_per_kwh[span] * supplied + self.spread_eur_per_kwh,
            self.below_eur_per_kwh[span] * saved - self.spread_eur_per_kwh,
        )


def bulletin(
    terms: Terms,
    calendar: Calendar,
    first: int,
    day_ahead_ticks: Ints,
    surprises_ticks: Ints,
    markets: Mapping[date, DayMarket],
    local: LocalPrices,
    homes: int,
) -> Bulletin:
    """The bulletin of a gate: ``day_ahead_ticks`` from PTU ``first`` on, published or expected.

    ``surprises_ticks`` says how they may miss on the day that is bid for; ``markets`` are the cleared days, which may
    lie partly before ``first``.
    """
    count = len(day_ahead_ticks)
    surprise = _eur_per_kwh(100 * surprises_ticks)
    if not terms.policy.has_market:
        buy, sell = terms.retail(day_ahead_ticks)
        nothing = np.full((homes, count), np.nan)
        return _posted(terms, first, (buy, sell), (buy, buy, buy), nothing, surprise[:0])
    landed, export = terms.steps_ticks(day_ahead_ticks)
    quarter = calendar.quarter[first : first + count]
    width = 100.0 * (landed - export)
    buyer, seller, limit = (
        np.rint(100 * export + share[quarter] * width).astype(np.int64)
        for share in (local.buyers, local.sellers, local.margin)
    )
    margin = 100 * landed
    position = np.full((homes, count), np.nan)
    for market in markets.values():
        here = slice(max(market.first - first, 0), min(market.first + market.ptus - first, count))
        there = slice(first + here.start - market.first, first + here.stop - market.first)
        if here.start >= here.stop:
            continue
        buyer[here] = market.buyer_centiticks[there]
        seller[here] = market.seller_centiticks[there]
        margin[here] = market.margin_centiticks[there]
        position[:, here] = market.cleared_wh[:, there] / (1000 * PTU_HOURS)
    changes = (_eur_per_kwh(100 * landed), _eur_per_kwh(margin), _eur_per_kwh(limit))
    return _posted(terms, first, terms.felt(buyer, seller), changes, position, surprise)


def _eur_per_kwh(centiticks: Ints) -> Floats:
    return np.asarray(centiticks * EUR_PER_KWH_PER_CENTITICK, np.float64)


def _posted(
    terms: Terms,
    first: int,
    prices: tuple[Floats, Floats],
    changes: tuple[Floats, Floats, Floats],
    position: Floats,
    surprise: Floats,
) -> Bulletin:
    above, below, margin = changes
    return Bulletin(
        first, *prices, above, below, position, margin, surprise, terms.spread_eur_per_kwh, terms.vat
    )
