"""The prices that a home plans with: what a kWh more costs it, and what a kWh given earns it, all included.

Planning works in EUR/kWh; what is billed is computed again, exactly, in ``laag.settlement``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laag.foundation.series import ticks
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import Policy, felt_centiticks, net_value, retail_ticks
from laag.settlement.tariff import Facts

Floats = NDArray[np.float64]

CENTITICKS_PER_EUR_PER_KWH = 10_000_000


def signals(policy: Policy, facts: Facts, day_ahead_eur_per_mwh: Floats) -> tuple[Floats, Floats]:
    """Buying and selling price per PTU, in EUR/kWh with tax, VAT and feed-in cost; the day-ahead price is known or forecast.

    Under a local market these are the gateway's prices: no home pays more or gets less than that. Under netting a kWh
    fed in saves a kWh taken, so both are one price; a home that feeds in more than it takes over the year gets less
    for the rest, which it cannot know yet.
    """
    buy, sell = before_tax(policy, facts, day_ahead_eur_per_mwh)
    if policy.has_market:
        buy += levy_ticks(facts)
    felt_buy, felt_sell = felt_centiticks(policy, facts, buy * 100, sell * 100)
    chosen_sell = felt_buy if policy.netting else felt_sell
    return felt_buy / CENTITICKS_PER_EUR_PER_KWH, chosen_sell / CENTITICKS_PER_EUR_PER_KWH


def before_tax(
    policy: Policy, facts: Facts, day_ahead_eur_per_mwh: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What the outside asks and gives per Wh, in ticks: the gateway of a local market, or the home's own supplier."""
    day_ahead = ticks(np.asarray(day_ahead_eur_per_mwh) * 1e-3)
    if not policy.has_market:
        return retail_ticks(policy, facts, day_ahead)
    import_fee, export_fee = (net_value(facts, f"gateway_{side}_fee") for side in ("import", "export"))
    return day_ahead + import_fee, day_ahead - export_fee
