"""The lines of a member that trades: bought and sold on the street, and what was done otherwise than ordered."""

from __future__ import annotations

from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.draft import Draft, Outside, each
from laag.settlement.levy import brackets, levy_ticks
from laag.settlement.tariff import Figure
from laag.settlement.words import Numbers


def market_lines(draft: Draft, outside: Outside) -> list[BillLine]:
    """Without VAT, which has a line of its own."""
    return [
        _purchase(draft, outside),
        _tax_share(draft),
        _sale(draft, outside),
        _intraday_purchase(draft),
        _intraday_sale(draft),
        _deviation(draft),
        BillLine(draft.total(draft.settled.flexibility_units), Reason("flexibility"), counterfactual_units=0),
    ]


def _purchase(draft: Draft, outside: Outside) -> BillLine:
    """Without the tax, which has a line of its own; compared with the landed price, which holds it."""
    settled = draft.settled
    wh, tax = draft.total(settled.bought_wh), draft.total(settled.tax_units)
    paid = draft.total(settled.bought_units) - tax
    numbers: Numbers = {
        "bought_wh": wh,
        "price_ticks": each(paid, wh),
        "local_wh": wh - each(tax, levy_ticks(draft.facts)),
    }
    landed = int((settled.bought_wh[draft.row] * outside.landed_ticks).sum())
    return BillLine(
        paid,
        Reason(_market_code(draft, "market_purchase"), numbers),
        wh,
        landed - tax,
        _first_bracket(draft),
    )


def _tax_share(draft: Draft) -> BillLine:
    tax, rate = draft.total(draft.settled.tax_units), levy_ticks(draft.facts)
    taxed_wh = each(tax, rate)
    reason = Reason(
        "energy_tax.market" if draft.terms.one_price else "energy_tax.bilateral",
        {"taxed_wh": taxed_wh, "rate_ticks": rate},
    )
    return BillLine(tax, reason, taxed_wh, draft.total(draft.settled.bought_wh) * rate, _first_bracket(draft))


def _sale(draft: Draft, outside: Outside) -> BillLine:
    wh, earned = draft.total(draft.settled.sold_wh), -draft.total(draft.settled.sold_units)
    given = int((draft.settled.sold_wh[draft.row] * outside.export_ticks).sum())
    reason = Reason(_market_code(draft, "market_sale"), {"sold_wh": wh, "price_ticks": each(earned, wh)})
    return BillLine(-earned, reason, -wh, -given)


def _intraday_purchase(draft: Draft) -> BillLine:
    settled, wh = draft.settled, draft.total(draft.settled.intraday_bought_wh)
    paid = draft.total(settled.intraday_bought_units)
    reason = Reason("intraday_purchase", {"bought_wh": wh, "price_ticks": each(paid, wh)})
    return BillLine(paid, reason, wh, draft.total(settled.intraday_bought_outside_units))


def _intraday_sale(draft: Draft) -> BillLine:
    settled, wh = draft.settled, draft.total(draft.settled.intraday_sold_wh)
    earned = -draft.total(settled.intraday_sold_units)
    reason = Reason("intraday_sale", {"sold_wh": wh, "price_ticks": each(earned, wh)})
    return BillLine(-earned, reason, -wh, draft.total(settled.intraday_sold_outside_units))


def _deviation(draft: Draft) -> BillLine:
    off = draft.settled.deviation_wh[draft.row]
    more_wh, less_wh = int(off[off > 0].sum()), int(-off[off < 0].sum())
    reason = Reason("deviation", {"more_wh": more_wh, "less_wh": less_wh})
    return BillLine(draft.total(draft.settled.deviation_units), reason, more_wh - less_wh, 0)


def _first_bracket(draft: Draft) -> tuple[Figure, ...]:
    return brackets(draft.facts)[0].figures


def _market_code(draft: Draft, code: str) -> str:
    return code if draft.terms.one_price else f"{code}.bilateral"
