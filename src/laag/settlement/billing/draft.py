"""One bill being written: the sums, figures and prices that its lines are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PtuGrid
from laag.settlement.charges import Charges, Terms
from laag.settlement.insight import Felt, MemberPeriod
from laag.settlement.policy import Policy, felt_centiticks
from laag.settlement.sums import Own
from laag.settlement.tariff import Facts, Figure

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """What the gateway asked (levy included) and gave per Wh in each PTU: the prices without neighbours."""

    landed_ticks: Ints
    export_ticks: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The wall-clock quarter and the local day of each PTU."""

    quarter: Ints
    day: Ints

    @classmethod
    def of(cls, grid: PtuGrid, zone: tzinfo) -> Calendar:
        """Of each PTU of a grid, where it is lived."""
        lengths = [span.stop - span.start for _, span in grid.local_days(zone)]
        return cls(grid.quarter_of_day(zone), np.repeat(np.arange(len(lengths)), lengths))


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One member, and what is known of its period."""

    member: MemberPeriod
    own: Own
    charge: Charges
    rounding_units: int
    terms: Terms

    @property
    def policy(self) -> Policy:
        """Under which it is billed."""
        return self.terms.policy

    @property
    def facts(self) -> Facts:
        """The figures of its day."""
        return self.terms.facts

    def figures(self, *names: str) -> tuple[Figure, ...]:
        """To show beside a line."""
        return tuple(self.facts[name] for name in names)

    def felt(self) -> Felt:
        """What one more Wh cost and earned, all included."""
        buy, sell = felt_centiticks(
            self.policy, self.facts, self.member.buy_centiticks, self.member.sell_centiticks
        )
        return Felt(buy, sell, self.policy.netting)

    def felt_price(self) -> int:
        """Where there is one price for the whole period: of one more Wh, in centiticks, all included."""
        return int(self.felt().buy_centiticks[0])


def each(units: int, wh: int) -> int:
    """The whole number of ``units`` per Wh; of nothing, zero."""
    return units // wh if wh else 0
