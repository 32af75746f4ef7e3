"""How much each power may be, and whose word that is: the house's own limit, or a claim below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laag.home.ladder import Claim, Floor, Guarantee, Level, Limit, On, SunFirst
from laag.home.outlook import Floats, Ints
from laag.home.reasons.near import NOWHEN


@dataclass(frozen=True, slots=True, eq=False)
class Most:
    """The most that a power may be, per PTU, and which claim says so; ``NOWHEN`` is the device or the fuse itself."""

    kw: Floats
    claim: Ints


def most(claims: Sequence[Claim], on: On, own_kw: float, count: int) -> Most:
    """The tightest of what is claimed of a power and what it can be; a guarantee keeps claims above it.

    >>> from laag.home.ladder import Rung
    >>> say = Limit(Rung.EMERGENCY, On.IMPORT, 0, 2, 4.0, "dso:emergency")
    >>> found = most([say, Guarantee(6.0, 6.0, "law")], On.IMPORT, 17.0, 3)
    >>> found.kw.tolist(), found.claim.tolist()
    ([6.0, 6.0, 17.0], [0, 0, -1])
    """
    kw, claim = np.full(count, own_kw), np.full(count, NOWHEN, np.int64)
    least = _guaranteed(claims, on)
    for place, one in enumerate(claims):
        if isinstance(one, Limit) and one.on is on:
            span = slice(max(one.first, 0), max(one.stop, 0))
            tighter = np.zeros(count, np.bool_)
            tighter[span] = max(one.max_kw, least) < kw[span]
            kw[tighter], claim[tighter] = max(one.max_kw, least), place
    return Most(kw, claim)


def as_sold(claims: Sequence[Claim], connection_kw: Floats, near_kw: float) -> Ints:
    """Which claim, per PTU, is a promise that the connection just keeps; ``NOWHEN`` where none is.

    >>> from laag.home.ladder import Rung
    >>> sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 2, -1.0, "dso:flexibility", promised=True)
    >>> as_sold([sold], np.array([-1.0, -2.0, -1.0]), 0.01).tolist()
    [0, -1, -1]
    """
    claim = np.full(len(connection_kw), NOWHEN, np.int64)
    for place, one in enumerate(claims):
        if isinstance(one, Limit) and one.promised and one.on in {On.IMPORT, On.EXPORT}:
            span = slice(max(one.first, 0), max(one.stop, 0))
            kw = connection_kw[span] if one.on is On.IMPORT else -connection_kw[span]
            claim[span] = np.where(np.abs(kw - one.max_kw) <= near_kw, place, claim[span])
    return claim


def _guaranteed(claims: Sequence[Claim], on: On) -> float:
    given = [one for one in claims if isinstance(one, Guarantee)]
    if on is On.IMPORT:
        return max((one.import_kw for one in given), default=0.0)
    return max((one.export_kw for one in given), default=0.0) if on is On.EXPORT else 0.0


def sun_first(claims: Sequence[Claim], count: int) -> Ints:
    """The first claim, per PTU, that the home's own sun stays in the house; ``NOWHEN`` where nobody claims it."""
    claim = np.full(count, NOWHEN, np.int64)
    for place, one in enumerate(claims):
        if isinstance(one, SunFirst):
            span = slice(max(one.first, 0), max(one.stop, 0))
            claim[span] = np.where(claim[span] == NOWHEN, place, claim[span])
    return claim


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """What a level should at least be at the end of each PTU, and which claim says so."""

    level: Floats
    claim: Ints


def least(claims: Sequence[Claim], on: Level, own: Floats) -> Least:
    """The highest of what is claimed of a level and what the house asks of it anyway."""
    level, claim = own.copy(), np.full(len(own), NOWHEN, np.int64)
    for place, one in enumerate(claims):
        if isinstance(one, Floor) and one.on is on:
            span = slice(max(one.first, 0), max(one.stop, 0))
            higher = np.zeros(len(own), np.bool_)
            higher[span] = one.least > level[span]
            level[higher], claim[higher] = one.least, place
    return Least(level, claim)
