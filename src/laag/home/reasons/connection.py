"""Why the connection takes or gives what it does."""

from __future__ import annotations

import numpy as np

from laag.home.outlook import Floats
from laag.home.reasons.codes import Code, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.limits import as_sold
from laag.home.reasons.near import NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.view import View

_SOME_KW = 0.05
"""Less would be said as 0.0 kW."""


def connection_reasons(view: View, street_kw: Floats | None) -> Column:
    """Code and numbers of the connection in every PTU; ``street_kw`` is what homes like this take on average."""
    plan, count = view.plan, len(view)
    kw = plan.connection_kw
    column = Column(Subject.CONNECTION, kw)
    # Not the mean: one quarter-hour at 4 EUR would make all others cheap.
    usual = np.full(count, float(np.median(view.above)) if count else np.nan)
    flexible_kw = kw - plan.load_kw + plan.pv_kw
    position = view.outlook.position_kw
    column.numbers |= view.numbers | {
        "taken_kw": kw,
        "given_kw": -kw,
        "load_kw": plan.load_kw,
        "moved_kw": np.abs(flexible_kw),
        "price_eur_per_kwh": view.above,
        "usual_eur_per_kwh": usual,
        "under_eur_per_kwh": np.abs(usual - view.above),
        "import_kw": view.taking.kw,
        "export_kw": view.giving.kw,
        "more_eur_per_kwh": view.above,
        "less_eur_per_kwh": view.below,
    }
    if street_kw is not None:
        column.numbers["street_kw"] = street_kw
        column.always = ("street_kw",)
    column.give(Code.BEYOND_IMPORT_LIMIT, kw > view.taking.kw + ON_KW, view.taking.claim)
    column.give(Code.BEYOND_EXPORT_LIMIT, -kw > view.giving.kw + ON_KW, view.giving.claim)
    sold = as_sold(view.claims, kw, ON_KW)
    column.give(Code.TAKES_AS_SOLD, (sold != NOWHEN) & (kw >= 0), sold)
    column.give(Code.GIVES_AS_SOLD, (sold != NOWHEN) & (kw < 0), sold)
    column.give(Code.AT_IMPORT_LIMIT, view.cramped & (kw > ON_KW), view.taking.claim)
    column.give(Code.AT_EXPORT_LIMIT, view.crammed & (kw < -ON_KW), view.giving.claim)
    if position is not None:
        column.give(Code.AT_POSITION, np.isfinite(position) & (np.abs(kw - np.nan_to_num(position)) <= ON_KW))
    column.give(Code.AT_PEAK, view.at_peak)
    column.give(Code.AT_BAND, view.at_band)
    column.give(Code.IN_BALANCE, np.abs(kw) <= ON_KW)
    gives = kw < 0
    column.give(Code.GIVES_STORED, gives & (plan.battery_kw + np.minimum(plan.ev_kw, 0) < -ON_KW))
    column.give(Code.GIVES_SUN, gives & (plan.pv_kw > ON_KW))
    cheap = view.above < usual - SAME_EUR_PER_KWH
    column.give(Code.TAKES_MORE_FOR_CHEAP, (flexible_kw > _SOME_KW) & cheap)
    dear = view.above > usual + SAME_EUR_PER_KWH
    column.give(Code.TAKES_LESS_FOR_DEAR, (flexible_kw < -_SOME_KW) & dear)
    column.give(Code.TAKES_WHAT_IS_USED, kw > 0)
    column.rest(Code.WHOLE_DAY)
    return column
