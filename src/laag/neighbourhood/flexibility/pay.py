"""What each offer is paid for what is ordered of it."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from laag.foundation.money import UNITS_PER_EUR
from laag.neighbourhood.flexibility.need import Floats
from laag.neighbourhood.flexibility.parts import Effects, Ints, Parts


class Rule(StrEnum):
    """How it is paid for: the charter's choice."""

    PAY_AS_BID = "pay_as_bid"
    """What it asks."""
    UNIFORM = "uniform"
    """What a kW is worth at each element and moment, times the kW that it gives there; and never less than it asks."""


def asked_units(parts: Parts, move_wh: Ints, offers: int) -> Ints:
    """Per offer, for what is ordered; what comes back is in the price."""
    taken = np.where(parts.is_rebound, 0, np.abs(move_wh))
    units = np.zeros(offers, np.int64)
    np.add.at(units, parts.offer[parts.part], taken * parts.price_ticks[parts.part])
    return units


def paid_units(rule: Rule, parts: Parts, effects: Effects, worth_eur: Floats, move_wh: Ints) -> Ints:
    """Per offer, whole units.

    Under ``uniform`` everybody who gives one kW at one element and moment is paid the same for it: what one kW more of
    room would save there, from the program's duals. What comes back is deducted at the same prices. Who is
    taken by all of a whole offer may be worth less than it asks; it gets what it asks.
    """
    asked = asked_units(parts, move_wh, len(parts.offers))
    if rule is Rule.PAY_AS_BID:
        return asked
    share = move_wh[effects.move] / parts.less_wh[effects.move]
    eur = (worth_eur / effects.scale)[effects.row] * effects.relief_kw * share
    worth = np.bincount(parts.offer[effects.part], eur, len(parts.offers))
    return np.maximum(asked, np.floor(worth * UNITS_PER_EUR).astype(np.int64))
