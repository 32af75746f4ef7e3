"""Subscribed bands with the figures of a day: what a home plans with, and what a pool's period comes to.

Every price of a band is an example (``Status.EXAMPLE``): none was ever set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import GridMismatch
from laag.home.tariff import Band
from laag.neighbourhood.bandwidth import BANDS_KW, Answered, Pooled, beyond_units, pooled, yearly_units
from laag.settlement.policy import net_value
from laag.settlement.tariff import Facts

MINUTES_PER_PTU = 15
UNITS_PER_TICK_KWH = 1000
"""A tick of 0.01 EUR/MWh per kWh, in 1e-8 EUR."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A member's band, and how it answered the grid's requests in the year before."""

    band_kw: int
    answered: Answered = Answered(0, 0, 0)


def planned_with(band_kw: int, facts: Facts) -> Band:
    """As the home's own plan counts it. What neighbours lend is not known beforehand, so a plan does not count on it."""
    return Band(float(band_kw), net_value(facts, "bandwidth.beyond") / 1e5)


def a_year_units(one: Subscribed, facts: Facts) -> int:
    """What a member's connection costs a year before VAT, beyond aside."""
    prices: Mapping[int, int] = {kw: net_value(facts, f"bandwidth.{kw}") for kw in BANDS_KW}
    return yearly_units(one.band_kw, one.answered, prices)


def in_the_pool(members: Sequence[Subscribed], wanted_w: Ints) -> Pooled:
    """Who lent whom how much; rows are minutes (or PTUs, where nobody measured minutes), columns members; both directions count."""
    if wanted_w.shape[1] != len(members):
        raise GridMismatch(
            f"{wanted_w.shape[1]} meters and {len(members)} subscriptions; give one for each, in the same order"
        )
    return pooled(np.abs(wanted_w), np.array([1000 * one.band_kw for one in members], np.int64))


def beyond_of(pool: Pooled, facts: Facts, minutes: int = 1) -> Ints:
    """What each member pays for going beyond, in 1e-8 EUR before VAT; ``minutes`` is how long a row lasts."""
    units_per_kwh = net_value(facts, "bandwidth.beyond") * UNITS_PER_TICK_KWH
    return beyond_units(pool.beyond_w * minutes, units_per_kwh)
