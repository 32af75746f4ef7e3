"""Why a day cost what it cost: every quarter-hour of one member, and a sentence for those that mattered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Live
from laag.cycle.live.views.bill import energy_of
from laag.cycle.live.views.corrections import Correction, corrections
from laag.cycle.live.views.period import Whole, side_by_side, whole
from laag.cycle.live.views.reasons import Quarter, because
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.settlement.bill import BillLine
from laag.settlement.estimate import Method


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """One member's day; columns are its quarter-hours. Amounts are before VAT, energy tax included."""

    day: date
    quarter: Ints
    """On the wall's clock."""
    metered_wh: Ints
    bought_wh: Ints
    sold_wh: Ints
    bought_units: Ints
    sold_units: Ints
    deviation_wh: Ints
    """Metered less what was agreed."""
    deviation_units: Ints
    flexibility_units: Ints
    method: Ints
    local_ticks: Ints
    """The neighbourhood's price; on a cable that was full its members traded at another."""
    street_wh: Ints
    """What all members together took more (+) or less (-) than agreed."""
    landed_ticks: Ints
    export_ticks: Ints
    intraday_wh: Ints
    """What it changed of that during the day: bought more (+) or sold (-)."""
    intraday_units: Ints
    band_units: Ints
    """What went beyond its band and what neighbours had to spare of theirs."""

    @property
    def cleared_wh(self) -> Ints:
        """What was agreed in the end: bought less sold."""
        return self.bought_wh - self.sold_wh + self.intraday_wh

    @property
    def price_ticks(self) -> Ints:
        """What a Wh that it bought cost, tax included, or else what one that it sold earned; else the local price."""
        bought = self.bought_units // np.maximum(self.bought_wh, 1)
        sold = -self.sold_units // np.maximum(self.sold_wh, 1)
        return np.where(self.bought_wh > 0, bought, np.where(self.sold_wh > 0, sold, self.local_ticks))

    @property
    def units(self) -> Ints:
        """All that each quarter-hour cost (+) or earned (-)."""
        agreed = self.bought_units + self.sold_units + self.intraday_units
        return agreed + self.deviation_units + self.flexibility_units + self.band_units

    @property
    def estimated(self) -> Ints:
        """Where the meter was silent."""
        return np.flatnonzero(self.method != Method.MEASURED)

    def biggest(self, count: int = 5) -> tuple[int, ...]:
        """The quarter-hours that moved most money, the largest first; none that moved nothing."""
        order = np.lexsort((np.arange(len(self.units)), -np.abs(self.units)))
        return tuple(at for at in order[:count].tolist() if self.units[at])

    def because(self, ptu: int) -> Said:
        """One or two sentences: why this quarter-hour cost what it did."""
        at = {name: int(getattr(self, name)[ptu]) for name in Quarter.__dataclass_fields__}
        return because(Quarter(**at))


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A quarter-hour that mattered."""

    ptu: int
    quarter: int
    units: int
    because: Said


@dataclass(frozen=True, slots=True, eq=False)
class MemberDay:
    """A day of one member; ``moments.units`` sum to ``units`` exactly."""

    moments: Moments
    units: int
    lines: tuple[BillLine, ...]
    """Its energy on a bill: these sum to ``units`` too."""
    told: tuple[Told, ...]
    corrections: tuple[Correction, ...]
    unordered: Said | None = None
    """Where the home sent no orders for the day: what was done instead."""


_LIKE_LAST_WEEK = Said(
    "Je huis deed voor deze dag geen bod. Daarom is op de markt gekocht en verkocht wat het in dezelfde uren een week eerder nam en gaf.",
    "Your home did not order for this day. So what it took and gave in the same hours of the week before was bought and sold on the market.",
)
_NOTHING_ORDERED = Said(
    "Je huis deed voor deze dag geen bod, en er is ook niets voor gekocht of verkocht. Alles wat het nam of gaf, telt als anders dan afgesproken.",
    "Your home did not order for this day, and nothing was bought or sold for it either. All that it took or gave counts as other than agreed.",
)


def day_of(state: Live, member: str, day: date, count: int = 5) -> MemberDay | None:
    """A settled day with its biggest moments; ``None`` where the member took no part, or it is not settled yet."""
    one = whole(state, day)
    return None if one is None else day_in(state.neighbourhood, one, member, count)


def day_in(place: Neighbourhood, one: Whole, member: str, count: int = 5) -> MemberDay | None:
    """The same, of a day that is at hand."""
    found, alone = moments_in(place, one, member), side_by_side(place, (one,))
    if found is None or alone is None:
        return None
    told = tuple(
        Told(at, int(found.quarter[at]), int(found.units[at]), found.because(at))
        for at in found.biggest(count)
    )
    units, lines = int(found.units.sum()), energy_of(alone, member)
    return MemberDay(found, units, lines, told, corrections(one, member), _unordered(one, member))


def _unordered(one: Whole, member: str) -> Said | None:
    rows = one.known.unordered.get(member)
    return None if rows is None else _LIKE_LAST_WEEK if len(rows) else _NOTHING_ORDERED


def moments_in(place: Neighbourhood, one: Whole, member: str) -> Moments | None:
    """The quarter-hours alone; ``None`` where the member took no part."""
    row = one.known.row_of.get(member)
    if row is None:
        return None
    settled = one.done.settled
    return Moments(
        one.day,
        place.grid(one.day).quarter_of_day(place.zone),
        settled.metered_wh[row],
        settled.bought_wh[row],
        settled.sold_wh[row],
        settled.bought_units[row],
        settled.sold_units[row],
        settled.deviation_wh[row],
        settled.deviation_units[row],
        settled.flexibility_units[row],
        one.done.readings.method[row],
        one.market.traded.price_centiticks // 100,
        settled.deviation_wh.sum(axis=0),
        one.market.landed_ticks,
        one.market.export_ticks,
        settled.intraday_wh[row],
        settled.intraday_units[row],
        settled.band_units[row],
    )
