"""Shapley's shares exactly: what each one adds, averaged over every order in which all could have joined."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.trading import EXACT_UNITS, Floats

EXACT_MOST = 16
"""Up to here every coalition is worked out when a share is asked for: 65,536 of them."""
PLAYERS_MOST = 22
_PART = float(1 << 26)


def exact(values: Floats) -> tuple[Fraction, ...]:
    """Each player's share of the value of all; ``values`` by coalition, where bit ``i`` says that player ``i`` is in it.

    One pair of gloves: who has the only left one (player 0) is worth most.

    >>> [str(share) for share in exact(np.array([0, 0, 0, 6, 0, 6, 0, 6.0]))]
    ['4', '1', '1']
    """
    players = len(values).bit_length() - 1
    if len(values) != 1 << players or not 0 < players <= PLAYERS_MOST:
        raise BadInput(
            f"there are {len(values)} values of coalitions; give two to the power of the players, who are at most {PLAYERS_MOST}"
        )
    if np.abs(values).max() >= EXACT_UNITS or np.any(values != np.floor(values)):
        raise BadInput("values of coalitions are whole units below 2^53; give them so")
    # A share is what coalitions with somebody are worth less those without, so only sums by size are needed:
    # of all coalitions, and of those that somebody is in.
    size = _sizes(players)
    high, low = _parts(values)
    of_size = _by_size(size, (high, low), players)
    whole = factorial(players)
    weight = [factorial(s) * factorial(players - s - 1) for s in range(players)]
    shares = []
    for player in range(players):
        at = _inside(player, len(values))
        inside = _by_size(size[at], (high[at], low[at]), players)
        share = sum(weight[s] * (inside[s + 1] - (of_size[s] - inside[s])) for s in range(players))
        shares.append(Fraction(share, whole))
    return tuple(shares)


def _sizes(players: int) -> Ints:
    size = np.zeros(1, np.int64)
    for _ in range(players):
        size = np.concatenate([size, size + 1])
    return size


def _parts(values: Floats) -> tuple[Floats, Floats]:
    """High and low halves, so that sums of a million of each stay exact."""
    high = np.floor(values / _PART)
    return high, values - high * _PART


def _inside(player: int, coalitions: int) -> Ints:
    """The coalitions that somebody is in."""
    return np.flatnonzero(np.arange(coalitions) >> player & 1)


def _by_size(size: Ints, parts: tuple[Floats, Floats], players: int) -> list[int]:
    high, low = (np.bincount(size, part, players + 1) for part in parts)
    return [int(h) * int(_PART) + int(part) for h, part in zip(high, low, strict=True)]
