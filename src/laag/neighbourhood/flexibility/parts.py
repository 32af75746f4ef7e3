"""Offers laid over a need: the parts that can be taken apart, and what each does to every element and PTU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from laag.foundation.flex import Offer, Step
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.flexibility.chosen import Reason, Why
from laag.neighbourhood.flexibility.either import exclusions
from laag.neighbourhood.flexibility.need import Floats, Need

Ints = NDArray[np.int64]
WH_PER_KW = 1000 * PTU_HOURS
"""In one PTU."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """One row per part: a step, or a step's PTU where its PTUs are taken apart. Then one row per PTU that a part moves.

    Offers stand in the order of their ids as UTF-8 bytes, whatever the order in which they came.
    """

    offers: tuple[Offer, ...]
    offer: Ints
    step: Ints
    price_ticks: Ints
    wh: Ints
    """What a part moves in full; its rebound does not count."""
    least_share: Floats
    before: Ints
    """The part that must be taken at least as far; -1: none."""
    part: Ints
    ptu: Ints
    less_wh: Floats
    """What it takes less there (+) or more (-) when taken in full, its rebound included."""
    is_rebound: NDArray[np.bool_]
    either: Ints
    """``(pairs, 2)``: parts of which at most one is taken."""

    def __len__(self) -> int:
        return len(self.offer)

    @property
    def cost_eur(self) -> Floats:
        """Of each part in full."""
        return self.price_ticks * self.wh / UNITS_PER_EUR


def sorted_out(
    need: Need, offers: Sequence[Offer], now: datetime | None
) -> tuple[tuple[Offer, ...], list[Reason]]:
    """The offers to choose from, by id, and why the others are none of them.

    An id counts once: where two offers have one, the one that asks less (and of equals the one written first).
    """
    kept: list[Offer] = []
    aside: list[Reason] = []
    known = set(need.connections)
    seen: set[str] = set()
    for offer in sorted(offers, key=_place):
        if offer.id in seen:
            aside.append(Reason(offer.id, Why.TWICE))
        elif now is not None and offer.expires is not None and offer.expires <= now:
            aside.append(Reason(offer.id, Why.EXPIRED))
        elif offer.connection not in known:
            aside.append(Reason(offer.id, Why.UNKNOWN_CONNECTION))
        elif offer.ptus.start < 0 or offer.ptus.stop > len(need.grid):
            aside.append(Reason(offer.id, Why.OTHER_HOURS))
        else:
            kept.append(offer)
        seen.add(offer.id)
    return tuple(kept), aside


def _place(offer: Offer) -> tuple[bytes, int, str]:
    return offer.id.encode(), offer.steps[0].price_ticks, repr(offer)


def laid_out(need: Need, offers: tuple[Offer, ...]) -> Parts:
    """Every part of every offer."""
    rows: list[tuple[int, int, int, int, float, int]] = []
    moves: list[tuple[int, int, float, bool]] = []
    for at, offer in enumerate(offers):
        before: dict[int, int] = {}
        for number, step in enumerate(offer.steps):
            for key, taken in _taken(offer, step):
                part = len(rows)
                wh = sum(abs(wh) for _, wh in taken)
                rows.append((at, number, step.price_ticks, wh, offer.least_share, before.get(key, -1)))
                before[key] = part
                moves += [(part, ptu, float(less), False) for ptu, less in taken]
                moves += [
                    (part, back.ptu, -back.more_wh * wh / step.wh, True)
                    for back in step.rebound
                    if 0 <= back.ptu < len(need.grid)
                ]
    columns = list(zip(*rows, strict=True)) or [()] * 6
    moved = list(zip(*moves, strict=True)) or [()] * 4
    return Parts(
        offers,
        np.array(columns[0], np.int64),
        np.array(columns[1], np.int64),
        np.array(columns[2], np.int64),
        np.array(columns[3], np.int64),
        np.array(columns[4], np.float64),
        np.array(columns[5], np.int64),
        np.array(moved[0], np.int64),
        np.array(moved[1], np.int64),
        np.array(moved[2], np.float64),
        np.array(moved[3], np.bool_),
        exclusions(offers, columns[0], moves),
    )


def _taken(offer: Offer, step: Step) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """What can be taken by itself: a key that is the same in the next step, and the PTUs with their Wh."""
    moving = [(offer.first + i, wh) for i, wh in enumerate(step.less_wh) if wh]
    if offer.together:
        yield -1, moving
    else:
        yield from ((ptu, [(ptu, wh)]) for ptu, wh in moving)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """What parts do, where it matters: one row per (element, PTU) that is over or that what comes back could overfill."""

    element: Ints
    ptu: Ints
    over_kw: Floats
    """Below zero: room."""
    scale: Floats
    """What one kW does at the connection that does most: rows are counted in kW there."""
    row: Ints
    move: Ints
    """Which row of ``Parts.part``."""
    part: Ints
    relief_kw: Floats
    """At the element, when the part is taken in full."""

    def __len__(self) -> int:
        return len(self.over_kw)

    def relief_of(self, parts: Parts, move_wh: Ints) -> Floats:
        """What goes, per row, when so many Wh of each move are ordered."""
        share = move_wh[self.move] / parts.less_wh[self.move]
        return np.bincount(self.row, self.relief_kw * share, len(self)).astype(np.float64)


def effects(need: Need, parts: Parts) -> Effects:
    """Only the rows that can bind, or else a day of a whole grid would stand in the program.

    What comes back counts where it does harm, and not where it would help: nobody promised that.
    """
    place = {name: at for at, name in enumerate(need.connections)}
    at = np.array([place[offer.connection] for offer in parts.offers], np.int64)
    connection = at[parts.offer[parts.part]] if len(parts.part) else np.zeros(0, np.int64)
    found: list[tuple[Ints, Ints, Floats]] = []
    numbers: list[tuple[int, int]] = []
    count = len(need.grid)
    for element, over in enumerate(need.kw_over):
        kw = need.relief_per_kw[element][connection] * (parts.less_wh / WH_PER_KW)
        kw = np.where(parts.is_rebound, np.minimum(kw, 0.0), kw)
        worst = np.bincount(parts.ptu, np.minimum(kw, 0.0), count)
        matters = (over > 0) | (worst < np.minimum(over, 0.0))
        number = np.full(count, -1, np.int64)
        number[matters] = len(numbers) + np.arange(int(matters.sum()))
        numbers += [(element, int(ptu)) for ptu in np.flatnonzero(matters)]
        here = np.flatnonzero((number[parts.ptu] >= 0) & (kw != 0))
        found.append((number[parts.ptu[here]], here, kw[here]))
    rows = np.array(numbers, np.int64).reshape(-1, 2)
    row, move, relief = (np.concatenate(column) for column in zip(_NONE, *found, strict=True))
    strongest = np.max(np.abs(need.relief_per_kw), axis=1, initial=0.0)
    strongest[strongest == 0] = 1.0
    return Effects(
        rows[:, 0],
        rows[:, 1],
        need.kw_over[rows[:, 0], rows[:, 1]],
        strongest[rows[:, 0]],
        row,
        move,
        parts.part[move],
        relief,
    )


_NONE = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
