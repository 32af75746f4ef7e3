"""Subscribed bands with the figures of a day: what a home plans with, and what became of a day in the pool.

Every price of a band is an example (``Status.EXAMPLE``): none was ever set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import GridMismatch
from laag.neighbourhood.bandwidth import Answered, Pooled, pooled
from laag.settlement.bands import BEYOND, Pooling, sizes
from laag.settlement.delivered import Room
from laag.settlement.insight import Earned
from laag.settlement.policy import net_value
from laag.settlement.tariff import Facts

MINUTES_PER_PTU = 15
W_PER_WH = 60 // MINUTES_PER_PTU
"""Mean power of a PTU in which one Wh went through."""
_NO_MINUTES: Mapping[str, Ints] = MappingProxyType({})


def beyond_eur_per_kwh(facts: Facts) -> float:
    """What a kWh beyond costs a household, VAT included."""
    return net_value(facts, BEYOND) / 1e5 * (100 + facts["vat"].value) / 100


def _both_ways(wanted: Ints, band: Ints) -> Pooled:
    """Taking and giving have each their own pool: who takes at noon leaves all of its band to the neighbours' sun."""
    takes, gives = pooled(np.maximum(wanted, 0), band), pooled(np.maximum(-wanted, 0), band)
    return Pooled(
        takes.own_w + gives.own_w,
        takes.borrowed_w + gives.borrowed_w,
        takes.beyond_w + gives.beyond_w,
        takes.lent_w + gives.lent_w,
    )


def pooling(
    names: Sequence[str],
    bands_kw: Sequence[int],
    metered_wh: Ints,
    facts: Facts,
    minutes_w: Mapping[str, Ints] = _NO_MINUTES,
    *,
    lends: bool = True,
) -> Pooling:
    """A day in the pool: ``metered_wh`` has a row per member, a column per PTU, offtake +.

    ``minutes_w`` has the mean W of every minute where a meter gives it; who has none counts evenly within each PTU. Who
    gets the last watt-minute is settled by name, so the order of the members changes nothing. Where the charter has
    everybody keep their own band, nobody ``lends``.
    """
    members, ptus = metered_wh.shape
    if not members == len(names) == len(bands_kw):
        raise GridMismatch(
            f"{members} meters, {len(names)} names and {len(bands_kw)} bands; give one of each per member"
        )
    by_name = sorted(range(members), key=lambda row: names[row].encode())
    each = MINUTES_PER_PTU if minutes_w else 1
    wanted_w = np.repeat(W_PER_WH * metered_wh, each, axis=1)
    for name, watts in minutes_w.items():
        if len(watts) != ptus * MINUTES_PER_PTU:
            raise GridMismatch(
                f"{name}: {len(watts)} minutes and {ptus} quarter-hours; give {MINUTES_PER_PTU} for each"
            )
        wanted_w[names.index(name)] = watts
    band_w = 1000 * np.array(bands_kw, np.int64)
    # A row that lasts longer than a minute is that many minutes alike.
    lasts = MINUTES_PER_PTU // each
    found = _both_ways(wanted_w[by_name].T * lasts, band_w[by_name] * lasts)
    back = np.argsort(by_name)

    def per_ptu(watt_minutes: Ints) -> Ints:
        return np.asarray(watt_minutes.T.reshape(members, ptus, each).sum(axis=2)[back], np.int64)

    borrowed, lent, beyond = (per_ptu(part) for part in (found.borrowed_w, found.lent_w, found.beyond_w))
    if not lends:
        borrowed, lent, beyond = np.zeros_like(borrowed), np.zeros_like(lent), borrowed + beyond
    return Pooling(borrowed, lent, beyond, net_value(facts, BEYOND))


def firm_wh(kw: int, facts: Facts, earned_permille: int = 0) -> int:
    """What a band counts for in a PTU in which a cable is full: as much nearer to the next smaller one as it was paid for less.

    >>> from datetime import date
    >>> from laag.adapters import facts
    >>> firm_wh(8, facts.load(date(2026, 6, 1)), 600)
    1400
    """
    smaller = max((one for one in sizes(facts) if one < kw), default=kw)
    return (1000 * kw - (kw - smaller) * earned_permille) // W_PER_WH


def answered(rooms: Iterable[Room]) -> Answered:
    """What was asked of a member, stretch by stretch, and what it gave of that."""
    every = tuple(rooms)
    asked = sum(abs(one.ordered_wh) for one in every)
    return Answered(len(every), asked, min(sum(abs(one.delivered_wh) for one in every), asked))


def earned_by(one: Answered) -> Earned | None:
    """For the bill; ``None`` where nothing was earned."""
    if not one.earned_permille:
        return None
    return Earned(one.earned_permille, one.requests, 100 * one.delivered_wh // one.asked_wh)
