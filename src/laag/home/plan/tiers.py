"""Claims on one power or level, laid over each other: where it is cut into segments, and which rungs each is beyond.

A power of ``x`` is the sum of its segments, each from one limit to the next; what flows in a segment beyond a limit is
what the limit's rung misses. So any number of limits costs a program a few more columns and not one more row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from laag.home.ladder import Claim, Floor, Guarantee, Level, Limit, On, Rung
from laag.home.outlook import Floats

_On = TypeVar("_On", On, Level)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One rung's limit (or floor) per PTU; ``inf`` (or ``-inf``) where it has none. ``None``: beyond it costs money."""

    rung: Rung | None
    at: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Claimed:
    """All claims on a home, per power and level; one cut per rung, the tightest where a rung has several."""

    limits: Mapping[On, tuple[Cut, ...]]
    floors: Mapping[Level, tuple[Cut, ...]]
    sun_first: tuple[Cut, ...]
    """1 where a rung wants the home's own sun to stay, else 0."""


def claimed(claims: Iterable[Claim], count: int) -> Claimed:
    """Lay the claims over the PTUs; a guarantee lifts every limit on the connection that is lower, but for what is sold.

    >>> tight = [Limit(Rung.EMERGENCY, On.IMPORT, 0, 2, 1.0, "dso"), Guarantee(2.0, 2.0, "law")]
    >>> claimed(tight, 3).limits[On.IMPORT][0].at.tolist()
    [2.0, 2.0, inf]
    """
    claims = tuple(claims)
    least = {On.IMPORT: 0.0, On.EXPORT: 0.0}
    for claim in claims:
        if isinstance(claim, Guarantee):
            least[On.IMPORT] = max(least[On.IMPORT], claim.import_kw)
            least[On.EXPORT] = max(least[On.EXPORT], claim.export_kw)
    limits: dict[tuple[On, Rung], Floats] = {}
    floors: dict[tuple[Level, Rung], Floats] = {}
    sun: dict[Rung, Floats] = {}
    for claim in claims:
        if isinstance(claim, Guarantee):
            continue
        span = slice(max(claim.first, 0), max(claim.stop, 0))
        if isinstance(claim, Limit):
            own = -np.inf if claim.promised else least.get(claim.on, 0.0)
            kw = max(claim.max_kw, own) if claim.max_kw == claim.max_kw else np.inf
            at = limits.setdefault((claim.on, claim.rung), np.full(count, np.inf))
            at[span] = np.minimum(at[span], kw)
        elif isinstance(claim, Floor):
            at = floors.setdefault((claim.on, claim.rung), np.full(count, -np.inf))
            at[span] = np.fmax(at[span], claim.least)
        else:
            sun.setdefault(claim.rung, np.zeros(count))[span] = 1.0
    return Claimed(
        {on: _cuts(limits, on) for on in On},
        {on: _cuts(floors, on) for on in Level},
        tuple(Cut(rung, sun[rung]) for rung in sorted(sun)),
    )


def _cuts(laid: Mapping[tuple[_On, Rung], Floats], on: _On) -> tuple[Cut, ...]:
    return tuple(Cut(rung, laid[where, rung]) for where, rung in sorted(laid) if where == on)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One piece of a power or level: how wide it is per PTU, and per rung how much more of it misses (+1) or mends (-1)."""

    width: Floats
    misses: tuple[tuple[Rung | None, Floats], ...]


def up_to(top: Floats, cuts: tuple[Cut, ...]) -> list[Segment]:
    """A power from zero to ``top``, cut at its limits: one segment more than there are cuts.

    >>> low, high = up_to(np.array([5.0]), (Cut(Rung.AGREEMENT, np.array([2.0])),))
    >>> low.width.tolist(), high.width.tolist(), high.misses[0][1].tolist()
    ([2.0], [3.0], [1.0])
    """
    edges = [np.zeros(len(top)), *_sorted([np.clip(cut.at, 0.0, top) for cut in cuts]), top]
    return [
        Segment(
            above - below,
            tuple((cut.rung, (below >= cut.at).astype(np.float64)) for cut in cuts),
        )
        for below, above in pairwise(edges)
    ]


def down_from(cuts: tuple[Cut, ...], bottom: float) -> tuple[Floats, list[Segment]]:
    """The highest floor of a level per PTU, and the dips below it, one per cut; the last reaches to ``bottom``."""
    floors = _sorted([np.maximum(cut.at, bottom) for cut in cuts])[::-1]
    edges = [*floors, np.full(len(floors[0]), bottom)]
    dips = [
        Segment(
            _difference(above, below),
            tuple((cut.rung, (above <= cut.at).astype(np.float64)) for cut in cuts),
        )
        for above, below in pairwise(edges)
    ]
    return floors[0], dips


def around(
    position: Floats, takes: tuple[Cut, ...], gives: tuple[Cut, ...]
) -> tuple[list[Segment], list[Segment]]:
    """A connection's net offtake, up and down from a position: limits on taking and on giving (both zero or more).

    The first of each are the fuses, which the position respects: they cut one side only.
    """
    up = [*takes, *(Cut(cut.rung, -cut.at) for cut in gives[1:])]
    down = [*(Cut(cut.rung, -cut.at) for cut in gives), *takes[1:]]
    never = np.full(len(position), np.inf)
    rising = [position, *_sorted([np.maximum(cut.at, position) for cut in up]), never]
    falling = [position, *_sorted([np.minimum(cut.at, position) for cut in down])[::-1], -never]
    return (
        [_piece(low, high, takes, gives, 1.0) for low, high in pairwise(rising)],
        [_piece(low, high, takes, gives, -1.0) for high, low in pairwise(falling)],
    )


def _piece(low: Floats, high: Floats, takes: tuple[Cut, ...], gives: tuple[Cut, ...], way: float) -> Segment:
    beyond: dict[Rung | None, Floats] = {}
    none = np.zeros(len(low))
    for cut in takes:
        beyond[cut.rung] = beyond.get(cut.rung, none) + way * (low >= cut.at)
    for cut in gives:
        beyond[cut.rung] = beyond.get(cut.rung, none) - way * (high <= -cut.at)
    return Segment(_difference(high, low), tuple(beyond.items()))


def _difference(high: Floats, low: Floats) -> Floats:
    """Also where both are infinite: nothing lies between."""
    same = high == low
    return np.where(same, 0.0, np.where(same, 0.0, high) - np.where(same, 0.0, low))


def _sorted(cuts: list[Floats]) -> list[Floats]:
    if len(cuts) < 2:
        return cuts
    return list(np.sort(np.stack(cuts), axis=0))
