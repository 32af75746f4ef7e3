"""All that is said between the aggregator and a home: prices down; energy per quarter-hour and one amount up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Connection:
    """A member that may be asked, and what its connection carries in a quarter-hour: known to the community anyway."""

    name: str
    import_max_wh: int
    export_max_wh: int


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """The same to every home. Round 0 asks for the day that a home would live by itself.

    From round 1 on both prices are one, and a kW away from what the home told last weighs ``weight`` EUR/kWh more for each kW.
    """

    round: int
    buy_ticks: Ints
    """Per quarter-hour, 0.01 EUR/MWh."""
    sell_ticks: Ints
    weight_eur_per_kwh_per_kw: float

    @property
    def bytes(self) -> int:
        """As 32-bit integers; beside them whatever an envelope takes."""
        return 4 * (len(self.buy_ticks) + (len(self.sell_ticks) if self.round == 0 else 0) + 2)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a home would take (+) and give (-), and what that day costs it *beside* the energy, against its day of round 0.

    Cents: wear, gas, comfort given up, less left for tomorrow, in one amount. Of both only the sum over homes is used.
    """

    home: str
    round: int
    wh: Ints
    beside_cents: int = 0
    moves: bool = True
    """Whether there is anything to move; who has not is asked once."""

    @property
    def bytes(self) -> int:
        """As 16-bit integers, with the round and the amount."""
        return 2 * len(self.wh) + 8


@dataclass(frozen=True, slots=True)
class Refused:
    """Told to the home, and to nobody else; what it told last stands."""

    home: str
    round: int
    why: Said


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What stands: one price per quarter-hour for all, and for each home a mixture of days that it told itself."""

    price_ticks: Ints
    shares: dict[int, float]
    """Of each round, the same for every home."""
    stands: dict[str, Ints]
    """By home, Wh; what each can reckon itself from the shares."""
    street_wh: Ints
    rounds: int
    """How many were asked."""
    saved_eur: float
    """Against round 0, by what homes told; never negative."""
    why: Said
    silent: tuple[str, ...]
    """Who never answered: their place was kept by what was known of them before."""


def same(one: Answer, other: Answer) -> bool:
    """Whether they say the same."""
    return one.beside_cents == other.beside_cents and np.array_equal(one.wh, other.wh)
