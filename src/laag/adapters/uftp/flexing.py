"""Between a grid operator's messages and our own words for flexibility: a need becomes a request, offers of homes a FlexOffer.

In UFTP an offer is one thing that is taken as a whole or for one part of it, with what comes back inside; no home's own
offer is told, only sums of many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.translate import Offered, Space, euros
from laag.foundation.flex import Offer, Rebound, Step
from laag.foundation.money import UNITS_PER_EUR, allot
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.flexibility import Need, cheapest
from laag.neighbourhood.flexibility.need import FEED_IN

Floats = NDArray[np.float64]
_HUNDREDTH, _WHOLE = Decimal("0.01"), Decimal("1.00")
_MOST_W = 10**9
_TICKS_PER_EUR_KWH = 100_000
_W_PER_WH = 4
_FELT = 1e-6
POINT = "point"
_Taken = tuple[Offer, int]
"""An offer, and which of its steps."""


def asked_of(need: Need, members: Iterable[str]) -> Space | None:
    """What is asked of members together, as if each did an equal part; ``None`` where nothing is over that they can help."""
    place = {name: at for at, name in enumerate(need.connections)}
    which = [place[name] for name in members if name in place]
    if not which:
        return None
    relief = need.relief_per_kw[:, which].mean(axis=1)
    less, more_room = _way(need.kw_over, relief)
    more, less_room = _way(need.kw_over, -relief)
    use_less, use_more = (less > 0) & (less >= more), (more > 0) & (more > less)
    if not (use_less | use_more).any():
        return None
    low = np.where(use_less, -less, np.where(use_more, 0.0, -less_room))
    high = np.where(use_more, more, np.where(use_less, 0.0, more_room))
    # Up where it is needed, down where it is room: a watt too much is asked for, never offered.
    low_w = np.where(use_less, np.floor(low * 1000), np.ceil(np.maximum(low * 1000, -_MOST_W)))
    high_w = np.where(use_more, np.ceil(high * 1000), np.floor(np.minimum(high * 1000, _MOST_W)))
    return Space(need.grid, use_less | use_more, low_w.astype(np.int64), high_w.astype(np.int64))


def _way(over: Floats, relief: Floats) -> tuple[Floats, Floats]:
    """What must be moved one way, and how much may be moved the other, per PTU."""
    felt = relief > _FELT
    if not felt.any():
        return np.zeros(over.shape[1]), np.full(over.shape[1], np.inf)
    each = over[felt] / relief[felt, None]
    worst = each.max(axis=0)
    return np.maximum(worst, 0.0), np.maximum(-worst, 0.0)


def need_of(space: Space, peers: Sequence[str]) -> Need:
    """A request as a need of one point, at which each peer's kW counts as one."""
    less, more = space.requested & (space.high_w <= 0), space.requested & (space.high_w > 0)
    taken = np.where(less, -space.low_w, np.where(more, -np.inf, -space.high_w))
    fed_in = np.where(more, space.high_w, np.where(less, -np.inf, space.low_w))
    ones = np.ones((1, len(peers)))
    return Need(
        space.grid,
        (POINT, POINT + FEED_IN),
        tuple(peers),
        np.stack([taken, fed_in]) / 1000,
        np.concatenate([ones, -ones]),
    )


def chosen_among(
    space: Space, offers: Sequence[Offered], *, most_eur_per_kwh: Decimal | None = None
) -> list[tuple[Offered, Decimal]]:
    """The cheapest set of offers that covers what was asked for, what comes back in the same program; how much of each.

    What asks more per kWh than ``most_eur_per_kwh`` is not bought, and some of what was asked for stays over.
    """
    most_ticks = None if most_eur_per_kwh is None else int(most_eur_per_kwh * _TICKS_PER_EUR_KWH)
    named = {f"{one.peer}/{one.id}/{one.option}": one for one in offers}
    laid = [made for key, one in sorted(named.items()) if (made := _offer(key, one, space)) is not None]
    if not laid:
        return []
    chosen = cheapest(need_of(space, sorted({one.peer for one in offers})), laid, most_ticks=most_ticks)
    done: list[tuple[Offered, Decimal]] = []
    for one in laid:
        wh, _ = chosen.of(one.id)
        if wh.any():
            offer = named[one.id]
            part = Decimal(int(np.abs(wh).sum())) / Decimal(one.steps[0].wh)
            factor = min(max(part.quantize(_HUNDREDTH, ROUND_UP), offer.least), _WHOLE)
            done.append((offer, factor))
    return done


def left_w(space: Space, chosen: Iterable[tuple[Offered, Decimal]]) -> int:
    """The most that is still over in any quarter-hour with what was chosen."""
    needed = np.where(space.requested, np.where(space.high_w <= 0, space.low_w, space.high_w), 0)
    moved = sum((one.watts * float(factor) for one, factor in chosen), np.zeros(len(needed)))
    return max(round(float(np.max((needed - moved) * np.sign(needed), initial=0.0))), 0)


