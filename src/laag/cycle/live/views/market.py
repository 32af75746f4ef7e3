"""The market of one quarter-hour as a picture: who offered and asked for what, by kind of device, and where it met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.layers import DEVICES
from laag.cycle.live.state import Live
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Ints, Side

AT_LEAST_HOMES = 3
"""A kind of device that fewer homes speak for on a day is not named: neighbours would know whose it is."""
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """All orders of one kind of device at one limit."""

    side: Side
    device: str
    limit_ticks: int | None
    """``None`` takes any price."""
    wh: int
    accepted_wh: int


@dataclass(frozen=True, slots=True)
class Gate:
    """The way out of a layer: prices are the street's, a cable has only room. ``None`` is no limit."""

    name: str
    landed_ticks: int
    export_ticks: int
    import_max_wh: int | None
    export_max_wh: int | None
    imported_wh: int
    exported_wh: int
    price_centiticks: int | None
    """Where supply met demand; ``None`` where nothing did."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One quarter-hour; no member is in it."""

    day: date
    ptu: int
    quarter: int
    demand: tuple[Step, ...]
    """The highest limit first."""
    supply: tuple[Step, ...]
    """The lowest limit first."""
    street: Gate
    cables: tuple[Gate, ...]
    buyer_centiticks: int
    seller_centiticks: int
    day_ahead_ticks: int
    bought_wh: int
    sold_wh: int

    @property
    def local_wh(self) -> int:
        """What neighbours bought from each other."""
        return self.bought_wh - self.street.imported_wh


def market_of(state: Live, day: date, ptu: int) -> Picture | None:
    """The picture of a quarter-hour, counted from local midnight; ``None`` where its market is not cleared."""
    known, place = state.day(day), state.neighbourhood
    market, day_ahead = known.market, known.day_ahead_ticks
    if market is None or day_ahead is None or not 0 <= ptu < market.ptus:
        return None
    steps = _steps(market, ptu)
    names = place.layers(known.members).names
    street, *cables = (_gate(market, names[layer], layer, ptu) for layer in range(market.layers))
    return Picture(
        day,
        ptu,
        int(place.grid(day).quarter_of_day(place.zone)[ptu]),
        tuple(step for step in reversed(steps) if step.side is Side.BUY),
        tuple(step for step in steps if step.side is Side.SELL),
        street,
        tuple(cables),
        int(market.buyer_centiticks[ptu]),
        int(market.seller_centiticks[ptu]),
        int(day_ahead[ptu]),
        int(market.traded.bought_wh[:, ptu].sum()),
        int(market.traded.sold_wh[:, ptu].sum()),
    )


def _steps(market: DayMarket, ptu: int) -> list[Step]:
    """Rising by limit."""
    orders, named = market.orders, _named(market)
    rows = np.flatnonzero(orders.ptu == ptu)
    sums: dict[tuple[int, int, str], list[int]] = {}
    for row in rows.tolist():
        key = int(orders.limit_ticks[row]), int(orders.side[row]), named[int(orders.device[row])]
        total = sums.setdefault(key, [0, 0])
        total[0] += int(orders.quantity_wh[row])
        total[1] += int(market.clearings.fill_wh[row])
    return [
        Step(Side(side), device, None if abs(limit) == ANY_PRICE else limit, wh, accepted)
        for (limit, side, device), (wh, accepted) in sorted(sums.items())
    ]


def _named(market: DayMarket) -> list[str]:
    homes = np.unique(np.stack([market.orders.device, market.orders.member]), axis=1)[0]
    speakers = np.bincount(homes, minlength=len(DEVICES)).tolist()
    return [name if count >= AT_LEAST_HOMES else OTHER for name, count in zip(DEVICES, speakers, strict=True)]


def _gate(market: DayMarket, name: str, layer: int, ptu: int) -> Gate:
    row, gates, cleared = layer * market.ptus + ptu, market.gateways, market.clearings
    return Gate(
        name,
        int(gates.landed_ticks[row]),
        int(gates.export_ticks[row]),
        _limit(gates.import_max_wh, row),
        _limit(gates.export_max_wh, row),
        int(cleared.imported_wh[row]),
        int(cleared.exported_wh[row]),
        int(cleared.price_centiticks[row]) if cleared.priced[row] else None,
    )


def _limit(most_wh: Ints, row: int) -> int | None:
    return None if most_wh[row] >= NO_LIMIT_WH else int(most_wh[row])
