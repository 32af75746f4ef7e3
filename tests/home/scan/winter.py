"""A home's days whose every part is known: so much always, so much per degree, and days that hang together."""

from datetime import date

import numpy as np

from laag.home.scan import Days

FIRST = date(2025, 10, 1)


def cold_season(days=180, *, seed=1):
    """Outside temperatures that come in spells, as they do."""
    rng = np.random.default_rng(seed)
    return 11.0 - 8.0 * np.cos(np.linspace(-1.5, 1.5, days)) + spells(days, 3.0, rng)


def spells(days, spread, rng, alike=0.6):
    """Noise of which a day resembles the one before."""
    found = np.zeros(days)
    for day in range(days):
        before = found[day - 1] if day else 0.0
        found[day] = alike * before + rng.normal() * spread * np.sqrt(1 - alike**2)
    return found


def used(outdoor_c, *, always=1.2, per_degree=0.6, base_c=16.0, noise=0.4, seed=2):
    """Gas of days."""
    rng = np.random.default_rng(seed)
    cold = np.maximum(base_c - outdoor_c, 0.0)
    return always + per_degree * cold + spells(len(outdoor_c), noise, rng)


def days_with(gas=None, electricity=None, outdoor_c=None, base_kw=0.2, night_kw=0.22):
    outdoor_c = cold_season() if outdoor_c is None else outdoor_c
    count = len(outdoor_c)
    nothing = np.full(count, np.nan)
    return Days(
        FIRST,
        np.full(count, 8.0) if electricity is None else electricity,
        nothing if gas is None else gas,
        outdoor_c,
        np.full(count, base_kw),
        np.full(count, night_kw),
    )
