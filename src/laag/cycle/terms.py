"""Under which rules a street runs: the policy, what it takes from the facts of its day, and what its members agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.neighbourhood.charter import Charter
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import Policy, felt_centiticks, retail_ticks
from laag.settlement.tariff import Facts

Floats = NDArray[np.float64]

EUR_PER_KWH_PER_CENTITICK = 1e-7


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything but the street itself that decides what a day costs.

    ``spread_eur_per_kwh`` is what homes expect to lose on a kWh taken outside their position: the gap between
    day-ahead and imbalance prices, on the wrong side. It steers plans and bids, never bills; its value was measured
    (``docs/decisions/0008-bids-over-price-scenarios.md``).
    """

    policy: Policy
    facts: Facts
    charter: Charter
    import_fee_ticks: int
    export_fee_ticks: int
    spread_eur_per_kwh: float = 0.02

    def under(self, charter: Charter) -> Terms:
        """The same where members agreed otherwise."""
        return self if charter == self.charter else replace(self, charter=charter)

    @property
    def levy_ticks(self) -> int:
        """Energy tax per imported Wh."""
        return levy_ticks(self.facts)

    @property
    def vat(self) -> float:
        """What a purchase costs a household for every euro before VAT."""
        return 1 + self.facts["vat"].value / 100

    def steps_ticks(self, day_ahead_ticks: Ints) -> tuple[Ints, Ints]:
        """The gateway's landed price ``R`` and export price ``E``."""
        return (
            day_ahead_ticks + self.import_fee_ticks + self.levy_ticks,
            day_ahead_ticks - self.export_fee_ticks,
        )

    def felt(self, buy_centiticks: Ints, sell_centiticks: Ints) -> tuple[Floats, Floats]:
        """EUR/kWh that one more kWh taken costs a household, and one more given earns it."""
        buy, sell = felt_centiticks(self.policy, self.facts, buy_centiticks, sell_centiticks)
        if self.policy.netting:
            sell = buy  # a kWh given cancels a kWh taken, price, tax and VAT
        return (
            np.asarray(buy * EUR_PER_KWH_PER_CENTITICK, np.float64),
            np.asarray(sell * EUR_PER_KWH_PER_CENTITICK, np.float64),
        )

    def retail(self, day_ahead_ticks: Ints) -> tuple[Floats, Floats]:
        """The same, from a supplier's prices at these day-ahead prices."""
        buy, sell = retail_ticks(self.policy, self.facts, day_ahead_ticks)
        return self.felt(100 * buy, 100 * sell)
