"""The lines of a member with a contract: supply, feed-in, and what is set off between the two."""

from __future__ import annotations

from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.draft import Draft, each
from laag.settlement.levy import bracket_units, brackets
from laag.settlement.policy import FeedIn, Supply

_FEED_IN_FIGURES: dict[FeedIn | None, tuple[str, ...]] = {
    FeedIn.FLOOR: ("feed_in_floor", "bare_price"),
    FeedIn.COMPENSATION: ("feed_in_compensation",),
    FeedIn.DAY_AHEAD: (),
}


def contract_lines(draft: Draft) -> list[BillLine]:
    """Without VAT, which has a line of its own."""
    offtake_wh, fed_in_wh = draft.own.bought_wh, draft.own.sold_wh
    return [
        _supply(draft, offtake_wh),
        _feed_in(draft, offtake_wh, fed_in_wh),
        _netting(draft),
        _tax(draft),
        _feed_in_cost(draft, fed_in_wh),
    ]


def _supply(draft: Draft, offtake_wh: int) -> BillLine:
    paid = draft.own.bought_units
    reason = Reason("supply", {"offtake_wh": offtake_wh, "price_ticks": each(paid, offtake_wh)})
    if draft.policy.supply is Supply.FIXED:
        return BillLine(paid, reason, offtake_wh, figures=draft.figures("bare_price"))
    prices = draft.member.buy_centiticks
    evenly = offtake_wh * int(prices.sum()) // (100 * len(prices))
    return BillLine(paid, reason, offtake_wh, evenly, draft.figures("dynamic_mark_up"))


def _feed_in(draft: Draft, offtake_wh: int, fed_in_wh: int) -> BillLine:
    earned = -draft.own.sold_units
    reason = Reason("feed_in", {"fed_in_wh": fed_in_wh, "price_ticks": each(earned, fed_in_wh)})
    figures = draft.figures(*_FEED_IN_FIGURES[draft.policy.feed_in])
    return BillLine(
        -earned, reason, -fed_in_wh, _had_it_been_netted(draft, offtake_wh, fed_in_wh, earned), figures
    )


def _had_it_been_netted(draft: Draft, offtake_wh: int, fed_in_wh: int, earned_units: int) -> int | None:
    if draft.policy.netting or draft.policy.supply is not Supply.FIXED or not fed_in_wh:
        return None
    netted_wh = min(offtake_wh, fed_in_wh)
    saved = netted_wh * draft.felt_price() // 100
    return -saved - earned_units * (fed_in_wh - netted_wh) // fed_in_wh


def _netting(draft: Draft) -> BillLine:
    """Without it: tax and VAT on what is now netted, and the plain compensation for it."""
    wh, bare = draft.charge.netted_wh, draft.facts["bare_price"].value
    reason = Reason("netting", {"netted_wh": wh, "days": draft.terms.days})
    without = wh * (draft.felt_price() - 100 * bare) // 100
    figures = draft.figures("bare_price", "feed_in_compensation") if draft.policy.netting else ()
    return BillLine(draft.charge.netting_units, reason, None, without, figures)


def _tax(draft: Draft) -> BillLine:
    code = "energy_tax.netted" if draft.policy.netting else "energy_tax.offtake"
    figures = tuple(figure for bracket in brackets(draft.facts) for figure in bracket.figures)
    wh = draft.charge.taxed_wh
    offtake_wh, fed_in_wh = draft.own.bought_wh, draft.own.sold_wh
    other_wh = offtake_wh if draft.policy.netting else offtake_wh - min(offtake_wh, fed_in_wh)
    otherwise = bracket_units(other_wh, brackets(draft.facts))
    return BillLine(draft.charge.tax_units, Reason(code, {"taxed_wh": wh}), wh, otherwise, figures)


def _feed_in_cost(draft: Draft, fed_in_wh: int) -> BillLine:
    names = ["feed_in_cost"] * draft.policy.cost_per_fed_in_kwh
    names += ["feed_in_step", "feed_in_step_from"] * draft.policy.cost_per_year_of_feed_in
    reason = Reason("feed_in_cost", {"fed_in_wh": fed_in_wh})
    return BillLine(draft.charge.feed_in_cost_units, reason, None, 0, draft.figures(*names))
