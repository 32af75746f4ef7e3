"""What a neighbourhood's server may send: even its own mistakes reach a street in parts.

Homes bound what any signal can do to them by themselves (``home.operate.caution``); this keeps a server from asking for more. What it
is about to send is held beside what it sent before; what would move too much at once is sent in parts, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.limits import Limited

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a server lets itself do; the charter may set less."""

    share_at_once: float = 0.10
    """Of all that its limits add up to, the most that they change together within one wave."""
    wave_s: float = 120.0
    lowest_eur_per_kwh: float = -0.75
    highest_eur_per_kwh: float = 6.0
    step_eur_per_kwh: float = 1.0
    """The most that a price already told may still change by."""
    longest: timedelta = timedelta(hours=4)

    def __post_init__(self) -> None:
        if not (0 < self.share_at_once <= 1 and self.wave_s > 0 and self.step_eur_per_kwh > 0):
            raise BadInput(
                "a server moves between nothing and everything at once; give a share above 0 up to 1"
            )


class Why(StrEnum):
    """What was wrong with what was about to be sent."""

    NO_NUMBER = "no_number"
    BEYOND = "beyond"
    """Beyond what the exchange itself allows."""
    JUMPS = "jumps"
    """Too far from what was told of the same quarter-hour."""


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is not sent, and the first number that says why."""

    why: Why
    at: int
    number: float

    def say(self) -> Said:
        """For the operator, and for who asks why there is no new price."""
        return _SAID[self.why].filled({"at": self.at, "number": self.number}, _written)


@dataclass(frozen=True, slots=True)
class Wave:
    """Limits that are sent together, not before their moment."""

    at: datetime
    limits: tuple[Limited, ...]


def prices_held(told: Floats | None, prices: Floats, bounds: Bounds = Bounds()) -> Held | None:
    """Why these prices are not sent; ``None`` where they may be. ``told`` are those told before, ``nan`` where none were.

    >>> prices_held(np.array([0.25, np.nan]), np.array([0.30, 0.80])) is None
    True
    >>> prices_held(None, np.array([0.25, -5.0])).say().en
    'The price of quarter-hour 1 is -5.00 EUR/kWh, beyond what the exchange allows; it is not sent.'
    """
    checks = [
        (Why.NO_NUMBER, ~np.isfinite(prices)),
        (Why.BEYOND, (prices < bounds.lowest_eur_per_kwh) | (prices > bounds.highest_eur_per_kwh)),
    ]
    if told is not None:
        checks.append((Why.JUMPS, np.abs(prices - told) > bounds.step_eur_per_kwh))
    for why, wrong in checks:
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            return Held(why, at, float(prices[at]))
    return None


def waves(
    before_kw: Mapping[str, float],
    limits: Sequence[Limited],
    now: datetime,
    order: Mapping[str, float],
    bounds: Bounds = Bounds(),
) -> tuple[Wave, ...]:
    """New limits in waves: each changes no more than its share of all of them together, and at least one home.

    ``before_kw`` is what each home may take until now, ``order`` a number drawn for each: who comes first is chance, and another
    next time. Tightening and letting go alike: a street that is let go at once rises at once.
    """
    for one in limits:
        if one.ends - one.begins > bounds.longest:
            raise BadInput(
                f"the limit on {one.connection} lasts {one.ends - one.begins}; give at most {bounds.longest}, and another one after it"
            )
    rising = sorted(limits, key=lambda one: (order[one.connection], one.connection.encode()))
    change = {one.connection: abs(before_kw[one.connection] - one.kw) for one in limits}
    most = bounds.share_at_once * sum(max(before_kw[one.connection], one.kw) for one in limits)
    found: list[list[Limited]] = []
    moved = 0.0
    for one in rising:
        if not found or moved + change[one.connection] > most:
            found.append([])
            moved = 0.0
        found[-1].append(one)
        moved += change[one.connection]
    return tuple(
        Wave(now + i * timedelta(seconds=bounds.wave_s), tuple(wave)) for i, wave in enumerate(found)
    )


_SAID: Mapping[Why, Said] = {
    Why.NO_NUMBER: Said(
        "De prijs van kwartier {at} is geen getal; hij wordt niet verstuurd.",
        "The price of quarter-hour {at} is no number; it is not sent.",
    ),
    Why.BEYOND: Said(
        "De prijs van kwartier {at} is {number} EUR/kWh, meer of minder dan de beurs toestaat; hij wordt niet verstuurd.",
        "The price of quarter-hour {at} is {number} EUR/kWh, beyond what the exchange allows; it is not sent.",
    ),
    Why.JUMPS: Said(
        "De prijs van kwartier {at} springt naar {number} EUR/kWh nadat er al een was verteld; een mens moet ernaar kijken.",
        "The price of quarter-hour {at} jumps to {number} EUR/kWh after another had been told; a person has to look at it.",
    ),
}


def _written(name: str, number: float, lang: Lang) -> str:
    if name == "at":
        return f"{number:.0f}"
    return pointed(f"{number:.2f}", lang) if isfinite(number) else "?"
