"""A choice by sensitivities, held against the grid itself: what a straight line missed is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from laag.foundation.flex import Offer
from laag.foundation.highs import quiet_highs
from laag.neighbourhood.flexibility.cheapest import cheapest
from laag.neighbourhood.flexibility.chosen import Chosen
from laag.neighbourhood.flexibility.need import Floats, Need
from laag.neighbourhood.flexibility.pay import Rule

OverAfter = Callable[[Floats], Floats]
"""From how many kW less each connection takes ``(ptus, connections)`` to what is over then ``(elements, ptus)``; a power flow."""
CLOSE_KW = 0.01


def holding(
    need: Need,
    offers: Sequence[Offer],
    over_after: OverAfter,
    rule: Rule = Rule.PAY_AS_BID,
    *,
    now: datetime | None = None,
    most_ticks: int | None = None,
    rounds: int = 4,
) -> Chosen:
    """The cheapest set that resolves it by the power flow too; ``unresolved_kw`` is then what the power flow says.

    A kW moved is not worth quite the same everywhere on the way: each round asks for as much more as stayed over, where
    something was to be resolved. One or two are enough on real grids.
    """
    highs, asked = quiet_highs(), need
    for last in (*(False,) * (rounds - 1), True):
        chosen = cheapest(asked, offers, rule, now=now, most_ticks=most_ticks, highs=highs)
        over = over_after(chosen.less_kw)
        missed = np.where((over > CLOSE_KW) & (chosen.unresolved_kw == 0), over, 0.0)
        if last or not missed.any():
            break
        asked = replace(
            asked, kw_over=np.where(missed > 0, np.maximum(asked.kw_over, 0.0) + missed, asked.kw_over)
        )
    return replace(chosen, need=need, unresolved_kw=np.where(over > CLOSE_KW, over, 0.0))
