"""The keys by which a pot is shared: whole units of each member, which sum to the pot exactly.

Every key first weighs households, and then shares what a household gets equally over its own connections: a second connection earns
nothing. What each key leaves to who would split in two is in docs/sharing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import factorial

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.exact import EXACT_MOST, exact
from laag.neighbourhood.sharing.facts import Band, By, Facts
from laag.neighbourhood.sharing.sampled import sampled
from laag.neighbourhood.sharing.split import split
from laag.neighbourhood.sharing.trading import Trading

Weights = dict[str, int]
VALUES_MOST = 2_000_000
"""Of coalitions; then a sample stops, however sure it is."""


def shares(key: str, amount_units: int, facts: Facts) -> dict[str, int]:
    """What each member gets of an amount, or pays of a cost.

    >>> shares("equal", 100, Facts(("a", "b", "c"), households={"b": "a"}))
    {'a': 25, 'b': 25, 'c': 50}
    """
    by_home = split(amount_units, weights(key, facts))
    found: dict[str, int] = {}
    for home, rows in facts.homes().items():
        found.update(split(by_home[home], {facts.members[row]: 1 for row in rows}))
    return {member: found[member] for member in facts.members}


def weights(key: str, facts: Facts) -> Weights:
    """Of each household; whole numbers, of which only the proportions count."""
    if key not in KEYS:
        raise BadInput(f"there is no sharing key {key!r}; choose one of {', '.join(KEYS)}")
    return KEYS[key](facts)


def equal(facts: Facts) -> Weights:
    """Each household the same."""
    return dict.fromkeys(facts.homes(), 1)


def pro_rata(facts: Facts) -> Weights:
    """By what each gave to neighbours, used from them, or both, in quarter-hours in which neighbours did the other.

    Giving at noon when everybody gives counts for as little as what somebody could take of it: each quarter-hour is shared
    pro rata among all who gave, and among all who used.
    """
    net, _, _ = facts.meters()
    taken, given = np.maximum(net, 0), np.maximum(-net, 0)
    matched = np.minimum(taken.sum(axis=0), given.sum(axis=0))
    total = [0] * len(net)
    for side in {By.GIVEN: (given,), By.USED: (taken,), By.BOTH: (given, taken)}[facts.by]:
        total = [a + b for a, b in zip(total, _of_matched(side, matched), strict=True)]
    return dict(zip(facts.homes(), total, strict=True))


def income_share(facts: Facts) -> Weights:
    """By the scale of incomes; who did not say counts as middle."""
    low, middle, high = facts.scale
    by_band = {Band.LOW: low, Band.MIDDLE: middle, Band.HIGH: high}
    return {home: by_band[facts.bands.get(home, Band.MIDDLE)] for home in facts.homes()}


def static_shares(facts: Facts) -> Weights:
    """By what each holds of what was bought together."""
    if not any(facts.held.get(member, 0) for member in facts.members):
        raise BadInput(
            "nobody holds a part of anything bought together; share by another key, or name who holds what"
        )
    return {
        home: sum(facts.held.get(facts.members[row], 0) for row in rows)
        for home, rows in facts.homes().items()
    }


def shapley(facts: Facts) -> Weights:
    """By what each adds to trading together, averaged over every order of joining: exactly up to 16 households, else sampled."""
    game = Trading(*facts.meters())
    homes = facts.homes()
    if game.players <= EXACT_MOST:
        whole = factorial(game.players)
        parts = (int(part * whole) for part in exact(game.of_all()))
        # In units of what is shared rather than in parts of n!, so that a weight stays a number of ordinary size.
        return split(game.whole(), dict(zip(homes, parts, strict=True)))
    mean = game.whole() / game.players
    found = sampled(game, facts.lot, mean * facts.within_percent / 100, VALUES_MOST)
    return {home: max(round(units), 0) for home, units in zip(homes, found.units.tolist(), strict=True)}


KEYS: Mapping[str, Callable[[Facts], Weights]] = {
    "equal": equal,
    "pro_rata": pro_rata,
    "income_share": income_share,
    "static_shares": static_shares,
    "shapley": shapley,
}


def _of_matched(side: Ints, matched: Ints) -> list[int]:
    """Each one's part of what neighbours gave each other, in thousandths of a Wh."""
    total = np.maximum(side.sum(axis=0), 1)
    return [int(parts.sum()) for parts in side * (1000 * matched) // total]
