"""What a living neighbourhood can say of itself: bills, moments, benefit, pictures of the market; nothing here changes anything."""

from laag.cycle.live.views.benefit import Benefit, Compared, Rules, benefit, benefit_of
from laag.cycle.live.views.bill import DayTotal, MemberBill, bill, bill_of, bills, energy_lines
from laag.cycle.live.views.corrections import Correction, corrections
from laag.cycle.live.views.export import export
from laag.cycle.live.views.flows import Flow, Share, flows, local_share
from laag.cycle.live.views.gains import Gains, gain_of, gains, gains_of
from laag.cycle.live.views.likeness import Likeness, like_mine
from laag.cycle.live.views.market import Gate, Picture, Step, market_of
from laag.cycle.live.views.moments import MemberDay, Moments, Told, day_in, day_of
from laag.cycle.live.views.past import Again, Past, from_log
from laag.cycle.live.views.period import Period, Whole, before, period, side_by_side, whole
from laag.cycle.live.views.rerun import Fill, Rerun, rerun
from laag.cycle.live.views.rounds import Change, change_of
from laag.cycle.live.views.silence import Kept, Silence, expected_against_actual, missing, said_of

__all__ = [
    "Again",
    "Benefit",
    "Change",
    "Compared",
    "Correction",
    "DayTotal",
    "Fill",
    "Flow",
    "Gains",
    "Gate",
    "Kept",
    "Likeness",
    "MemberBill",
    "MemberDay",
    "Moments",
    "Past",
    "Period",
    "Picture",
    "Rerun",
    "Rules",
    "Share",
    "Silence",
    "Step",
    "Told",
    "Whole",
    "before",
    "benefit",
    "benefit_of",
    "bill",
    "bill_of",
    "bills",
    "change_of",
    "corrections",
    "day_in",
    "day_of",
    "energy_lines",
    "expected_against_actual",
    "export",
    "flows",
    "from_log",
    "gain_of",
    "gains",
    "gains_of",
    "like_mine",
    "local_share",
    "market_of",
    "missing",
    "period",
    "rerun",
    "said_of",
    "side_by_side",
    "whole",
]
