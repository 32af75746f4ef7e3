"""The price of imbalance: TenneT's settlement by regulation state, and a model of it for when there is no file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Regulation(IntEnum):
    """What the TSO did in a PTU, as TenneT publishes it."""

    NONE = 0
    UP = 1
    DOWN = -1
    BOTH = 2


@dataclass(frozen=True, slots=True, eq=False)
class Activation:
    """One value per PTU: the regulation state and the three prices (EUR/MWh) that settlement may use."""

    state: Ints
    up: Floats
    """The highest upward bid activated."""
    down: Floats
    """The lowest downward bid activated."""
    middle: Floats
    """Halfway between the lowest upward and the highest downward bid on the ladder."""


@dataclass(frozen=True, slots=True, eq=False)
class Settlement:
    """TenneT's two columns, EUR/MWh; they differ in state 2 only."""

    shortage: Floats
    """Paid by who is short ('afnemen')."""
    surplus: Floats
    """Received by who is long ('invoeden')."""


def settlement(activation: Activation) -> Settlement:
    """Single price in states 0, +1 and -1; in state 2 both sides pay for the side they are on.

    >>> both = Activation(np.array([2]), np.array([120.0]), np.array([-5.0]), np.array([60.0]))
    >>> settled = settlement(both)
    >>> float(settled.shortage[0]), float(settled.surplus[0])
    (120.0, -5.0)
    """
    single = np.select(
        [activation.state == Regulation.UP, activation.state == Regulation.DOWN],
        [activation.up, activation.down],
        activation.middle,
    )
    both = activation.state == Regulation.BOTH
    return Settlement(
        shortage=np.where(both, np.maximum(activation.up, activation.middle), single),
        surplus=np.where(both, np.minimum(activation.down, activation.middle), single),
    )


QUIET = 0.016
"""Below this size of the country's imbalance nothing is activated: 1.3 % of PTUs in 2025."""
BOTH_MOST, BOTH_WIDTH = 0.58, 0.75
"""How often both directions are activated when the country is nearly in balance, and how fast that fades."""
FOLLOWING = 0.66
"""How much of a change of the day-ahead price the bids on both sides follow."""
UP_BASE, UP_FLOOR, DOWN_BASE = 36.0, 82.0, -1.0
"""EUR/MWh on top of that; upward bids do not fall below the floor, which is about what gas plants pay for fuel."""
SLOPE_UP, SLOPE_DOWN = 28.0, 30.0
"""EUR/MWh for each standard deviation of the country's imbalance."""
RARE, RARE_UP, RARE_DOWN = 2.4, 4000.0, 700.0
"""Beyond so many standard deviations the ladder runs out, and prices rise or fall this much for each."""
CEILING, BOTTOM = 5500.0, -1400.0


def modelled(day_ahead: Floats, imbalance: Floats, chance: Floats) -> Activation:
    """Regulation around day-ahead prices (EUR/MWh).

    ``imbalance`` is the country's shortage in standard deviations (it drifts), ``chance`` uniform in [0, 1); the caller
    draws both. A model: its numbers were set to resemble TenneT's prices of 2025.
    """
    size = np.abs(imbalance)
    both = chance < BOTH_MOST * np.exp(-((imbalance / BOTH_WIDTH) ** 2))
    one = np.where(imbalance > 0, int(Regulation.UP), int(Regulation.DOWN))
    state = np.where(both, int(Regulation.BOTH), np.where(size < QUIET, int(Regulation.NONE), one))
    rare = np.maximum(size - RARE, 0.0)
    up = np.maximum(UP_FLOOR, UP_BASE + FOLLOWING * day_ahead) + SLOPE_UP * size + RARE_UP * rare
    down = DOWN_BASE + FOLLOWING * day_ahead - SLOPE_DOWN * size - RARE_DOWN * rare
    up, down = np.minimum(up, CEILING), np.maximum(down, BOTTOM)
    middle = (up + down) / 2
    return Activation(state.astype(np.int64), *(np.round(price, 2) for price in (up, down, middle)))
