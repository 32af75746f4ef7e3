"""What becomes of the sun, and why panels are turned down."""

from __future__ import annotations

from laag.home.devices import Pv
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.near import NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.view import View


def sun_reasons(view: View, pv: Pv) -> Column:
    """Code, numbers and alternatives of the panels in every PTU."""
    plan = view.plan
    unused_kw = plan.sun_kw - plan.pv_kw
    turned_down = unused_kw > ON_KW
    earns = view.below + view.nudge
    column = Column(Subject.PV, -plan.pv_kw)
    column.numbers |= view.numbers | {
        "price_eur_per_kwh": view.up,
        "costs_eur_per_kwh": -view.below,
        "unused_kw": unused_kw,
        "sun_kw": plan.sun_kw,
    }
    column.give(Code.DARK, plan.sun_kw <= ON_KW)
    column.give(Code.TURNED_DOWN_FOR_PRICE, turned_down & (view.below < -SAME_EUR_PER_KWH))
    column.give(Code.TURNED_DOWN_FOR_LIMIT, turned_down & view.crammed, view.giving.claim)
    column.give(Code.CHOSEN, turned_down & (earns < -SAME_EUR_PER_KWH))
    column.give(
        Code.TURNED_DOWN_EVENLY,
        turned_down & (view.down <= SAME_EUR_PER_KWH) & (view.up >= -SAME_EUR_PER_KWH),
    )
    if not pv.curtailable:
        column.give(Code.SUN_FIXED, view.below < -SAME_EUR_PER_KWH)
    column.give(Code.SUN_SOLD, plan.connection_kw < -ON_KW)
    column.give(Code.SUN_USED, ~turned_down)
    column.next_best.put(column.has(Code.TURNED_DOWN_FOR_PRICE), Doing.TO_GRID, NOWHEN, -view.below, -earns)
    used = column.has(Code.SUN_SOLD, Code.SUN_USED) & pv.curtailable
    column.next_best.put(used, Doing.TURN_DOWN, NOWHEN, view.up, view.weighed(view.up))
    column.rest(Code.WHOLE_DAY)
    return column
