"""The cheapest set of offers that resolves every element at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import highspy

from laag.foundation.flex import Offer
from laag.foundation.highs import quiet_highs
from laag.neighbourhood.flexibility.chosen import Chosen
from laag.neighbourhood.flexibility.need import Need
from laag.neighbourhood.flexibility.orders import in_whole_wh, shared_alike
from laag.neighbourhood.flexibility.parts import effects, laid_out, sorted_out
from laag.neighbourhood.flexibility.pay import Rule
from laag.neighbourhood.flexibility.solve import Program
from laag.neighbourhood.flexibility.told import told


def cheapest(
    need: Need,
    offers: Sequence[Offer],
    rule: Rule = Rule.PAY_AS_BID,
    *,
    now: datetime | None = None,
    most_ticks: int | None = None,
    highs: highspy.Highs | None = None,
) -> Chosen:
    """Choose among the offers, whatever their order of arrival; what has expired at ``now`` is none of them.

    As much as can be resolved is, whatever it costs, and that for the least. With ``most_ticks`` a kWh that stays over
    counts at that price (ticks of 0.01 EUR/MWh, at the connection that does most about it), so that what is dearer is
    not bought. ``highs`` is a solver to use again; it changes nothing but the time.
    """
    kept, aside = sorted_out(need, offers, now)
    parts = laid_out(need, kept)
    does = effects(need, parts)
    most_eur_per_kwh = None if most_ticks is None else most_ticks / 100_000
    program = Program(highs or quiet_highs(), parts, does, most_eur_per_kwh)
    whole = in_whole_wh(program)
    whole = replace(whole, move_wh=shared_alike(need, parts, whole.move_wh))
    return told(need, parts, does, whole, aside, rule)
