"""A street on two thin cables behind a thin feeder, as messages: who agrees on what, and what its meters say."""

from datetime import timedelta
from functools import cache

import numpy as np
from tests.cycle.any_street import PLACE

from laag.cycle import live
from laag.cycle.live.limiting import Stretch, made
from laag.cycle.validate import Validation, Wires
from laag.foundation.contracts import Side
from laag.neighbourhood.caution import Bounds
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Node

EVE, DAY = PLACE.first_day, PLACE.first_day + timedelta(days=1)
HOMES = 12
NAMES = tuple(f"member-{number:03}" for number in range(HOMES))
FREE = live.Neighbourhood("Kade", PLACE.terms, PLACE.first_day)
SAYS = Validation(flexibility=False, limits=True, floor_wh=300)
BOUNDS = Bounds()
PLACES = {name: name for name in NAMES}


@cache
def network(street_kw=40.0, cable_kw=25.0):
    """Half of the homes on either cable."""
    amperes = [kw / (3**0.5 * 0.4) for kw in (street_kw, cable_kw)]
    found, findings = grow(
        "two cables",
        [Node(name, 0.4) for name in ("house", "street", "left", "right")],
        [
            Cable("street", "house", "street", 0.004, 0.002, amperes[0]),
            Cable("left", "street", "left", 0.01, 0.005, amperes[1]),
            Cable("right", "street", "right", 0.01, 0.005, amperes[1]),
        ],
        [Feed("house")],
        [Connection(name, ("left", "right")[at % 2]) for at, name in enumerate(NAMES)],
    )
    assert findings == ()
    return found


def wanted(seed, most_wh=1_500, ptus=96):
    """Wh of every home, the more in the evening; in some quarter-hours it gives."""
    rng = np.random.default_rng(seed)
    evening = 1.0 + 1.5 * np.exp(-(((np.arange(ptus) - 74) / 8) ** 2))
    return np.rint(rng.uniform(-0.1, 0.5, (HOMES, 1)) * most_wh * evening + rng.uniform(0, 200, (HOMES, ptus))).astype(
        np.int64
    )  # fmt: skip


def orders(member, day, number, wh):
    """At any price."""
    ptu = np.flatnonzero(wh)
    side = np.where(wh[ptu] > 0, Side.BUY, Side.SELL)
    limit = np.where(wh[ptu] > 0, 400_000, -50_000)
    return live.Ordered(member, day, number, live.Rows(np.zeros_like(ptu), ptu, side, np.abs(wh[ptu]), limit))


def cleared(*days, seed=0, most_wh=1_500):
    """The street once the markets of these days are cleared."""
    return told(messages(*days, seed=seed, most_wh=most_wh))


def messages(*days, seed=0, most_wh=1_500):
    found = [live.Joined(name, EVE) for name in NAMES]
    for number, day in enumerate(days):
        ptus = len(FREE.grid(day))
        wh = wanted(seed + number, most_wh, ptus)
        found += [orders(name, day, 10 * number, wh[row]) for row, name in enumerate(NAMES)]
        found += [live.Closed(day), live.Priced(day, np.full(ptus, 8_000), "exchange")]
    return found


def told(said, state=None):
    state = state or live.begin(FREE)
    for one in said:
        state, effects = live.apply(state, one)
        assert not [effect.why.en for effect in effects if isinstance(effect, live.Refused)]
    return state


def stretch_of(state, day=EVE):
    return Stretch.of(state, [(day, 0, len(FREE.grid(day)))])


def limited(state, net, now=None, says=SAYS, day=EVE, bounds=BOUNDS):
    """Limits of a whole day, as it was agreed."""
    stretch = stretch_of(state, day)
    agreed = stretch.wh(state, {day: state.day(day).market.cleared_wh})
    now = now or FREE.grid(day).start - timedelta(hours=10)
    return made(state, stretch, Wires.of(net, stretch.members), [agreed], "likely", now, says, bounds)