def _offer(key: str, one: Offered, space: Space) -> Offer | None:
    """Their offer as ours; ``None`` where it does nothing that was asked for."""
    wanted = np.sign(np.where(space.high_w <= 0, -1, 1) * space.requested)
    way = np.sign((one.watts * np.abs(wanted)).sum())
    less_wh = np.where((np.sign(one.watts) == way) & (wanted == way) & (way != 0), -one.watts, 0)
    if not less_wh.any():
        return None
    back = one.watts + less_wh
    wh = np.rint(less_wh / _W_PER_WH).astype(np.int64)
    if not wh.any():
        return None
    units = max(int(one.price_eur * UNITS_PER_EUR), 0)
    return Offer(
        key,
        one.peer,
        0,
        (
            Step(
                tuple(wh.tolist()),
                -(-units // int(np.abs(wh).sum())),
                tuple(Rebound(int(at), round(int(back[at]) / _W_PER_WH)) for at in np.flatnonzero(back)),
            ),
        ),
        together=True,
        least_share=float(one.least),
        instead_of=one.id,  # of a message one option is ordered
        several=True,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Steps of many homes' offers, offered as one."""

    offered: Offered
    parts: tuple[tuple[Offer, int], ...]
    """Offers, and which of their steps."""

    def shared(self, factor: Decimal, ptus: int) -> dict[str, Ints]:
        """What each home's offer moves when so much of the bundle is ordered: whole Wh less (+) or more (-), by its id.

        Every step does the same part of what it offered; a remainder goes by largest remainder, then by the order here.
        """
        laid = np.stack([_laid(offer, step, ptus) for offer, step in self.parts])
        whole = np.rint(np.abs(laid.sum(axis=0)) * float(factor)).astype(np.int64)
        at, ptu = np.nonzero(laid)
        amount = allot(whole, np.abs(laid[at, ptu]), ptu, at) * np.sign(laid[at, ptu])
        moved: dict[str, Ints] = {offer.id: np.zeros(ptus, np.int64) for offer, _ in self.parts}
        for row, column, wh in zip(at.tolist(), ptu.tolist(), amount.tolist(), strict=True):
            moved[self.parts[row][0].id][column] += wh
        return moved


def bundled(
    offers: Sequence[Offer],
    grid: PtuGrid,
    expires: Callable[[Ints], datetime],
    *,
    most: int = 5,
    least_homes: int = 10,
) -> list[Bundle]:
    """Homes' offers as at most so many FlexOffers of a kind, the cheapest steps in the first; none of fewer homes than may be told.

    What moves the other way than most is left out: a FlexOffer goes one way.
    """
    steps = [
        (offer, at) for offer in sorted(offers, key=lambda one: one.id) for at in range(len(offer.steps))
    ]
    way = np.sign(sum(sum(offer.steps[at].less_wh) for offer, at in steps))
    one_way = [(o, at) for o, at in steps if np.sign(sum(o.steps[at].less_wh)) == way]
    parts = [steps for kind in _kinds(one_way, least_homes) for steps in _bands(kind, most, least_homes)]
    return [put_together(some, grid, expires, number) for number, some in enumerate(parts, 1)]


def _kinds(steps: list[_Taken], least_homes: int) -> list[list[_Taken]]:
    """Those that may be taken in part apart from those that may not, where there are enough homes of both.

    One home that does only the whole would else make everybody's part of an offer all or nothing.
    """
    parts = [one for one in steps if one[0].divisible]
    wholes = [one for one in steps if not one[0].divisible]
    enough = all(len({offer.connection for offer, _ in kind}) >= least_homes for kind in (parts, wholes))
    return [parts, wholes] if enough else [steps]


def _bands(steps: list[_Taken], most: int, least_homes: int) -> list[tuple[_Taken, ...]]:
    """By price, the cheapest first."""
    by_price = sorted(steps, key=lambda one: (one[0].steps[one[1]].price_ticks, one[0].id, one[1]))
    rest = _homes_after(by_price)
    made, band, homes = [], list[_Taken](), set[str]()
    size = -(-len(by_price) // most) if by_price else 1
    for part, after in zip(by_price, rest, strict=True):
        band.append(part)
        homes.add(part[0].connection)
        if len(homes) >= least_homes and len(band) >= size and (after >= least_homes or not after):
            made.append(tuple(band))
            band, homes = [], set()
    if len(homes) >= least_homes:
        made.append(tuple(band))
    return made


def _homes_after(steps: Sequence[_Taken]) -> list[int]:
    """Of how many homes the steps after each are."""
    seen: set[str] = set()
    counts = []
    for offer, _ in reversed(steps):
        counts.append(len(seen))
        seen.add(offer.connection)
    return counts[::-1]


def put_together(
    parts: tuple[tuple[Offer, int], ...], grid: PtuGrid, expires: Callable[[Ints], datetime], number: int
) -> Bundle:
    """These steps as one FlexOffer; the same steps again make the same."""
    wh = np.zeros(len(grid), np.int64)
    for offer, at in parts:
        wh -= _laid(offer, at, len(grid))
        for back in offer.steps[at].rebound:
            if 0 <= back.ptu < len(grid):
                wh[back.ptu] += back.more_wh
    watts = wh * _W_PER_WH
    price = sum(offer.steps[at].asked_units for offer, at in parts)
    least = max(Decimal(str(offer.least_share)) for offer, _ in parts).quantize(_HUNDREDTH, ROUND_UP)
    ends = [expires(watts), *(offer.expires for offer, _ in parts if offer.expires is not None)]
    made = Offered(
        watts, euros(Decimal(price) / UNITS_PER_EUR), min(ends), max(least, _HUNDREDTH), f"band {number}"
    )
    return Bundle(made, parts)


def _laid(offer: Offer, step: int, ptus: int) -> Ints:
    wh = np.zeros(ptus, np.int64)
    inside = offer.steps[step].less_wh[: max(ptus - offer.first, 0)]
    wh[offer.first : offer.first + len(inside)] = inside
    return wh
