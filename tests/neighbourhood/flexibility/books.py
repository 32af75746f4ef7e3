"""Needs and offers made from a number: several elements, rebounds, wholes, homes next door, duplicates and ties."""

from datetime import UTC, datetime, timedelta

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.flexibility import Need, Offer, Rebound, Step

START = datetime(2026, 1, 14, 23, tzinfo=UTC)
NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)


def need_of(rng, *, connections=4, elements=2, ptus=6):
    """Cables and voltages, some over now and then; connections behind them, beside them and against them."""
    relief = np.round(rng.choice([0.0, 1.0, 0.5, -0.2, 0.03], (elements, connections)), 3)
    relief[:, 0] = 1.0
    over = np.where(
        rng.random((elements, ptus)) < 0.35,
        rng.integers(1, 12, (elements, ptus)) / 2,
        -rng.choice([0.0, 0.3, 1.0, 50.0, np.inf], (elements, ptus)),
    )
    names = tuple(f"cable {i}" for i in range(elements))
    return Need(PtuGrid(START, ptus), names, tuple(f"c{i}" for i in range(connections)), over, relief)


def offer_of(rng, number, need, *, whole=0.0, rebounds=0.5, several=0.3, more=0.2):
    """One offer; ``whole`` is how often it is all or nothing, ``more`` how often of more instead of less."""
    ptus = len(need.grid)
    first = int(rng.integers(ptus))
    count = int(rng.integers(1, min(3, ptus - first) + 1))
    way = -1 if rng.random() < more else 1

    def step():
        wh = rng.integers(1, 9, count) * 125 * way
        back = ()
        if rng.random() < rebounds:
            share = float(rng.choice([0.3, 1.0, 1.2]))
            back = (Rebound(int(rng.integers(ptus + 1)), round(share * int(wh.sum()))),)
        return Step(tuple(int(one) for one in wh), int(rng.integers(0, 30)) * 1000, back)

    return Offer(
        f"offer {number}",
        need.connections[int(rng.integers(len(need.connections)))],
        first,
        tuple(step() for _ in range(2 if rng.random() < several else 1)),
        together=bool(rng.random() < 0.4),
        least_share=float(rng.choice([1.0, 0.5])) if rng.random() < whole else 0.0,
        expires=NOW + timedelta(hours=float(rng.choice([-1.0, 1.0]))) if rng.random() < 0.1 else None,
    )


def book(seed, count, **given):
    """A need, and so many offers for it."""
    rng = np.random.default_rng(seed)
    sizes = {name: given.pop(name) for name in ("connections", "elements", "ptus") if name in given}
    need = need_of(rng, **sizes)
    return need, [offer_of(rng, number, need, **given) for number in range(count)]


def left_over(need, less_wh, rebound_wh, offers):
    """What stays over, computed from what was ordered alone."""
    place = {name: i for i, name in enumerate(need.connections)}
    kw = np.zeros((len(need.connections), len(need.grid)))
    for offer, less, back in zip(offers, less_wh, rebound_wh, strict=True):
        kw[place[offer.connection]] += (less - back) / 250
    return need.kw_over - need.relief_per_kw @ kw
